#!/usr/bin/env bash
# Builds everything and runs the tests. The last line says how many passed, failed and were skipped.
#
#   ./test.sh          without the tests that take minutes
#   ./test.sh --long   all tests
#
# REQUIRE_EVERYTHING=1 makes a test fail, instead of being skipped, where a tool that it needs is missing.
set -uo pipefail

# Which of Debian's packages give a command that some test needs.
declare -A packages=(
  [chromium]=chromium
  [composer]=composer
  [docker-compose]=docker-compose
  [flock]=util-linux
  [haproxy]=haproxy
  [nginx]=nginx
  [nsenter]=util-linux
  [openssl]=openssl
  [pg_ctlcluster]=postgresql-15
  [pg_dump]=postgresql-client-15
  [pg_restore]=postgresql-client-15
  [php]="php-cli php-curl"
  [prlimit]=util-linux
  [promtool]=prometheus
  [script]=bsdutils
  [setpriv]=util-linux
  [sqlite3]=sqlite3
  [strace]=strace
  [systemd-analyze]=systemd
  [unshare]=util-linux
  [unzip]=unzip
)

# NUnit's own selection: the test platform's filter silently leaves out tests with a control character in their names.
selection=(-- "NUnit.Where=cat != Long")
case "$#:${1:-}" in
  0:) ;;
  1:--long) selection=() ;;
  *)
    echo "usage: test.sh [--long]" >&2
    exit 2
    ;;
esac

cd "$(dirname "${BASH_SOURCE[0]}")" || exit 2
# No build node stays behind.
export MSBUILDDISABLENODEREUSE=1
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 DOTNET_CLI_UI_LANGUAGE=en MSBUILDTERMINALLOGGER=off

mkdir -p artifacts
results=$(mktemp -d "$PWD/artifacts/test-results.XXXXXX")
trap 'rm -rf "$results"' EXIT
total=0 executed=0 passed=0 failed=0 broken=0

install_tools() {
  local command missing=()
  for command in "${!packages[@]}"; do
    command -v "$command" >/dev/null || missing+=("$command")
  done
  ((${#missing[@]} == 0)) && return
  if [[ $(id -u) == 0 ]] && command -v apt-get >/dev/null; then
    local names=() package
    for command in "${missing[@]}"; do read -ra package <<<"${packages[$command]}" && names+=("${package[@]}"); done
    # Servers among them are started by tests, and not by their packages.
    local policy=/usr/sbin/policy-rc.d own=0
    [[ -e $policy ]] || { printf '#!/bin/sh\nexit 101\n' >"$policy" && chmod +x "$policy" && own=1; }
    {
      apt-get update -qq &&
        DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${names[@]}"
    } </dev/null >"$results/apt.log" 2>&1
    ((own)) && rm -f "$policy"
  fi
  local absent=()
  for command in "${missing[@]}"; do
    command -v "$command" >/dev/null || absent+=("$command (package ${packages[$command]})")
  done
  if ((${#absent[@]} > 0)); then
    local IFS=,
    echo "Not installed, so what needs it is skipped: ${absent[*]}"
  fi
}

# One counter of a TRX file.
counter() { grep -o "<Counters [^>]*" "$2" | grep -o " $1=\"[0-9]*\"" | tr -dc 0-9; }

run_project() {
  local project=$1 name trx code
  name=$(basename "$project" .csproj)
  echo "== $name"
  # A test that hangs is named and ends the run, in the place of a build server's time-out.
  dotnet test "$project" --configuration Release --no-build --nologo --verbosity quiet \
    --blame-hang-timeout 15m --blame-hang-dump-type none \
    --logger "console;verbosity=minimal" --logger "trx;LogFileName=$name.trx" --results-directory "$results/$name" \
    ${selection[@]+"${selection[@]}"} </dev/null
  code=$?
  trx="$results/$name/$name.trx"
  if [[ -f $trx ]]; then
    total=$((total + $(counter total "$trx")))
    executed=$((executed + $(counter executed "$trx")))
    passed=$((passed + $(counter passed "$trx")))
    failed=$((failed + $(counter executed "$trx") - $(counter passed "$trx")))
  fi
  # A crash of the test process, for one, fails without a failed test.
  ((code == 0)) || broken=1
}

build() {
  local locked=()
  [[ ${CI:-} == true ]] && locked=(--locked-mode)
  dotnet restore UsageReporting.sln --verbosity quiet ${locked[@]+"${locked[@]}"} </dev/null &&
    dotnet build UsageReporting.sln --configuration Release --no-restore --nologo --verbosity quiet </dev/null
}

install_tools
if build; then
  for project in tests/*/*.csproj; do
    grep -q Microsoft.NET.Test.Sdk "$project" && run_project "$project"
  done
else
  broken=1
  echo "The build failed."
fi

((executed > 0)) || broken=1
echo "$passed passed, $failed failed, $((total - executed)) skipped"
((failed == 0 && broken == 0))
