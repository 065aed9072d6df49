"""Asks a running simulator every GET of a document, with values that schemathesis makes up, after it
has created with such values what can be created.

The simulator and its keys are those of ATLAS_BASE_URL, ATLAS_PUBLIC_KEY and ATLAS_PRIVATE_KEY; the
document comes on the standard input, already corrected by what the service does otherwise.

Half of the requests are about things that lists say are there. It ends with 1 and a list when an answer
is a server error, or a success whose status, media type or body the document does not have: types,
enumerations, patterns, formats, bounds and what is required all count.
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


def narrowed(document):
    """The document with its GETs, and with the POSTs that create."""
    for path, item in document["paths"].items():
        wanted = ("get", "parameters") if ":" in path else ("get", "post", "parameters")
        document["paths"][path] = {key: value for key, value in item.items() if key in wanted}
    return document


# Fields that hold what a parameter names, where they have another name.
ALSO = {
    "databaseName": ["databaseName", "database"],
    "entryValue": ["ipAddress"],
    "integrationType": ["type"],
    "indexId": ["indexID"],
    "roleId": ["roleId"],
}

# Bodies that are accepted, by the end of a path, where made-up ones hardly are.
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
    """Values of path parameters that lead to something."""

    def __init__(self, base, session):
        self.base, self.session, self.lists = base, session, {}
        for group in self.items("/api/atlas/v2/groups"):
            path = f"/api/atlas/v2/groups/{group['id']}"
            clusters = [it for it in self.items(f"{path}/clusters") if it["backupEnabled"]]
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
        raise SystemExit("the simulator has no project with clusters of both kinds to ask about")

    def items(self, path):
        """The items of a list; none when there is no such list."""
        if path not in self.lists:
            headers = {"Accept": LATEST}
            answer = self.session.get(self.base + path, headers=headers, timeout=30)
            body = answer.json() if answer.status_code == 200 else []
            if isinstance(body, dict):
                # One list has its items under the name of their kind.
                body = body.get("results", body.get("awsIamRoles", []))
            found = body
            self.lists[path] = [item for item in found if isinstance(item, dict)]
        return self.lists[path]

    def value(self, path, name):
        """What names the first item of the list at a path."""
        path = path.removesuffix("/byName")
        if path.endswith("/processor"):
            path += "s"
        elif path.endswith("/containers"):
            path += "/all"
        elif path.endswith("/fts/indexes"):
            path += f"/{INDEX['database']}/{INDEX['collectionName']}"
        for item in self.items(path):
            names = [name, "name", "id", "_id"] if "Name" in name else [name, "id", "_id", "name"]
            names = ALSO.get(name, []) + names
            for field in names:
                if isinstance(item.get(field), str) and item[field]:
                    return item[field]
        return None

    def fill(self, path, parameters, every):
        """Puts values that lead to something in place of those that were made up."""
        walked = listed = ""
        for part in path.split("/")[1:]:
            named = re.match(r"\{(\w+)\}", part)
            if not named:
                listed = f"{walked}/{part}"
            else:
                name = named[1]
                value = self.always.get(name)
                if name == "integrationType" and path.endswith(named[0]):
                    value = "DATADOG"
                elif listed.endswith("/sampleDatasetLoad") and name == "name":
                    value = self.always["clusterName"]
                if value is None and every:
                    # Several parameters in a row name one thing of the list before them.
                    value = self.value(listed, name)
                if value is not None:
                    parameters[name] = value
                part = str(parameters.get(name, "")) + part[named.end() :]
            walked += "/" + part


    def body(self, path, parameters):
        """A body that is accepted, about what there is; None where none is known."""
        group = f"/api/atlas/v2/groups/{self.always['groupId']}"
        if path.endswith("/peers"):
            return PEER | {"containerId": self.value(f"{group}/containers", "containerId")}
        if path.endswith("/{clusterName}/backup/restoreJobs"):
            snapshots = f"{group}/clusters/{parameters['clusterName']}/backup/snapshots"
            snapshot = self.value(snapshots, "snapshotId")
            return {"deliveryType": "download", "snapshotId": snapshot}
        return next((body for end, body in BODIES.items() if path.endswith(end)), None)


def media_types(operation):
    """The media types of an operation's successes."""
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
    schema = schemathesis.openapi.from_dict(narrowed(json.load(sys.stdin)))
    asked, unseen, wrong = {}, [], set()

    operations = [result.ok() for result in schema.get_all_operations()]
    # What creates comes first, what lies deeper after what it lies in, peers after their containers.
    operations.sort(
        key=lambda it: (it.method.upper() != "POST", it.path.endswith("/peers"), len(it.path))
    )
    for operation in operations:
        label = operation.label
        is_get = operation.method.upper() == "GET"
        media = media_types(operation) or [LATEST]
        count = 0
        seen = set()

        @seed(1)
        @settings(
            max_examples=EXAMPLES if is_get else CREATIONS,
            deadline=None,
            database=None,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        @given(case=operation.as_strategy())
        def ask(case):
            nonlocal count
            known.fill(operation.path, case.path_parameters, every=not is_get or count % 2 == 0)
            if count == 0:
                case.query = {
                    name: value for name, value in case.query.items() if name in required(operation)
                }
                if operation.path.endswith("/measurements"):
                    case.query |= {"granularity": "PT1M", "period": "PT1H"}
            if not is_get and count == 0:
                body = known.body(operation.path, case.path_parameters)
                case.body = case.body if body is None else body
            # An envelope is around the body that the document describes.
            (case.query or {}).pop("envelope", None)
            accept = {"Accept": media[count % len(media)]}
            count += 1
            response = case.call(base_url=base, session=session, headers=accept)
            status = response.status_code
            key = (operation.method.upper(), status)
            asked[key] = asked.get(key, 0) + 1
            seen.add(status)
            if status >= 500:
                wrong.add(f"{label}: {status} {response.text[:200]}")
            if status >= 300 or not is_get:
                return
            try:
                case.validate_response(response)
            except BaseExceptionGroup as failures:
                for failure in failures.exceptions:
                    wrong.add(f"{label}: {' '.join(str(failure).split())[:400]}")

        try:
            ask()
        except UnsupportedSchema:
            # Some bodies are too much for schemathesis to make up; answers are never generated.
            if is_get:
                raise
        if not is_get:
            known.lists.clear()
        elif 200 not in seen:
            unseen.append(f"{label} ({', '.join(map(str, sorted(seen)))})")

    counted = ", ".join(
        f"{method} {count} times {status}" for (method, status), count in sorted(asked.items())
    )
    print(f"{sum(asked.values())} requests: {counted}")
    print(f"{len(unseen)} operations never answered 200: {'; '.join(unseen)}")
    for line in sorted(wrong):
        print(f"wrong: {line}")
    sys.exit(1 if wrong else 0)


def required(operation):
    """The names of the query parameters that have to be there."""
    return {
        parameter["name"]
        for parameter in operation.definition.raw.get("parameters", [])
        if parameter.get("in") == "query" and parameter.get("required")
    }


if __name__ == "__main__":
    main()
