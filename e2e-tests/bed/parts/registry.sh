#!/bin/bash
# registry.sh up: registry.lab.test:5000, TLS by the bed's own authority, basic authentication (robot pushes, puller pulls).
# The registry starts with its images in it, when an earlier bed on this computer has made them (images.sh).
# hub.lab.test:5001: what everybody may pull of it, as from a public registry; with basic authentication, Docker knows of no
# repositories at the same address that need no password.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/../lib.sh"

home=$DIR/registry
mkdir -p "$home"
certificate registry.lab.test "$home" "DNS:registry.lab.test,DNS:hub.lab.test,IP:$LAB_IP"
htpasswd -Bbc "$home/users" robot s3cret-robot 2> /dev/null
htpasswd -Bb "$home/users" puller s3cret-pull 2> /dev/null
seed=$("$BED/parts/images.sh" seed)
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
cat > "$RUN/hub.conf" << CONF
pid $RUN/hub.pid; error_log $DIR/logs/hub.log warn; worker_processes 1; user root;
events {}
http {
  access_log off; proxy_buffering off; client_body_temp_path $RUN/hub-body; proxy_temp_path $RUN/hub-temp;
  server {
    listen $LAB_IP:5001 ssl; ssl_certificate $home/tls.crt; ssl_certificate_key $home/tls.key;
    proxy_http_version 1.1; proxy_set_header Host \$http_host; proxy_set_header Connection "";
    proxy_set_header Authorization "Basic $(printf puller:s3cret-pull | base64)";
    location = /v2/ { proxy_pass https://$LAB_IP:5000; }
    location /v2/traefik/ { limit_except GET { deny all; } proxy_pass https://$LAB_IP:5000; }
  }
}
CONF
wait_for registry 20 in_net curl -sf --cacert "$DIR/tls/ca.crt" -u robot:s3cret-robot "https://$LAB_IP:5000/v2/"
in_net nginx -c "$RUN/hub.conf" 9>&-
