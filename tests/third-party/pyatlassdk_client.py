"""Drives pyatlassdk 0.1.0 (PyPI), generated from the API document, with digest and OAuth.

Defects of the client:
- It sends the credentials of a service account in the form of the token request. Atlas documents HTTP
  Basic authentication, so the client gets no token. The driver passes one that it created.
- It sends a `Content-Type` of the newest version, whatever the operation.
- It discards the fields of responses that its models do not have.
"""

import os
import time

import httpx
from pyatlassdk import AtlasAdminClient
from pyatlassdk.admin import AtlasApiError

base = os.environ["ATLAS_BASE_URL"]
urls = {"base_url": f"{base}/api/atlas/v2", "oauth_token_url": f"{base}/api/oauth/token"}


def check(client):
    groups = client.projects.list_groups()
    storefront = next(group for group in groups.results if group.name == "Storefront")
    clusters = client.clusters.list_group_clusters(group_id=storefront.id)
    assert {cluster.name for cluster in clusters.results} >= {"shop-production", "shop-reports"}
    cluster = client.clusters.get_group_cluster(
        group_id=storefront.id, cluster_name="shop-production"
    )
    assert cluster.cluster_type == "REPLICASET"
    try:
        client.clusters.get_group_cluster(group_id=storefront.id, cluster_name="nope")
    except AtlasApiError as error:
        assert error.status_code == 404
    else:
        raise AssertionError("an unknown cluster must fail")


with AtlasAdminClient(
    public_key=os.environ["ATLAS_PUBLIC_KEY"],
    private_key=os.environ["ATLAS_PRIVATE_KEY"],
    **urls,
) as client:
    check(client)

account = os.environ["ATLAS_CLIENT_ID"], os.environ["ATLAS_CLIENT_SECRET"]
with AtlasAdminClient(client_id=account[0], client_secret=account[1], **urls) as client:
    try:
        check(client)
    except AtlasApiError as error:
        assert error.status_code == 401
    else:
        raise AssertionError("the client has fixed its token request")
    token = httpx.post(
        urls["oauth_token_url"], auth=account, data={"grant_type": "client_credentials"}
    ).json()
    client._oauth_token = token["access_token"]
    client._oauth_expires_at = time.monotonic() + token["expires_in"]
    check(client)
