// SPDX-License-Identifier: Apache-2.0

package keeper_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/weal-network/weal/x/emission/types"
	topictypes "github.com/weal-network/weal/x/topic/types"
)

// retire ends a topic as x/topic does.
func (f *fixture) retire(id uint64) {
	f.t.Helper()
	topic := f.topics[id]
	topic.Status = topictypes.STATUS_RETIRED
	f.topics[id] = topic
	require.NoError(f.t, f.k.TopicHooks().AfterTopicRetired(f.ctx, id))
}

func (f *fixture) explain(id, epoch uint64) *types.QueryExplainResponse {
	f.t.Helper()
	x, err := f.query.Explain(f.ctx, &types.QueryExplainRequest{ContributionId: id, Epoch: epoch})
	require.NoError(f.t, err)
	return x
}

func TestARetiredTopicLosesItsShareAndKeepsWhatItAccrued(t *testing.T) {
	f := newFixture(t)
	f.issue(2)
	held := f.topicAccount(1).Accrued
	require.Positive(t, held)
	f.retire(1)
	require.Contains(t, events(f), "weal.emission.v1.EventTopicShareSet")
	f.issue(2)
	require.Equal(t, held, f.topicAccount(1).Accrued)
	require.Zero(t, f.topicAccount(1).ShareBp)
	// Others can be given it.
	require.NoError(t, setShares(f, types.TopicShare{TopicId: 2, ShareBp: 10_000}))
	f.audit()
}

func TestTheRunningEpochOfARetiredTopicIsPaidFromWhatItAccrued(t *testing.T) {
	f := newFixture(t)
	id := f.contribution(1, "alice", "alice")
	f.issue(2)
	f.retire(1)
	f.pay(scored(1, 1, []uint64{id}, one))
	require.Positive(t, f.reward(id).Mature)
	f.audit()
}

func TestWhatWasEarnedInARetiredTopicIsClaimedForEver(t *testing.T) {
	f := newFixture(t)
	mine, other := f.contribution(1, "alice", "alice"), f.contribution(1, "bob", "bob")
	for epoch := uint64(1); epoch <= 3; epoch++ {
		f.issue(1)
		f.pay(scored(1, epoch, []uint64{mine, other}, one/2, one/2))
	}
	f.refused(types.ErrNothingToClaim, func() error { _, err := f.claim("alice"); return err })
	owed, theirs := f.reward(mine).Immature, f.reward(other).Immature
	require.False(t, f.explain(mine, 3).Matured)
	f.retire(1)
	require.Contains(t, events(f), "weal.emission.v1.EventEpochMatured")
	f.issue(500)
	x := f.explain(mine, 3)
	require.True(t, x.Matured)
	require.Equal(t, owed, x.Account.Mature)
	require.Equal(t, []types.Payment{{Recipient: text(account("alice")), Amount: owed}}, x.Claimable)
	require.Equal(t, owed, f.reward(mine).Mature)
	_, err := f.claim("alice")
	require.NoError(t, err)
	require.Equal(t, owed, f.bank.of(account("alice")))
	f.audit()
	_, err = f.claim("bob", 1)
	require.NoError(t, err)
	require.Equal(t, theirs, f.bank.of(account("bob")))
	f.audit()
	f.refused(types.ErrNothingToClaim, func() error { _, err := f.claim("alice"); return err })
}

func TestManyEpochsOfARetiredTopicAreClaimedAtOnce(t *testing.T) {
	f := newFixture(t)
	params := types.DefaultParams()
	params.MaturityEpochs = 40
	require.NoError(t, f.k.Params.Set(f.ctx, params))
	mine := f.contribution(1, "alice", "alice")
	for epoch := uint64(1); epoch <= 40; epoch++ {
		f.issue(1)
		f.pay(scored(1, epoch, []uint64{mine}, one))
	}
	owed := f.reward(mine).Immature
	f.retire(1)
	_, err := f.claim("alice")
	require.NoError(t, err)
	f.audit()
	require.Equal(t, owed, f.bank.of(account("alice")))
	require.Zero(t, f.reward(mine).Immature)
}

func TestAStewardMayEndATopicOnlyWhileNothingIsAtStake(t *testing.T) {
	f := newFixture(t)
	ask := func(id uint64) error { return f.k.TopicHooks().BeforeStewardRetires(f.ctx, id) }
	require.NoError(t, ask(3), "a topic that never had a share")
	f.refused(types.ErrTopicAtStake, func() error { return ask(1) })
	f.issue(2)
	require.NoError(t, setShares(f, types.TopicShare{TopicId: 1}))
	f.refused(types.ErrTopicAtStake, func() error { return ask(1) })
}

func TestASandboxAndARetiredTopicAreGivenNoShare(t *testing.T) {
	f := newFixture(t)
	sandbox := f.topics[3]
	sandbox.Sandbox = true
	f.topics[3] = sandbox
	f.refused(types.ErrInvalidShares, func() error { return setShares(f, types.TopicShare{TopicId: 3, ShareBp: 1}) })
	require.NoError(t, setShares(f, types.TopicShare{TopicId: 3}), "none is none")
	f.retire(2)
	f.refused(types.ErrInvalidShares, func() error { return setShares(f, types.TopicShare{TopicId: 2, ShareBp: 1}) })

	// Nor does a genesis.
	g, err := f.k.ExportGenesis(f.ctx)
	require.NoError(t, err)
	g.TopicAccounts[1].ShareBp = 1
	require.ErrorIs(t, f.k.InitGenesis(f.ctx, *g), types.ErrInvalidShares)
}

func TestTheEndOfATopicWithoutAccountChangesNothing(t *testing.T) {
	f := newFixture(t)
	before := f.state()
	f.retire(3)
	require.Equal(t, before, f.state())
}
