// SPDX-License-Identifier: Apache-2.0

package keeper_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/weal-network/weal/x/contribution/types"
	topictypes "github.com/weal-network/weal/x/topic/types"
)

func TestARevealShowsWhatWasCommitted(t *testing.T) {
	f := newFixture(t).atHeight(5)
	parent := f.revealed("bob", "base")
	id := f.commit("alice", "m")
	f.nextBlock()
	m := revealMsg("alice", "m", id)
	m.Payout, m.License, m.MetadataUri = account("carol").String(), "Apache-2.0", "https://example.org/card"
	m.Parents = []types.Parent{{Id: parent, ShareBp: 5000}}
	_, err := f.msg.RevealContribution(f.ctx, m)
	require.NoError(t, err)

	c := f.get(id)
	require.Equal(t, types.STATUS_REVEALED, c.Status)
	require.Equal(t, int64(7), c.RevealedHeight)
	require.Equal(t, m.Artifact, c.Artifact)
	require.Equal(t, []any{m.Payout, m.License, m.MetadataUri, m.Parents}, []any{c.Payout, c.License, c.MetadataUri, c.Parents})
	require.Equal(t, id, f.owner("m"))
	require.Equal(t, &types.EventContributionRevealed{
		ContributionId: id, TopicId: openID, Contributor: account("alice").String(), Sha256: m.Artifact.Sha256, Bond: 500,
	}, f.lastEvent())

	payees, err := f.keeper.Payees(f.ctx, id)
	require.NoError(t, err)
	require.Equal(t, []types.Payee{{Address: account("carol").String(), ShareBp: 10_000}}, payees)
	tile, err := f.keeper.LineageTile(f.ctx, id)
	require.NoError(t, err)
	require.Equal(t, m.Parents, tile.Parents(id))
}

func TestARevealWithoutAPayoutPaysTheContributor(t *testing.T) {
	f := newFixture(t)
	require.Equal(t, account("alice").String(), f.get(f.revealed("alice", "m")).Payout)
}

func TestARevealIsTakenFromTheNextBlockToTheDeadline(t *testing.T) {
	for name, tc := range map[string]struct {
		after int64
		want  error
		says  string
	}{
		"in the block of the commit":      {0, types.ErrRevealTooEarly, "reveal it in the next one, by 30"},
		"in the next block":               {1, nil, ""},
		"in the block of the deadline":    {20, nil, ""},
		"in the block after the deadline": {21, types.ErrRevealTooLate, "commit again"},
	} {
		t.Run(name, func(t *testing.T) {
			f := newFixture(t).atHeight(10)
			id := f.commit("alice", "m")
			f.atHeight(10 + tc.after)
			if tc.want == nil {
				f.reveal("alice", "m", id)
				return
			}
			f.refusedReveal(revealMsg("alice", "m", id), tc.want, tc.says)
			require.Equal(t, types.STATUS_COMMITTED, f.status(id))
		})
	}
}

func TestAPausedTopicStillTakesReveals(t *testing.T) {
	f := newFixture(t)
	id := f.commit("alice", "m")
	f.topics[openID].Status = topictypes.STATUS_PAUSED
	f.nextBlock().reveal("alice", "m", id)
}

func TestARevealIsRefused(t *testing.T) {
	const id = 4 // of the commit that is revealed, after a revealed 1, a committed 2 and a revealed 3 of another topic
	edit := func(fn func(m *types.MsgRevealContribution)) func(*fixture, *types.MsgRevealContribution) {
		return func(_ *fixture, m *types.MsgRevealContribution) { fn(m) }
	}
	parents := func(p ...types.Parent) func(*fixture, *types.MsgRevealContribution) {
		return edit(func(m *types.MsgRevealContribution) { m.Parents = p })
	}
	cases := map[string]struct {
		change func(*fixture, *types.MsgRevealContribution)
		want   error
		says   string
	}{
		"of an unknown contribution":  {edit(func(m *types.MsgRevealContribution) { m.ContributionId = 99 }), types.ErrContributionNotFound, "99"},
		"of another's commit":         {edit(func(m *types.MsgRevealContribution) { m.Contributor = account("bob").String() }), types.ErrNotContributor, account("alice").String()},
		"by a wrong address":          {edit(func(m *types.MsgRevealContribution) { m.Contributor = "alice" }), types.ErrInvalidAddress, "contributor"},
		"with a wrong payout":         {edit(func(m *types.MsgRevealContribution) { m.Payout = "carol" }), types.ErrInvalidAddress, "payout"},
		"of what is revealed already": {edit(func(m *types.MsgRevealContribution) { m.ContributionId, m.Contributor = 1, account("bob").String() }), types.ErrNotCommitted, "STATUS_REVEALED"},
		"with another salt":           {edit(func(m *types.MsgRevealContribution) { m.Salt[0] ^= 1 }), types.ErrHashMismatch, chainID},
		"with a short salt":           {edit(func(m *types.MsgRevealContribution) { m.Salt = m.Salt[:31] }), types.ErrInvalidSalt, "31 bytes, expected 32"},
		"of another artifact":         {edit(func(m *types.MsgRevealContribution) { m.Artifact.Sha256[31] ^= 1 }), types.ErrHashMismatch, "check salt"},
		"on another chain":            {func(f *fixture, _ *types.MsgRevealContribution) { f.ctx = f.ctx.WithChainID("weal-2") }, types.ErrHashMismatch, "weal-2"},
		"with a short digest":         {edit(func(m *types.MsgRevealContribution) { m.Artifact.Sha256 = m.Artifact.Sha256[:20] }), types.ErrInvalidArtifact, "20 bytes"},
		"of an empty file":            {edit(func(m *types.MsgRevealContribution) { m.Artifact.Size_ = 0 }), types.ErrInvalidArtifact, "size is 0"},
		"of a file too large":         {edit(func(m *types.MsgRevealContribution) { m.Artifact.Size_ = 1<<20 + 1 }), types.ErrInvalidArtifact, "at most 1048576"},
		"of a pickle":                 {edit(func(m *types.MsgRevealContribution) { m.Artifact.MediaType = "application/x-pickle" }), types.ErrInvalidArtifact, "the topic takes application/onnx"},
		"without a media type":        {edit(func(m *types.MsgRevealContribution) { m.Artifact.MediaType = "" }), types.ErrInvalidArtifact, "media_type"},
		"with an endless media type":  {edit(func(m *types.MsgRevealContribution) { m.Artifact.MediaType = strings.Repeat("a", 129) }), types.ErrInvalidArtifact, "129"},
		"without a uri":               {edit(func(m *types.MsgRevealContribution) { m.Artifact.Uris = nil }), types.ErrInvalidArtifact, "0 uris"},
		"with nine uris":              {edit(func(m *types.MsgRevealContribution) { m.Artifact.Uris = make([]string, 9) }), types.ErrInvalidArtifact, "9 uris"},
		"with a uri nobody fetches":   {edit(func(m *types.MsgRevealContribution) { m.Artifact.Uris[0] = "ftp://example.org/m" }), types.ErrInvalidURI, "uris[0]"},
		"with a uri twice":            {edit(func(m *types.MsgRevealContribution) { m.Artifact.Uris = append(m.Artifact.Uris, m.Artifact.Uris[0]) }), types.ErrInvalidURI, "twice"},
		"with a wrong license":        {edit(func(m *types.MsgRevealContribution) { m.License = "do what you want!" }), types.ErrInvalidLicense, "SPDX"},
		"with a wrong metadata uri":   {edit(func(m *types.MsgRevealContribution) { m.MetadataUri = "card" }), types.ErrInvalidURI, "metadata_uri"},
		"with a parent that does not exist": {func(f *fixture, m *types.MsgRevealContribution) {
			f.withdraw("bob", 2)
			m.Parents = []types.Parent{{Id: 2, ShareBp: 1}}
		}, types.ErrInvalidParents, "parent 2"},
		"with a parent that is not revealed":     {parents(types.Parent{Id: 2, ShareBp: 1}), types.ErrInvalidParents, "not revealed"},
		"with a parent of another topic":         {parents(types.Parent{Id: 3, ShareBp: 1}), types.ErrInvalidParents, "topic 2"},
		"with itself as a parent":                {parents(types.Parent{Id: id, ShareBp: 1}), types.ErrInvalidParents, "below the contribution's own"},
		"with a parent that gets nothing":        {parents(types.Parent{Id: 1}), types.ErrInvalidParents, "0 basis points"},
		"with a parent that gets more than half": {parents(types.Parent{Id: 1, ShareBp: 5001}), types.ErrInvalidParents, "5001"},
		"with parents that get more than half":   {parents(types.Parent{Id: 1, ShareBp: 5000}, types.Parent{Id: 2, ShareBp: 1}), types.ErrInvalidParents, "5001 basis points together"},
		"with parents out of order":              {parents(types.Parent{Id: 2, ShareBp: 1}, types.Parent{Id: 1, ShareBp: 1}), types.ErrInvalidParents, "sort"},
		"with nine parents":                      {parents(make([]types.Parent, 9)...), types.ErrInvalidParents, "9 parents"},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			f := newFixture(t)
			f.topics[closedID].Access = topictypes.ACCESS_OPEN
			require.Equal(t, uint64(1), f.revealed("bob", "base"))
			require.Equal(t, uint64(2), f.commit("bob", "hidden"))
			other, err := f.msg.CommitContribution(f.ctx, commitMsg("bob", "elsewhere", closedID))
			require.NoError(t, err)
			f.nextBlock().reveal("bob", "elsewhere", other.ContributionId)
			require.Equal(t, uint64(id), f.commit("alice", "m"))
			f.nextBlock()

			m := revealMsg("alice", "m", id)
			tc.change(f, m)
			f.refusedReveal(m, tc.want, tc.says)
			require.Equal(t, types.STATUS_COMMITTED, f.status(id), "the commit is not lost")
			f.ctx = f.ctx.WithChainID(chainID)
			f.reveal("alice", "m", id)
		})
	}
}

func TestADuplicateCannotBeAParent(t *testing.T) {
	f := newFixture(t)
	first, second := f.commit("alice", "m"), f.commit("bob", "m")
	f.nextBlock().reveal("bob", "m", second)
	f.reveal("alice", "m", first)
	id := f.commit("carol", "n")
	m := revealMsg("carol", "n", id)
	m.Parents = []types.Parent{{Id: second, ShareBp: 100}}
	f.nextBlock().refusedReveal(m, types.ErrInvalidParents, "duplicate")
}

func TestACopiedHashOpensForNobodyElse(t *testing.T) {
	f := newFixture(t)
	stolen := commitMsg("alice", "m", openID)
	stolen.Contributor = account("mallory").String()
	resp, err := f.msg.CommitContribution(f.ctx, stolen)
	require.NoError(t, err)
	m := revealMsg("alice", "m", resp.ContributionId)
	m.Contributor = stolen.Contributor
	f.nextBlock().refusedReveal(m, types.ErrHashMismatch)
}
