#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# `go build` that says how far it is: a first build compiles some 1,500 packages
# and takes minutes. Takes go build's arguments; the package is the last one.
set -euo pipefail

pkg=${!#}
total=$(go list -deps "$pkg" | wc -l)
started=$(date +%s)

if [ -t 2 ]; then every=5 eol=$'\r'; else every=200 eol=$'\n'; fi

# go build -v names each package that it compiles; anything else is a message.
go build -v "$@" 2>&1 | awk -v total="$total" -v every="$every" -v eol="$eol" '
	/^[A-Za-z0-9._\/~-]+$/ {
		if (++n % every == 0) {
			printf "building: compiled %d packages of at most %d%s", n, total, eol > "/dev/stderr"
			fflush("/dev/stderr")
		}
		next
	}
	{ print > "/dev/stderr" }
	END { if (n >= every && eol == "\r") print "" > "/dev/stderr" }'
echo "built $pkg in $(($(date +%s) - started)) s" >&2
