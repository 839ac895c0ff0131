// SPDX-License-Identifier: Apache-2.0

package types

import (
	"math"

	errorsmod "cosmossdk.io/errors"

	"github.com/weal-network/weal/pkg/bounds"
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

// Ranges lists what each parameter is and may be, as the reference publishes it.
func (p Params) Ranges() []bounds.Range {
	return []bounds.Range{
		{Name: "max_topics", Value: uint64(p.MaxTopics), Least: 1, Most: MaxTopics},
		{Name: "min_epoch_blocks", Value: p.MinEpochBlocks, Least: MinEpochBlocks, Most: MaxEpochBlocks, Unit: bounds.Blocks},
		{Name: "max_epoch_blocks", Value: p.MaxEpochBlocks, Least: MinEpochBlocks, Most: MaxEpochBlocks, Unit: bounds.Blocks},
		{Name: "max_active", Value: uint64(p.MaxActive), Least: 1, Most: MaxActive},
		{Name: "max_artifact_bytes", Value: p.MaxArtifactBytes, Least: 1, Most: math.MaxUint64, Unit: bounds.Bytes},
		{Name: "topic_deposit", Value: p.TopicDeposit, Least: 1, Most: MaxPrice, Unit: bounds.Uweal},
		{Name: "sandbox_deposit", Value: p.SandboxDeposit, Least: 1, Most: MaxPrice, Unit: bounds.Uweal},
		{Name: "max_sandboxes", Value: uint64(p.MaxSandboxes), Least: 0, Most: MaxTopics},
		{Name: "max_sandboxes_per_steward", Value: uint64(p.MaxSandboxesPerSteward), Least: 1, Most: MaxSandboxesPerSteward},
	}
}

// Validate checks the bounds of every parameter, and that the shortest epoch is not
// longer than the longest. It returns ErrInvalidParams.
func (p Params) Validate() error {
	if err := bounds.Check(p.Ranges()); err != nil {
		return errorsmod.Wrapf(ErrInvalidParams, "%s; give all parameters, as the query params shows them", err)
	}
	if p.MinEpochBlocks > p.MaxEpochBlocks {
		return errorsmod.Wrapf(ErrInvalidParams, "min_epoch_blocks is %d and max_epoch_blocks %d: choose a longest epoch that is not shorter than the shortest",
			p.MinEpochBlocks, p.MaxEpochBlocks)
	}
	return nil
}
