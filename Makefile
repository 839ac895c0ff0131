# SPDX-License-Identifier: Apache-2.0
#
# `make help` lists the targets. Everything they need is Go, gcc, make and the
# module proxy; tools are built into ./bin at the versions of tools/versions.mk.

include tools/versions.mk

SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

BIN      := $(CURDIR)/bin
BUILD    := $(CURDIR)/build
HOME_DIR ?= .localnet
FUZZTIME ?= 20s
# Packages built and tested at a time. The app's test binaries link for seconds
# and a gigabyte each, so more than the cores only makes them swap.
JOBS     ?= 2

# One set of flags for every target: build, test and lint then share one build
# cache, and a binary holds neither paths of its machine nor a C library.
export CGO_ENABLED := 0
export GOFLAGS     := -trimpath -buildvcs=false

VERSION := $(shell git describe --tags --always --dirty 2>/dev/null || echo dev)
COMMIT  := $(shell git rev-parse HEAD 2>/dev/null || echo unknown)

##@ Help

.PHONY: help
help: ## show this list
	@awk 'BEGIN { FS = ":.*## " } \
		/^##@ / { printf "\n%s\n", substr($$0, 5) } \
		/^[a-zA-Z0-9_-]+:.*## / { printf "  make %-17s %s\n", $$1, $$2 }' $(firstword $(MAKEFILE_LIST))
	@printf '\nVariables: HOME_DIR (%s), FUZZTIME (%s), JOBS (%s)\n' '$(HOME_DIR)' '$(FUZZTIME)' '$(JOBS)'

##@ Run

SDK_VERSION_PKG   := github.com/cosmos/cosmos-sdk/version
LDFLAGS            = -s -w \
	-X $(SDK_VERSION_PKG).Name=weal \
	-X $(SDK_VERSION_PKG).AppName=weald \
	-X $(SDK_VERSION_PKG).Version=$(VERSION) \
	-X $(SDK_VERSION_PKG).Commit=$(COMMIT)

.PHONY: build
build: ## build the node into build/weald
	@mkdir -p $(BUILD)
	@tools/gobuild.sh -o $(BUILD)/weald -ldflags '$(LDFLAGS)' ./cmd/weald

.PHONY: install
install: build ## copy build/weald to Go's bin directory
	@install -D $(BUILD)/weald "$$(go env GOPATH)/bin/weald"

.PHONY: run
run: build ## build, then run a local network of four validators that score models
	@exec $(BUILD)/weald localnet --home $(HOME_DIR)

##@ Test

PACKAGES = $(shell go list ./... | grep -v -e '/tests/e2e' -e '/tests/design')
GOTEST   = go test -p $(JOBS)

.PHONY: test
test: build ## every test: unit, integration, documents, design, then end to end
	@$(GOTEST) -timeout 20m $(PACKAGES)
	@$(MAKE) --no-print-directory test-design test-e2e

.PHONY: test-unit
test-unit: ## tests beside the code
	@$(GOTEST) -timeout 15m $(shell go list ./... | grep -v '/tests/')

.PHONY: test-integration
test-integration: ## tests that cross modules, in one process
	@$(GOTEST) -timeout 15m $(shell go list ./tests/... 2>/dev/null | grep -v -e '/tests/e2e' -e '/tests/docs' -e '/tests/design')

.PHONY: test-e2e
test-e2e: build ## the main job with real processes, on a network of four
	@if ls tests/e2e/*_test.go >/dev/null 2>&1; then \
		WEALD=$(BUILD)/weald $(GOTEST) -count=1 -timeout 20m ./tests/e2e/...; \
	fi

.PHONY: test-docs
test-docs: build ## run the commands in README, the guides and the modules' pages
	@$(GOTEST) -count=1 -timeout 15m -v ./tests/docs/...

.PHONY: test-design
test-design: ## check imports, layout and words
	@$(GOTEST) -count=1 -timeout 10m ./tests/design/...

# What reaches the state computes the same bits on every machine: words of 32 bits,
# another instruction set, the other byte order. Tests that measure run at home only.
PURE = $(GOTEST) -short -timeout 20m ./pkg/...

.PHONY: test-386
test-386: ## tests of pkg/ on 32 bits
	@GOARCH=386 $(PURE)

.PHONY: test-arm64
test-arm64: ## tests of pkg/ on arm64, emulated
	@command -v qemu-aarch64-static >/dev/null || { apt-get update -q && apt-get install -qy qemu-user-static; }
	@GOARCH=arm64 $(PURE) -exec qemu-aarch64-static

.PHONY: test-s390x
test-s390x: ## tests of pkg/ on big-endian s390x, emulated
	@command -v qemu-s390x-static >/dev/null || { apt-get update -q && apt-get install -qy qemu-user-static; }
	@GOARCH=s390x $(PURE) -exec qemu-s390x-static

.PHONY: mutate
mutate: ## change the engine one place at a time; fail if the tests notice less than 90%
	@go run ./tools/mutate -jobs $(JOBS) -min 90 -equivalents tools/mutate/equivalents.txt $(MUTATE) ./pkg/yuma ./pkg/fixed \
		-- -rapid.shrinktime=0s -rapid.nofailfile

.PHONY: reference
reference: ## write docs/reference/parameters.md anew from the code
	@go run ./tools/reference

.PHONY: sim
sim: ## random messages of every module from a few seeds, short
	@$(GOTEST) -count=1 -timeout 15m ./tests/sim/...

.PHONY: sim-nightly
sim-nightly: ## the same, 50 seeds of 500 blocks each: hours
	@go test -count=1 -timeout 24h ./tests/sim -args -seeds 50 -blocks 500 -size 200 -accounts 1000

.PHONY: sim-gates
sim-gates: build ## what attacks may earn, 200 seeds, under yuma3 and the default rules; SEEDS=n for fewer
	@$(BUILD)/weald sim gates --seeds $(or $(SEEDS),200) --csv $(BUILD)/gates.csv --markdown $(BUILD)/gates.md

.PHONY: sim-plots
sim-plots: build ## draw the plots of docs/spec anew
	@for rules in yuma3 default; do \
		$(BUILD)/weald sim run docs/spec/plots/validators.yaml --rules $$rules --svg docs/spec/plots/validators-$$rules.svg; \
	done

.PHONY: bench
bench: ## benchmarks, with allocations
	@go test -p 1 -run '^$$' -bench . -benchmem -timeout 30m $(filter-out %/tests/blocks,$(PACKAGES)) | { grep -v -e 'no test files' -e '^PASS$$' || true; }

.PHONY: bench-blocks
bench-blocks: ## the longest block with 4 topics due, also under other rules, with 128, and with a large one, in CPU time
	@go test -p 1 -run '^$$' -bench Blocks -benchtime 1x -timeout 60m ./tests/blocks

.PHONY: bench-engine
bench-engine: ## pkg/yuma beside LegacyDec and adversaries; OUT=file writes JSON
	@go run ./tools/benchengine $(if $(OUT),-out '$(OUT)')

.PHONY: fuzz
fuzz: ## every fuzz target for FUZZTIME
	@tools/fuzz.sh $(FUZZTIME)

.PHONY: cover
cover: ## statement coverage by function, in build/cover.out
	@mkdir -p $(BUILD)
	@$(GOTEST) -timeout 20m -coverprofile=$(BUILD)/cover.raw $(shell go list ./app/... ./x/... ./pkg/... ./evaluator/... 2>/dev/null)
	@grep -v -e '\.pb\.go:' -e '\.pb\.gw\.go:' $(BUILD)/cover.raw > $(BUILD)/cover.out
	@go tool cover -func=$(BUILD)/cover.out | tail -1

##@ Check

# The linters hold syntax trees of the whole SDK: bound how many work at once.
LINT_ENV = GOMAXPROCS=$(JOBS) GOGC=50 GOLANGCI_LINT_CACHE=$(BIN)/.golangci-cache

.PHONY: lint
lint: $(BIN)/golangci-lint ## linters, and our own against what state code must not do
	@$(LINT_ENV) $(BIN)/golangci-lint run --concurrency $(JOBS) --timeout 30m ./...
	@go build -o $(BIN)/weallint ./tools/weallint
	@GOMAXPROCS=$(JOBS) $(BIN)/weallint $(shell go list ./app/... ./x/... ./pkg/... 2>/dev/null)

.PHONY: fmt
fmt: $(BIN)/gofumpt ## format Go code
	@git ls-files -co --exclude-standard '*.go' | grep -v -e '\.pb\.go$$' -e '\.pb\.gw\.go$$' | xargs -r $(BIN)/gofumpt -w

.PHONY: ci
ci: ## what CI runs, in its order
	@.ci/run

.PHONY: clean
clean: ## remove build/ (tools in bin/ and networks stay)
	@rm -rf $(BUILD)

##@ Generated code

# A tool is a file with its version in its stamp's name, so that a new version
# in tools/versions.mk rebuilds it and an old one is never used silently.
# $(call tool,NAME,VARIABLE PREFIX)
define tool
$(BIN)/$(1): $(BIN)/.$(1)-$($(2)_VERSION)

$(BIN)/.$(1)-$($(2)_VERSION):
	@mkdir -p $(BIN)
	@rm -f $(BIN)/.$(1)-v*
	@echo "building $(1) $($(2)_VERSION) into ./bin"
	@cd $(BIN) && GOBIN=$(BIN) GOFLAGS=-trimpath GOWORK=off go install $($(2)_PKG)@$($(2)_VERSION)
	@touch $$@
endef

$(eval $(call tool,buf,BUF))
$(eval $(call tool,protoc-gen-gocosmos,PROTOC_GEN_GOCOSMOS))
$(eval $(call tool,protoc-gen-grpc-gateway,PROTOC_GEN_GRPC_GATEWAY))
$(eval $(call tool,protoc-gen-openapiv2,PROTOC_GEN_OPENAPIV2))
$(eval $(call tool,gofumpt,GOFUMPT))
$(eval $(call tool,golangci-lint,GOLANGCI_LINT))

PROTO_TOOLS := $(addprefix $(BIN)/,buf protoc-gen-gocosmos protoc-gen-grpc-gateway protoc-gen-openapiv2)

.PHONY: tools
tools: $(PROTO_TOOLS) $(BIN)/gofumpt $(BIN)/golangci-lint ## build every tool into ./bin

.PHONY: proto
proto: $(PROTO_TOOLS) ## regenerate Go code and docs/static/openapi.json from proto/
	@tools/proto.sh write

.PHONY: proto-check
proto-check: $(PROTO_TOOLS) ## fail if the committed generated code is not what proto/ says
	@tools/proto.sh check
