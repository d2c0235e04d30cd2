#!/bin/bash
# registry.sh up: registry.lab.test:5000, TLS by the bed's own authority, basic authentication (robot pushes, puller pulls).
# It starts with the example's images in it, when an earlier bed on this computer has made them (images.sh).
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/../lib.sh"

home=$DIR/registry
mkdir -p "$home"
certificate registry.lab.test "$home" "DNS:registry.lab.test,IP:$LAB_IP"
htpasswd -Bbc "$home/users" robot s3cret-robot 2> /dev/null
htpasswd -Bb "$home/users" puller s3cret-pull 2> /dev/null
seed=$CACHE/example-$("$BED/parts/images.sh" key)
if [ -d "$seed" ]; then cp -a "$seed" "$home/data"; fi
cat > "$home/config.yml" << CONF
version: 0.1
log: {level: warn, accesslog: {disabled: true}}
storage:
  filesystem: {rootdirectory: $home/data}
  delete: {enabled: true}
http:
  addr: $LAB_IP:5000
  secret: bed
  tls: {certificate: $home/tls.crt, key: $home/tls.key}
auth:
  htpasswd: {realm: bed, path: $home/users}
CONF
daemon registry nsenter --net="/run/netns/$NET" docker-registry serve "$home/config.yml"
wait_for registry 20 in_net curl -sf --cacert "$DIR/tls/ca.crt" -u robot:s3cret-robot "https://$LAB_IP:5000/v2/"
