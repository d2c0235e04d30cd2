#!/bin/bash
# images.sh machines | example | key: the images of the machines, in the engine; the images of examples/three-tier, in the registry.
# Both are made anew only when their sources change (`key` names the state of the sources).
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/../lib.sh"
EXAMPLE=$REPOSITORY/examples/three-tier/images

key() { # of folders
  find "$@" -type f -exec sha256sum {} + | sed "s#$REPOSITORY/##" | sort | sha256sum | cut -c1-12
}

import() { # IMAGE FILE
  docker image inspect "$1" > /dev/null 2>&1 || quietly images docker import "$2" "$1"
}

machines() {
  local want
  want=$(key "$BED/images/machine")
  ! docker image inspect "bed/machine:$want" > /dev/null 2>&1 || return 0
  say "machine image: building"
  import bed/machine-files "$CACHE/ami-trixie.tar"
  quietly images docker build -t bed/machine:bare "$BED/images/machine"
  quietly images docker build -t bed/machine:docker -f "$BED/images/machine/Dockerfile.docker" "$BED/images/machine"
  docker tag bed/machine:docker "bed/machine:$want"
  say "machine image: built"
}

image() { # NAME:TAG FOLDER [BUILD ARGUMENTS]: into the registry
  local name=$LAB_IP:5000/shop/$1 folder=$2
  shift 2
  quietly images docker build -t "$name" --build-arg BASE=bed/debian:12 "$@" "$folder"
  quietly images docker push "$name"
}

example() {
  local seed version
  seed=$CACHE/example-$(key "$EXAMPLE" "$BED/images/base")
  [ ! -d "$seed" ] || return 0
  say "the example's images: building"
  import bed/debian-files:12 "$CACHE/base-bookworm.tar"
  quietly images docker build -t bed/debian:12 "$BED/images/base"
  docker login -u robot --password-stdin $LAB_IP:5000 <<< s3cret-robot > /dev/null 2>&1
  image db:15 "$EXAMPLE/db"
  for version in v1 v2; do
    image "backend:$version" "$EXAMPLE/backend" --build-arg "VERSION=$version"
    image "frontend:$version" "$EXAMPLE/frontend" --build-arg "VERSION=$version"
  done
  image backend:v3-broken "$EXAMPLE/backend" --build-arg VERSION=v3-broken --build-arg BREAKS=health
  image frontend:v3-broken "$EXAMPLE/frontend" --build-arg VERSION=v3-broken
  cp -a "$DIR/registry/data" "$seed.new"
  rm -rf "$CACHE"/example-????????????
  mv "$seed.new" "$seed"
  say "the example's images: built and pushed"
}

case $1 in
  machines | example) (flock 8; $1 8>&-) 8> "$CACHE/images-$1.lock" ;;
  key) key "$EXAMPLE" "$BED/images/base" ;;
esac
