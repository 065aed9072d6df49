"""Asks a running simulator every GET of the document, with values that schemathesis makes up.

The simulator and its keys are those of ATLAS_BASE_URL, ATLAS_PUBLIC_KEY and ATLAS_PRIVATE_KEY.

It ends with 1 and a list when an answer is a server error, or a success whose status, media type or
body the document does not have. What the document is corrected by is what the service is known to
do otherwise: open enumerations, names with spaces, fields that are null or left out.
"""

import json
import os
import pathlib
import sys

import requests
import schemathesis
from hypothesis import HealthCheck, Phase, given, seed, settings
from requests.auth import HTTPDigestAuth

EXAMPLES = 4
LATEST = "application/vnd.atlas.2025-03-12+json"
DOCUMENT = pathlib.Path(__file__).parent.parent / "openapi" / "atlas-admin-v2.json"


def corrected(schema):
    """A schema as the service keeps it: nothing is required, everything may be null."""
    if isinstance(schema, list):
        return [corrected(entry) for entry in schema]
    if not isinstance(schema, dict):
        return schema
    found = {}
    for name, value in schema.items():
        if name in ("enum", "pattern", "required", "discriminator") and not isinstance(value, dict):
            continue
        if name == "discriminator" and "propertyName" in value:
            continue
        found["anyOf" if name == "oneOf" else name] = corrected(value)
    if isinstance(found.get("type"), str) and "in" not in found:
        found["nullable"] = True
    if "anyOf" in found:
        found.pop("type", None)
        found["nullable"] = True
    return found


def document():
    """The GETs of the document; what is sent keeps its bounds, what is answered is corrected."""
    whole = json.loads(DOCUMENT.read_text(encoding="utf-8"))
    schemas = whole["components"]["schemas"]
    whole["components"]["schemas"] = {name: corrected(schema) for name, schema in schemas.items()}
    for path, item in list(whole["paths"].items()):
        whole["paths"][path] = {
            key: value for key, value in item.items() if key in ("get", "parameters")
        }
    return whole


def known_ids(base, session):
    """Values of path parameters that lead to something."""
    accept = {"Accept": LATEST}
    groups = session.get(f"{base}/api/atlas/v2/groups", headers=accept, timeout=30).json()
    for group in groups["results"]:
        clusters = session.get(
            f"{base}/api/atlas/v2/groups/{group['id']}/clusters", headers=accept, timeout=30
        ).json()["results"]
        if clusters:
            return {
                "groupId": group["id"],
                "orgId": group["orgId"],
                "clusterName": clusters[0]["name"],
            }
    raise SystemExit("the simulator has no cluster to ask about")


def main():
    base, public, private = (
        os.environ[f"ATLAS_{name}"] for name in ("BASE_URL", "PUBLIC_KEY", "PRIVATE_KEY")
    )
    session = requests.Session()
    session.auth = HTTPDigestAuth(public, private)
    ids = known_ids(base, session)
    schema = schemathesis.openapi.from_dict(document())
    asked, wrong = {}, set()

    for result in schema.get_all_operations():
        operation = result.ok()
        label = operation.label

        @seed(1)
        @settings(
            max_examples=EXAMPLES,
            deadline=None,
            database=None,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        @given(case=operation.as_strategy())
        def ask(case):
            for name, value in ids.items():
                if name in (case.path_parameters or {}):
                    case.path_parameters[name] = value
            # An envelope is around the body that the document describes.
            (case.query or {}).pop("envelope", None)
            media = [
                kind
                for response in operation.definition.raw["responses"].values()
                for kind in response.get("content", {})
                if kind.startswith("application/vnd.atlas.")
            ]
            accept = {"Accept": media[-1] if media else LATEST}
            response = case.call(base_url=base, session=session, headers=accept)
            asked[response.status_code] = asked.get(response.status_code, 0) + 1
            if response.status_code >= 500:
                wrong.add(f"{label}: {response.status_code} {response.text[:200]}")
            if response.status_code >= 300:
                return
            try:
                case.validate_response(response)
            except BaseExceptionGroup as failures:
                for failure in failures.exceptions:
                    wrong.add(f"{label}: {' '.join(str(failure).split())[:400]}")

        ask()

    counted = ", ".join(f"{count} times {status}" for status, count in sorted(asked.items()))
    print(f"{sum(asked.values())} requests: {counted}")
    for line in sorted(wrong):
        print(f"wrong: {line}")
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
