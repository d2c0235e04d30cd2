# Sourced by `bed` and by every part. Sets where things are, and has the few functions that all parts share.
#
#   CACHE   what takes long to make; outside the tree, shared by all beds, safe to delete
#   DIR     one bed: its keys, data and logs (the caller's folder)
#   RUN     its sockets and pid files
#   NET     its network namespace, named after DIR so that several beds can be up side by side
BED=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
REPOSITORY=$(cd "$BED/../.." && pwd)
CACHE=${BED_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/appenv-lab}
BIN=$CACHE/bin
AUTHORITY=$CACHE/authority # certificate authority of all beds of this computer: images that are made once trust it
mkdir -p "$BIN"
export BED_BEGAN=${BED_BEGAN:-$(date +%s%N)}

if [ -n "${DIR:-}" ]; then
  DIR=$(realpath -m "$DIR")
  ID=$(printf %s "$DIR" | sha1sum | cut -c1-8)
  NET=bed-$ID
  RUN=/run/appenv-bed/$ID
  KUBE=$DIR/kube
  export DIR DOCKER_HOST=unix://$RUN/engine.sock DOCKER_CONFIG=$RUN/docker-config DOCKER_BUILDKIT=0
fi

# Inside the bed: addresses and names are the same in every one, because each has a network of its own.
LAB_IP=10.77.0.1
AWS_IP=10.77.0.2
METADATA_IP=169.254.169.254
BED_REGION=eu-central-1 # whose names of AWS lead into the bed
REGISTRY=registry.lab.test:5000
HUB=hub.lab.test:5001 # what everybody may pull from
TRAEFIK=3.7.15
export LAB_IP AWS_IP METADATA_IP BED_REGION REGISTRY HUB

say() { # a line with the seconds since the command began
  local tenths=$((($(date +%s%N) - BED_BEGAN) / 100000000))
  printf '%5d.%d s  %s\n' $((tenths / 10)) $((tenths % 10)) "$*"
}

fail() {
  echo "bed: $*" >&2
  exit 1
}

alive() { [ -e "/proc/$1/exe" ]; } # false, unlike kill -0, for a process that ended and was not reaped yet

in_net() { nsenter --net="/run/netns/$NET" "$@"; }

up_already() { [ -e "/run/netns/$NET" ] && [ -e "$RUN/up" ]; }

daemon() { # NAME COMMAND...: in a session of its own, with RUN/NAME.pid and DIR/logs/NAME.log
  local name=$1
  shift
  setsid "$@" > "$DIR/logs/$name.log" 2>&1 < /dev/null 9>&- &
  echo $! > "$RUN/$name.pid"
}

wait_for() { # WHAT SECONDS COMMAND...: until the command succeeds
  local what=$1 tries=$(($2 * 10))
  shift 2
  until "$@" > /dev/null 2>&1; do
    [ $((tries -= 1)) -gt 0 ] || fail "$what: not in time (logs are in $DIR/logs)"
    sleep .1
  done
}

quietly() { # LOG COMMAND...: its output goes to DIR/logs/LOG.log and is shown only when it fails
  local log=$DIR/logs/$1.log
  shift
  "$@" >> "$log" 2>&1 || {
    tail -n 25 "$log" >&2
    fail "failed: $*"
  }
}

certificate() { # NAME FOLDER SUBJECT-ALTERNATIVE-NAMES: a server's key and certificate by the bed's own authority
  openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj "/CN=$1" -keyout "$2/tls.key" -out "$2/tls.csr" 2> /dev/null
  openssl x509 -req -in "$2/tls.csr" -CA "$DIR/tls/ca.crt" -CAkey "$DIR/tls/ca.key" -set_serial "0x$(openssl rand -hex 8)" \
    -days 365 -extfile <(echo "subjectAltName=$3") -out "$2/tls.crt" 2> /dev/null
}

debian_mirror() { # sets MIRROR, MIRROR_SITE and MIRROR_HOST from apt's own settings
  MIRROR=${MIRROR:-$(apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' 'Origin: Debian' 2> /dev/null | grep -v security | head -n 1 || true)}
  MIRROR=${MIRROR%/}
  [ -n "$MIRROR" ] || fail "apt on this machine has no Debian mirror: run apt-get update, or set MIRROR"
  MIRROR_SITE=${MIRROR%/debian}
  MIRROR_HOST=${MIRROR_SITE#*://}
}
