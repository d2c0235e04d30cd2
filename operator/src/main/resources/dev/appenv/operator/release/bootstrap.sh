#!/bin/sh
# Makes the machine ready for releases. Run at first boot; may be run again.
set -eu

install -d -o root -g root -m 0750 /opt/appenv /opt/appenv/releases

install_docker() {
  # Ubuntu's own updates may hold the lock at first boot.
  DEBIAN_FRONTEND=noninteractive apt-get install -q -y -o DPkg::Lock::Timeout=300 docker.io docker-compose-v2
}

if ! docker compose version >/dev/null 2>&1; then
  # The network of a new machine may come up late, and nothing runs this a second time.
  attempt=1
  until apt-get update -q && install_docker; do
    [ "$attempt" -lt 10 ] || { echo "appenv-bootstrap: docker could not be installed" >&2; exit 1; }
    attempt=$((attempt + 1))
    sleep 6
  done
fi

systemctl enable --now docker
