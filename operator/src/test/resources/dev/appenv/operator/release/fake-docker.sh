#!/bin/sh
# Docker and compose as far as the operator's scripts use them. State is files in $S, which the test sets in the first lines.
mkdir -p "$S/containers" "$S/images" "$S/networks" "$S/volumes"
config=
[ "$1" != --config ] || { config=$2; shift 2; }
echo "$*" >>"$S/calls"
fail() { echo "$1" >&2; exit 1; }
[ ! -e "$S/down" ] || fail "Cannot connect to the Docker daemon at unix:///var/run/docker.sock. Is the docker daemon running?"

field() { sed -n "s|.*\"$2\":\"\([^\"]*\)\".*|\1|p" "$1"; }
files() { for f in "$S/$1"/*; do [ -e "$f" ] && echo "$f"; done; }
services() { sed -n '/^services:/,/^[a-rt-z]/s/^  \([a-z]*\):.*/\1/p' docker-compose.yml; }
image_of() { # pinned, where the override file does so
  pinned=$(sed -n "/^  \"$1\":/,/^  \"/s/^    image: \"\(.*\)\"/\1/p" docker-compose.override.yml | head -n 1)
  if [ -n "$pinned" ]; then echo "$pinned"; else named_image_of "$1"; fi
}
named_image_of() { sed -n "/^  $1:/,/image:/s/.*image: *\([^ }]*\).*/\1/p" docker-compose.yml | head -n 1; }
hash_of() { cat docker-compose.yml docker-compose.override.yml | sha256sum | cut -c1-16; }
edit() { sed "$2" "$S/containers/$1" >"$S/edit" && mv "$S/edit" "$S/containers/$1"; }

list() {
  for f in $(files containers); do
    ok=1
    for want in "$@"; do
      case $want in
        label=*=*) k=${want#label=}; grep -qF "\"${k%%=*}\":\"${k#*=}\"" "$f" || ok=0 ;;
        label=*) grep -qF "\"${want#label=}\":" "$f" || ok=0 ;;
        status=*) grep -qF "\"state\":\"${want#status=}\"" "$f" || ok=0 ;;
      esac
    done
    [ $ok = 0 ] || basename "$f"
  done
}

# What the override file gives to the containers of a service.
override() { sed -n "/^  \"$1\":/,/^  \"/p" docker-compose.override.yml; }
label() { # SERVICE NAME
  override "$1" | sed -n "s/.*appenv.dev\/$2: \"\(.*\)\"/\1/p" | head -n 1
}

of_service() { list label=com.docker.compose.project=$project "label=com.docker.compose.service=$1" label=com.docker.compose.oneoff=False; }

create() { # SERVICE
  number=$(($(cat "$S/number-$1" 2>/dev/null || echo 0) + 1))
  echo $number >"$S/number-$1"
  image=$(image_of "$1") release=$(label "$1" release) health=null
  name=${image%@*} digest=sha256:d-$1
  [ "$name" = "$image" ] || digest=${image#*@}
  [ ! -e "$S/unhealthy-${name##*:}" ] || health='"unhealthy"'
  printf '{"id":"id-%s-%s","name":"/%s-%s-%s","image":"%s","imageId":"img-%s","state":"running","exitCode":0,"health":%s,"labels":{"appenv.dev/cluster":"%s","appenv.dev/environment-uid":"%s",%s"com.docker.compose.config-hash":"%s","com.docker.compose.oneoff":"False","com.docker.compose.project":"%s","com.docker.compose.service":"%s"}}\n' \
    "$1" $number $project "$1" $number "$image" "$1" "$health" "$(label "$1" cluster)" "$(label "$1" environment-uid)" \
    "${release:+\"appenv.dev/release\":\"$release\",}" "$(hash_of)" $project "$1" >"$S/containers/id-$1-$number"
  printf '{"id":"img-%s","digests":["other/x@sha256:0000","%s@%s"]}\n' "$1" "${name%:*}" "$digest" >"$S/images/img-$1"
}

up() {
  recreate=1 wait= scale= names=
  while [ $# -gt 0 ]; do
    case $1 in
      --no-recreate) recreate= ;;
      --wait) wait=1 ;;
      --scale) scale="$scale $2"; shift ;;
      --pull | --wait-timeout) shift ;;
      -*) ;;
      *) names="$names $1" ;;
    esac
    shift
  done
  for s in ${names:-$(services)}; do
    want=1
    for one in $scale; do [ "${one%=*}" != "$s" ] || want=${one#*=}; done
    for id in $(of_service "$s"); do
      [ -z "$recreate" ] || grep -qF "config-hash\":\"$(hash_of)\"" "$S/containers/$id" || rm "$S/containers/$id"
    done
    for id in $(of_service "$s"); do edit "$id" 's/"state":"[a-z]*"/"state":"running"/'; done
    while [ "$(of_service "$s" | wc -l)" -lt "$want" ]; do create "$s"; done
    [ "$project" != app ] || printf '{"name":"app_default","labels":{"com.docker.compose.network":"default","com.docker.compose.project":"app"}}\n' >"$S/networks/n1"
  done
  [ -n "$wait" ] || return 0
  for s in ${names:-$(services)}; do
    for id in $(of_service "$s"); do
      ! grep -qF '"health":"unhealthy"' "$S/containers/$id" || fail "container $(field "$S/containers/$id" name) is unhealthy"
    done
  done
}

compose() {
  case "$*" in
    "config -q") ! grep -q INVALID docker-compose.yml || fail "services.web.ports must be a list" ;;
    "config --services") services ;;
    "config --images") for s in $(services); do image_of "$s"; done ;;
    "config --hash *") for s in $(services); do echo "$s $(hash_of)"; done ;;
    "pull -q")
      cat "$DOCKER_CONFIG/auth" >"$S/pulled-with" 2>/dev/null
      [ ! -e "$S/pull-error" ] || fail "$(cat "$S/pull-error")"
      for s in $(services); do image_of "$s" >>"$S/pulled"; done ;;
    "up "*)
      [ ! -e "$S/up-error" ] || fail "$(cat "$S/up-error")"
      shift
      up "$@" ;;
    *) fail "fake docker: compose $*" ;;
  esac
}

inspect() {
  dir=$1 format=$2
  shift 2
  for id in "$@"; do
    f=$S/$dir/$id
    [ -e "$f" ] || fail "Error: No such object: $id"
    case $format in
      '{"id"'*|'{"name"'*) cat "$f" ;;
      '{{.Image}}') field "$f" imageId ;;
      '{{.Name}}') field "$f" name ;;
      '{{(index .NetworkSettings'*) echo 10.0.0.1 ;;
      '{{.State.Status}} '*)
        health=$(field "$f" health)
        echo "$(field "$f" state) ${health:-none} 0 $(field "$f" name)" ;;
      *) # labels, one or several
        out=
        for label in $(printf '%s' "$format" | sed 's/{{or (\(index[^)]*\)) "-"}}/{{\1}}/g; s/{{.Id}}/id/; s/{{index .Config.Labels "\([^"]*\)"}}/\1/g'); do
          value=$(field "$f" "$label")
          out="$out ${value:--}"
        done
        echo "${out# }" ;;
    esac
  done
}

case "$1 $2" in
  "version "*) echo 26.1.5 ;;
  "ps "*)
    shift
    wanted=
    while [ $# -gt 0 ]; do [ "$1" != --filter ] || wanted="$wanted $2"; shift; done
    list $wanted ;;
  "compose -p") project=$3; shift 7; compose "$@" ;;
  "container inspect") shift 3; inspect containers "$@" ;;
  "image inspect")
    shift 2
    if [ "$1" = --format ]; then shift; inspect images "$@"; else
      for image in "$@"; do grep -qxF "$image" "$S/pulled" || fail "Error: No such image: $image"; done
    fi ;;
  "image rm") sed "\\|^$3\$|d" "$S/pulled" >"$S/edit"; mv "$S/edit" "$S/pulled" ;;
  "network ls") for f in $(files networks); do basename "$f"; done ;;
  "volume ls") for f in $(files volumes); do basename "$f"; done ;;
  "network inspect") shift 3; inspect networks "$@" ;;
  "volume inspect") shift 3; inspect volumes "$@" ;;
  "login "*)
    [ ! -e "$S/login-error" ] || fail "$(cat "$S/login-error")"
    cat >"$config/auth" ;;
  "rm -f") shift 2; for id; do rm -f "$S/containers/$id"; done ;;
  "stop "*) shift; for id; do edit "$id" 's/"state":"[a-z]*"/"state":"exited"/'; done ;;
  "unpause "*) edit "$2" 's/"state":"[a-z]*"/"state":"running"/' ;;
  "update "*) : ;;
  "rename "*) edit "$2" "s|\"name\":\"[^\"]*\"|\"name\":\"/$3\"|" ;;
  "logs "*) cat "$S/logs" 2>/dev/null ;;
  *) fail "fake docker: $*" ;;
esac
