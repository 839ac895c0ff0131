// SPDX-License-Identifier: Apache-2.0

package keeper_test

import (
	"context"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/weal-network/weal/x/contribution/types"
)

func (f *fixture) refusedUpdate(m *types.MsgUpdateContribution, want error, words ...string) {
	f.refused(func(ctx context.Context) error { _, err := f.msg.UpdateContribution(ctx, m); return err }, want, words...)
}

func (f *fixture) refusedSplit(m *types.MsgSetSplit, want error, words ...string) {
	f.refused(func(ctx context.Context) error { _, err := f.msg.SetSplit(ctx, m); return err }, want, words...)
}

func payee(name string, bp uint32) types.Payee {
	return types.Payee{Address: account(name).String(), ShareBp: bp}
}

func TestAnUpdateChangesWhatItNamesAndNothingElse(t *testing.T) {
	f := newFixture(t)
	id := f.revealed("alice", "m")
	before := f.get(id)
	update := func(m types.MsgUpdateContribution) {
		m.Contributor, m.ContributionId = account("alice").String(), id
		_, err := f.msg.UpdateContribution(f.ctx, &m)
		require.NoError(t, err)
	}
	update(types.MsgUpdateContribution{
		Uris: []string{"https://example.org/copy"}, Endpoint: "https://example.org/v1", MetadataUri: "https://example.org/card", Payout: account("safe").String(),
	})
	want := before
	want.Artifact.Uris = []string{"https://example.org/copy"}
	want.Endpoint, want.MetadataUri, want.Payout = "https://example.org/v1", "https://example.org/card", account("safe").String()
	require.Equal(t, want, f.get(id))
	update(types.MsgUpdateContribution{Endpoint: "-"})
	want.Endpoint = ""
	require.Equal(t, want, f.get(id))
	update(types.MsgUpdateContribution{MetadataUri: "-"})
	want.MetadataUri = ""
	require.Equal(t, want, f.get(id))
	require.Equal(t, &types.EventContributionUpdated{ContributionId: id, Payout: account("safe").String()}, f.lastEvent())
}

func TestATeamIsPaidInsteadOfThePayoutAndIsNoJudgeOfItsOwn(t *testing.T) {
	f := newFixture(t)
	id := f.revealed("alice", "m")
	f.begin(1)
	f.split("alice", id, payee("bob", 6_000), payee("carol", 4_000))
	payees, err := f.keeper.Payees(f.ctx, id)
	require.NoError(t, err)
	require.Equal(t, []types.Payee{payee("bob", 6_000), payee("carol", 4_000)}, payees)
	for _, who := range []string{"alice", "bob", "carol"} {
		require.Equal(t, []uint64{id}, f.ownedBy(who), "what %s scores of it is ignored", who)
	}
	f.refusedUpdate(&types.MsgUpdateContribution{Contributor: account("alice").String(), ContributionId: id, Payout: account("safe").String()}, types.ErrSplitStands, "pays a team of 2")
	f.split("alice", id)
	require.Empty(t, f.ownedBy("bob"))
	require.Equal(t, []uint64{id}, f.ownedBy("alice"))
	payees, err = f.keeper.Payees(f.ctx, id)
	require.NoError(t, err)
	require.Equal(t, []types.Payee{payee("alice", 10_000)}, payees)
	f.exportImport()
}

func TestWhoLeftCanStillSayWhoIsPaid(t *testing.T) {
	f := newFixture(t)
	id := f.revealed("alice", "m")
	f.withdraw("alice", id)
	f.split("alice", id, payee("bob", 10_000))
	require.Empty(t, f.ownedBy("bob"))
}

func TestAnUpdateIsRefused(t *testing.T) {
	f := newFixture(t)
	id := f.revealed("alice", "m")
	hidden := f.commit("alice", "hidden")
	alice := account("alice").String()
	f.refusedUpdate(&types.MsgUpdateContribution{Contributor: alice, ContributionId: id}, types.ErrNothingToUpdate, "name uris")
	f.refusedUpdate(&types.MsgUpdateContribution{Contributor: "x", ContributionId: id}, types.ErrInvalidAddress)
	f.refusedUpdate(&types.MsgUpdateContribution{Contributor: alice, ContributionId: id, Payout: "x"}, types.ErrInvalidAddress)
	f.refusedUpdate(&types.MsgUpdateContribution{Contributor: alice, ContributionId: id, Uris: []string{"x"}}, types.ErrInvalidURI)
	f.refusedUpdate(&types.MsgUpdateContribution{Contributor: alice, ContributionId: id, Endpoint: "x"}, types.ErrInvalidURI, "endpoint")
	f.refusedUpdate(&types.MsgUpdateContribution{Contributor: account("bob").String(), ContributionId: id, Endpoint: "-"}, types.ErrNotContributor)
	f.refusedUpdate(&types.MsgUpdateContribution{Contributor: alice, ContributionId: hidden, Endpoint: "-"}, types.ErrWrongStatus, "say it with the reveal")
	f.refusedUpdate(&types.MsgUpdateContribution{Contributor: alice, ContributionId: id, Payout: account("a module").String()}, types.ErrBlockedAccount, "takes no coins")
}

func TestASplitIsRefused(t *testing.T) {
	f := newFixture(t)
	id := f.revealed("alice", "m")
	many := make([]types.Payee, types.MaxPayees+1)
	for name, tc := range map[string]struct {
		split []types.Payee
		want  error
	}{
		"too many":          {many, types.ErrInvalidSplit},
		"no address":        {[]types.Payee{{Address: "x", ShareBp: 10_000}}, types.ErrInvalidAddress},
		"twice the same":    {[]types.Payee{payee("bob", 5_000), payee("bob", 5_000)}, types.ErrInvalidSplit},
		"a share of 0":      {[]types.Payee{payee("bob", 10_000), payee("carol", 0)}, types.ErrInvalidSplit},
		"less than all":     {[]types.Payee{payee("bob", 9_999)}, types.ErrInvalidSplit},
		"more than all":     {[]types.Payee{payee("bob", 9_999), payee("carol", 2)}, types.ErrInvalidSplit},
		"a share above all": {[]types.Payee{payee("bob", 10_001)}, types.ErrInvalidSplit},
		"a module":          {[]types.Payee{payee("a module", 10_000)}, types.ErrBlockedAccount},
	} {
		t.Run(name, func(*testing.T) {
			f.refusedSplit(&types.MsgSetSplit{Contributor: account("alice").String(), ContributionId: id, Split: tc.split}, tc.want)
		})
	}
	f.refusedSplit(&types.MsgSetSplit{Contributor: "x", ContributionId: id}, types.ErrInvalidAddress)
	f.refusedSplit(&types.MsgSetSplit{Contributor: account("bob").String(), ContributionId: id}, types.ErrNotContributor)
}

func TestAModulesAccountCanNeitherCommitNorBePaid(t *testing.T) {
	f := newFixture(t)
	f.refusedCommit(commitMsg("a module", "m", openID), types.ErrBlockedAccount)
	id := f.commit("alice", "m")
	m := revealMsg("alice", "m", id)
	m.Payout = account("a module").String()
	f.nextBlock().refusedReveal(m, types.ErrBlockedAccount)
}
