// SPDX-License-Identifier: Apache-2.0

package keeper_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"cosmossdk.io/core/store"
	"github.com/stretchr/testify/require"

	sdk "github.com/cosmos/cosmos-sdk/types"

	contributiontypes "github.com/weal-network/weal/x/contribution/types"
	"github.com/weal-network/weal/x/emission/types"
)

var errStore = errors.New("store failed on purpose")

// failingStore is the module's store, which fails after a number of operations; never when
// the number is negative.
type failingStore struct {
	store.KVStoreService
	after int
}

func (s *failingStore) OpenKVStore(ctx context.Context) store.KVStore {
	return failingKV{s.KVStoreService.OpenKVStore(ctx), s}
}

func (s *failingStore) use() error {
	if s.after == 0 {
		return errStore
	}
	s.after--
	return nil
}

type failingKV struct {
	store.KVStore
	s *failingStore
}

func (kv failingKV) Get(key []byte) ([]byte, error) {
	if err := kv.s.use(); err != nil {
		return nil, err
	}
	return kv.KVStore.Get(key)
}

func (kv failingKV) Has(key []byte) (bool, error) {
	if err := kv.s.use(); err != nil {
		return false, err
	}
	return kv.KVStore.Has(key)
}

func (kv failingKV) Set(key, value []byte) error {
	if err := kv.s.use(); err != nil {
		return err
	}
	return kv.KVStore.Set(key, value)
}

func (kv failingKV) Delete(key []byte) error {
	if err := kv.s.use(); err != nil {
		return err
	}
	return kv.KVStore.Delete(key)
}

func (kv failingKV) Iterator(start, end []byte) (store.Iterator, error) {
	if err := kv.s.use(); err != nil {
		return nil, err
	}
	return kv.KVStore.Iterator(start, end)
}

func (kv failingKV) ReverseIterator(start, end []byte) (store.Iterator, error) {
	if err := kv.s.use(); err != nil {
		return nil, err
	}
	return kv.KVStore.ReverseIterator(start, end)
}

// TestNoFailureOfTheStoreIsSwallowed lets every operation fail at each of its accesses to the
// store: the failure must come out, and without the writes of the failed call all is as before.
func TestNoFailureOfTheStoreIsSwallowed(t *testing.T) {
	operations := map[string]func(f *fixture, ctx context.Context) error{
		"begin a block": func(f *fixture, ctx context.Context) error { return f.k.BeginBlock(ctx) },
		"pay an epoch": func(f *fixture, ctx context.Context) error {
			return payIn(ctx, f.k, scored(1, 12, []uint64{4}, one), func() int { return 1 })
		},
		"pay the first epoch of a topic": func(f *fixture, ctx context.Context) error {
			return payIn(ctx, f.k, scored(3, 12, []uint64{4}, one), func() int { return 1 })
		},
		"claim": func(f *fixture, ctx context.Context) error {
			_, err := f.msg.Claim(ctx, &types.MsgClaim{Contributor: text(account("alice"))})
			return err
		},
		"set shares": func(f *fixture, ctx context.Context) error {
			_, err := f.msg.SetTopicShares(ctx, &types.MsgSetTopicShares{Authority: authority, Shares: []types.TopicShare{{TopicId: 1}, {TopicId: 3, ShareBp: 1}}})
			return err
		},
		"update parameters": func(f *fixture, ctx context.Context) error {
			_, err := f.msg.UpdateParams(ctx, &types.MsgUpdateParams{Authority: authority, Params: types.DefaultParams()})
			return err
		},
		"let parameters hold": func(f *fixture, ctx context.Context) error {
			_, err := f.msg.UpdateParams(ctx, &types.MsgUpdateParams{Authority: authority, Params: types.DefaultParams()})
			if err != nil {
				return err
			}
			return f.k.BeginBlock(sdk.UnwrapSDKContext(ctx).WithBlockTime(f.ctx.BlockTime().Add(24 * time.Hour)))
		},
		"begin an epoch": func(f *fixture, ctx context.Context) error { return f.k.ScoringHooks().AfterEpochOpened(ctx, 1, 13) },
		"pause a topic":  func(f *fixture, ctx context.Context) error { return f.k.TopicHooks().AfterTopicPaused(ctx, 1) },
		"quarantine and remove a contribution": func(f *fixture, ctx context.Context) error {
			if err := f.k.ContributionHooks().AfterContributionQuarantined(ctx, 2); err != nil {
				return err
			}
			return f.k.ContributionHooks().AfterContributionRemoved(ctx, 2)
		},
		"quarantine and release a contribution": func(f *fixture, ctx context.Context) error {
			if err := f.k.ContributionHooks().AfterContributionQuarantined(ctx, 2); err != nil {
				return err
			}
			return f.k.ContributionHooks().AfterContributionReleased(ctx, 2)
		},
		"audit":          func(f *fixture, ctx context.Context) error { _, err := f.query.Audit(ctx, nil); return err },
		"export genesis": func(f *fixture, ctx context.Context) error { _, err := f.k.ExportGenesis(ctx); return err },
		"ask for parameters that wait": func(f *fixture, ctx context.Context) error {
			_, err := f.query.PendingParams(ctx, nil)
			return err
		},
		"ask for parameters": func(f *fixture, ctx context.Context) error {
			_, err := f.query.Params(ctx, nil)
			return err
		},
		"ask for the issuance": func(f *fixture, ctx context.Context) error { _, err := f.query.Issuance(ctx, nil); return err },
		"ask for topics": func(f *fixture, ctx context.Context) error {
			_, err := f.query.TopicAccounts(ctx, &types.QueryTopicAccountsRequest{})
			return err
		},
		"ask for a payment": func(f *fixture, ctx context.Context) error {
			_, err := f.query.EpochPayment(ctx, &types.QueryEpochPaymentRequest{TopicId: 1})
			return err
		},
		"ask for a reward": func(f *fixture, ctx context.Context) error {
			_, err := f.query.Reward(ctx, &types.QueryRewardRequest{ContributionId: 1})
			return err
		},
		"ask for rewards": func(f *fixture, ctx context.Context) error {
			_, err := f.query.Rewards(ctx, &types.QueryRewardsRequest{Contributor: text(account("alice"))})
			return err
		},
	}
	for name, do := range operations {
		t.Run(name, func(t *testing.T) { failAtEveryAccess(t, lived(t), do) })
	}
	t.Run("claim of nothing", func(t *testing.T) {
		f := lived(t)
		f.contributions.list[0].Contributor = text(account("bob"))
		failAtEveryAccess(t, f, func(f *fixture, ctx context.Context) error {
			_, err := f.msg.Claim(ctx, &types.MsgClaim{Contributor: text(account("bob")), TopicIds: []uint64{2}})
			if errors.Is(err, types.ErrNothingToClaim) {
				return nil
			}
			return err
		})
	})
	t.Run("begin with a genesis", func(t *testing.T) {
		old := lived(t)
		state, err := old.k.ExportGenesis(old.ctx)
		require.NoError(t, err)
		f := bare(t)
		*f.bank = *old.bank.clone()
		failAtEveryAccess(t, f, func(f *fixture, ctx context.Context) error { return f.k.InitGenesis(ctx, *state) })
	})
}

func failAtEveryAccess(t *testing.T, f *fixture, do func(*fixture, context.Context) error) {
	t.Helper()
	f.contribution(1, "dora", "dora", contributiontypes.Parent{Id: 2, ShareBp: 1000})
	f.ctx = f.ctx.WithBlockTime(f.ctx.BlockTime().Add(time.Minute))
	for after := 0; ; after++ {
		require.Less(t, after, 10_000)
		bank, allocated := f.bank.clone(), f.distribution.allocated
		cached, _ := f.ctx.CacheContext()
		f.store.after = after
		err := do(f, cached)
		f.store.after = -1
		*f.bank, f.distribution.allocated = *bank, allocated
		if err == nil {
			require.Positive(t, after)
			return
		}
		require.ErrorIs(t, err, errStore, "after %d accesses", after)
	}
}
