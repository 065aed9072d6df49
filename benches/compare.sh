#!/usr/bin/env bash
# Compares the performance of atlascli and of the Python program, and writes docs/performance.md. Both list
# 250 projects with 3 clusters each from the simulator, which delays each response by 50 ms. Requires
# hyperfine (cargo install hyperfine, or a package of the system). No test runs this script.
set -euo pipefail
cd "$(dirname "$0")/.."

PROJECTS=250 CLUSTERS=3 LATENCY_MS=50
PORT=${PORT:-27081}

command -v hyperfine >/dev/null || {
  echo 'error: hyperfine not found; install it with `cargo install hyperfine` or as a package' >&2
  exit 1
}
.ci/install-old-atlascli
python=$PWD/target/old-atlascli/bin/python
cargo build --quiet --release -p atlascli -p atlas-simulator
release=${CARGO_TARGET_DIR:-target}/release
work=$(mktemp -d)
trap 'kill "${simulator:-}" 2>/dev/null || true; rm -rf "$work"' EXIT

"$python" - "$PROJECTS" "$CLUSTERS" >"$work/seed.json" <<'PYTHON'
import json, sys
projects, clusters = map(int, sys.argv[1:])
names = [{"name": f"Cluster{n}"} for n in range(clusters)]
print(json.dumps({"organization": "Benchmark", "projects": [
    {"name": f"Project {n:03}", "clusters": names} for n in range(projects)]}))
PYTHON
"$release/atlas-simulator" --port "$PORT" --seed "$work/seed.json" --control >"$work/environment" &
simulator=$!
for _ in $(seq 100); do
  [ -s "$work/environment" ] && break
  sleep 0.1
done
# shellcheck disable=SC1091
source "$work/environment"
curl --silent --show-error --fail --output /dev/null "$ATLAS_BASE_URL/_simulator/faults" \
  --data "{\"kind\": \"latency\", \"milliseconds\": $LATENCY_MS, \"path\": \"/api\", \"always\": true}"

old="$python cli/tests/it/differential/python_program.py"
new="$release/atlascli"
diff <($old --list) <($new --list) >/dev/null || {
  echo 'error: the output of the programs differs' >&2
  exit 1
}
# Prints the number of requests that a command sends.
count() {
  curl --silent --request DELETE --output /dev/null "$ATLAS_BASE_URL/_simulator/requests"
  "$@" >/dev/null
  curl --silent "$ATLAS_BASE_URL/_simulator/requests" |
    "$python" -c 'import json, sys; print(len(json.load(sys.stdin)))'
}
# shellcheck disable=SC2086
old_requests=$(count $old --list)
new_requests=$(count "$new" --list)

hyperfine --warmup 1 --runs 10 --output null --export-json "$work/new-list.json" "$new --list"
hyperfine --runs 3 --output null --export-json "$work/old-list.json" "$old --list"
hyperfine --shell=none --warmup 10 --runs 100 --export-json "$work/new-help.json" "$new --help"
hyperfine --shell=none --warmup 3 --runs 20 --export-json "$work/old-help.json" "$old --help"

"$python" benches/table.py "$work" "$PROJECTS" "$CLUSTERS" "$LATENCY_MS" \
  "$old_requests" "$new_requests" "$(stat -c %s "$new" 2>/dev/null || stat -f %z "$new")" \
  >docs/performance.md
cat docs/performance.md
