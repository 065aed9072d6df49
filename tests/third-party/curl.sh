#!/usr/bin/env bash
# Drives curl: digest, bearer token, HEAD, OPTIONS, wrong methods and HTTP/1.0.
set -euo pipefail

root=$ATLAS_BASE_URL/api/atlas
keys=$ATLAS_PUBLIC_KEY:$ATLAS_PRIVATE_KEY
accept='Accept: application/vnd.atlas.2025-03-12+json'

# Fails with a message unless the second argument is the first.
expect() {
  if [ "$2" != "$1" ]; then
    echo "expected $1, got $2" >&2
    exit 1
  fi
}

# Sends a request with digest authentication and prints its status.
status() {
  curl --silent --output /dev/null --write-out '%{http_code}' --digest --user "$keys" \
    --header "$accept" "$@"
}

expect 200 "$(status "$root/v2/groups")"
expect 200 "$(status "$root/v2/groups/?pageNum=")"
expect 200 "$(status "$root/v1.0/groups/")"
expect 200 "$(status --http1.0 "$root/v2/groups")"
expect 200 "$(status --head "$root/v2/groups")"
expect 204 "$(status --request OPTIONS "$root/v2/groups")"
expect 405 "$(status --request PUT "$root/v2/groups")"
expect 404 "$(status "$root/v2/nowhere")"
expect 406 "$(curl --silent --output /dev/null --write-out '%{http_code}' --digest --user "$keys" \
  "$root/v2/groups")"
expect 401 "$(curl --silent --output /dev/null --write-out '%{http_code}' "$root/v2/groups")"

# Without a Host header, links have the address of the simulator.
links=$(curl --silent --http1.0 --header Host: --digest --user "$keys" --header "$accept" "$root/v2/orgs")
case $links in
*"\"href\":\"$root/v2/orgs?"*) ;;
*) echo "links without a host: $links" >&2 && exit 1 ;;
esac

token=$(curl --silent --user "$ATLAS_CLIENT_ID:$ATLAS_CLIENT_SECRET" \
  --data grant_type=client_credentials "$ATLAS_BASE_URL/api/oauth/token" |
  sed 's/.*"access_token":"\([^"]*\)".*/\1/')
expect 200 "$(curl --silent --output /dev/null --write-out '%{http_code}' --oauth2-bearer "$token" \
  --header "$accept" "$root/v2/groups")"
