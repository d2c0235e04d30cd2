#!/bin/bash
# forward.sh up|down: makes the Kubernetes API, the AWS emulator and one port more (for the program under test) reachable from outside
# the bed's network too, on the same loopback port as inside, so that one kubeconfig and one endpoint serve on both sides. It is up
# before the servers are, for it holds their ports against other beds.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/../lib.sh"

case $1 in
  up)
    daemon forward python3 "$BED/parts/forward.py" "/run/netns/$NET" "$RUN" kube:6443 aws:5555 http:8080
    wait_for "the ports" 10 test -e "$RUN/http.port"
    ;;
  down)
    pid=$(cat "$RUN/forward.pid")
    if grep -q "$NET" "/proc/$pid/cmdline"; then kill "$pid"; fi
    ;;
esac
