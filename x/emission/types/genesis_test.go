// SPDX-License-Identifier: Apache-2.0

package types_test

import (
	"encoding/json"
	"errors"
	"math/big"
	"testing"

	"cosmossdk.io/math"
	"github.com/stretchr/testify/require"

	"github.com/cosmos/cosmos-sdk/codec"
	codectypes "github.com/cosmos/cosmos-sdk/codec/types"

	"github.com/weal-network/weal/pkg/split"
	"github.com/weal-network/weal/x/emission/types"
)

var cdc = codec.NewProtoCodec(codectypes.NewInterfaceRegistry())

func TestTheDefaultGenesisIsValid(t *testing.T) {
	require.NoError(t, types.DefaultGenesis().Validate())
}

func TestAnIndexOrMintingBeyondWhatBlocksWereDueIsRefused(t *testing.T) {
	issuance := types.NewIssuance(1)
	state := types.GenesisState{Params: types.DefaultParams(), Issuance: &issuance}
	issuance.Provision, issuance.TopicIndex = 1_000, math.NewInt(1_000)
	require.NoError(t, state.Validate())
	issuance.TopicIndex = math.NewInt(1_001)
	require.ErrorIs(t, state.Validate(), types.ErrInvalidGenesis)
	issuance.TopicIndex, issuance.Minted, issuance.LastSupply = math.ZeroInt(), 1_001, 1_002
	require.ErrorIs(t, state.Validate(), types.ErrInvalidGenesis)
}

// After a slash a share is worth a fraction of a unit, so that what voted is not whole.
func TestATallyOfStakeThatIsNotWholeIsAValidGenesis(t *testing.T) {
	issuance := types.NewIssuance(1_000)
	tally := types.NewTopicTally(types.TallyBasis{Standings: []types.Standing{{Operator: "wealvaloper1", Tokens: 100, Shares: []byte{3}}}}, 1, 1)
	tally.Add(types.Ballot{VotedShares: []byte{1}, Cells: []types.BallotCell{{TopicId: 1, SharesBp: big.NewInt(types.BasisPoints).Bytes()}}},
		types.Standing{Operator: "wealvaloper1", Tokens: 100, Shares: []byte{3}})
	require.Equal(t, uint64(33), tally.Voted)
	require.Greater(t, tally.Topics[0].StakeBp, tally.Voted*types.BasisPoints)
	state := types.GenesisState{Params: types.DefaultParams(), Issuance: &issuance, Voting: &types.TopicVoting{Last: &tally}}
	require.NoError(t, state.Validate())
	tally.Topics[0].StakeBp = tally.Bonded*types.BasisPoints + 1
	require.ErrorIs(t, state.Validate(), types.ErrInvalidGenesis)
}

// FuzzGenesis looks for a state in JSON that the validation neither takes nor refuses.
func FuzzGenesis(f *testing.F) {
	issuance := types.NewIssuance(1_000)
	issuance.Provision, issuance.TopicIndex = 5, math.NewInt(5)
	accrual := types.NewAccrual(issuance, types.TopicAccount{TopicId: 1, Accrued: 5}, types.EpochPayment{})
	full := types.GenesisState{
		Params: types.DefaultParams(), Issuance: &issuance,
		TopicAccounts:   []types.TopicAccount{types.NewTopicAccount(1, math.ZeroInt(), false)},
		RewardTiles:     []types.RewardTile{{TopicId: 1, Epoch: 1, Rewards: []types.Reward{{ContributionId: 1, Earned: 3, Amount: 3, Total: 3, EnteredEpoch: 1, RewardedEpoch: 1}}}},
		SettledAccounts: []types.SettledAccount{{ContributionId: 2, Settled: 1, Claimed: 1}},
		Payments:        []types.EpochPayment{{TopicId: 1, Epoch: 1, Budget: 5, Accrual: accrual, ContributorsSpent: 3, ContributorsTotal: 3, ScoringSpent: 1, LeftTotal: 4, Carried: 1, Dividends: []types.Dividend{{Operator: "wealvaloper1", Amount: 1}}}},
		PaidEpochs:      []types.PaidEpochs{{TopicId: 1, Last: 1}},
		PaymentWorks:    []types.PaymentWork{types.NewPaymentWork(1, 2, types.Accrual{Accrued: 5}, types.Budget{Contributors: 3, Scorers: 2}, split.Division{}, "", 10)},
		Homes:           []types.Home{{ContributionId: 1, TopicId: 1}},
	}
	for _, state := range []*types.GenesisState{types.DefaultGenesis(), &full} {
		f.Add(cdc.MustMarshalJSON(state))
	}
	f.Add([]byte(`{"params":{},"issuance":{"topic_index":"-1"},"topic_accounts":[{"topic_id":"1"}]}`))
	f.Fuzz(func(t *testing.T, bz []byte) {
		var state types.GenesisState
		if !json.Valid(bz) || cdc.UnmarshalJSON(bz, &state) != nil {
			return
		}
		if err := state.Validate(); err != nil && !errors.Is(err, types.ErrInvalidGenesis) {
			t.Fatalf("refused with another error: %s", err)
		}
	})
}
