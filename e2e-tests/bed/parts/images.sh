#!/bin/bash
# images.sh machines | data | example | key: the images of machines, and of databases and caches, in the engine; those of examples/three-tier, in
# the registry. All are made anew only when their sources change (`key` names the state of the sources).
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/../lib.sh"
EXAMPLE=$REPOSITORY/examples/three-tier/images
EXAMPLE_SOURCES=("$EXAMPLE" "$BED/images/base" "$AUTHORITY/ca.crt")
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

image() { # NAME:TAG FOLDER [BUILD ARGUMENTS]: into the registry
  local name=$LAB_IP:5000/shop/$1 folder=$2
  shift 2
  quietly images docker build -t "$name" --build-arg BASE=bed/debian:12 "$@" "$folder"
  quietly images docker push "$name"
}

example() {
  local seed version
  seed=$CACHE/example-$(key "${EXAMPLE_SOURCES[@]}")
  [ ! -d "$seed" ] || return 0
  say "the example's images: building"
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
  cp -a "$DIR/registry/data" "$seed.new"
  mv "$seed.new" "$seed"
  touch "$seed"
  ls -dt "$CACHE"/example-???????????? | tail -n "+$((KEPT + 1))" | xargs -r rm -rf
  say "the example's images: built and pushed"
}

case $1 in
  machines | data | example) (flock 8; $1 8>&-) 8> "$CACHE/images-$1.lock" ;;
  key) key "${EXAMPLE_SOURCES[@]}" ;;
esac
