#!/bin/bash
# images.sh machines | data | registry | seed: the images of machines, and of databases and caches, in the engine; those of examples/three-tier, and the
# edge's, in the registry. All are made anew only when their sources change (`seed` says where the registry's are kept).
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/../lib.sh"
EXAMPLE=$REPOSITORY/examples/three-tier/images
REGISTRY_SOURCES=("$EXAMPLE" "$BED/images/base" "$BED/images/edge" "$AUTHORITY/ca.crt")
KEPT=3 # states of the sources: who changes between branches does not build at each turn

key() { # of files and folders
  find "$@" -type f -exec sha256sum {} + | sed "s#$REPOSITORY/##" | sort | sha256sum | cut -c1-12
}

import() { # IMAGE FILE
  docker image inspect "$1" > /dev/null 2>&1 || quietly images docker import "$2" "$1"
}

in_engine() { # NAME: from images/NAME, unless it was made from the same before
  local want
  want=bed/$1:$(key "$BED/images/$1")
  ! docker image inspect "$want" > /dev/null 2>&1 || return 0
  say "$1 image: building"
  import bed/machine-files "$CACHE/ami-trixie.tar"
  "build_$1"
  docker tag "bed/$1" "$want"
  say "$1 image: built"
}

machines() { in_engine machine; }
build_machine() {
  quietly images docker build -t bed/machine:bare "$BED/images/machine"
  quietly images docker build -t bed/machine:docker -t bed/machine -f "$BED/images/machine/Dockerfile.docker" "$BED/images/machine"
}

data() { in_engine data; }
build_data() { quietly images docker build -t bed/data "$BED/images/data"; }

seed() { echo "$CACHE/registry-$(key "${REGISTRY_SOURCES[@]}")-$TRAEFIK"; }

image() { # NAME:TAG FOLDER [BUILD ARGUMENTS]: into the registry
  local name=$LAB_IP:5000/shop/$1 folder=$2
  shift 2
  quietly images docker build -t "$name" --build-arg BASE=bed/debian:12 "$@" "$folder"
  quietly images docker push "$name"
}

build_edge() { # IMAGE: its program is beside its Dockerfile only for the builder
  tar -c -C "$BED/images/edge" . -C "$BIN" traefik | docker build -t "$1" --build-arg BASE=bed/debian:12 -
}

registry() {
  local seed version edge=$LAB_IP:5000/traefik:v$TRAEFIK
  seed=$(seed)
  [ ! -d "$seed" ] || return 0
  say "the registry's images: building"
  import bed/debian-files:12 "$CACHE/base-bookworm.tar"
  quietly images docker build -t bed/debian:12 --build-arg "AUTHORITY=$(cat "$AUTHORITY/ca.crt")" "$BED/images/base"
  docker login -u robot --password-stdin $LAB_IP:5000 <<< s3cret-robot > /dev/null 2>&1
  image db:15 "$EXAMPLE/db"
  for version in v1 v2; do
    image "backend:$version" "$EXAMPLE/backend" --build-arg "VERSION=$version"
    image "frontend:$version" "$EXAMPLE/frontend" --build-arg "VERSION=$version"
  done
  image backend:v3-broken "$EXAMPLE/backend" --build-arg VERSION=v3-broken --build-arg BREAKS=health
  image frontend:v3-broken "$EXAMPLE/frontend" --build-arg VERSION=v3-broken
  quietly images build_edge "$edge"
  quietly images docker push "$edge"
  cp -a "$DIR/registry/data" "$seed.new"
  mv "$seed.new" "$seed"
  touch "$seed"
  ls -dt "$CACHE"/registry-* | tail -n "+$((KEPT + 1))" | xargs -r rm -rf
  say "the registry's images: built and pushed"
}

case $1 in
  machines | data | registry) (flock 8; $1 8>&-) 8> "$CACHE/images-$1.lock" ;;
  seed) seed ;;
esac
