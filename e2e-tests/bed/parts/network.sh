#!/bin/bash
# network.sh up|down: a network namespace with no way out, so that a wrong address fails instead of leaving the computer.
#
#   10.77.0.1        everything the bed serves: DNS, registry, Git, the AWS emulator, the apt mirror
#   10.77.1.0/24     the machines' private addresses (made by the engine part)
#   10.77.2.0/24     their public addresses (routed by the AWS part)
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/../lib.sh"

case $1 in
  up)
    ip netns add "$NET"
    ip -n "$NET" link set lo up
    ip -n "$NET" link add br0 type bridge
    ip -n "$NET" addr add $LAB_IP/24 dev br0
    ip -n "$NET" link set br0 up
    ip route replace unreachable 10.77.0.0/16 metric 9999 # outside the namespace
    mkdir -p "$DIR"/{logs,keys,tls} "$RUN/docker-config"
    ssh-keygen -q -t ed25519 -N '' -C bed -f "$DIR/keys/id"
    openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 365 -subj "/CN=test bed" \
      -keyout "$DIR/tls/ca.key" -out "$DIR/tls/ca.crt" 2> /dev/null
    ;;
  down)
    # every process that is still in the bed's network belongs to the bed: its servers, and whatever `bed run` started
    ip netns pids "$NET" 2> /dev/null | xargs -r kill -KILL
    ip netns del "$NET" 2> /dev/null
    ;;
esac
