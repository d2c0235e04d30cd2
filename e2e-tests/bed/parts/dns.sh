#!/bin/bash
# dns.sh up: the names of what the bed serves, and those that the bridge knows: of its parts, and Route 53's (RUN/names). Public addresses have names of
# their own, as sslip.io gives them: 10-77-2-17.ip.lab.test, and all below. Whatever else is asked for does not exist.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/../lib.sh"

names=()
for name in registry hub git aws acme; do names+=("--address=/$name.lab.test/$LAB_IP"); done
for name in s3 email-smtp; do names+=("--address=/$name.$BED_REGION.amazonaws.com/$AWS_IP"); done
for n in $(seq 254); do names+=("--address=/10-77-2-$n.ip.lab.test/10.77.2.$n"); done
: > "$RUN/names"
daemon dns nsenter --net="/run/netns/$NET" dnsmasq --keep-in-foreground --no-daemon --no-resolv --no-hosts --user=root \
  --listen-address=$LAB_IP --local=/#/ --addn-hosts="$RUN/names" "${names[@]}"
echo "nameserver $LAB_IP" > "$RUN/resolv.conf"
