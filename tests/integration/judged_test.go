// SPDX-License-Identifier: Apache-2.0

package integration_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	govv1 "github.com/cosmos/cosmos-sdk/x/gov/types/v1"

	"github.com/weal-network/weal/app"
	"github.com/weal-network/weal/pkg/row"
	"github.com/weal-network/weal/testutil/chain"
	contributiontypes "github.com/weal-network/weal/x/contribution/types"
	emissiontypes "github.com/weal-network/weal/x/emission/types"
	merittypes "github.com/weal-network/weal/x/merit/types"
	scoringtypes "github.com/weal-network/weal/x/scoring/types"
	topictypes "github.com/weal-network/weal/x/topic/types"
)

func (w *world) rewards(id uint64) emissiontypes.RewardAccount {
	w.t.Helper()
	res, err := emissiontypes.NewQueryClient(w.Queries()).Reward(w.Ctx(), &emissiontypes.QueryRewardRequest{ContributionId: id})
	require.NoError(w.t, err)
	return res.Account
}

// meritOf is what accounts have from a contribution, in uweal.
func (w *world) meritOf(id uint64) uint64 {
	w.t.Helper()
	res, err := merittypes.NewQueryClient(w.Queries()).Contribution(w.Ctx(), &merittypes.QueryContributionRequest{ContributionId: id})
	require.NoError(w.t, err)
	sum := uint64(0)
	for _, merit := range res.Accounts {
		sum += merit.Amount.Uint64()
	}
	return sum
}

// harmful is a world with an honest model and one that was built on it and is harmful; both were scored and paid twice, and account 2
// is a guardian. The books of x/emission are audited after every block, and those of x/merit here.
func harmful(t *testing.T) (w *world, honest, bad *model) {
	w = newWorld(t, quick)
	w.MustGovern(&contributiontypes.MsgSetGuardians{Authority: app.Authority(), Guardians: []string{w.Accounts[2].String()}})
	honest = &model{owner: w.Accounts[0], bytes: "honest"}
	w.enter(goTopic, honest)
	bad = &model{owner: w.Accounts[1], bytes: "harmful", parents: []contributiontypes.Parent{{Id: honest.id, ShareBp: 2_000}}}
	w.enter(goTopic, bad)
	for range 2 {
		w.play(goTopic, w.unanimous(row.Entry{ID: honest.id, Score: 30_000}, row.Entry{ID: bad.id, Score: 60_000}))
	}
	return w, honest, bad
}

// TestAHarmfulModelIsGuardedConfirmedAndRemoved is the whole story: what is immature of the model is burnt, its parent keeps the
// royalties, its merit is gone, and nothing else is.
func TestAHarmfulModelIsGuardedConfirmedAndRemoved(t *testing.T) {
	w, honest, bad := harmful(t)
	guardian, contributor, parent := w.Accounts[2], w.Accounts[1], w.Accounts[0]
	reason := "https://example.org/why"
	before, parents := w.rewards(bad.id), w.rewards(honest.id)
	require.Positive(t, before.Mature)
	require.Positive(t, before.Immature)
	require.Positive(t, w.meritOf(bad.id))
	parentsMerit := w.meritOf(honest.id)
	w.MustRefuse(contributiontypes.ErrNotGuardian,
		&contributiontypes.MsgGuardianQuarantine{Guardian: contributor.String(), ContributionId: honest.id, ReasonUri: reason})
	w.MustDeliver(&contributiontypes.MsgGuardianQuarantine{Guardian: guardian.String(), ContributionId: bad.id, ReasonUri: reason})
	c := w.contribution(bad.id)
	require.Equal(t, contributiontypes.STATUS_QUARANTINED, c.Status)
	require.Equal(t, guardian.String(), c.Quarantine.Guardian)
	require.Equal(t, w.Now().Add(72*time.Hour).UnixMilli(), c.Quarantine.UntilMs)
	require.True(t, w.rewards(bad.id).Frozen)
	w.MustRefuse(contributiontypes.ErrGuardBound,
		&contributiontypes.MsgGuardianQuarantine{Guardian: guardian.String(), ContributionId: honest.id, ReasonUri: reason})

	epoch := w.play(goTopic, w.unanimous(row.Entry{ID: honest.id, Score: 30_000}))
	require.Zero(t, w.payment(goTopic, epoch.Number).RewardOf(bad.id), "it is not scored")
	require.Equal(t, before.Mature, w.rewards(bad.id).Mature, "nothing of it matures")
	require.Greater(t, w.rewards(honest.id).Mature, parents.Mature)

	w.MustGovern(&contributiontypes.MsgQuarantine{Authority: app.Authority(), ContributionId: bad.id, ProposalId: 2, ReasonUri: reason})
	c = w.contribution(bad.id)
	require.Zero(t, c.Quarantine.UntilMs, "the people have confirmed it")
	w.NextBlockAfter(100 * time.Hour)
	w.NextBlock()
	require.Equal(t, contributiontypes.STATUS_QUARANTINED, w.contribution(bad.id).Status)
	parentsMerit = max(parentsMerit, w.meritOf(honest.id))
	parents = w.rewards(honest.id)

	w.MustGovern(&contributiontypes.MsgRemove{Authority: app.Authority(), ContributionId: bad.id, ReasonUri: reason})
	require.Equal(t, contributiontypes.STATUS_REMOVED, w.contribution(bad.id).Status)
	require.Zero(t, w.contribution(bad.id).Bond)
	after := w.rewards(bad.id)
	require.Equal(t, before.Immature, after.TakenBack)
	require.Zero(t, after.Immature)
	require.Equal(t, before.Mature, after.Mature, "what was mature by then is its contributor's")
	require.Zero(t, w.meritOf(bad.id))
	require.True(t, w.merit(contributor).Merit.Amount.IsZero())
	require.Equal(t, parents.Mature+parents.Immature, w.rewards(honest.id).Mature+w.rewards(honest.id).Immature, "royalties are its parent's")
	require.InDelta(t, parentsMerit, w.meritOf(honest.id), float64(parentsMerit)/1_000, "as is the merit of them; minutes have gone")
	require.Positive(t, w.merit(parent).VotingPower.TruncateInt64())
	require.NoError(t, w.App.Merit.Audit(w.Ctx()))
	w.MustDeliver(&emissiontypes.MsgClaim{Contributor: contributor.String()})
}

// TestATopicThatAGuardianPausedGoesOnAfter72Hours: nothing enters, no epoch begins and nothing accrues meanwhile; the epoch that ran is paid.
func TestATopicThatAGuardianPausedGoesOnAfter72Hours(t *testing.T) {
	w, honest, bad := harmful(t)
	guardian := w.Accounts[2].String()
	pause := &contributiontypes.MsgGuardianPauseTopic{Guardian: guardian, TopicId: goTopic, ReasonUri: "https://example.org/why"}
	w.MustRefuse(contributiontypes.ErrNotGuardian,
		&contributiontypes.MsgGuardianPauseTopic{Guardian: w.Accounts[1].String(), TopicId: goTopic, ReasonUri: "https://example.org/why"})
	scores := w.unanimous(entry(honest, 30_000), entry(bad, 60_000))
	var until time.Time
	played := w.play(goTopic, func(epoch scoringtypes.Epoch) []ballot {
		w.MustDeliver(pause)
		until = w.Now().Add(72 * time.Hour)
		require.Equal(t, until.UnixMilli(), w.topic(goTopic).Pause.UntilMs)
		late := model{owner: w.Accounts[3], bytes: "late"}
		require.Contains(t, w.MustRefuse(contributiontypes.ErrTopicNotActive, late.commit(goTopic)), until.UTC().Format(time.RFC3339))
		return scores(epoch)
	})
	require.Positive(t, w.payment(goTopic, played.Number).RewardOf(honest.id), "the epoch that ran is paid")
	w.NextBlocks(30)
	last, _ := w.epoch(goTopic)
	require.Equal(t, played.Number, last.Number, "no epoch begins")
	w.MustRefuse(contributiontypes.ErrGuardBound, pause)

	w.NextBlockAfter(until.Sub(w.Now()))
	require.Nil(t, w.topic(goTopic).Pause)
	paid := w.play(goTopic, scores)
	require.Equal(t, played.Number+1, paid.Number)
	w.MustRefuse(topictypes.ErrGuardCooldown, pause)
	require.Less(t, w.payment(goTopic, paid.Number).Budget, 3*w.payment(goTopic, played.Number).Budget, "three days of a pause accrue nothing")
	w.audit()

	w.MustGovern(&topictypes.MsgPauseTopic{Authority: app.Authority(), TopicId: goTopic})
	require.Equal(t, topictypes.Pause{Height: w.topic(goTopic).Pause.Height}, *w.topic(goTopic).Pause, "the people may, at any time, and without an end")
}

// TestWhatGuardiansHoldGoesOnAfter72Hours is the story of a guardian who was wrong.
func TestWhatGuardiansHoldGoesOnAfter72Hours(t *testing.T) {
	w, _, bad := harmful(t)
	before := w.rewards(bad.id)
	guard := &contributiontypes.MsgGuardianQuarantine{Guardian: w.Accounts[2].String(), ContributionId: bad.id, ReasonUri: "https://example.org/why"}
	w.MustDeliver(guard)
	merit := w.meritOf(bad.id)
	require.Positive(t, merit, "nobody is judged yet")
	w.NextBlockAfter(72 * time.Hour)
	w.NextBlock()
	require.NotEqual(t, contributiontypes.STATUS_QUARANTINED, w.contribution(bad.id).Status)
	after := w.rewards(bad.id)
	require.False(t, after.Frozen)
	require.Equal(t, before.Mature+before.Immature, after.Mature+after.Immature)
	require.InDelta(t, merit, w.meritOf(bad.id), float64(merit)/50, "three days are a sixtieth of a half-life")
	w.MustRefuse(contributiontypes.ErrGuardCooldown, guard)
	id := w.propose(&contributiontypes.MsgQuarantine{Authority: app.Authority(), ContributionId: bad.id, ReasonUri: "https://example.org/why"})
	require.Equal(t, govv1.StatusVotingPeriod, w.proposal(id).Status, "the people may, at any time")
	w.mustBlock(w.Sign(chain.TxFee, govv1.NewMsgVote(w.Accounts[1].Address, id, govv1.OptionNo, "")))
	require.Positive(t, w.tally(id).Tally.Merit.No.TruncateInt64(), "the accused may vote")
}

func (w *world) proposal(id uint64) govv1.Proposal {
	w.t.Helper()
	proposal, err := w.App.Gov.Proposals.Get(w.Ctx(), id)
	require.NoError(w.t, err)
	return proposal
}
