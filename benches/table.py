"""Writes docs/performance.md from what benches/compare.sh measured."""
import json
import math
import os
import platform
import sys

work = sys.argv[1]
projects, clusters, latency, old_requests, new_requests, size = map(int, sys.argv[2:])


def measured(name):
    with open(os.path.join(work, name + ".json"), encoding="utf-8") as file:
        result = json.load(file)["results"][0]
    return result["mean"], result["stddev"] or 0.0, len(result["times"])


def shown(seconds, deviation, runs):
    if seconds < 1:
        return f"{seconds * 1000:.1f} ms ± {deviation * 1000:.1f} ({runs} runs)"
    return f"{seconds:.2f} s ± {deviation:.2f} ({runs} runs)"


old_list, new_list = measured("old-list"), measured("new-list")
old_help, new_help = measured("old-help"), measured("new-help")
pages = math.ceil(projects / 500)
ideal = (1 + pages + math.ceil(projects / 32)) * latency / 1000
print(f"""# Performance

`benches/compare.sh` measures this and writes this file; no test depends on time. Both programs talk to
the local simulator, which answers each request {latency} ms late, and print the same lines: {projects}
projects with {clusters} clusters each. The old program is `mongodbatlas` 0.2.6 on Python
{platform.python_version()}.

Measured on {os.cpu_count()} cores, {platform.system()} {platform.machine()}.

| | `mongodbatlas` 0.2.6 | `atlascli` | |
|---|---|---|---|
| `--list` | {shown(*old_list)} | {shown(*new_list)} | {old_list[0] / new_list[0]:.1f} times as fast |
| requests for it | {old_requests} | {new_requests} | |
| `--help` | {shown(*old_help)} | {shown(*new_help)} | {old_help[0] / new_help[0]:.1f} times as fast |
| size | | {size / 1e6:.1f} MB | the release binary |

With 32 projects asked at a time, nothing can be faster than the answers to the organization, {pages} page
of projects and {math.ceil(projects / 32)} rounds of clusters: {ideal * 1000:.0f} ms. `--list` takes
{new_list[0] / ideal:.2f} times that, its start and the first request's challenge included.""")
