// SPDX-License-Identifier: Apache-2.0

// Package simulation has the messages that the simulator sends to x/scoring.
package simulation

import (
	"context"
	"errors"
	"fmt"

	"github.com/cosmos/cosmos-sdk/testutil/simsx"
	sdk "github.com/cosmos/cosmos-sdk/types"
	sdkerrors "github.com/cosmos/cosmos-sdk/types/errors"
	govtypes "github.com/cosmos/cosmos-sdk/x/gov/types"

	"github.com/weal-network/weal/x/scoring/types"
)

// Operations are what accounts send. Rows come often enough that most validators score most epochs: an epoch in which few
// do is void.
func Operations(weights simsx.WeightSource, reg simsx.Registry, query types.QueryServer) {
	s := source{query: query}
	reg.Add(weights.Get("scoring_commit", 1_000), expecting(s.commitScores, false, types.ErrNotAdmitted, types.ErrNotValidator))
	reg.Add(weights.Get("scoring_reveal", 1_000), expecting(s.revealScores, false, types.ErrNotAdmitted, types.ErrNotValidator))
	reg.Add(weights.Get("scoring_set_scorer", 30), expecting(setScorer, false, types.ErrNotValidator, types.ErrInvalidScorer))
	reg.Add(weights.Get("scoring_commit_nothing", 5), expecting(commitNothing, true, types.ErrInvalidHash))
	reg.Add(weights.Get("scoring_params_unasked", 5), expecting(paramsUnasked, true, sdkerrors.ErrUnauthorized))
}

// Proposals are what voters decide about.
func Proposals(weights simsx.WeightSource, reg simsx.Registry) {
	reg.Add(weights.Get("scoring_propose_params", 10), simsx.SimMsgFactoryFn[*types.MsgUpdateParams](proposeParams))
}

// expecting makes an operation of a message that may fail with some errors, or has to.
func expecting[M sdk.Msg](f simsx.SimMsgFactoryFn[M], must bool, with ...error) simsx.SimMsgFactoryX {
	return simsx.NewSimMsgFactoryWithDeliveryResultHandler(
		func(ctx context.Context, data *simsx.ChainDataSource, reporter simsx.SimulationReporter) ([]simsx.SimAccount, M, simsx.SimDeliveryResultHandler) {
			signers, msg := f(ctx, data, reporter)
			return signers, msg, func(err error) error {
				for _, allowed := range with {
					if errors.Is(err, allowed) {
						return nil
					}
				}
				if err == nil && must {
					return fmt.Errorf("%T was taken", msg)
				}
				return err
			}
		})
}

func setScorer(_ context.Context, data *simsx.ChainDataSource, reporter simsx.SimulationReporter) ([]simsx.SimAccount, *types.MsgSetScorer) {
	from := data.AnyAccount(reporter, simsx.WithSpendableBalance())
	msg := &types.MsgSetScorer{Operator: sdk.ValAddress(from.Address).String()}
	if data.Rand().Intn(4) > 0 {
		msg.Scorer = data.AnyAccount(reporter).AddressBech32
	}
	return []simsx.SimAccount{from}, msg
}

func commitNothing(_ context.Context, data *simsx.ChainDataSource, reporter simsx.SimulationReporter) ([]simsx.SimAccount, *types.MsgCommitScores) {
	from := data.AnyAccount(reporter, simsx.WithSpendableBalance())
	return []simsx.SimAccount{from}, &types.MsgCommitScores{Signer: from.AddressBech32, TopicId: 1_000_000, Epoch: 1, Hash: []byte("no hash")}
}

// proposeParams moves the bounds of work and of power, and leaves the least that must reveal.
func proposeParams(_ context.Context, data *simsx.ChainDataSource, reporter simsx.SimulationReporter) ([]simsx.SimAccount, *types.MsgUpdateParams) {
	r, params := data.Rand(), types.DefaultParams()
	params.MinRevealBp, params.ParamsDelaySeconds = 5_000, types.MinParamsDelaySeconds
	params.PowerCapBp = r.Uint32InRange(100, 10_000)
	params.KeepEpochs = r.Uint32InRange(1, 20)
	params.MaxCellsPerBlock = r.Uint64InRange(1, 10_000)
	params.MaxOpeningsPerBlock = r.Uint32InRange(1, 4)
	return nil, &types.MsgUpdateParams{Authority: data.ModuleAccountAddress(reporter, govtypes.ModuleName), Params: params}
}

func paramsUnasked(_ context.Context, data *simsx.ChainDataSource, reporter simsx.SimulationReporter) ([]simsx.SimAccount, *types.MsgUpdateParams) {
	from := data.AnyAccount(reporter, simsx.WithSpendableBalance())
	return []simsx.SimAccount{from}, &types.MsgUpdateParams{Authority: from.AddressBech32, Params: types.DefaultParams()}
}
