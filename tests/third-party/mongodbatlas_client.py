"""Drives mongodbatlas 0.2.6 (PyPI), which calls the API v1.0 with HTTP digest authentication.

Defects of the client:
- The site is a constant, which this driver overwrites.
- `delete_organization` and `get_one_cached_organization` send a path without a host.
- It follows the link `next` only if it is the last one, and repeats `itemsPerPage` of the link.
"""

import os

from mongodbatlas import AtlasKey, OPCAPI
from mongodbatlas.atlasapi import AtlasAPI
from mongodbatlas.atlasrequests import AtlasRequests
from mongodbatlas.errors import AtlasGetError

AtlasRequests.ATLAS_BASE_URL = os.environ["ATLAS_BASE_URL"] + AtlasRequests.API_URL
key = AtlasKey(os.environ["ATLAS_PUBLIC_KEY"], os.environ["ATLAS_PRIVATE_KEY"])
api = AtlasAPI(key)

organization = api.get_this_organization()
assert organization["name"] == "Open Meadow Data"
assert api.get_one_organization(organization["id"])["id"] == organization["id"]

projects = {project["name"]: project["id"] for project in api.get_projects()}
assert len(projects) == 8
assert sorted(api.get_project_ids()) == sorted(projects.values())
assert api.get_one_project(projects["Storefront"])["name"] == "Storefront"

# Pages of two projects, through the links.
requests = AtlasRequests(key)
first, link = requests.get_resource_by_page("/groups?itemsPerPage=2&pageNum=1")
assert len(first) == 2 and "pageNum=2" in link

clusters = {cluster["name"]: cluster for cluster in api.get_clusters(projects["Storefront"])}
assert set(clusters) == {"shop-production", "shop-staging", "shop-reports"}
assert clusters["shop-reports"]["paused"] is True
assert clusters["shop-staging"]["providerSettings"]["instanceSizeName"] == "M10"

project = api.create_project(organization["id"], "From mongodbatlas")
config = {
    "name": "made",
    "numShards": 1,
    "replicationFactor": 3,
    "providerSettings": {
        "providerName": "AWS",
        "instanceSizeName": "M10",
        "regionName": "US_EAST_1",
    },
}
assert api.create_cluster(project["id"], config)["stateName"] == "CREATING"
assert api.delete_cluster(project["id"], "made") == {}

change = api.modify_cluster(projects["Storefront"], "shop-production", {"diskSizeGB": 60})
assert change["diskSizeGB"] == 60
assert api.pause(projects["Storefront"], "shop-staging")["paused"] is True
assert api.get_one_cluster(projects["Storefront"], "shop-staging")["paused"] is True
assert api.resume(projects["Storefront"], "shop-reports")["paused"] is False

try:
    api.get_one_cluster(projects["Storefront"], "nope")
except AtlasGetError as error:
    assert "No cluster named nope" in str(error), error
else:
    raise AssertionError("an unknown cluster must fail")

everything = OPCAPI(key).get_organization_and_clusters()
assert everything.id == organization["id"]
