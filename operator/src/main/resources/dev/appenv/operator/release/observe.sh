# Prints one JSON document: all that is to be known of the machine. Changes nothing.
# Arguments: directory of cloud-init's state, directory that the edge reads, then PROJECT=DIRECTORY of each compose project.
cloud=$1
routes=$2
shift 2

# Lines as a JSON array of strings.
lines() {
  tr -d '\001-\011\013-\037' | sed 's/\\/\\\\/g; s/"/\\"/g' | awk '
    BEGIN { printf "[" }
    { printf "%s\"%s\"", sep, $0; sep = "," }
    END { printf "]" }'
}

# Lines that are JSON as a JSON array.
array() {
  awk 'BEGIN { printf "[" } NF { printf "%s%s", sep, $0; sep = "," } END { printf "]" }'
}

# `index` because docker refuses `.State.Health` for a container that has no health check.
# A part that cannot be read whole makes docker unusable: what was not seen must not count as gone.
problem=
inspect() {
  kind=$1
  format=$2
  shift 2
  [ $# -gt 0 ] || return 0
  docker "$kind" inspect --format "$format" "$@" 2>&1
}

if ! server=$(docker version --format '{{.Server.Version}}' 2>&1 </dev/null); then
  problem=${server:-docker does not answer}
fi

containers= images=
if [ -z "$problem" ]; then
  ids=$(docker ps -aq --no-trunc 2>&1 </dev/null) || problem=$ids
fi
if [ -z "$problem" ]; then
  containers=$(inspect container '{"id":{{json .Id}},"name":{{json .Name}},"image":{{json .Config.Image}},"imageId":{{json .Image}},"state":{{json .State.Status}},"exitCode":{{json .State.ExitCode}},"health":{{with (index .State "Health")}}{{json (index . "Status")}}{{else}}null{{end}},"labels":{{json .Config.Labels}}}' $ids </dev/null) || problem=$containers
fi
if [ -z "$problem" ]; then
  # An image can be gone while its container runs; then its digest is not known, and that is all.
  for id in $(inspect container '{{.Image}}' $ids </dev/null | sort -u); do
    if line=$(inspect image '{"id":{{json .Id}},"digests":{{json .RepoDigests}}}' "$id" </dev/null); then
      images="$images$line
"
    fi
  done
fi

# Networks or volumes of a project.
shared() { # network | volume, PROJECT
  case $1 in
    network) ids=$(docker network ls -q --no-trunc --filter "label=com.docker.compose.project=$2" 2>&1 </dev/null) ;;
    volume) ids=$(docker volume ls -q --filter "label=com.docker.compose.project=$2" 2>&1 </dev/null) ;;
  esac || { printf '%s' "$ids"; return 1; }
  inspect "$1" '{"name":{{json .Name}},"labels":{{json .Labels}}}' $ids </dev/null
}

# Whether all containers of a project have the configuration that the release in `current` gave them.
as_applied() { # PROJECT
  printf '%s\n' "$containers" | grep -F "\"com.docker.compose.project\":\"$1\"" |
    sed -n 's/.*"com\.docker\.compose\.config-hash":"\([^"]*\)".*/\1/p' | sort -u |
    { while read -r hash; do grep -qF -- " $hash" "$current/applied.config" 2>/dev/null || exit 1; done; }
}

# What there is of one compose project.
project() { # PROJECT DIRECTORY
  current=$2/current wanted= networks= volumes= release=
  if [ -z "$problem" ]; then networks=$(shared network "$1") || problem=$networks; fi
  if [ -z "$problem" ]; then volumes=$(shared volume "$1") || problem=$volumes; fi
  # What compose makes of the files now takes it a while, and matters only where a container is not as it was made.
  if [ -z "$problem" ] && [ -d "$current" ] && ! as_applied "$1"; then
    wanted=$(cd "$current" && docker compose -p "$1" -f docker-compose.yml -f docker-compose.override.yml config --hash '*' 2>/dev/null </dev/null) || wanted=
  fi
  [ ! -L "$current" ] || release=$(basename "$(readlink "$current")")
  printf '{"current":'
  printf '%s' "$release" | lines
  printf ',"releases":'
  ls -1t "$2/releases" 2>/dev/null | lines
  printf ',"files":'
  {
    (cd "$current" 2>/dev/null && sha256sum docker-compose.yml docker-compose.override.yml .env 2>/dev/null)
    # Where it is minded, and not where it came from.
    [ ! -e "$current/routes.yml" ] || (cd "$routes" && sha256sum routes.yml 2>/dev/null)
  } | lines
  printf ',"applied":'
  cat "$current/applied.sha256" 2>/dev/null | lines
  printf ',"appliedConfig":'
  cat "$current/applied.config" 2>/dev/null | lines
  printf ',"wantedConfig":'
  printf '%s' "$wanted" | lines
  printf ',"networks":'
  if [ -z "$problem" ]; then printf '%s\n' "$networks" | array; else printf '[]'; fi
  printf ',"volumes":'
  if [ -z "$problem" ]; then printf '%s\n' "$volumes" | array; else printf '[]'; fi
  printf '}'
}

separator=
printf '{"projects":{'
for one in "$@"; do
  printf '%s"%s":' "$separator" "${one%%=*}"
  project "${one%%=*}" "${one#*=}"
  separator=,
done
printf '},"cloudInit":'
if [ -s "$cloud/result.json" ]; then cat "$cloud/result.json"; else printf null; fi
printf ',"problem":'
printf '%s' "$problem" | lines
printf ',"containers":'
if [ -z "$problem" ]; then printf '%s\n' "$containers" | array; else printf '[]'; fi
printf ',"images":'
printf '%s\n' "$images" | array
printf '}\n'
