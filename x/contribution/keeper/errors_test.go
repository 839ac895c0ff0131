// SPDX-License-Identifier: Apache-2.0

package keeper_test

import (
	"context"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	errorsmod "cosmossdk.io/errors"

	"github.com/weal-network/weal/x/contribution/types"
	topictypes "github.com/weal-network/weal/x/topic/types"
)

// TestEveryErrorIsReachedAndChangesNothing reaches each error of the module once, by
// its code, and checks that no byte of state, no coin and no event came of it.
func TestEveryErrorIsReachedAndChangesNothing(t *testing.T) {
	alice := account("alice").String()
	commit := func(f *fixture, edit func(*types.MsgCommitContribution)) func(context.Context) error {
		m := commitMsg("alice", "new", openID)
		edit(m)
		return func(ctx context.Context) error { _, err := f.msg.CommitContribution(ctx, m); return err }
	}
	// 1 is an active contribution of alice, 2 a quarantined one, 3 a commit.
	reveal := func(f *fixture, edit func(*types.MsgRevealContribution)) func(context.Context) error {
		m := revealMsg("alice", "hidden", 3)
		edit(m)
		return func(ctx context.Context) error { _, err := f.msg.RevealContribution(ctx, m); return err }
	}
	withdraw := func(f *fixture, who string, id uint64) func(context.Context) error {
		return func(ctx context.Context) error {
			_, err := f.msg.WithdrawContribution(ctx, &types.MsgWithdrawContribution{Contributor: account(who).String(), ContributionId: id})
			return err
		}
	}
	update := func(f *fixture, m types.MsgUpdateContribution) func(context.Context) error {
		m.Contributor, m.ContributionId = alice, 1
		return func(ctx context.Context) error { _, err := f.msg.UpdateContribution(ctx, &m); return err }
	}
	nothing := func(*types.MsgCommitContribution) {}
	cases := map[uint32]func(f *fixture) func(context.Context) error{
		2: func(f *fixture) func(context.Context) error { return withdraw(f, "alice", 99) },
		3: func(f *fixture) func(context.Context) error { return withdraw(f, "bob", 1) },
		4: func(f *fixture) func(context.Context) error {
			return commit(f, func(m *types.MsgCommitContribution) { m.TopicId = closedID })
		},
		5: func(f *fixture) func(context.Context) error {
			f.topics[openID].Status = topictypes.STATUS_PAUSED
			return commit(f, nothing)
		},
		6: func(f *fixture) func(context.Context) error {
			params := types.DefaultParams()
			params.MaxPending = 1
			f.setParams(params)
			return commit(f, nothing)
		},
		7: func(f *fixture) func(context.Context) error {
			f.topics[openID].Schedule.MaxActive = 1
			return commit(f, nothing)
		},
		8: func(f *fixture) func(context.Context) error {
			return commit(f, func(m *types.MsgCommitContribution) { m.Hash = m.Hash[1:] })
		},
		9: func(f *fixture) func(context.Context) error {
			return reveal(f, func(m *types.MsgRevealContribution) { m.Salt = nil })
		},
		10: func(f *fixture) func(context.Context) error {
			return reveal(f, func(m *types.MsgRevealContribution) { m.Artifact.Size_ = 1 << 40 })
		},
		11: func(f *fixture) func(context.Context) error {
			return reveal(f, func(m *types.MsgRevealContribution) { m.Endpoint = "gopher://x" })
		},
		12: func(f *fixture) func(context.Context) error {
			return reveal(f, func(m *types.MsgRevealContribution) { m.Parents = []types.Parent{{Id: 3, ShareBp: 1}} })
		},
		13: func(f *fixture) func(context.Context) error {
			return reveal(f, func(m *types.MsgRevealContribution) { m.License = "mine!" })
		},
		14: func(f *fixture) func(context.Context) error {
			return reveal(f, func(m *types.MsgRevealContribution) { m.ContributionId = 1 })
		},
		15: func(f *fixture) func(context.Context) error {
			id := f.commit("alice", "new")
			return reveal(f, func(m *types.MsgRevealContribution) { *m = *revealMsg("alice", "new", id) })
		},
		16: func(f *fixture) func(context.Context) error {
			f.atHeight(f.get(3).RevealDeadline + 1)
			return reveal(f, func(*types.MsgRevealContribution) {})
		},
		17: func(f *fixture) func(context.Context) error {
			return reveal(f, func(m *types.MsgRevealContribution) { m.Salt = make([]byte, 32) })
		},
		18: func(f *fixture) func(context.Context) error {
			id := f.commit("bob", "shown")
			f.nextBlock()
			return reveal(f, func(m *types.MsgRevealContribution) { *m = *revealMsg("bob", "shown", id) })
		},
		19: func(f *fixture) func(context.Context) error { return withdraw(f, "alice", 2) },
		20: func(f *fixture) func(context.Context) error {
			return func(ctx context.Context) error {
				_, err := f.msg.UpdateParams(ctx, &types.MsgUpdateParams{Authority: authority})
				return err
			}
		},
		21: func(f *fixture) func(context.Context) error {
			return func(ctx context.Context) error {
				return f.keeper.InitGenesis(ctx, &types.GenesisState{Params: types.DefaultParams()})
			}
		},
		22: func(f *fixture) func(context.Context) error {
			return func(ctx context.Context) error { return f.keeper.EndEpoch(ctx, openID, 1, []uint64{1}, nil) }
		},
		23: func(f *fixture) func(context.Context) error {
			return commit(f, func(m *types.MsgCommitContribution) { m.Contributor = "alice" })
		},
		24: func(f *fixture) func(context.Context) error {
			return func(ctx context.Context) error { _, err := f.query.Price(ctx, nil); return err }
		},
		25: func(f *fixture) func(context.Context) error {
			return commit(f, func(m *types.MsgCommitContribution) { m.MaxPrice = 1 })
		},
		26: func(f *fixture) func(context.Context) error {
			f.bank.balances[alice] = 0
			return commit(f, nothing)
		},
		27: func(f *fixture) func(context.Context) error {
			return reveal(f, func(m *types.MsgRevealContribution) { m.VersionOf = 2 })
		},
		28: func(f *fixture) func(context.Context) error {
			return func(ctx context.Context) error {
				_, err := f.msg.SetSplit(ctx, &types.MsgSetSplit{Contributor: alice, ContributionId: 1, Split: []types.Payee{payee("bob", 1)}})
				return err
			}
		},
		29: func(f *fixture) func(context.Context) error {
			return update(f, types.MsgUpdateContribution{Payout: account("a module").String()})
		},
		30: func(f *fixture) func(context.Context) error {
			return func(ctx context.Context) error {
				_, err := f.msg.Release(ctx, &types.MsgRelease{Authority: authority, ContributionId: 1})
				return err
			}
		},
		31: func(f *fixture) func(context.Context) error { return update(f, types.MsgUpdateContribution{}) },
		32: func(f *fixture) func(context.Context) error {
			f.split("alice", 1, payee("bob", 10_000))
			return update(f, types.MsgUpdateContribution{Payout: alice})
		},
		33: func(f *fixture) func(context.Context) error {
			// Nothing but a broken store gets there: two bytes of the packed set are lost.
			key := append([]byte{4}, 0, 0, 0, 0, 0, 0, 0, byte(openID))
			packed := f.ctx.KVStore(f.key).Get(key)
			f.ctx.KVStore(f.key).Set(key, packed[:len(packed)-2])
			return func(ctx context.Context) error { return f.keeper.Audit(ctx) }
		},
	}
	last := types.ErrAccounting.ABCICode()
	require.Len(t, cases, int(last)-1, "one case for each code from 2 to %d", last)
	for code, prepare := range cases {
		t.Run(strings.ReplaceAll(errorsmod.ABCIError(types.ModuleName, code, "").Error(), ":", ""), func(t *testing.T) {
			f := lived(t)
			act := prepare(f)
			before := f.dump()
			err := act(f.ctx)
			_, got, _ := errorsmod.ABCIInfo(err, false)
			require.Equal(t, code, got, "%v", err)
			require.Equal(t, before, f.dump())
			f.refused(act, errorsmod.ABCIError(types.ModuleName, code, ""))
		})
	}
}
