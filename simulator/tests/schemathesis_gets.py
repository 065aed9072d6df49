"""Sends every GET of an API document to a running simulator, with values that schemathesis generates,
after creating resources with such values.

ATLAS_BASE_URL, ATLAS_PUBLIC_KEY and ATLAS_PRIVATE_KEY configure the simulator. The document with its
corrections is read from the standard input.

Half of the requests are about existing resources. Exits with 1 and a list if a response is a server
error, or a success that contradicts the document in status, media type or body.
"""

import json
import os
import re
import sys

import requests
import schemathesis
from hypothesis import HealthCheck, Phase, given, seed, settings
from requests.auth import HTTPDigestAuth
from schemathesis.errors import UnsupportedSchema

EXAMPLES = 4
CREATIONS = 2
LATEST = "application/vnd.atlas.2025-03-12+json"


def select_operations(document):
"""Removes all operations except GETs and POSTs that create a resource."""
    for path, item in document["paths"].items():
        keys = ("get", "parameters") if ":" in path else ("get", "post", "parameters")
        document["paths"][path] = {key: value for key, value in item.items() if key in keys}
    return document


# Fields with the value of a path parameter that has another name.
FIELDS = {
    "databaseName": ["databaseName", "database"],
    "entryValue": ["ipAddress"],
    "integrationType": ["type"],
    "indexId": ["indexID"],
    "roleId": ["roleId"],
}

# Valid bodies by the end of the path, for operations that reject most generated bodies.
ROLE = {"roleName": "read", "databaseName": "data"}
INDEX = {"collectionName": "a", "database": "b", "name": "c"}
PEER = {
    "providerName": "AWS", "accepterRegionName": "us-east-1", "awsAccountId": "123456789012",
    "routeTableCidrBlock": "10.0.0.0", "vpcId": "vpc-0123456789abcdef0",
}
BODIES = {
    "/accessList": [{"ipAddress": "203.0.113.7"}],
    "/databaseUsers": {
        "databaseName": "admin", "username": "app", "password": "long-enough", "roles": [ROLE],
    },
    "/customDBRoles/roles": {"roleName": "own", "actions": [], "inheritedRoles": []},
    "/dataFederation": {"name": "lake"},
    "/cloudProviderAccess": {"providerName": "AWS"},
    "/backup/snapshots": {},
    "/search/indexes": INDEX | {"definition": {"mappings": {"dynamic": True}}},
    "/fts/indexes": INDEX | {"mappings": {"dynamic": True}},
    "/onlineArchives": {
        "collName": "a", "dbName": "b",
        "criteria": {"type": "DATE", "dateField": "at", "expireAfterDays": 3},
    },
    "/endpointService": {"providerName": "AWS", "region": "US_EAST_1"},
    "/endpointService/{endpointServiceId}/endpoint": {"id": "vpce-0123456789abcdef0"},
    "/endpointIds": {"endpointId": "vpce-0123456789abcdef0"},
    "/containers": {"providerName": "AWS", "atlasCidrBlock": "10.8.0.0/21", "regionName": "US_EAST_1"},
    "/integrations/{integrationType}": {"type": "DATADOG", "apiKey": "0" * 32, "region": "US"},
    "/ldap/verify": {
        "bindPassword": "p", "bindUsername": "CN=a,DC=b", "hostname": "ldap.example.com", "port": 636,
    },
    "/orgs/{orgId}/teams": {"name": "crew", "usernames": ["simulator@example.com"]},
}


class Known:
    """Values of path parameters that identify existing resources."""

    def __init__(self, base, session):
        self.base, self.session, self.lists = base, session, {}
        for group in self.items("/api/atlas/v2/groups"):
            path = f"/api/atlas/v2/groups/{group['id']}"
            clusters = self.items(f"{path}/clusters")
            clusters = [cluster for cluster in clusters if cluster["backupEnabled"]]
            flex = self.items(f"{path}/flexClusters")
            if clusters and flex:
                process = self.items(f"{path}/processes")[0]
                user = self.items(f"/api/atlas/v2/orgs/{group['orgId']}/users")[0]
                self.always = {
                    "groupId": group["id"],
                    "groupName": group["name"],
                    "orgId": group["orgId"],
                    "clusterName": clusters[0]["name"],
                    "cloudProvider": "AWS",
                    "processId": process["id"],
                    "hostname": process["hostname"],
                    "hostName": process["hostname"],
                    "userId": user["id"],
                    "userName": user["username"],
                }
                return
        raise SystemExit("the simulator has no project with clusters and flex clusters")

    def items(self, path):
        """Returns the items of a list, or an empty list."""
        if path not in self.lists:
            headers = {"Accept": LATEST}
            response = self.session.get(self.base + path, headers=headers, timeout=30)
            body = response.json() if response.status_code == 200 else []
            if isinstance(body, dict):
                # One list has its items in another field than `results`.
                body = body.get("results", body.get("awsIamRoles", []))
            self.lists[path] = [item for item in body if isinstance(item, dict)]
        return self.lists[path]

    def value(self, path, name):
        """Returns the identifier of the first item of the list at a path."""
        path = path.removesuffix("/byName")
        if path.endswith("/processor"):
            path += "s"
        elif path.endswith("/containers"):
            path += "/all"
        elif path.endswith("/fts/indexes"):
            path += f"/{INDEX['database']}/{INDEX['collectionName']}"
        for item in self.items(path):
            names = [name, "name", "id", "_id"] if "Name" in name else [name, "id", "_id", "name"]
            names = FIELDS.get(name, []) + names
            for field in names:
                if isinstance(item.get(field), str) and item[field]:
                    return item[field]
        return None

    def fill(self, path, parameters, from_lists):
    """Replaces generated path parameters by those of existing resources."""
    prefix = collection = ""
        for part in path.split("/")[1:]:
            parameter = re.match(r"\{(\w+)\}", part)
            if not parameter:
            collection = f"{prefix}/{part}"
            else:
                name = parameter[1]
                value = self.always.get(name)
                if name == "integrationType" and path.endswith(parameter[0]):
                    value = "DATADOG"
                elif collection.endswith("/sampleDatasetLoad") and name == "name":
                    value = self.always["clusterName"]
                if value is None and from_lists:
                # Consecutive parameters identify one item of the list before them.
                value = self.value(collection, name)
                if value is not None:
                    parameters[name] = value
                part = str(parameters.get(name, "")) + part[parameter.end() :]
                prefix += "/" + part


    def body(self, path, parameters):
        """Returns a valid body about existing resources, or None."""
        group = f"/api/atlas/v2/groups/{self.always['groupId']}"
        if path.endswith("/peers"):
            return PEER | {"containerId": self.value(f"{group}/containers", "containerId")}
        if path.endswith("/{clusterName}/backup/restoreJobs"):
            snapshots = f"{group}/clusters/{parameters['clusterName']}/backup/snapshots"
            snapshot = self.value(snapshots, "snapshotId")
            return {"deliveryType": "download", "snapshotId": snapshot}
        return next((body for end, body in BODIES.items() if path.endswith(end)), None)


def media_types(operation):
    """Returns the media types of an operation's successful responses."""
    return [
        kind
        for status, response in operation.definition.raw["responses"].items()
        if status.startswith("2")
        for kind in response.get("content", {})
    ]


def main():
    base, public, private = (
        os.environ[f"ATLAS_{name}"] for name in ("BASE_URL", "PUBLIC_KEY", "PRIVATE_KEY")
    )
    session = requests.Session()
    session.auth = HTTPDigestAuth(public, private)
    known = Known(base, session)
    schema = schemathesis.openapi.from_dict(select_operations(json.load(sys.stdin)))
    counts, never_successful, failures = {}, [], set()

    operations = [result.ok() for result in schema.get_all_operations()]
    # POSTs come first, nested resources after their parents, and peers after their containers.
    operations.sort(
        key=lambda operation: (
        operation.method.upper() != "POST",
        operation.path.endswith("/peers"),
        len(operation.path),
        )
    )
    for operation in operations:
        label = operation.label
        is_get = operation.method.upper() == "GET"
        media = media_types(operation) or [LATEST]
        count = 0
        statuses = set()

        @seed(1)
        @settings(
            max_examples=EXAMPLES if is_get else CREATIONS,
            deadline=None,
            database=None,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        @given(case=operation.as_strategy())
        def send(case):
            nonlocal count
            known.fill(operation.path, case.path_parameters, from_lists=not is_get or count % 2 == 0)
            if count == 0:
                case.query = {
                    name: value for name, value in case.query.items() if name in required(operation)
                }
                if operation.path.endswith("/measurements"):
                    case.query |= {"granularity": "PT1M", "period": "PT1H"}
            if not is_get and count == 0:
                body = known.body(operation.path, case.path_parameters)
                case.body = case.body if body is None else body
            # The document does not describe the envelope.
            (case.query or {}).pop("envelope", None)
            accept = {"Accept": media[count % len(media)]}
            count += 1
            response = case.call(base_url=base, session=session, headers=accept)
            status = response.status_code
            key = (operation.method.upper(), status)
            counts[key] = counts.get(key, 0) + 1
            statuses.add(status)
            if status >= 500:
                failures.add(f"{label}: {status} {response.text[:200]}")
            if status >= 300 or not is_get:
                return
            try:
                case.validate_response(response)
            except BaseExceptionGroup as group:
            for failure in group.exceptions:
                    failures.add(f"{label}: {' '.join(str(failure).split())[:400]}")

        try:
            send()
        except UnsupportedSchema:
            # Schemathesis cannot generate some bodies.
            if is_get:
                raise
        if not is_get:
            known.lists.clear()
        elif 200 not in statuses:
            never_successful.append(f"{label} ({', '.join(map(str, sorted(statuses)))})")

    counted = ", ".join(
        f"{method} {count} times {status}" for (method, status), count in sorted(counts.items())
    )
    print(f"{sum(counts.values())} requests: {counted}")
    print(f"{len(never_successful)} operations never responded with 200: {'; '.join(never_successful)}")
    for line in sorted(failures):
        print(f"failed: {line}")
    sys.exit(1 if failures else 0)


def required(operation):
    """Returns the names of the required query parameters."""
    return {
        parameter["name"]
        for parameter in operation.definition.raw.get("parameters", [])
        if parameter.get("in") == "query" and parameter.get("required")
    }


if __name__ == "__main__":
    main()
