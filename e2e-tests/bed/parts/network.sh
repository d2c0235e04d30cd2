#!/bin/bash
# network.sh up|down: a network namespace with no way out, so that a wrong address fails instead of leaving the computer.
#
#   10.77.0.1        everything the bed serves: DNS, registry, Git, ACME, the AWS emulator, the apt mirror
#   10.77.0.2        what AWS serves under its own names: S3 and mail
#   169.254.169.254  the machines' metadata service, as on AWS
#   10.77.1.0/24     the machines' private addresses (made by the engine part)
#   10.77.2.0/24     their public addresses (routed by the AWS part)
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/../lib.sh"

authority() {
  local folder
  mkdir -p "$DIR/tls"
  (
    flock 8
    [ ! -d "$AUTHORITY" ] || exit 0
    folder=$(mktemp -d "$CACHE/authority.XXXXXX")
    openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 3650 -subj "/CN=test bed" \
      -keyout "$folder/ca.key" -out "$folder/ca.crt" 2> /dev/null
    mv "$folder" "$AUTHORITY"
  ) 8> "$CACHE/authority.lock"
  cp "$AUTHORITY"/ca.{key,crt} "$DIR/tls"
}

case $1 in
  up)
    ip netns add "$NET"
    ip -n "$NET" link set lo up
    ip -n "$NET" link add br0 type bridge
    ip -n "$NET" addr add $LAB_IP/24 dev br0
    for ip in $AWS_IP $METADATA_IP; do ip -n "$NET" addr add $ip/32 dev br0; done
    ip -n "$NET" link set br0 up
    ip route replace unreachable 10.77.0.0/16 metric 9999 # outside the namespace
    mkdir -p "$DIR"/{logs,keys} "$RUN/docker-config"
    ssh-keygen -q -t ed25519 -N '' -C bed -f "$DIR/keys/id"
    authority
    ;;
  down)
    # every process that is still in the bed's network belongs to the bed: its servers, and whatever `bed run` started
    ip netns pids "$NET" 2> /dev/null | xargs -r kill -KILL
    ip netns del "$NET" 2> /dev/null
    ;;
esac
