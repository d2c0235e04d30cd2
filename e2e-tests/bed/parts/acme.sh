#!/bin/bash
# acme.sh up: an ACME server (pebble), as Let's Encrypt is one: https://acme.lab.test:14000/dir, its management at port 15000, both with certificates by
# the bed's authority. It asks the names' addresses at ports 80 and 443, through security groups. What its own certificates end in is new at each start:
# DIR/acme/root.crt. DIR/logs/acme.log tells of every order and certificate.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/../lib.sh"

home=$DIR/acme
mkdir -p "$home"
certificate acme.lab.test "$home" "DNS:acme.lab.test,IP:$LAB_IP"
cat > "$home/config.json" << CONF
{"pebble": {
  "listenAddress": "$LAB_IP:14000", "managementListenAddress": "$LAB_IP:15000", "certificate": "$home/tls.crt", "privateKey": "$home/tls.key",
  "httpPort": 80, "tlsPort": 443, "externalAccountBindingRequired": false, "certificateValidityPeriod": 7776000
}}
CONF
# it does not wait before it looks; of a hundred nonces it refuses five, which clients must bear
daemon acme nsenter --net="/run/netns/$NET" env PEBBLE_VA_NOSLEEP=1 PEBBLE_WFE_NONCEREJECT=5 \
  pebble -config "$home/config.json" -dnsserver $LAB_IP:53
wait_for "the ACME server" 20 in_net curl -sf --cacert "$DIR/tls/ca.crt" -o "$home/root.crt" "https://$LAB_IP:15000/roots/0"
