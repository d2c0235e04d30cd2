#!/bin/bash
# dns.sh up: the names of what the bed serves, and of the parts that the bridge makes (RUN/names). Whatever else is asked for does not exist.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/../lib.sh"

names=()
for name in registry git aws; do names+=("--address=/$name.lab.test/$LAB_IP"); done
for name in s3 email-smtp; do names+=("--address=/$name.$BED_REGION.amazonaws.com/$AWS_IP"); done
: > "$RUN/names"
daemon dns nsenter --net="/run/netns/$NET" dnsmasq --keep-in-foreground --no-daemon --no-resolv --no-hosts --user=root \
  --listen-address=$LAB_IP --local=/#/ --addn-hosts="$RUN/names" "${names[@]}"
echo "nameserver $LAB_IP" > "$RUN/resolv.conf"
