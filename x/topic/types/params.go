// SPDX-License-Identifier: Apache-2.0

package types

import (
	"math"

	errorsmod "cosmossdk.io/errors"
)

// Bounds of the parameters, which no vote can move.
const (
	// MaxTopics bounds what an epoch clock and a share table walk over.
	MaxTopics = 10_000
	// MinEpochBlocks leaves a block to commit in, one to reveal in, and one around each.
	MinEpochBlocks = 4
	// MaxEpochBlocks is the longest epoch, in blocks.
	MaxEpochBlocks = 1_000_000
	// MaxActive bounds an active set, and with it a row of scores.
	MaxActive = 65_536
	// MaxSandboxesPerSteward bounds how many sandboxes one account has.
	MaxSandboxesPerSteward = 100
)

// DefaultParams are those of a new chain: epochs of a minute to a week at blocks of a
// few seconds, 256 models a topic, artifacts of 16 MiB. Paid topics are opened by the
// people and by stewards that they admitted, sandboxes by everybody who leaves 10 WEAL.
func DefaultParams() Params {
	return Params{
		MaxTopics:        256,
		MinEpochBlocks:   10,
		MaxEpochBlocks:   100_000,
		MaxActive:        256,
		MaxArtifactBytes: 16 << 20,

		TopicDeposit:           1_000_000_000,
		SandboxDeposit:         10_000_000,
		MaxSandboxes:           64,
		MaxSandboxesPerSteward: 3,
	}
}

// widestParams hold every topic that any parameters ever allowed. Genesis is checked
// against them, because a topic outlives the parameters that it was opened under.
func widestParams() Params {
	return Params{
		MaxTopics:        MaxTopics,
		MinEpochBlocks:   MinEpochBlocks,
		MaxEpochBlocks:   MaxEpochBlocks,
		MaxActive:        MaxActive,
		MaxArtifactBytes: math.MaxUint64,
	}
}

// Validate checks the bounds of every parameter, and that the shortest epoch is not
// longer than the longest. It returns ErrInvalidParams.
func (p Params) Validate() error {
	bounds := []struct {
		name            string
		value, min, max uint64
	}{
		{"max_topics", uint64(p.MaxTopics), 1, MaxTopics},
		{"min_epoch_blocks", p.MinEpochBlocks, MinEpochBlocks, MaxEpochBlocks},
		{"max_epoch_blocks", p.MaxEpochBlocks, MinEpochBlocks, MaxEpochBlocks},
		{"max_active", uint64(p.MaxActive), 1, MaxActive},
		{"max_artifact_bytes", p.MaxArtifactBytes, 1, math.MaxUint64},
		{"topic_deposit", p.TopicDeposit, 1, MaxPrice},
		{"sandbox_deposit", p.SandboxDeposit, 1, MaxPrice},
		{"max_sandboxes", uint64(p.MaxSandboxes), 0, MaxTopics},
		{"max_sandboxes_per_steward", uint64(p.MaxSandboxesPerSteward), 1, MaxSandboxesPerSteward},
	}
	for _, b := range bounds {
		if b.value < b.min || b.value > b.max {
			return errorsmod.Wrapf(ErrInvalidParams, "%s is %d: choose %d to %d", b.name, b.value, b.min, b.max)
		}
	}
	if p.MinEpochBlocks > p.MaxEpochBlocks {
		return errorsmod.Wrapf(ErrInvalidParams, "min_epoch_blocks is %d and max_epoch_blocks %d: choose a longest epoch that is not shorter than the shortest",
			p.MinEpochBlocks, p.MaxEpochBlocks)
	}
	return nil
}
