// SPDX-License-Identifier: Apache-2.0

// Package simulation has the messages that the simulator sends to x/emission.
package simulation

import (
	"context"
	"errors"
	"fmt"
	"math/rand"
	"slices"

	"github.com/cosmos/cosmos-sdk/testutil/simsx"
	sdk "github.com/cosmos/cosmos-sdk/types"
	sdkerrors "github.com/cosmos/cosmos-sdk/types/errors"
	govtypes "github.com/cosmos/cosmos-sdk/x/gov/types"

	"github.com/weal-network/weal/x/emission/types"
)

// Operations are what accounts send. What there is to claim comes from scored epochs.
func Operations(weights simsx.WeightSource, reg simsx.Registry) {
	reg.Add(weights.Get("emission_claim", 20), expecting(claim, false, types.ErrNothingToClaim))
	reg.Add(weights.Get("emission_vote", 60), expecting(vote, false, types.ErrNoStake, types.ErrUnknownTopic, types.ErrInvalidVote))
	reg.Add(weights.Get("emission_vote_withdraw", 10), expecting(withdrawVote, false, types.ErrVoteNotFound))
	reg.Add(weights.Get("emission_vote_malformed", 3), expecting(voteMalformed, true, types.ErrInvalidVote))
	reg.Add(weights.Get("emission_fund", 30), expecting(fund, false,
		types.ErrUnknownTopic, types.ErrInvalidFunding, types.ErrTooManyStreams, sdkerrors.ErrInsufficientFunds))
	reg.Add(weights.Get("emission_fund_with_dust", 3), expecting(fundWithDust, true, types.ErrInvalidFunding))
	reg.Add(weights.Get("emission_end_unasked", 3), expecting(endUnasked, true, sdkerrors.ErrUnauthorized))
	reg.Add(weights.Get("emission_shares_unasked", 5), expecting(sharesUnasked, true, sdkerrors.ErrUnauthorized))
	reg.Add(weights.Get("emission_params_unasked", 5), expecting(paramsUnasked, true, sdkerrors.ErrUnauthorized))
}

// Proposals are what voters decide about.
func Proposals(weights simsx.WeightSource, reg simsx.Registry) {
	reg.Add(weights.Get("emission_propose_shares", 20), simsx.SimMsgFactoryFn[*types.MsgSetTopicShares](proposeShares))
	reg.Add(weights.Get("emission_propose_end", 10), simsx.SimMsgFactoryFn[*types.MsgEndStreams](proposeEnd))
	reg.Add(weights.Get("emission_propose_params", 10), simsx.SimMsgFactoryFn[*types.MsgUpdateParams](proposeParams))
}

// Genesis is a new chain that tallies often and slowly, so that a run of some blocks sees
// tallies begin, stop at every ballot and end.
func Genesis(r *rand.Rand) *types.GenesisState {
	state := types.DefaultGenesis()
	state.Params = randomParams(r)
	return state
}

func randomParams(r *rand.Rand) types.Params {
	params := types.DefaultParams()
	params.VotePeriodMs = types.MinVotePeriodMs
	params.TallyCells = uint32(1 + r.Intn(8))             //nolint:gosec // small
	params.VoteQuorumBp = uint32(r.Intn(1_000))           //nolint:gosec // small
	params.MaturityEpochs = uint32(r.Intn(4))             //nolint:gosec // small
	params.ContributorsBp = uint32(1_000 + r.Intn(8_000)) //nolint:gosec // in bounds
	params.ParamsDelaySeconds = types.MinParamsDelaySeconds
	return params
}

// expecting makes an operation of a message that may fail with some errors, or has to.
func expecting[M sdk.Msg](f simsx.SimMsgFactoryFn[M], must bool, with ...error) simsx.SimMsgFactoryX {
	return simsx.NewSimMsgFactoryWithDeliveryResultHandler(
		func(ctx context.Context, data *simsx.ChainDataSource, reporter simsx.SimulationReporter) ([]simsx.SimAccount, M, simsx.SimDeliveryResultHandler) {
			signers, msg := f(ctx, data, reporter)
			return signers, msg, func(err error) error {
				if slices.ContainsFunc(with, func(expected error) bool { return errors.Is(err, expected) }) {
					return nil
				}
				if err == nil && must {
					return fmt.Errorf("%T was taken", msg)
				}
				return err
			}
		})
}

func claim(_ context.Context, data *simsx.ChainDataSource, reporter simsx.SimulationReporter) ([]simsx.SimAccount, *types.MsgClaim) {
	from := data.AnyAccount(reporter, simsx.WithSpendableBalance())
	return []simsx.SimAccount{from}, &types.MsgClaim{Contributor: from.AddressBech32}
}

// topics is how many of a chain's first topics are voted for.
const topics = 6

// someWeights are of one or two topics.
func someWeights(r *rand.Rand) []types.TopicWeight {
	first := 1 + uint64(r.Intn(topics))           //nolint:gosec // not negative
	part := uint32(1 + r.Intn(types.BasisPoints)) //nolint:gosec // in bounds
	if part == types.BasisPoints {
		return []types.TopicWeight{{TopicId: first, WeightBp: part}}
	}
	return []types.TopicWeight{{TopicId: first, WeightBp: part}, {TopicId: first + 1, WeightBp: types.BasisPoints - part}}
}

func vote(_ context.Context, data *simsx.ChainDataSource, reporter simsx.SimulationReporter) ([]simsx.SimAccount, *types.MsgVoteTopics) {
	from := data.AnyAccount(reporter, simsx.WithSpendableBalance())
	return []simsx.SimAccount{from}, &types.MsgVoteTopics{Voter: from.AddressBech32, Weights: someWeights(data.Rand().Rand)}
}

func withdrawVote(_ context.Context, data *simsx.ChainDataSource, reporter simsx.SimulationReporter) ([]simsx.SimAccount, *types.MsgVoteTopics) {
	from := data.AnyAccount(reporter, simsx.WithSpendableBalance())
	return []simsx.SimAccount{from}, &types.MsgVoteTopics{Voter: from.AddressBech32}
}

func voteMalformed(_ context.Context, data *simsx.ChainDataSource, reporter simsx.SimulationReporter) ([]simsx.SimAccount, *types.MsgVoteTopics) {
	from := data.AnyAccount(reporter, simsx.WithSpendableBalance())
	return []simsx.SimAccount{from}, &types.MsgVoteTopics{Voter: from.AddressBech32, Weights: []types.TopicWeight{{TopicId: 1, WeightBp: 9_999}}}
}

func fund(_ context.Context, data *simsx.ChainDataSource, reporter simsx.SimulationReporter) ([]simsx.SimAccount, *types.MsgFundTopic) {
	r, from := data.Rand(), data.AnyAccount(reporter, simsx.WithSpendableBalance())
	epochs := 1 + r.Intn(5)
	return []simsx.SimAccount{from}, &types.MsgFundTopic{
		Sponsor: from.AddressBech32, TopicId: 1 + uint64(r.Intn(topics)), Epochs: uint32(epochs), //nolint:gosec // small
		Coins: types.Coins(uint64(epochs*types.MinStreamPart + r.Intn(10_000))), //nolint:gosec // not negative
	}
}

func fundWithDust(_ context.Context, data *simsx.ChainDataSource, reporter simsx.SimulationReporter) ([]simsx.SimAccount, *types.MsgFundTopic) {
	from := data.AnyAccount(reporter, simsx.WithSpendableBalance())
	return []simsx.SimAccount{from}, &types.MsgFundTopic{Sponsor: from.AddressBech32, TopicId: 1, Epochs: 2, Coins: types.Coins(2*types.MinStreamPart - 1)}
}

func endUnasked(_ context.Context, data *simsx.ChainDataSource, reporter simsx.SimulationReporter) ([]simsx.SimAccount, *types.MsgEndStreams) {
	from := data.AnyAccount(reporter, simsx.WithSpendableBalance())
	return []simsx.SimAccount{from}, &types.MsgEndStreams{Authority: from.AddressBech32, TopicId: 1, StreamIds: []uint64{1}}
}

func proposeEnd(_ context.Context, data *simsx.ChainDataSource, reporter simsx.SimulationReporter) ([]simsx.SimAccount, *types.MsgEndStreams) {
	r := data.Rand()
	return nil, &types.MsgEndStreams{
		Authority: data.ModuleAccountAddress(reporter, govtypes.ModuleName),
		TopicId:   1 + uint64(r.Intn(topics)), StreamIds: []uint64{1 + uint64(r.Intn(20))}, //nolint:gosec // not negative
	}
}

func proposeShares(_ context.Context, data *simsx.ChainDataSource, reporter simsx.SimulationReporter) ([]simsx.SimAccount, *types.MsgSetTopicShares) {
	r := data.Rand()
	share := uint32(r.Intn(1_500)) //nolint:gosec // small
	return nil, &types.MsgSetTopicShares{Authority: data.ModuleAccountAddress(reporter, govtypes.ModuleName), Shares: []types.TopicShare{{
		TopicId: 1 + uint64(r.Intn(topics)), ShareBp: share, FloorBp: share / 2, Closed: r.Intn(5) == 0, //nolint:gosec // not negative
	}}}
}

func proposeParams(_ context.Context, data *simsx.ChainDataSource, reporter simsx.SimulationReporter) ([]simsx.SimAccount, *types.MsgUpdateParams) {
	return nil, &types.MsgUpdateParams{Authority: data.ModuleAccountAddress(reporter, govtypes.ModuleName), Params: randomParams(data.Rand().Rand)}
}

func sharesUnasked(_ context.Context, data *simsx.ChainDataSource, reporter simsx.SimulationReporter) ([]simsx.SimAccount, *types.MsgSetTopicShares) {
	from := data.AnyAccount(reporter, simsx.WithSpendableBalance())
	return []simsx.SimAccount{from}, &types.MsgSetTopicShares{Authority: from.AddressBech32, Shares: []types.TopicShare{{TopicId: 1, ShareBp: 1}}}
}

func paramsUnasked(_ context.Context, data *simsx.ChainDataSource, reporter simsx.SimulationReporter) ([]simsx.SimAccount, *types.MsgUpdateParams) {
	from := data.AnyAccount(reporter, simsx.WithSpendableBalance())
	return []simsx.SimAccount{from}, &types.MsgUpdateParams{Authority: from.AddressBech32, Params: types.DefaultParams()}
}
