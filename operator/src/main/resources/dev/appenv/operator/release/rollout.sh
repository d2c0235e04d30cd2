# One step of a rollout. Every step may be cut off anywhere and run again.
# Arguments: step, directory of the operator, compose project, then the step's own.
set -eu
step=$1
root=$2
project=$3
shift 3
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

# What bears all three labels and is of no service of the files in this directory. Nothing else is ever removed.
remove_ours_beyond() { # CLUSTER UID...
  cluster=$1
  shift
  services=$(compose config --services)
  for uid in "$@"; do
    docker ps -aq --no-trunc \
      --filter "label=appenv.dev/cluster=$cluster" \
      --filter "label=appenv.dev/environment-uid=$uid" \
      --filter "label=appenv.dev/release" </dev/null
  done |
    while read -r id; do
      service=$(docker container inspect --format '{{index .Config.Labels "com.docker.compose.service"}}' "$id" </dev/null) || continue
      oneoff=$(docker container inspect --format '{{index .Config.Labels "com.docker.compose.oneoff"}}' "$id" </dev/null) || continue
      if [ "$oneoff" = True ] || ! printf '%s\n' "$services" | grep -qxF -- "$service"; then
        docker rm -f "$id" </dev/null >&2
      fi
    done
}

# `up` starts what is stopped, but not what is paused.
unpause() {
  for id in $(docker ps -q --no-trunc --filter status=paused --filter "label=com.docker.compose.project=$project" </dev/null); do
    docker unpause "$id" </dev/null >&2 || true
  done
}

up() {
  unpause
  compose up -d --no-build --pull never --wait --wait-timeout "$1"
}

case $step in
  prepare) # COMMIT
    install -d -m 0750 "$root" "$root/releases"
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
        "$project"-*) docker rename "$id" "stopped-${name#/}-$(printf %.8s "$id")" </dev/null >&2 || true ;;
      esac
    done
    ;;
  start) # COMMIT SECONDS CLUSTER UID...
    lock
    release=$root/releases/$1
    # Not where an earlier run has moved it already.
    if [ -d "$staging" ]; then
      rm -rf "$release"
      mv "$staging" "$release"
    fi
    cd "$release"
    up "$2"
    shift 2
    remove_ours_beyond "$@"
    ;;
  back) # SECONDS CLUSTER UID...
    lock
    cd "$current"
    cd "$(pwd -P)"
    up "$1"
    shift
    remove_ours_beyond "$@"
    ;;
  switch) # COMMIT
    lock
    cd "$root/releases/$1"
    for id in $(docker ps -aq --no-trunc --filter "label=com.docker.compose.project=$project" --filter "label=com.docker.compose.oneoff=False" </dev/null); do
      docker container inspect --format '{{index .Config.Labels "com.docker.compose.service"}} {{index .Config.Labels "com.docker.compose.config-hash"}}' "$id" </dev/null || true
    done | sort -u >applied.config.part
    mv -f applied.config.part applied.config
    find . -maxdepth 1 -type f \( -name 'docker-compose*.yml' -o -name .env \) -exec basename {} \; | sort | xargs sha256sum >applied.sha256.part
    mv -f applied.sha256.part applied.sha256
    ln -sfn "releases/$1" "$root/current.part"
    mv -Tf "$root/current.part" "$current"
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
