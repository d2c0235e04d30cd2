#!/bin/bash
# settings.sh: writes DIR/env, which tells programs (and a shell that sources it) where everything is, and DIR/in, which is `bed run DIR`.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/../lib.sh"

cat > "$DIR/in" << SCRIPT
#!/bin/sh
exec '$BED/bed' run '$DIR' "\$@"
SCRIPT
chmod 755 "$DIR/in"
cat > "$DIR/env" << ENV
BED_DIR=$DIR
BED_RUN=$DIR/in
BED_BIN=$BIN
BED_PYTHON=$CACHE/moto-5.2.5/bin/python
BED_KUBECONFIG=$KUBE/kubeconfig
BED_AWS_ENDPOINT=http://127.0.0.1:$(cat "$RUN/aws.port")
BED_HTTP_PORT=$(cat "$RUN/http.port")
BED_AWS_CALLS=$DIR/aws/calls.jsonl
BED_MACHINE_ENGINE=$DOCKER_HOST
BED_CA=$DIR/tls/ca.crt
BED_SSH_KEY=$DIR/keys/id
BED_REGISTRY=$REGISTRY
BED_EDGE_IMAGE=$HUB/traefik:v$TRAEFIK
BED_REGISTRY_PULL_USER=puller
BED_REGISTRY_PULL_PASSWORD=s3cret-pull
BED_REGISTRY_PUSH_USER=robot
BED_REGISTRY_PUSH_PASSWORD=s3cret-robot
BED_ACME_DIRECTORY=https://acme.lab.test:14000/dir
BED_ACME_MANAGEMENT=https://acme.lab.test:15000
BED_ACME_ROOT=$DIR/acme/root.crt
BED_ACME_LOG=$DIR/logs/acme.log
BED_ADDRESS_DOMAIN=ip.lab.test
BED_GIT_HTTP=http://git.lab.test
BED_GIT_HTTPS=https://git.lab.test
BED_GIT_SSH=ssh://bedgit@git.lab.test:2222
BED_GIT_USER=dev
BED_GIT_PASSWORD=dev-token
BED_GIT_HOST_KEY=$DIR/keys/git_host_key.pub
ENV
