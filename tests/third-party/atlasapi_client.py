"""Drives atlasapi 2.0.11 (PyPI), which calls the API v1.0 with old paths such as `/whitelist`.

Defects of the client:
- The base URL is read from the environment when the module is imported.
- A database user with a password needs the optional `aws_iam_type`.
- It sends paths with trailing slashes, and times without a zone.
- It logs the `Authorization` header of requests that fail.
"""

import datetime
import logging
import os

# The client logs every error response with its request.
logging.disable()
os.environ["BASE_URL"] = os.environ["ATLAS_BASE_URL"]

from atlasapi.atlas import Atlas
from atlasapi.errors import ErrAtlasNotFound
from atlasapi.lib import AtlasGranularities, AtlasLogNames, AtlasPeriods
from atlasapi.measurements import AtlasMeasurementTypes
from atlasapi.specs import DatabaseUsersPermissionsSpecs, IAMType, RoleSpecs

keys = os.environ["ATLAS_PUBLIC_KEY"], os.environ["ATLAS_PRIVATE_KEY"]
organization = next(iter(Atlas(*keys).Organizations.organizations))
assert organization.name == "Open Meadow Data"

projects = {project.name: project for project in Atlas(*keys).Projects.projects}
assert len(projects) >= 8
storefront = projects["Storefront"]
atlas = Atlas(*keys, group=storefront.id)

assert atlas.Projects.project_by_name("Storefront").id == storefront.id
assert len(list(atlas.Projects.get_project_users())) >= 1
assert list(atlas.Projects.get_project_teams()) == []
assert atlas.Projects.settings is not None

assert atlas.Clusters.is_existing_cluster("shop-production")
assert not atlas.Clusters.is_existing_cluster("nope")
cluster = atlas.Clusters.get_single_cluster("shop-production")
assert cluster["providerSettings"]["instanceSizeName"] == "M30"
assert atlas.Clusters.get_single_cluster_as_obj("shop-production").name == "shop-production"
options = atlas.Clusters.get_single_cluster_advanced_options("shop-production")
assert options.javascriptEnabled is True

entries = atlas.Whitelist.create_whitelist_entry("203.0.113.7", "office")
assert any(entry.ipAddress == "203.0.113.7" for entry in entries)
assert atlas.Whitelist.get_whitelist_entry("203.0.113.7").comment == "office"
atlas.Whitelist.delete_a_whitelist_entry("203.0.113.7")
try:
    atlas.Whitelist.get_whitelist_entry("203.0.113.7")
except ErrAtlasNotFound:
    pass
else:
    raise AssertionError("a deleted entry must not be found")

user = DatabaseUsersPermissionsSpecs("reader", "secret-enough", IAMType.NONE)
user.add_role("shop", RoleSpecs.read)
assert atlas.DatabaseUsers.create_a_database_user(user)["username"] == "reader"
assert atlas.DatabaseUsers.get_a_single_database_user("reader")["databaseName"] == "admin"
atlas.DatabaseUsers.delete_a_database_user("reader")

hosts = list(atlas.Hosts.fill_host_list())
assert len(hosts) >= 3
atlas.Hosts.get_measurement_for_hosts(
    granularity=AtlasGranularities.HOUR,
    period=AtlasPeriods.HOURS_24,
    measurement=AtlasMeasurementTypes.connections,
)
assert any(host.measurements for host in hosts)
log = atlas.Hosts.get_log_for_host(hosts[0], log_name=AtlasLogNames.MONGODB)
assert log.getvalue()[:2] == b"\x1f\x8b"

since = datetime.datetime.now() - datetime.timedelta(days=1)
assert len(atlas.Events.since(since)) >= 1
assert len(atlas.Events.all) >= 1

assert list(atlas.Alerts.get_all_alerts(iterable=True)) == []
snapshots = atlas.CloudBackups.get_backup_snapshots_for_cluster("shop-production")
assert len(list(snapshots)) >= 1
