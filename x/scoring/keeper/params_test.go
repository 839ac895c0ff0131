// SPDX-License-Identifier: Apache-2.0

package keeper_test

import (
	"testing"
	"time"

	"github.com/cosmos/gogoproto/proto"
	"github.com/stretchr/testify/require"

	"cosmossdk.io/collections"

	sdk "github.com/cosmos/cosmos-sdk/types"
	sdkerrors "github.com/cosmos/cosmos-sdk/types/errors"

	"github.com/weal-network/weal/x/scoring/types"
)

// decide lets the authority decide about parameters.
func (w *world) decide(change func(*types.Params)) types.Params {
	w.t.Helper()
	coming, err := w.k.ParamsToCome(w.ctx)
	require.NoError(w.t, err)
	change(&coming.Params)
	_, err = w.msgs.UpdateParams(w.ctx, &types.MsgUpdateParams{Authority: authority, Params: coming.Params})
	require.NoError(w.t, err)
	return coming.Params
}

// pass lets time pass and ends the block.
func (w *world) pass(d time.Duration) {
	w.t.Helper()
	w.ctx = w.ctx.WithBlockTime(w.ctx.BlockTime().Add(d))
	w.to(w.ctx.BlockHeight() + 1)
}

// holding are the parameters that hold, and those that wait.
func (w *world) holding() (types.Params, *types.PendingParams) {
	w.t.Helper()
	now, err := w.queries.Params(w.ctx, &types.QueryParamsRequest{})
	require.NoError(w.t, err)
	waiting, err := w.queries.PendingParams(w.ctx, &types.QueryPendingParamsRequest{})
	require.NoError(w.t, err)
	return now.Params, waiting.Pending
}

// lastEvent is the block's last event.
func (w *world) lastEvent() proto.Message {
	w.t.Helper()
	events := w.ctx.EventManager().ABCIEvents()
	require.NotEmpty(w.t, events)
	event, err := sdk.ParseTypedEvent(events[len(events)-1])
	require.NoError(w.t, err)
	return event
}

func TestOnlyTheAuthorityDecidesAboutParameters(t *testing.T) {
	w := newWorld(t)
	params := types.DefaultParams()
	w.refuses(sdkerrors.ErrUnauthorized, authority, func() error {
		_, err := w.msgs.UpdateParams(w.ctx, &types.MsgUpdateParams{Authority: accountName("eve"), Params: params})
		return err
	})
	w.refuses(types.ErrInvalidParams, "max_validators is 0: choose 1 to 256", func() error {
		invalid := params
		invalid.MaxValidators = 0
		_, err := w.msgs.UpdateParams(w.ctx, &types.MsgUpdateParams{Authority: authority, Params: invalid})
		return err
	})
}

func TestParametersWaitForAsLongAsThoseThatHoldSay(t *testing.T) {
	w := newWorld(t)
	before, pending := w.holding()
	require.Nil(t, pending)
	decided := w.ctx.BlockTime()
	after := w.decide(func(p *types.Params) { p.KeepEpochs, p.ParamsDelaySeconds = 7, types.MinParamsDelaySeconds })
	holdsFrom := decided.Add(24 * time.Hour)
	expected := types.PendingParams{Params: after, HoldsFrom: &holdsFrom}
	require.Equal(t, &types.EventParamsScheduled{Authority: authority, Pending: expected}, w.lastEvent())

	w.pass(24*time.Hour - time.Second)
	now, pending := w.holding()
	require.Equal(t, before, now)
	require.Equal(t, &expected, pending)
	w.ctx = w.ctx.WithBlockTime(w.ctx.BlockTime().Add(time.Second))
	require.NoError(t, w.k.EndBlock(w.ctx))
	require.Equal(t, &types.EventParamsUpdated{Params: after}, w.lastEvent())
	now, pending = w.holding()
	require.Equal(t, after, now)
	require.Nil(t, pending)
}

func TestParametersThatWaitAreReplacedByThoseDecidedLater(t *testing.T) {
	w := newWorld(t)
	first := w.decide(func(p *types.Params) { p.KeepEpochs = 7 })
	_, replaced := w.holding()
	w.pass(23 * time.Hour)
	second := w.decide(func(p *types.Params) { p.MaxValidators = 9 })
	require.Equal(t, first.KeepEpochs, second.KeepEpochs, "what comes after begins with what was to come")
	told, err := sdk.ParseTypedEvent(w.ctx.EventManager().ABCIEvents()[0])
	require.NoError(t, err)
	require.Equal(t, &types.EventParamsReplaced{Replaced: *replaced}, told)
	w.pass(23 * time.Hour)
	now, _ := w.holding()
	require.Equal(t, types.DefaultParams(), now)
	w.pass(time.Hour)
	now, _ = w.holding()
	require.Equal(t, second, now)
}

func TestParametersThatHoldWithdrawThoseThatWait(t *testing.T) {
	w := newWorld(t)
	before, _ := w.holding()
	w.decide(func(p *types.Params) { p.KeepEpochs = 7 })
	w.decide(func(p *types.Params) { *p = before })
	require.IsType(t, &types.EventParamsReplaced{}, w.lastEvent())
	_, pending := w.holding()
	require.Nil(t, pending)
	w.pass(48 * time.Hour)
	now, _ := w.holding()
	require.Equal(t, before, now)
}

func TestParametersBeyondBoundsThatBecameNarrowerAreDropped(t *testing.T) {
	w := newWorld(t)
	before, _ := w.holding()
	invalid := before
	invalid.MaxValidators = 257
	dropped := before.After(invalid, w.ctx.BlockTime())
	require.NoError(t, w.k.PendingParams.Set(w.ctx, dropped))
	w.ctx = w.ctx.WithBlockTime(w.ctx.BlockTime().Add(24 * time.Hour))
	require.NoError(t, w.k.EndBlock(w.ctx))
	now, pending := w.holding()
	require.Equal(t, before, now)
	require.Nil(t, pending)
	told, ok := w.lastEvent().(*types.EventParamsDropped)
	require.True(t, ok)
	require.Equal(t, dropped, told.Dropped)
	require.Contains(t, told.Reason, "max_validators is 257: choose 1 to 256")
}

// TestEveryTopicsNextEpochIsTheFirstUnderNewParameters: topics are in the midst of epochs that began at different times.
func TestEveryTopicsNextEpochIsTheFirstUnderNewParameters(t *testing.T) {
	w := running(t)
	w.topic(2, 7, 2)
	w.to(8)
	w.decide(func(p *types.Params) { p.MinRevealBp = 9_000 })
	w.ctx = w.ctx.WithBlockTime(w.ctx.BlockTime().Add(24 * time.Hour))
	w.to(40)
	for topic := uint64(1); topic <= 2; topic++ {
		last, err := w.k.Clocks.Get(w.ctx, topic)
		require.NoError(t, err)
		require.Greater(t, last.Epoch, uint64(2))
		for number := uint64(1); number <= last.Epoch; number++ {
			epoch, err := w.k.Epochs.Get(w.ctx, collections.Join(topic, number))
			require.NoError(t, err)
			expected := types.DefaultParams().MinRevealBp
			if epoch.StartHeight > 8 {
				expected = 9_000
			}
			require.Equal(t, expected, epoch.MinRevealBp, "epoch %d of topic %d", number, topic)
		}
		require.Contains(t, w.hooks.opened, [2]uint64{topic, last.Epoch}, "the hooks are told")
	}
}

func TestGenesisHoldsParametersToCome(t *testing.T) {
	w := newWorld(t)
	after := w.decide(func(p *types.Params) { p.KeepEpochs = 7 })
	other := w.reborn()
	require.Equal(t, w.exported(), other.exported())
	other.pass(24 * time.Hour)
	now, _ := other.holding()
	require.Equal(t, after, now)

	gs, err := w.k.ExportGenesis(w.ctx)
	require.NoError(t, err)
	gs.PendingParams.HoldsFrom = nil
	require.ErrorIs(t, gs.Validate(accountNames, operatorNames), types.ErrInvalidGenesis)
	gs, err = w.k.ExportGenesis(w.ctx)
	require.NoError(t, err)
	gs.PendingParams.Params.KeepEpochs = 0
	require.ErrorIs(t, gs.Validate(accountNames, operatorNames), types.ErrInvalidParams)
}
