#!/bin/bash
# forward.sh ports|up|down: makes the Kubernetes API, the AWS emulator and one port more (for the program under test) reachable from
# outside the bed's network too, on the same loopback port as inside, so that one kubeconfig and one endpoint serve on both sides.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/../lib.sh"

case $1 in
  ports) # chooses them, before the servers start
    for wish in kube:6443 aws:5555 http:8080; do
      python3 -c '
import socket, sys
for port in int(sys.argv[1]), 0:
    try:
        with socket.create_server(("127.0.0.1", port)) as free: print(free.getsockname()[1])
        break
    except OSError: pass' "${wish#*:}" > "$RUN/${wish%:*}.port"
    done
    ;;
  up)
    daemon forward python3 "$BED/parts/forward.py" "/run/netns/$NET" "$(cat "$RUN/kube.port")" "$(cat "$RUN/aws.port")" "$(cat "$RUN/http.port")"
    wait_for "the way in" 10 curl -sf -o /dev/null "http://127.0.0.1:$(cat "$RUN/aws.port")/plus/lab"
    ;;
  down)
    pid=$(cat "$RUN/forward.pid")
    if grep -q "$NET" "/proc/$pid/cmdline"; then kill "$pid"; fi
    ;;
esac
