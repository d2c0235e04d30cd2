#!/bin/bash
# engine.sh up|down: the Docker engine that the machines run on, a daemon of the bed's own inside its network: an engine
# that the computer runs already is neither used nor touched. Its images stay in the cache from one bed to the next.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/../lib.sh"

data_folder() { # the first that no other bed which is up has taken
  local n owner
  for n in 1 2 3 4 5 6 7 8 9; do
    owner=$(cat "$CACHE/engine-$n.owner" 2> /dev/null || true)
    if [ -z "$owner" ] || [ "$owner" = "$NET" ] || [ ! -e "/run/netns/$owner" ]; then
      echo "$NET" > "$CACHE/engine-$n.owner"
      echo "$CACHE/engine-$n"
      return
    fi
  done
  fail "nine beds are up already"
}

case $1 in
  up)
    data=$(flock "$CACHE/engine.lock" bash -c "$(declare -f data_folder fail); CACHE=$CACHE NET=$NET data_folder")
    mkdir -p "$data"
    daemon engine nsenter --net="/run/netns/$NET" dockerd --data-root "$data" --exec-root "$RUN/engine" --pidfile "$RUN/dockerd.pid" \
      -H "$DOCKER_HOST" --bip 172.29.0.1/24 --default-address-pool base=172.28.0.0/16,size=24 --insecure-registry $LAB_IP:5000
    wait_for "the Docker engine" 60 docker info
    docker ps -aq | xargs -r docker rm -f -v > /dev/null # left by a bed that was cut off
    docker network inspect ec2 > /dev/null 2>&1 ||
      docker network create --subnet 10.77.1.0/24 --gateway 10.77.1.1 -o com.docker.network.bridge.name=br-ec2 ec2 > /dev/null
    ;;
  down)
    docker ps -aq | xargs -r docker rm -f -v > /dev/null
    docker volume prune -f > /dev/null
    pid=$(cat "$RUN/engine.pid")
    kill "$pid"
    for _ in $(seq 100); do
      alive "$pid" || break
      sleep .1
    done
    ;;
esac
