# SPDX-License-Identifier: Apache-2.0
#
# `make help` lists the targets. Everything it needs is Go, gcc, make and the
# module proxy; tools are built into ./bin at the versions of tools/versions.mk.

include tools/versions.mk

SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

BIN   := $(CURDIR)/bin
BUILD := $(CURDIR)/build
HOME_DIR ?= .localnet

VERSION := $(shell git describe --tags --always --dirty 2>/dev/null || echo dev)
COMMIT  := $(shell git rev-parse HEAD 2>/dev/null || echo unknown)

##@ Help

.PHONY: help
help: ## show this list
	@awk 'BEGIN { FS = ":.*## " } \
		/^##@ / { printf "\n%s\n", substr($$0, 5) } \
		/^[a-zA-Z0-9_-]+:.*## / { printf "  %-14s %s\n", $$1, $$2 }' $(firstword $(MAKEFILE_LIST))

##@ Generated code

# A tool is a file with its version in its name's stamp, so that a new version
# in tools/versions.mk rebuilds it and an old one is never used silently.
# $(call tool,NAME,VARIABLE PREFIX)
define tool
$(BIN)/$(1): $(BIN)/.$(1)-$($(2)_VERSION)

$(BIN)/.$(1)-$($(2)_VERSION):
	@mkdir -p $(BIN)
	@rm -f $(BIN)/.$(1)-v*
	@echo "building $(1) $($(2)_VERSION) into ./bin"
	@cd $(BIN) && GOBIN=$(BIN) GOFLAGS= GOWORK=off go install -trimpath $($(2)_PKG)@$($(2)_VERSION)
	@touch $$@
endef

$(eval $(call tool,buf,BUF))
$(eval $(call tool,protoc-gen-gocosmos,PROTOC_GEN_GOCOSMOS))
$(eval $(call tool,protoc-gen-grpc-gateway,PROTOC_GEN_GRPC_GATEWAY))
$(eval $(call tool,protoc-gen-openapiv2,PROTOC_GEN_OPENAPIV2))
$(eval $(call tool,gofumpt,GOFUMPT))
$(eval $(call tool,golangci-lint,GOLANGCI_LINT))

PROTO_TOOLS := $(addprefix $(BIN)/,buf protoc-gen-gocosmos protoc-gen-grpc-gateway protoc-gen-openapiv2)

.PHONY: proto
proto: $(PROTO_TOOLS) ## regenerate Go code and docs/static/openapi.json from proto/
	@tools/proto.sh write

.PHONY: proto-check
proto-check: $(PROTO_TOOLS) ## fail if the committed generated code is not what proto/ says
	@tools/proto.sh check
