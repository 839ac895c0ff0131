// SPDX-License-Identifier: Apache-2.0

package keeper_test

import (
	"errors"
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/weal-network/weal/x/contribution/types"
	topictypes "github.com/weal-network/weal/x/topic/types"
)

func TestACommitGetsTheNextIDAndADeadline(t *testing.T) {
	f := newFixture(t).atHeight(100)
	resp, err := f.msg.CommitContribution(f.ctx, commitMsg("alice", "m", openID))
	require.NoError(t, err)
	require.Equal(t, &types.MsgCommitContributionResponse{ContributionId: 1, RevealDeadline: 120, Price: 1_000, BondDue: 500}, resp)
	require.Equal(t, types.Contribution{
		Id: 1, TopicId: openID, Contributor: account("alice").String(), Payout: account("alice").String(),
		Hash: commitMsg("alice", "m", openID).Hash, CommittedHeight: 100, RevealDeadline: 120, Status: types.STATUS_COMMITTED,
		Price: 1_000, BondDue: 500,
	}, f.get(1))
	require.Equal(t, &types.EventContributionCommitted{
		ContributionId: 1, TopicId: openID, Contributor: account("alice").String(), RevealDeadline: 120, Price: 1_000, BondDue: 500,
	}, f.lastEvent())
	require.Equal(t, uint64(2), f.commit("alice", "m"), "an id is never used twice")
}

func TestADeadlineIsTheRevealPeriodButNeverLongerThanAnEpoch(t *testing.T) {
	for period, want := range map[uint64]int64{2: 2, 19: 19, 20: 20, 21: 20, 100_000: 20} {
		f := newFixture(t).atHeight(7)
		params := types.DefaultParams()
		params.RevealPeriod = period
		f.setParams(params)
		require.Equal(t, 7+want, f.get(f.commit("alice", "m")).RevealDeadline, "period %d", period)
	}
}

func TestACommitIsRefused(t *testing.T) {
	cases := map[string]struct {
		prepare func(f *fixture, m *types.MsgCommitContribution)
		want    error
		says    string
	}{
		"to a topic that does not exist":   {func(_ *fixture, m *types.MsgCommitContribution) { m.TopicId = 9 }, errNoTopic, ""},
		"by an account without an address": {func(_ *fixture, m *types.MsgCommitContribution) { m.Contributor = "" }, types.ErrInvalidAddress, "contributor"},
		"by an address of another chain": {func(_ *fixture, m *types.MsgCommitContribution) {
			m.Contributor = "cosmos1qqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqnrql8a"
		}, types.ErrInvalidAddress, "contributor"},
		"without a hash":       {func(_ *fixture, m *types.MsgCommitContribution) { m.Hash = nil }, types.ErrInvalidHash, "0 bytes, expected 32"},
		"with half of a hash":  {func(_ *fixture, m *types.MsgCommitContribution) { m.Hash = m.Hash[:16] }, types.ErrInvalidHash, "16 bytes"},
		"with a hash too long": {func(_ *fixture, m *types.MsgCommitContribution) { m.Hash = append(m.Hash, 0) }, types.ErrInvalidHash, "33 bytes"},
		"while the topic is paused": {func(f *fixture, m *types.MsgCommitContribution) {
			f.topics[m.TopicId].Status = topictypes.STATUS_PAUSED
		}, types.ErrTopicNotActive, "resumed"},
		"to a closed topic by who is not admitted": {func(_ *fixture, m *types.MsgCommitContribution) { m.TopicId = closedID }, types.ErrNotAdmitted, "proposal"},
		"to a closed topic by who is admitted elsewhere": {func(f *fixture, m *types.MsgCommitContribution) {
			f.admitted[fmt.Sprintf("%d/%s", openID, account("alice"))] = true
			m.TopicId = closedID
		}, types.ErrNotAdmitted, "admit"},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			f := newFixture(t)
			m := commitMsg("alice", "m", openID)
			tc.prepare(f, m)
			f.refusedCommit(m, tc.want, tc.says)
		})
	}
}

func TestAClosedTopicTakesWhoIsAdmitted(t *testing.T) {
	f := newFixture(t)
	f.admitted[fmt.Sprintf("%d/%s", closedID, account("alice"))] = true
	_, err := f.msg.CommitContribution(f.ctx, commitMsg("alice", "m", closedID))
	require.NoError(t, err)
}

func TestNoMoreThanMaxPendingMayWait(t *testing.T) {
	f := newFixture(t)
	params := types.DefaultParams()
	params.MaxPending = 3
	f.setParams(params)
	first := f.commit("alice", "a")
	f.commit("alice", "b")
	f.nextBlock().reveal("alice", "a", first)
	f.commit("alice", "c")
	f.refusedCommit(commitMsg("bob", "d", openID), types.ErrTooManyPending, "3 or more", "commit again")

	f.admitted[fmt.Sprintf("%d/%s", closedID, account("bob"))] = true
	_, err := f.msg.CommitContribution(f.ctx, commitMsg("bob", "d", closedID))
	require.NoError(t, err, "another topic has its own room")

	f.begin(1) // the revealed one enters the set and waits no more
	f.commit("bob", "d")
}

func TestAFullTopicOfImmuneContributionsRefusesAndSaysWhenAPlaceComesFree(t *testing.T) {
	f := newFixture(t)
	f.topics[openID].Schedule.MaxActive = 1
	id := f.revealed("alice", "a")
	require.Equal(t, []uint64{id}, f.begin(1))
	f.refusedCommit(commitMsg("bob", "b", openID), types.ErrTopicFull, "2 more scored epochs of 20 blocks")
	f.end(1, []uint64{id}, []uint64{7})
	f.refusedCommit(commitMsg("bob", "b", openID), types.ErrTopicFull, "1 more scored epochs")
	f.end(2, []uint64{id}, []uint64{7})
	f.commit("bob", "b")
}

func (f *fixture) setParams(p types.Params) {
	_, err := f.msg.UpdateParams(f.ctx, &types.MsgUpdateParams{Authority: authority, Params: p})
	if err != nil {
		panic(errors.Join(errors.New("params of a test"), err))
	}
}
