"""Runs the Python package's atlascli against today's interface at ATLAS_BASE_URL.

Nothing of the tool is changed but where it sends its requests and which version it accepts.
"""
import os
import sys

import requests
from mongodbatlas import atlascli, atlasrequests

VERSION = "application/vnd.atlas.2024-08-05+json"
send = requests.Session.request


def request(self, method, url, headers=None, **rest):
    headers = dict(headers or {}, Accept=VERSION)
    if "Content-Type" in headers:
        headers["Content-Type"] = VERSION
    return send(self, method, url, headers=headers, **rest)


requests.Session.request = request
atlasrequests.AtlasRequests.ATLAS_BASE_URL = os.environ["ATLAS_BASE_URL"] + "/api/atlas/v2"
sys.argv[0] = "atlascli"
atlascli.main()
