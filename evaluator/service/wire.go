// SPDX-License-Identifier: Apache-2.0

package service

import (
	"context"

	"github.com/weal-network/weal/evaluator/chain"
	"github.com/weal-network/weal/evaluator/sandbox"
	"github.com/weal-network/weal/evaluator/shards"
	"github.com/weal-network/weal/evaluator/store"
	scoringtypes "github.com/weal-network/weal/x/scoring/types"
)

// NodeChain is a Chain over a node, with the scorer's key.
type NodeChain struct {
	*chain.Client
	Signer *chain.Signer
}

// Gas limits of commits and reveals, which are free of fees: a reveal grows
// with the pinned set that the chain reads and the row that it stores.
const (
	commitGas   = 500_000
	revealGas   = 500_000
	gasPerScore = 120
)

// Commit sends a commit.
func (c NodeChain) Commit(ctx context.Context, topic, epoch uint64, hash []byte) error {
	address, err := c.Signer.Address()
	if err != nil {
		return err
	}
	_, err = c.Signer.Send(ctx, &scoringtypes.MsgCommitScores{Signer: address.String(), TopicId: topic, Epoch: epoch, Hash: hash}, commitGas)
	return err
}

// Reveal sends a reveal.
func (c NodeChain) Reveal(ctx context.Context, topic, epoch uint64, row []byte, salt [32]byte, contributions int) error {
	address, err := c.Signer.Address()
	if err != nil {
		return err
	}
	msg := &scoringtypes.MsgRevealScores{Signer: address.String(), TopicId: topic, Epoch: epoch, Row: row, Salt: salt[:]}
	_, err = c.Signer.Send(ctx, msg, revealGas+gasPerScore*uint64(contributions)) //nolint:gosec // a count
	return err
}

// StoreFiles is Files over a store's fetcher.
type StoreFiles struct{ *store.Fetcher }

// Fetch fetches by digest.
func (f StoreFiles) Fetch(ctx context.Context, digest [32]byte, maxBytes int64, uris []string) (string, error) {
	return f.Fetcher.Fetch(ctx, digest, maxBytes, uris)
}

// SandboxRunner is a Runner over child processes.
type SandboxRunner struct{ sandbox.Runner }

// Measure runs one model with the topic's bounds on its file and context.
func (r SandboxRunner) Measure(ctx context.Context, path string, maxBytes int64, maxContext int, pieces []shards.Shard, probes [][]byte) (sandbox.Measurement, error) {
	runner := r.Runner
	runner.Limits.File = runner.Limits.File.WithFileBytes(maxBytes)
	runner.Limits.MaxContext = maxContext
	return runner.Measure(ctx, path, pieces, probes)
}
