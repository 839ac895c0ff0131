// SPDX-License-Identifier: Apache-2.0

package keeper_test

import (
	"context"
	"testing"

	"github.com/cosmos/gogoproto/proto"
	"github.com/stretchr/testify/require"

	"github.com/weal-network/weal/x/contribution/types"
)

// handled is a message and what handles it.
type handled struct {
	proto.Message
	handle func(context.Context) error
}

// messages are one of each kind, sound ones, for a fixture of lived.
func (f *fixture) messages() []handled {
	s := f.msg
	alice := account("alice").String()
	commit, reveal := commitMsg("bob", "new", openID), revealMsg("alice", "hidden", 3)
	withdraw := &types.MsgWithdrawContribution{Contributor: alice, ContributionId: 1}
	update := &types.MsgUpdateContribution{Contributor: alice, ContributionId: 1, Endpoint: "https://example.org/e", Payout: alice}
	team := &types.MsgSetSplit{Contributor: alice, ContributionId: 1, Split: []types.Payee{payee("bob", 10_000)}}
	endorse := &types.MsgEndorse{Authority: authority, ContributionId: 1, ReasonUri: grounds}
	quarantine := &types.MsgQuarantine{Authority: authority, ContributionId: 1, ReasonUri: grounds}
	release := &types.MsgRelease{Authority: authority, ContributionId: 2}
	remove := &types.MsgRemove{Authority: authority, ContributionId: 2, ReasonUri: grounds}
	params := &types.MsgUpdateParams{Authority: authority, Params: types.DefaultParams()}
	return []handled{
		{commit, func(ctx context.Context) error { _, err := s.CommitContribution(ctx, commit); return err }},
		{reveal, func(ctx context.Context) error { _, err := s.RevealContribution(ctx, reveal); return err }},
		{withdraw, func(ctx context.Context) error { _, err := s.WithdrawContribution(ctx, withdraw); return err }},
		{update, func(ctx context.Context) error { _, err := s.UpdateContribution(ctx, update); return err }},
		{team, func(ctx context.Context) error { _, err := s.SetSplit(ctx, team); return err }},
		{endorse, func(ctx context.Context) error { _, err := s.Endorse(ctx, endorse); return err }},
		{quarantine, func(ctx context.Context) error { _, err := s.Quarantine(ctx, quarantine); return err }},
		{release, func(ctx context.Context) error { _, err := s.Release(ctx, release); return err }},
		{remove, func(ctx context.Context) error { _, err := s.Remove(ctx, remove); return err }},
		{params, func(ctx context.Context) error { _, err := s.UpdateParams(ctx, params); return err }},
	}
}

// lived has an active contribution of alice, a quarantined one, and a commit.
func lived(tb testing.TB) *fixture {
	tb.Helper()
	f := newFixture(tb)
	f.revealed("alice", "shown")
	f.revealed("alice", "jailed")
	f.begin(1)
	f.quarantine(2)
	f.commit("alice", "hidden")
	return f.nextBlock()
}

func TestTheSeedsOfTheFuzzerAreTaken(t *testing.T) {
	for i := range newFixture(t).messages() {
		f := lived(t)
		require.NoError(t, f.messages()[i].handle(f.ctx))
	}
}

// FuzzMessages decodes, validates and handles any bytes as a message of each kind:
// whatever comes, what must always hold does, and a refusal changes nothing.
func FuzzMessages(f *testing.F) {
	for i, m := range newFixture(f).messages() {
		b, err := proto.Marshal(m.Message)
		require.NoError(f, err)
		f.Add(uint8(i), b)
	}
	f.Fuzz(func(t *testing.T, kind uint8, b []byte) {
		world := lived(t)
		all := world.messages()
		m := all[int(kind)%len(all)]
		m.Reset()
		if err := proto.Unmarshal(b, m.Message); err != nil {
			return
		}
		before := world.dump()
		if err := m.handle(world.ctx); err != nil {
			require.Equal(t, before, world.dump(), "a refusal wrote something")
			return
		}
		require.NoError(t, world.keeper.Audit(world.ctx))
		world.nextBlock()
		world.begin(2)
		require.NoError(t, world.keeper.Audit(world.ctx))
	})
}

// FuzzGenesis imports any bytes as a genesis: what is taken is exported again as it
// was, and holds what must always hold.
func FuzzGenesis(f *testing.F) {
	world := lived(f)
	g, err := world.keeper.ExportGenesis(world.ctx)
	require.NoError(f, err)
	for _, state := range []*types.GenesisState{g, types.DefaultGenesisState()} {
		b, err := proto.Marshal(state)
		require.NoError(f, err)
		f.Add(b)
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		var g types.GenesisState
		if err := proto.Unmarshal(b, &g); err != nil {
			return
		}
		fresh := newFixture(t)
		bonds, _ := g.Bonds()
		fresh.bank.balances[types.ModuleAddress().String()] = bonds
		if err := fresh.keeper.InitGenesis(fresh.ctx, &g); err != nil {
			return
		}
		require.NoError(t, fresh.keeper.Audit(fresh.ctx))
		again, err := fresh.keeper.ExportGenesis(fresh.ctx)
		require.NoError(t, err)
		require.NoError(t, again.Validate())
	})
}
