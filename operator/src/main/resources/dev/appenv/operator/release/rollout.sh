# One step of a rollout. Every step may be cut off anywhere and run again.
# Arguments: step, directory of the compose project's releases, the project, directory that the edge reads, then the step's own.
set -eu
step=$1
root=$2
project=$3
routes=$4
shift 4
staging=$root/staging
login=$root/login
current=$root/current

compose() {
  docker compose -p "$project" -f docker-compose.yml -f docker-compose.override.yml "$@" </dev/null
}

# A command of an earlier, interrupted rollout may still be at work.
lock() {
  exec 9>"$root/lock"
  flock -w 60 9 || { echo "appenv: another rollout is still at work on this machine" >&2; exit 75; }
}

# Containers of this project that are ours, one a line: id, service, release (- where it is kept for the next), one-off.
ours() { # CLUSTER UID...
  cluster=$1
  shift
  for uid in "$@"; do
    docker ps -aq --no-trunc \
      --filter "label=com.docker.compose.project=$project" \
      --filter "label=appenv.dev/cluster=$cluster" \
      --filter "label=appenv.dev/environment-uid=$uid" </dev/null
  done |
    while read -r id; do
      docker container inspect --format '{{.Id}} {{index .Config.Labels "com.docker.compose.service"}} {{or (index .Config.Labels "appenv.dev/release") "-"}} {{index .Config.Labels "com.docker.compose.oneoff"}}' "$id" </dev/null || continue
    done
}

# What is ours and of no service of the files in this directory. Nothing else is ever removed.
remove_ours_beyond() { # CLUSTER UID...
  services=$(compose config --services)
  ours "$@" | while read -r id service release oneoff; do
    if [ "$oneoff" = True ] || ! printf '%s\n' "$services" | grep -qxF -- "$service"; then
      docker rm -f "$id" </dev/null >&2
    fi
  done
}

# The release that the edge leads to.
serving() {
  sed -n 's/^# release: //p' "$routes/routes.yml" 2>/dev/null || true
}

# `up` starts what is stopped, but not what is paused.
unpause() {
  for id in $(docker ps -q --no-trunc --filter status=paused --filter "label=com.docker.compose.project=$project" </dev/null); do
    docker unpause "$id" </dev/null >&2 || true
  done
}

up() { # SECONDS [OPTIONS AND SERVICES]
  unpause
  seconds=$1
  shift
  compose up -d --no-build --pull never --wait --wait-timeout "$seconds" "$@"
}

# New containers beside those of other releases, which are left as they are.
beside() { # RELEASE SECONDS "SERVICE:REPLICAS..." CLUSTER UID...
  release=$1 until=$(($(date +%s) + $2)) services=$3
  shift 3
  scale= names=
  for one in $services; do
    name=${one%:*}
    others=$(ours "$@" | awk -v s="$name" -v r="$release" '$2 == s && $3 != r && $4 != "True"' | wc -l)
    scale="$scale --scale $name=$((others + ${one##*:}))"
    names="$names $name"
  done
  # With what they depend on, which is left as it is: without it compose would hash them otherwise, and take them for changed later.
  compose up -d --no-build --pull never --no-recreate $scale $names
  for id in $(ours "$@" | awk -v r="$release" '$3 == r { print $1 }'); do
    await "$id" "$until"
  done
}

# Until a container is healthy, or runs where it has no health check.
await() { # ID UNTIL
  while :; do
    state=$(docker container inspect --format '{{.State.Status}} {{with (index .State "Health")}}{{index . "Status"}}{{else}}none{{end}} {{.State.ExitCode}} {{.Name}}' "$1" </dev/null)
    set -- "$1" "$2" $state
    case "$3 $4" in
      "running healthy" | "running none") return ;;
      "running unhealthy") echo "container ${6#/} is unhealthy" >&2; exit 1 ;;
      exited* | dead*) echo "container ${6#/} exited ($5)" >&2; exit 1 ;;
    esac
    [ "$(date +%s)" -lt "$2" ] || { echo "timeout waiting for container ${6#/}, which is still $3 ($4)" >&2; exit 1; }
    sleep 0.2
    set -- "$1" "$2"
  done
}

# Those of ours that were made for none of these releases.
remove_other_releases() { # "RELEASE..." CLUSTER UID...
  keep=" - $1 "
  shift
  ids=$(ours "$@" | awk -v keep="$keep" 'index(keep, " " $3 " ") == 0 { print $1 }')
  [ -n "$ids" ] || return 0
  docker stop $ids </dev/null >&2
  docker rm -f $ids </dev/null >&2
}

# Until the edge minds the routes of a release.
minded() { # RELEASE
  edge=$(docker ps -q --no-trunc --filter label=com.docker.compose.project=edge --filter label=com.docker.compose.service=traefik </dev/null)
  [ -n "$edge" ] || { echo "appenv: the edge does not run" >&2; exit 1; }
  address=$(docker container inspect --format '{{(index .NetworkSettings.Networks "appenv-edge").IPAddress}}' "$edge" </dev/null)
  for _ in $(seq 100); do
    ! curl -fs -m 1 -o /dev/null "http://$address:8080/release/$1" || return 0
    sleep 0.1
  done
  echo "appenv: the edge does not mind $routes/routes.yml: look at its log on the machine (docker logs edge-traefik-1)" >&2
  exit 1
}

case $step in
  prepare)
    install -d -m 0750 "$root" "$root/releases" "$routes"
    rm -rf "$staging" "$login"
    install -d -m 0700 "$staging" "$login"
    docker version >/dev/null 2>&1 </dev/null || systemctl start docker >/dev/null 2>&1 || true
    docker version --format '{{.Server.Version}}' </dev/null
    ;;
  forget-login)
    rm -rf "$login"
    ;;
  pull) # always | missing
    trap 'rm -rf "$login"' EXIT
    cd "$staging"
    compose config -q || exit 64
    if [ "$1" = missing ] && docker image inspect $(compose config --images) >/dev/null 2>&1 </dev/null; then
      exit 0
    fi
    DOCKER_CONFIG=$login
    export DOCKER_CONFIG
    compose pull -q
    ;;
  stop-foreign) # ID...
    for id in "$@"; do
      name=$(docker container inspect --format '{{.Name}}' "$id" </dev/null) || continue
      docker update --restart=no "$id" </dev/null >&2 || true
      docker stop "$id" </dev/null >&2
      # Its name may be one that compose needs.
      case ${name#/} in
        app-* | edge-*) docker rename "$id" "stopped-${name#/}-$(printf %.8s "$id")" </dev/null >&2 || true ;;
      esac
    done
    ;;
  start) # RELEASE SECONDS "BEFORE..." "BESIDE:REPLICAS..." "AFTER..." CLUSTER UID...
    lock
    release=$1 seconds=$2 before=$3 beside=$4 after=$5
    shift 5
    # Not where an earlier run has moved it already.
    if [ -d "$staging" ]; then
      rm -rf "$root/releases/$release"
      mv "$staging" "$root/releases/$release"
    fi
    cd "$root/releases/$release"
    old=$(basename "$(readlink "$current" 2>/dev/null)" || true)
    remove_other_releases "$old $(serving) $release" "$@"
    if [ "$old" = "$release" ] || [ -z "$beside" ] || [ -z "$(serving)" ]; then
      up "$seconds"
    else
      [ -z "$before" ] || up "$seconds" $before
      beside "$release" "$seconds" "$beside" "$@"
      # Not with what they depend on: two of that run now.
      [ -z "$after" ] || up "$seconds" --no-deps $after
    fi
    ;;
  back) # RELEASE SECONDS CLUSTER UID...: which did not start
    lock
    release=$1 seconds=$2
    shift 2
    cd "$current"
    cd "$(pwd -P)"
    [ "$(serving)" = "$release" ] || remove_other_releases "$(basename "$PWD") $(serving)" "$@"
    up "$seconds"
    remove_ours_beyond "$@"
    ;;
  switch) # RELEASE
    lock
    cd "$root/releases/$1"
    for id in $(docker ps -aq --no-trunc --filter "label=com.docker.compose.project=$project" --filter "label=com.docker.compose.oneoff=False" </dev/null); do
      docker container inspect --format '{{index .Config.Labels "com.docker.compose.service"}} {{index .Config.Labels "com.docker.compose.config-hash"}} {{or (index .Config.Labels "appenv.dev/release") "-"}}' "$id" </dev/null || true
    done | awk -v r="$1" '$3 == r || $3 == "-" { print $1, $2 }' | sort -u >applied.config.part
    mv -f applied.config.part applied.config
    find . -maxdepth 1 -type f \( -name '*.yml' -o -name .env \) -exec basename {} \; | sort | xargs sha256sum >applied.sha256.part
    mv -f applied.sha256.part applied.sha256
    if [ -e routes.yml ]; then
      cp routes.yml "$routes/routes.yml.part"
      mv -f "$routes/routes.yml.part" "$routes/routes.yml"
      minded "$1"
    fi
    ln -sfn "releases/$1" "$root/current.part"
    mv -Tf "$root/current.part" "$current"
    ;;
  retire) # SECONDS CLUSTER UID...: what the edge leads to no more, once its last requests have had time to end
    lock
    cd "$current"
    cd "$(pwd -P)"
    release=$(basename "$PWD") seconds=$1
    shift
    if ours "$@" | awk -v r="$release" '$3 != "-" && $3 != r { found = 1 } END { exit !found }'; then
      sleep "$seconds"
      remove_other_releases "$release" "$@"
    fi
    remove_ours_beyond "$@"
    ;;
  clean) # KEEP
    cd "$root/releases"
    active=$(basename "$(readlink "$current")")
    touch "$active"
    kept=$(ls -1t | head -n "$1")
    beyond=$(ls -1t | tail -n "+$(($1 + 1))")
    [ -n "$beyond" ] || exit 0
    in_use=$(for one in $kept; do (cd "$one" && compose config --images 2>/dev/null) || true; done)
    for one in $beyond; do
      (cd "$one" && compose config --images 2>/dev/null) | while read -r image; do
        printf '%s\n' "$in_use" | grep -qxF -- "$image" || docker image rm "$image" </dev/null >&2 || true
      done || true
      rm -rf "$one"
    done
    ;;
  logs) # ID
    docker logs --tail 20 "$1" 2>&1 </dev/null
    ;;
  *)
    echo "appenv: no such step: $step" >&2
    exit 2
    ;;
esac
