// SPDX-License-Identifier: Apache-2.0

package keeper_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	sdkerrors "github.com/cosmos/cosmos-sdk/types/errors"

	"github.com/weal-network/weal/x/emission/types"
	topictypes "github.com/weal-network/weal/x/topic/types"
)

func setShares(f *fixture, shares ...types.TopicShare) error {
	_, err := f.msg.SetTopicShares(f.ctx, &types.MsgSetTopicShares{Authority: authority, Shares: shares})
	return err
}

func TestANewShareCountsFromNowOn(t *testing.T) {
	f := newFixture(t)
	f.issue(2)
	first := f.topicAccount(1).Accrued
	require.NoError(t, setShares(f, types.TopicShare{TopicId: 1, ShareBp: 3000}, types.TopicShare{TopicId: 3, ShareBp: 4000}))
	require.Contains(t, events(f), "weal.emission.v1.EventTopicShareSet")
	require.Equal(t, first, f.topicAccount(1).Accrued)
	f.issue(1)
	require.InDelta(t, float64(first)*1.5, float64(f.topicAccount(1).Accrued), 1)
	require.InDelta(t, float64(first)*2/3, float64(f.topicAccount(3).Accrued), 1)
	require.NoError(t, setShares(f, types.TopicShare{TopicId: 3, ShareBp: 0}))
	held := f.topicAccount(3).Accrued
	f.issue(1)
	require.Equal(t, held, f.topicAccount(3).Accrued)
	f.audit()
}

func TestAPausedTopicAccruesNothingAndKeepsItsShare(t *testing.T) {
	f := newFixture(t)
	f.issue(2)
	held := f.topicAccount(1).Accrued
	require.NoError(t, f.k.TopicHooks().AfterTopicPaused(f.ctx, 1))
	require.NoError(t, f.k.TopicHooks().AfterTopicPaused(f.ctx, 1))
	minted := f.issuance().Minted
	f.issue(1)
	require.Equal(t, held, f.topicAccount(1).Accrued)
	require.True(t, f.topicAccount(1).Paused)
	require.InDelta(t, 0.44*6_589_352, float64(f.issuance().Minted-minted), 3)
	// Its share is still taken: others cannot be given it.
	f.refused(types.ErrInvalidShares, func() error { return setShares(f, types.TopicShare{TopicId: 2, ShareBp: 4001}) })

	require.NoError(t, f.k.TopicHooks().AfterTopicResumed(f.ctx, 1))
	f.issue(1)
	require.InDelta(t, float64(held)*2, float64(f.topicAccount(1).Accrued), 4)
	f.audit()
}

func TestHooksOfATopicWithoutAccountDoNothing(t *testing.T) {
	f := newFixture(t)
	before := f.state()
	require.NoError(t, f.k.TopicHooks().AfterTopicCreated(f.ctx, 3))
	require.NoError(t, f.k.TopicHooks().AfterTopicPaused(f.ctx, 3))
	require.NoError(t, f.k.TopicHooks().AfterTopicResumed(f.ctx, 3))
	require.Equal(t, before, f.state())
}

func TestAPausedTopicThatIsGivenAShareAccruesOnceItResumes(t *testing.T) {
	f := newFixture(t)
	topic := f.topics[3]
	topic.Status = topictypes.STATUS_PAUSED
	f.topics[3] = topic
	f.issue(1)
	require.NoError(t, setShares(f, types.TopicShare{TopicId: 3, ShareBp: 1000}))
	f.issue(3)
	require.Zero(t, f.topicAccount(3).Accrued)
	require.NoError(t, f.k.TopicHooks().AfterTopicResumed(f.ctx, 3))
	f.issue(1)
	require.Positive(t, f.topicAccount(3).Accrued)
	f.audit()
}

func TestSharesAreRefused(t *testing.T) {
	many := make([]types.TopicShare, types.MaxShareChanges+1)
	for i := range many {
		many[i].TopicId = uint64(i + 1)
	}
	cases := map[string]struct {
		authority string
		shares    []types.TopicShare
		want      error
	}{
		"of nobody":                   {shares: nil, want: types.ErrInvalidShares},
		"of too many":                 {shares: many, want: types.ErrInvalidShares},
		"that do not rise":            {shares: []types.TopicShare{{TopicId: 2, ShareBp: 1}, {TopicId: 1, ShareBp: 1}}, want: types.ErrInvalidShares},
		"of topic 0":                  {shares: []types.TopicShare{{TopicId: 0, ShareBp: 1}}, want: types.ErrInvalidShares},
		"above the whole":             {shares: []types.TopicShare{{TopicId: 1, ShareBp: 10_001}}, want: types.ErrInvalidShares},
		"above the whole with others": {shares: []types.TopicShare{{TopicId: 1, ShareBp: 7_001}}, want: types.ErrInvalidShares},
		"of a topic that is not":      {shares: []types.TopicShare{{TopicId: 1, ShareBp: 1}, {TopicId: 9, ShareBp: 1}}, want: types.ErrUnknownTopic},
		"by somebody else":            {authority: text(account("alice")), shares: []types.TopicShare{{TopicId: 1, ShareBp: 1}}, want: sdkerrors.ErrUnauthorized},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			f := newFixture(t)
			f.issue(2)
			signer := authority
			if c.authority != "" {
				signer = c.authority
			}
			f.refused(c.want, func() error {
				_, err := f.msg.SetTopicShares(f.ctx, &types.MsgSetTopicShares{Authority: signer, Shares: c.shares})
				return err
			})
		})
	}
}
