#!/usr/bin/env python3
"""Measures the peak memory of both forms of atlascli against the simulator, and the time and memory of --help.

Exits with 1 if a limit is exceeded. Builds release binaries; with --debug, debug binaries, whose limits are only
printed. Needs Unix (getrusage). No test runs this script.
"""
import argparse
import json
import os
import subprocess
import sys
import tempfile
import time

ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..")
PROJECTS, CLUSTERS = 1000, 100
STREAM_LIMIT_MB = 60
HELP_LIMIT_MB, HELP_LIMIT_MS = 8, 3
HELP_RUNS = 30


def measure(command, environment, lines=None):
    """Runs a command; returns its seconds and its peak memory in MB."""
    started = time.monotonic()
    process = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE)
    count = sum(1 for _ in process.stdout)
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.monotonic() - started
    if status != 0 or lines is not None and count < lines:
        sys.exit(f"error: `{' '.join(command)}` printed {count} lines, status {status}")
    # in bytes on macOS, in KiB elsewhere
    scale = 1 if sys.platform == "darwin" else 1024
    return seconds, usage.ru_maxrss * scale / 1e6


def start_simulator(program, directory):
    """Starts the simulator with all clusters; returns it with the environment of its clients."""
    seed = os.path.join(directory, "seed.json")
    clusters = [{"name": f"Cluster{number}"} for number in range(CLUSTERS)]
    projects = [{"name": f"Project {number:04}", "clusters": clusters} for number in range(PROJECTS)]
    with open(seed, "w", encoding="utf-8") as file:
        json.dump({"organization": "Benchmark", "projects": projects}, file)
    command = [program, "--port", "0", "--seed", seed, "--no-rate-limits"]
    simulator = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    environment = dict(os.environ, HOME=directory, XDG_CONFIG_HOME=directory)
    for _ in range(3):
        name, value = simulator.stdout.readline().strip().removeprefix("export ").split("=", 1)
        environment[name] = value
    return simulator, environment


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--debug", action="store_true", help="measure debug builds")
    is_debug = parser.parse_args().debug
    profile = [] if is_debug else ["--release"]
    subprocess.run(["cargo", "build", "-q", *profile, "-p", "atlascli", "-p", "atlas-simulator"], cwd=ROOT, check=True)
    target = os.environ.get("CARGO_TARGET_DIR", os.path.join(ROOT, "target"))
    programs = os.path.join(target, "debug" if is_debug else "release")
    atlascli = os.path.join(programs, "atlascli")
    exceeded = False
    print("| command | seconds | peak MB | limit |\n|---|---|---|---|")
    with tempfile.TemporaryDirectory() as directory:
        simulator, environment = start_simulator(os.path.join(programs, "atlas-simulator"), directory)
        try:
            for line in ["clusters list -o jsonl", "list -o jsonl", "--list"]:
                count = PROJECTS * CLUSTERS
                seconds, peak = measure([atlascli, *line.split()], environment, count)
                limit = f"{STREAM_LIMIT_MB} MB" if line.endswith("jsonl") else ""
                exceeded |= bool(limit) and peak > STREAM_LIMIT_MB
                print(f"| `{line}` ({count} clusters) | {seconds:.1f} | {peak:.1f} | {limit} |", flush=True)
        finally:
            simulator.kill()
        for line in ["--help", "clusters list --help", "--list --help"]:
            runs = [measure([atlascli, *line.split()], environment) for _ in range(HELP_RUNS)]
            seconds, peak = sorted(runs)[len(runs) // 2]
            exceeded |= peak > HELP_LIMIT_MB or seconds * 1000 > HELP_LIMIT_MS
            limit = f"{HELP_LIMIT_MS} ms, {HELP_LIMIT_MB} MB"
            print(f"| `{line}` (median of {HELP_RUNS}) | {seconds:.4f} | {peak:.1f} | {limit} |", flush=True)
    if exceeded and not is_debug:
        sys.exit("error: a limit is exceeded")


if __name__ == "__main__":
    main()
