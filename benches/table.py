"""Prints docs/performance.md from the measurements of benches/compare.sh."""
import json
import math
import os
import platform
import sys

work = sys.argv[1]
projects, clusters, latency, old_requests, new_requests, size = map(int, sys.argv[2:])


def read_measurement(name):
    with open(os.path.join(work, name + ".json"), encoding="utf-8") as file:
        result = json.load(file)["results"][0]
    return result["mean"], result["stddev"] or 0.0, len(result["times"])


def format_time(seconds, deviation, runs):
    if seconds < 1:
        return f"{seconds * 1000:.1f} ms ± {deviation * 1000:.1f} ({runs} runs)"
    return f"{seconds:.2f} s ± {deviation:.2f} ({runs} runs)"


old_list, new_list = read_measurement("old-list"), read_measurement("new-list")
old_help, new_help = read_measurement("old-help"), read_measurement("new-help")
pages = math.ceil(projects / 500)
ideal = (1 + pages + math.ceil(projects / 32)) * latency / 1000
print(f"""# Performance

`benches/compare.sh` writes this file. No test depends on time. Both programs send their requests to the local
simulator, which delays each response by {latency} ms, and print the same {projects} projects with {clusters}
clusters each. The Python program is `mongodbatlas` 0.2.6 on Python {platform.python_version()}.

Measured on {os.cpu_count()} cores, {platform.system()} {platform.machine()}.

| | `mongodbatlas` 0.2.6 | `atlascli` | |
|---|---|---|---|
| `--list` | {format_time(*old_list)} | {format_time(*new_list)} | {old_list[0] / new_list[0]:.1f} times as fast |
| requests of `--list` | {old_requests} | {new_requests} | |
| `--help` | {format_time(*old_help)} | {format_time(*new_help)} | {old_help[0] / new_help[0]:.1f} times as fast |
| size | | {size / 1e6:.1f} MB | the release binary |

The lower bound with 32 concurrent requests is {ideal * 1000:.0f} ms: one round trip for the organization,
{pages} for the page of projects and {math.ceil(projects / 32)} for the clusters. `--list` takes
{new_list[0] / ideal:.2f} times as long, including its start and the authentication challenge.""")
