#!/usr/bin/env bash
# Packs every package of the newest commit: the same bytes wherever and by whomever it is done. Beside each package stands
# its bill of materials (CycloneDX), and SHA256SUMS over all.
#
#   ops/release/pack.sh FOLDER [BASELINE]
#
# BASELINE is a folder with the packages of the last version: what breaks a program that was built with those ends this.
set -euo pipefail

# From the feed that the packages come from; it runs here and is in none of them.
bills=CycloneDX@6.3.1

if (($# < 1 || $# > 2)); then
  echo "usage: pack.sh FOLDER [BASELINE]" >&2
  exit 2
fi
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
mkdir -p "$1"
output=$(cd "$1" && pwd)
validation=()
if (($# == 2)); then
  baseline=$(cd "$2" && pwd)
  version=$(basename "$baseline"/UsageReporting.Core.*.nupkg .nupkg)
  validation=("-p:BaselineFolder=$baseline" "-p:BaselineVersion=${version#UsageReporting.Core.}")
fi
export MSBUILDDISABLENODEREUSE=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 DOTNET_CLI_UI_LANGUAGE=en MSBUILDTERMINALLOGGER=off

# What is in no commit, and what an earlier build left, is not in here.
clean=$(mktemp -d)
trap 'rm -rf "$clean"' EXIT
git clone --quiet --shared "$root" "$clean"
cd "$clean"
# Where the commit came from is written into the symbols, and a fork's is another one.
git remote remove origin

# The time of whatever is packed, as a package is an archive of files with times.
SOURCE_DATE_EPOCH=$(git log -1 --format=%ct)
export SOURCE_DATE_EPOCH
dotnet pack ops/release/packages.slnf --configuration Release --output "$output" --verbosity quiet \
  -p:ContinuousIntegrationBuild=true -p:RestoreLockedMode=true -p:UseSharedCompilation=false "${validation[@]}"

for project in src/*/*.csproj; do
  name=$(basename "$project" .csproj)
  package=$(cd "$output" && basename "$name".[0-9]*.nupkg .nupkg)
  dotnet tool exec "$bills" --yes -- "$project" --output "$output" --filename "$package.cdx.json" --output-format Json \
    --set-name "$name" --set-version "${package#"$name".}" --set-type Library --set-nuget-purl \
    --recursive --include-project-references --disable-package-restore --no-serial-number >bill.log 2>&1 || { cat bill.log >&2; exit 1; }
  # The tool writes the time at which it runs.
  time=$(date --utc --date="@$SOURCE_DATE_EPOCH" +%Y-%m-%dT%H:%M:%SZ)
  sed -i "s/\(\"timestamp\": \)\"[^\"]*\"/\1\"$time\"/" "$output/$package.cdx.json"
done

# Another one has another compiler.
dotnet --version >"$output/sdk.txt"

cd "$output"
sha256sum -- *.nupkg *.snupkg *.cdx.json sdk.txt >SHA256SUMS
