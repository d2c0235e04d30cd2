#!/bin/bash
# mirror.sh up|down: the Debian mirror for what is inside: an nginx in the bed's network passes requests, over a unix
# socket, to a caching nginx outside. This is the only hole in the bed, and it leads only to the mirror that apt uses.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/../lib.sh"

case $1 in
  up)
    debian_mirror
    kept=$CACHE/aptcache
    mkdir -p "$kept"
    pass="proxy_pass $MIRROR_SITE; proxy_set_header Host $MIRROR_HOST; proxy_http_version 1.1; proxy_set_header Connection \"\";"
    cat > "$RUN/mirror-outside.conf" << CONF
pid $RUN/mirror-outside.pid; error_log $DIR/logs/mirror-outside.log warn; worker_processes 1; user root;
events {}
http {
  access_log off; client_body_temp_path $RUN/mirror-body;
  proxy_temp_path $kept/t;
  proxy_cache_path $kept/c levels=1:2 keys_zone=packages:10m max_size=4g inactive=30d use_temp_path=off;
  server {
    listen unix:$RUN/mirror.sock;
    location /lab/ { alias $CACHE/apt/; }
    location /debian/pool/ { $pass proxy_cache packages; proxy_cache_valid 200 30d; proxy_ignore_headers Cache-Control Expires Set-Cookie; }
    location /debian/ { $pass }
    location /debian-security/ { $pass }
  }
}
CONF
    cat > "$RUN/mirror-inside.conf" << CONF
pid $RUN/mirror-inside.pid; error_log $DIR/logs/mirror-inside.log warn; worker_processes 1; user root;
events {}
http {
  access_log off; proxy_buffering off; client_body_temp_path $RUN/mirror-body-2; proxy_temp_path $RUN/mirror-temp;
  server { listen $LAB_IP:3142; location / { proxy_pass http://unix:$RUN/mirror.sock; proxy_http_version 1.1; proxy_set_header Connection ""; } }
}
CONF
    rm -f "$RUN/mirror.sock"
    nginx -c "$RUN/mirror-outside.conf" 9>&-
    in_net nginx -c "$RUN/mirror-inside.conf" 9>&-
    ;;
  down)
    pid=$(cat "$RUN/mirror-outside.pid")
    if grep -q "$RUN" "/proc/$pid/cmdline"; then kill "$pid"; fi
    ;;
esac
