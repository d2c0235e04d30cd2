#!/bin/sh
set -e
# flags alone are Traefik's, and so is what is one of its subcommands; all else is a program
case ${1:-} in
  -*) set -- traefik "$@" ;;
  *) if traefik "$1" --help > /dev/null 2>&1; then set -- traefik "$@"; fi ;;
esac
exec "$@"
