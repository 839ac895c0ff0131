#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# Runs every fuzz target of the repository, one after another.
#
#   tools/fuzz.sh [TIME]    time for each target, 20s by default
set -euo pipefail

cd "$(dirname "$0")/.."
time=${1:-20s}
count=0

while IFS=: read -r file name; do
	count=$((count + 1))
	echo "== $name in $(dirname "$file") for $time"
	go test -run '^$' -fuzz "^$name\$" -fuzztime "$time" "./$(dirname "$file")"
done < <({ git grep -o --untracked -E '^func Fuzz[A-Za-z0-9_]+\(' -- '*_test.go' || true; } |
	sed -E 's/:func (Fuzz[A-Za-z0-9_]+)\(/:\1/' | LC_ALL=C sort)

echo "$count fuzz targets ran for $time each"
