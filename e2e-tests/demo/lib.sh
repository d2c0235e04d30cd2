# Sourced by the demo's commands: where things are, and the few functions they share.
HERE=$(cd "$(dirname "$(realpath "${BASH_SOURCE[0]}")")" && pwd)
ROOT=$(cd "$HERE/../.." && pwd)
DEMO=$ROOT/.demo
BED=$ROOT/e2e-tests/bed/bed
NAMESPACE=shop ENVIRONMENT=shop-main
export BED_BEGAN=${BED_BEGAN:-$(date +%s%N)}

say() { # a line with the seconds since the command began
  local tenths=$((($(date +%s%N) - BED_BEGAN) / 100000000))
  printf '%5d.%d s  %s\n' $((tenths / 10)) $((tenths % 10)) "$*"
}
fail() {
  echo "demo: $*" >&2
  exit 1
}
operator_runs() {
  local pid
  pid=$(cat "$DEMO/operator.pid" 2> /dev/null) && grep -q appenv-operator.jar "/proc/$pid/cmdline" 2> /dev/null
}
