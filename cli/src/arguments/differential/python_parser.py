"""Parses command lines with the atlascli of the Python package, without sending requests.

Reads one JSON list of words per line. Prints a JSON list with the exit code and the library calls
of each command line.
"""
import contextlib
import io
import json
import sys
from types import SimpleNamespace

from mongodbatlas import atlascli

calls = []
verb = None


class Recorder:
    def __init__(self, key):
        calls.append(["key", key.public_key, key.private_key])

    def get_this_organization(self):
        pass

    def get_organization_and_clusters(self):
        calls.append(["list"])
        return SimpleNamespace(pprint=lambda: None)

    def get_projects(self):
        calls.append(["projects"])
        return [SimpleNamespace(id="EACH", name="each")]

    def get_one_project(self, project_id):
        calls.append(["project", project_id])

    def get_clusters(self, project_id):
        calls.append(["clusters", project_id])
        return []

    def get_one_cluster(self, project_id, name):
        calls.append([verb, project_id, name])
        return SimpleNamespace(resource={"paused": False})

    def pause_cluster(self, project_id, name):
        pass


def print_recorder(text):
    global verb
    if str(text).startswith("Pausing "):
        verb = "pause"
    elif str(text).startswith("Resuming cluster "):
        verb = "resume"
    elif str(text).startswith("You must specify a --project_id"):
        calls.append(["no project"])


def outcome(words):
    calls.clear()
    sys.argv = ["atlascli", *words]
    try:
        with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
            atlascli.main()
        code = 0
    except SystemExit as end:
        code = end.code
    return {"exit": code, "calls": list(calls)}


atlascli.OPCAPI = Recorder
atlascli.print = print_recorder
lines = sys.stdin.buffer.read().decode().split("\n")[:-1]
sys.stdout.buffer.write(json.dumps([outcome(json.loads(line)) for line in lines]).encode())
