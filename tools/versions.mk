# Versions of every build tool, in one place. Each is built by
# `go install PATH@VERSION` into ./bin (see the Makefile), outside the chain's
# own go.mod, so that a tool never moves a dependency of the binary.

BUF_PKG                   := github.com/bufbuild/buf/cmd/buf
BUF_VERSION               := v1.75.0

PROTOC_GEN_GOCOSMOS_PKG     := github.com/cosmos/gogoproto/protoc-gen-gocosmos
PROTOC_GEN_GOCOSMOS_VERSION := v1.7.2

PROTOC_GEN_GRPC_GATEWAY_PKG     := github.com/grpc-ecosystem/grpc-gateway/protoc-gen-grpc-gateway
PROTOC_GEN_GRPC_GATEWAY_VERSION := v1.16.0

PROTOC_GEN_OPENAPIV2_PKG     := github.com/grpc-ecosystem/grpc-gateway/v2/protoc-gen-openapiv2
PROTOC_GEN_OPENAPIV2_VERSION := v2.29.0

GOFUMPT_PKG     := mvdan.cc/gofumpt
GOFUMPT_VERSION := v0.9.2

GOLANGCI_LINT_PKG     := github.com/golangci/golangci-lint/v2/cmd/golangci-lint
GOLANGCI_LINT_VERSION := v2.15.0
