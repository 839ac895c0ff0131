// SPDX-License-Identifier: Apache-2.0

// Package simulation has the messages that the simulator sends to x/topic: those that
// people send, and those that must be refused.
package simulation

import (
	"github.com/cosmos/cosmos-sdk/types/module"

	"github.com/weal-network/weal/x/topic/types"
)

// GenesisState has a few topics, and deposits that simulated accounts can pay.
func GenesisState(s *module.SimulationState) *types.GenesisState {
	g := types.DefaultGenesisState()
	g.Params.MinEpochBlocks, g.Params.MaxTopics, g.Params.MaxSandboxes = types.MinEpochBlocks, 8, 8
	g.Params.TopicDeposit, g.Params.SandboxDeposit = 1_000, 10
	g.Params.OpenCreation = s.Rand.Intn(2) == 0
	for id := uint64(types.FirstTopicID); id <= uint64(1+s.Rand.Intn(3)); id++ {
		spec := anySpec(s.Rand, s.Accounts[s.Rand.Intn(len(s.Accounts))].AddressBech32, false)
		// Half of an epoch to reveal: of less there is none left, as the simulator's messages come behind the end of a block.
		spec.Schedule.EpochBlocks = max(spec.Schedule.EpochBlocks, 6)
		spec.Schedule.RevealBlocks = spec.Schedule.EpochBlocks / 2
		topic := types.NewTopic(id, "", 0, spec)
		topic.Slug = slugOf(id)
		g.Topics, g.NextTopicId = append(g.Topics, topic), id+1
	}
	return g
}
