#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# Generates Go code and the OpenAPI document from proto/. Needs nothing from
# the network once the modules and ./bin are there.
#
#   tools/proto.sh vendor    copy third-party protos to third_party/
#   tools/proto.sh lint      vendor, then buf lint
#   tools/proto.sh write     lint, generate, replace the committed files
#   tools/proto.sh check     lint, generate aside, fail if a committed file differs
set -euo pipefail

cd "$(dirname "$0")/.."
root=$PWD
export PATH="$root/bin:$PATH"
# buf writes a cache even for local inputs; keep it out of the home directory.
export BUF_CACHE_DIR="$root/bin/.buf-cache"
module=$(go list -m)

# moddir prints where the pinned version of a module lies.
moddir() {
	local dir
	dir=$(go list -m -f '{{.Dir}}' "$1")
	if [ -z "$dir" ]; then
		go mod download "$1"
		dir=$(go list -m -f '{{.Dir}}' "$1")
	fi
	echo "$dir"
}

# vendor_protos copies every third-party proto that ours may import to
# third_party/, unless those of the pinned versions are there already.
# google/protobuf is built into buf.
vendor_protos() {
	local sdk cosmosproto gogo gateway versions tmp
	sdk=$(moddir github.com/cosmos/cosmos-sdk)
	cosmosproto=$(moddir github.com/cosmos/cosmos-proto)
	gogo=$(moddir github.com/cosmos/gogoproto)
	gateway=$(moddir github.com/grpc-ecosystem/grpc-gateway)
	versions=$(printf '%s\n' "${sdk##*/}" "${cosmosproto##*/}" "${gogo##*/}" "${gateway##*/}")
	if [ "$(cat third_party/.versions 2>/dev/null)" = "$versions" ]; then
		return
	fi

	mkdir -p build
	tmp=$(mktemp -d build/third_party.XXXXXX)
	cp -R "$sdk/proto/amino" "$sdk/proto/cosmos" "$sdk/proto/tendermint" "$tmp/"
	cp -R "$cosmosproto/proto/cosmos_proto" "$tmp/"
	cp -R "$gogo/gogoproto" "$tmp/"
	cp -R "$gateway/third_party/googleapis/google" "$tmp/"
	chmod -R u+w "$tmp"
	find "$tmp" -type f ! -name '*.proto' -delete
	echo "$versions" >"$tmp/.versions"
	rm -rf third_party
	mv "$tmp" third_party
}

# generate DIR leaves x/<module>/types/*.pb.go, *.pb.gw.go and
# docs/static/openapi.json under DIR.
generate() {
	local out=$1 raw=$1/.raw
	mkdir -p "$raw" "$out/docs/static"
	buf generate --template buf.gen.yaml --output "$raw"
	buf generate --template buf.gen.openapi.yaml --output "$raw"
	if [ -d "$raw/$module" ]; then
		cp -R "$raw/$module/." "$out/"
	fi
	go run ./tools/openapi "$raw/openapi.swagger.json" "$out/docs/static/openapi.json"
	rm -rf "$raw"
}

# generated lists the generated files under a root, sorted, relative to it.
generated() {
	(cd "$1" && find . \( -name '*.pb.go' -o -name '*.pb.gw.go' -o -path ./docs/static/openapi.json \) \
		-not -path './third_party/*' -not -path './bin/*' -not -path './build/*' -not -path './.localnet/*' -print | LC_ALL=C sort)
}

mode=${1:?usage: tools/proto.sh vendor|lint|write|check}

vendor_protos
[ "$mode" = vendor ] && exit 0

if [ "$mode" = lint ]; then
	buf lint proto
	exit 0
fi

tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
generate "$tmp"

case $mode in
write)
	# A proto that is gone takes its generated file along.
	comm -23 <(generated .) <(generated "$tmp") | while read -r stale; do rm -f "$stale"; done
	generated "$tmp" | while read -r file; do
		if ! cmp -s "$tmp/$file" "$file"; then
			mkdir -p "$(dirname "$file")"
			cp "$tmp/$file" "$file"
			chmod 644 "$file"
			echo "wrote ${file#./}"
		fi
	done
	buf lint proto
	;;
check)
	bad=0
	while read -r file; do
		if ! cmp -s "$tmp/$file" "$file"; then
			bad=1
			echo "differs from what proto/ generates: ${file#./}" >&2
			diff -u "$file" "$tmp/$file" 2>&1 | head -20 >&2 || true
		fi
	done < <({ generated .; generated "$tmp"; } | LC_ALL=C sort -u)
	if [ $bad -ne 0 ]; then
		echo "generated code is not what proto/ says: run 'make proto' and commit the result" >&2
		exit 1
	fi
	buf lint proto
	echo "generated code is byte for byte what proto/ says ($(generated "$tmp" | wc -l) files)"
	;;
*)
	echo "unknown mode $mode: expected vendor, lint, write or check" >&2
	exit 2
	;;
esac
