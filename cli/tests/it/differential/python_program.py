"""Runs the atlascli of the Python package against version 2 of the API at ATLAS_BASE_URL.

Changes only the base URL and the requested media type.
"""
import os
import sys

import requests
from mongodbatlas import atlascli, atlasrequests

VERSION = "application/vnd.atlas.2024-08-05+json"
send = requests.Session.request


def request(self, method, url, headers=None, **options):
    headers = dict(headers or {}, Accept=VERSION)
    if "Content-Type" in headers:
        headers["Content-Type"] = VERSION
    return send(self, method, url, headers=headers, **options)


requests.Session.request = request
atlasrequests.AtlasRequests.ATLAS_BASE_URL = os.environ["ATLAS_BASE_URL"] + "/api/atlas/v2"
sys.argv[0] = "atlascli"
atlascli.main()
