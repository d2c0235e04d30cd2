#!/bin/bash
# aws.sh up|down: the AWS emulator, with the bridge that makes its instances, addresses and security groups real (aws/).
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/../lib.sh"

case $1 in
  up)
    mkdir -p "$DIR/aws"
    s3=s3.$BED_REGION.amazonaws.com
    certificate "$s3" "$DIR/aws" "DNS:$s3,DNS:*.$s3,DNS:email-smtp.$BED_REGION.amazonaws.com"
    export BED_RUN=$RUN BED_PORT=$(cat "$RUN/aws.port")
    MOTO_PORT=$BED_PORT MOTO_AMIS_PATH=$BED/aws/images.json MOTO_S3_CUSTOM_ENDPOINTS=http://aws.lab.test:$BED_PORT \
      MOTO_IAM_LOAD_MANAGED_POLICIES=true PYTHONDONTWRITEBYTECODE=1 \
      daemon aws nsenter --net="/run/netns/$NET" "$CACHE/moto-5.2.5/bin/python" "$BED/aws/server.py"
    wait_for "the AWS emulator" 60 in_net curl -sf "http://$LAB_IP:$BED_PORT/plus/lab"
    say "AWS emulator"
    ;;
  down)
    pid=$(cat "$RUN/aws.pid")
    kill "$pid"
    for _ in $(seq 50); do
      alive "$pid" || break
      sleep .1
    done
    ;;
esac
