#!/bin/bash
# The Debian packages that the bed needs, installed where missing. None of their services is started.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/../lib.sh"

wanted=(apache2-utils conntrack curl dnsmasq-base docker-registry fcgiwrap git iproute2 iptables jq mmdebstrap
  nginx-light openssh-client openssh-server openssl pebble unzip)
# an engine that is installed already, from whoever, serves as well: the bed starts a daemon of its own from it
command -v dockerd > /dev/null || wanted+=(docker.io)
python3 -c 'import ensurepip' 2> /dev/null || wanted+=(python3 python3-venv)

missing=()
for package in "${wanted[@]}"; do
  dpkg-query -W -f '${Status}' "$package" 2> /dev/null | grep -q 'install ok installed' || missing+=("$package")
done
[ ${#missing[@]} -gt 0 ] || exit 0

say "Debian packages: installing ${missing[*]}"
if [ ! -e /usr/sbin/policy-rc.d ]; then
  printf '#!/bin/sh\nexit 101\n' > /usr/sbin/policy-rc.d
  chmod +x /usr/sbin/policy-rc.d
  trap 'rm /usr/sbin/policy-rc.d' EXIT
fi
export DEBIAN_FRONTEND=noninteractive
apt-get -qq update
apt-get -qq install -y --no-install-recommends "${missing[@]}" > /dev/null
command -v dockerd > /dev/null || fail "there is no dockerd even after installing docker.io: install a Docker engine"
say "Debian packages: installed"
