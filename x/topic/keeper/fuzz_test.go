// SPDX-License-Identifier: Apache-2.0

package keeper_test

import (
	"context"
	"testing"

	"github.com/cosmos/gogoproto/proto"
	"github.com/stretchr/testify/require"

	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/weal-network/weal/x/topic/types"
)

// fuzzMessage decodes a message from bytes, handles it in a world with a topic of each
// kind, and checks that a refusal changed no byte, and that what was taken left a state
// that a chain can begin from.
func fuzzMessage[T any, M interface {
	*T
	proto.Message
}](f *testing.F, handle func(*fixture, context.Context, M) error, seeds ...M,
) {
	f.Helper()
	for _, seed := range seeds {
		bz, err := proto.Marshal(seed)
		require.NoError(f, err)
		f.Add(bz)
	}
	f.Add([]byte{})
	f.Fuzz(func(t *testing.T, bz []byte) {
		message := M(new(T))
		if proto.Unmarshal(bz, message) != nil {
			return
		}
		w := refusalWorld(t)
		before, held := w.dump(), w.held()
		if err := w.attempt(func(ctx sdk.Context) error { return handle(w, ctx, message) }); err != nil {
			require.Equal(t, before, w.dump())
			require.Equal(t, held, w.held())
			return
		}
		g, err := w.keeper.ExportGenesis(w.ctx)
		require.NoError(t, err)
		require.NoError(t, g.Validate())
		require.Equal(t, g.Deposits(), w.held())
	})
}

func FuzzCreateTopic(f *testing.F) {
	fuzzMessage(f, func(w *fixture, ctx context.Context, m *types.MsgCreateTopic) error {
		_, err := w.msg.CreateTopic(ctx, m)
		return err
	}, &types.MsgCreateTopic{Creator: authority, Spec: spec("third")}, &types.MsgCreateTopic{Creator: stranger, Spec: sandbox("third", stranger)})
}

func FuzzUpdateTopic(f *testing.F) {
	changed := sandbox("practice", steward)
	changed.Schedule.EpochBlocks = 48
	fuzzMessage(f, func(w *fixture, ctx context.Context, m *types.MsgUpdateTopic) error {
		_, err := w.msg.UpdateTopic(ctx, m)
		return err
	}, &types.MsgUpdateTopic{Sender: authority, TopicId: active, Spec: spec("active")}, &types.MsgUpdateTopic{Sender: steward, TopicId: practice, Spec: changed})
}

func FuzzPauseTopic(f *testing.F) {
	fuzzMessage(f, func(w *fixture, ctx context.Context, m *types.MsgPauseTopic) error {
		_, err := w.msg.PauseTopic(ctx, m)
		return err
	}, &types.MsgPauseTopic{Authority: authority, TopicId: active})
}

func FuzzResumeTopic(f *testing.F) {
	fuzzMessage(f, func(w *fixture, ctx context.Context, m *types.MsgResumeTopic) error {
		_, err := w.msg.ResumeTopic(ctx, m)
		return err
	}, &types.MsgResumeTopic{Authority: authority, TopicId: paused})
}

func FuzzRetireTopic(f *testing.F) {
	fuzzMessage(f, func(w *fixture, ctx context.Context, m *types.MsgRetireTopic) error {
		_, err := w.msg.RetireTopic(ctx, m)
		return err
	}, &types.MsgRetireTopic{Sender: steward, TopicId: practice}, &types.MsgRetireTopic{Sender: authority, TopicId: offered})
}

func FuzzOfferStewardship(f *testing.F) {
	fuzzMessage(f, func(w *fixture, ctx context.Context, m *types.MsgOfferStewardship) error {
		_, err := w.msg.OfferStewardship(ctx, m)
		return err
	}, &types.MsgOfferStewardship{Steward: steward, TopicId: practice, To: heir})
}

func FuzzWithdrawOffer(f *testing.F) {
	fuzzMessage(f, func(w *fixture, ctx context.Context, m *types.MsgWithdrawOffer) error {
		_, err := w.msg.WithdrawOffer(ctx, m)
		return err
	}, &types.MsgWithdrawOffer{Steward: steward, TopicId: offered})
}

func FuzzAcceptStewardship(f *testing.F) {
	fuzzMessage(f, func(w *fixture, ctx context.Context, m *types.MsgAcceptStewardship) error {
		_, err := w.msg.AcceptStewardship(ctx, m)
		return err
	}, &types.MsgAcceptStewardship{Account: heir, TopicId: offered})
}

func FuzzUpdateParams(f *testing.F) {
	fuzzMessage(f, func(w *fixture, ctx context.Context, m *types.MsgUpdateParams) error {
		_, err := w.msg.UpdateParams(ctx, m)
		return err
	}, &types.MsgUpdateParams{Authority: authority, Params: types.DefaultParams()})
}
