// SPDX-License-Identifier: Apache-2.0

package keeper_test

import (
	"fmt"
	"maps"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	storetypes "github.com/cosmos/cosmos-sdk/store/v2/types"
	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/weal-network/weal/x/contribution/types"
)

// withMessages is withStored, with something for every message to act on, and the
// messages.
func withMessages(tb testing.TB, n int) (*fixture, map[string]func(sdk.Context) error) {
	tb.Helper()
	f := withStored(tb, n)
	hidden := f.commit("alice", "hidden")
	shown := f.revealed("alice", "shown")
	jailed := f.revealed("alice", "jailed")
	f.quarantine(jailed)
	f.cms.Commit()
	active := uint64(n + 1)
	owner := f.get(active).Contributor
	alice := account("alice").String()
	reveal := revealMsg("alice", "hidden", hidden)
	reveal.Parents, reveal.VersionOf = []types.Parent{{Id: 1, ShareBp: 100}, {Id: 2, ShareBp: 100}}, 0
	return f, map[string]func(sdk.Context) error{
		"commit": func(ctx sdk.Context) error {
			_, err := f.msg.CommitContribution(ctx, commitMsg("bob", "new", openID))
			return err
		},
		"reveal": func(ctx sdk.Context) error { _, err := f.msg.RevealContribution(ctx, reveal); return err },
		"withdraw": func(ctx sdk.Context) error {
			_, err := f.msg.WithdrawContribution(ctx, &types.MsgWithdrawContribution{Contributor: owner, ContributionId: active})
			return err
		},
		"update": func(ctx sdk.Context) error {
			_, err := f.msg.UpdateContribution(ctx, &types.MsgUpdateContribution{Contributor: owner, ContributionId: active, Payout: alice})
			return err
		},
		"set split": func(ctx sdk.Context) error {
			_, err := f.msg.SetSplit(ctx, &types.MsgSetSplit{Contributor: owner, ContributionId: active, Split: []types.Payee{payee("alice", 10_000)}})
			return err
		},
		"endorse": func(ctx sdk.Context) error {
			_, err := f.msg.Endorse(ctx, &types.MsgEndorse{Authority: authority, ContributionId: shown})
			return err
		},
		"quarantine": func(ctx sdk.Context) error {
			_, err := f.msg.Quarantine(ctx, &types.MsgQuarantine{Authority: authority, ContributionId: active, ReasonUri: grounds})
			return err
		},
		"release": func(ctx sdk.Context) error {
			_, err := f.msg.Release(ctx, &types.MsgRelease{Authority: authority, ContributionId: jailed})
			return err
		},
		"remove": func(ctx sdk.Context) error {
			_, err := f.msg.Remove(ctx, &types.MsgRemove{Authority: authority, ContributionId: jailed, ReasonUri: grounds})
			return err
		},
		"update params": func(ctx sdk.Context) error {
			_, err := f.msg.UpdateParams(ctx, &types.MsgUpdateParams{Authority: authority, Params: types.DefaultParams()})
			return err
		},
	}
}

func TestTheCostOfAMessageDoesNotGrowWithWhatIsStored(t *testing.T) {
	costs := func(n int) map[string]storetypes.Gas {
		f, messages := withMessages(t, n)
		costs := map[string]storetypes.Gas{}
		for name, send := range messages {
			ctx, _ := f.ctx.WithGasMeter(storetypes.NewInfiniteGasMeter()).CacheContext()
			coins := maps.Clone(f.bank.balances)
			require.NoError(t, send(ctx), name)
			f.bank.balances = coins
			costs[name] = ctx.GasMeter().GasConsumed()
		}
		return costs
	}
	few, many := costs(100), costs(10_000)
	for name, cost := range few {
		require.LessOrEqual(t, float64(many[name]), 1.1*float64(cost), name)
	}
}

// TestTheCostOfAMessageDoesNotGrowWithTheActiveSet looks at those that look at the
// active set: they read a summary of it, or note what the next epoch takes out.
func TestTheCostOfAMessageDoesNotGrowWithTheActiveSet(t *testing.T) {
	cost := func(places int) (commit, withdraw storetypes.Gas) {
		f := newFixture(t)
		f.topics[openID].Schedule.MaxActive = uint32(places)
		g := types.DefaultGenesisState()
		set := types.ActiveSet{TopicId: openID}
		for i := range places {
			id := uint64(i + 1)
			g.Contributions = append(g.Contributions, stored(id, types.STATUS_ACTIVE))
			set.Entries = append(set.Entries, types.ActiveEntry{Id: id, ActivatedEpoch: 1, ScoredEpochs: 9})
		}
		g.NextContributionId = uint64(places + 1)
		g.ActiveSets = []types.ActiveSet{set}
		g.TopicStates = []types.TopicState{{TopicId: openID, Epoch: 1, Places: uint32(places), ScoredEpochs: 9}}
		require.NoError(t, f.keeper.InitGenesis(f.ctx, g))
		measure := func(send func(sdk.Context) error) storetypes.Gas {
			ctx, _ := f.ctx.WithGasMeter(storetypes.NewInfiniteGasMeter()).CacheContext()
			require.NoError(t, send(ctx))
			return ctx.GasMeter().GasConsumed()
		}
		return measure(func(ctx sdk.Context) error {
				_, err := f.msg.CommitContribution(ctx, commitMsg("bob", "new", openID))
				return err
			}), measure(func(ctx sdk.Context) error {
				_, err := f.msg.WithdrawContribution(ctx, &types.MsgWithdrawContribution{Contributor: g.Contributions[0].Contributor, ContributionId: 1})
				return err
			})
	}
	commitFew, withdrawFew := cost(10)
	commitMany, withdrawMany := cost(5_000)
	require.InEpsilon(t, commitFew, commitMany, 0.01)
	require.InEpsilon(t, withdrawFew, withdrawMany, 0.01)
}

// BenchmarkMessageWithStored times every message with ever more contributions
// stored.
func BenchmarkMessageWithStored(b *testing.B) {
	for _, n := range []int{100, 100_000} {
		f, messages := withMessages(b, n)
		for _, name := range slices.Sorted(maps.Keys(messages)) {
			b.Run(fmt.Sprintf("%s/%d", name, n), func(b *testing.B) {
				coins := maps.Clone(f.bank.balances)
				for b.Loop() {
					ctx, _ := f.ctx.CacheContext()
					require.NoError(b, messages[name](ctx))
				}
				f.bank.balances = coins
			})
		}
	}
}
