// SPDX-License-Identifier: Apache-2.0

package integration_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	sdkerrors "github.com/cosmos/cosmos-sdk/types/errors"

	"github.com/weal-network/weal/testutil/chain"
	contributiontypes "github.com/weal-network/weal/x/contribution/types"
	emissiontypes "github.com/weal-network/weal/x/emission/types"
	topictypes "github.com/weal-network/weal/x/topic/types"
)

// slow leaves room for a table of cases, one a block, within one epoch.
var slow = clock{EpochBlocks: 100, RevealBlocks: 50, MaxActive: 2, ImmunityEpochs: 5}

// changed returns a copy of the message that edit has changed.
func changed[T any](msg *T, edit func(*T)) *T {
	clone := *msg
	edit(&clone)
	return &clone
}

func TestAContributionIsRefused(t *testing.T) {
	w := newWorld(t, slow)
	alice, bob := w.Accounts[0], w.Accounts[1]
	committed, revealed := &model{owner: alice, bytes: "alice's"}, &model{owner: bob, bytes: "bob's"}
	w.commitAll(goTopic, committed, revealed)
	w.revealAll(revealed)
	commit, reveal := committed.commit(goTopic), committed.reveal()
	withdraw := &contributiontypes.MsgWithdrawContribution{Contributor: alice.String(), ContributionId: revealed.id}

	cases := map[string]refusal{
		"a commit to a topic that does not exist": {
			changed(commit, func(m *contributiontypes.MsgCommitContribution) { m.TopicId = 99 }), topictypes.ErrTopicNotFound, "99",
		},
		"a commit with half a hash": {
			changed(commit, func(m *contributiontypes.MsgCommitContribution) { m.Hash = m.Hash[:16] }), contributiontypes.ErrInvalidHash, "expected 32",
		},
		"a reveal of what was never committed": {
			changed(reveal, func(m *contributiontypes.MsgRevealContribution) { m.ContributionId = 77 }), contributiontypes.ErrContributionNotFound, "77",
		},
		"a reveal of another artifact than was committed": {
			changed(reveal, func(m *contributiontypes.MsgRevealContribution) {
				other := model{bytes: "something else"}.digest()
				m.Artifact.Sha256 = other[:]
			}), contributiontypes.ErrHashMismatch, "check salt, digest",
		},
		"a reveal with another salt": {
			changed(reveal, func(m *contributiontypes.MsgRevealContribution) { m.Salt = make([]byte, 32) }), contributiontypes.ErrHashMismatch, "check salt, digest",
		},
		"a reveal with half a salt": {
			changed(reveal, func(m *contributiontypes.MsgRevealContribution) { m.Salt = m.Salt[:16] }), contributiontypes.ErrInvalidSalt, "32",
		},
		"a reveal of somebody else's commit": {
			changed(reveal, func(m *contributiontypes.MsgRevealContribution) { m.Contributor = bob.String() }), contributiontypes.ErrNotContributor, "",
		},
		"a second reveal": {revealed.reveal(), contributiontypes.ErrNotCommitted, "commit a new one"},
		"a pickle": {
			changed(reveal, func(m *contributiontypes.MsgRevealContribution) { m.Artifact.MediaType = "application/x-pickle" }),
			contributiontypes.ErrInvalidArtifact, "the topic takes application/onnx",
		},
		"an artifact larger than the topic takes": {
			changed(reveal, func(m *contributiontypes.MsgRevealContribution) { m.Artifact.Size_ = 1<<20 + 1 }), contributiontypes.ErrInvalidArtifact, "",
		},
		"an artifact that is nowhere": {
			changed(reveal, func(m *contributiontypes.MsgRevealContribution) { m.Artifact.Uris = nil }), contributiontypes.ErrInvalidArtifact, "say where evaluators fetch the file",
		},
		"an artifact behind a scheme that evaluators do not fetch": {
			changed(reveal, func(m *contributiontypes.MsgRevealContribution) {
				m.Artifact.Uris = []string{"gopher://example.org/model"}
			}),
			contributiontypes.ErrInvalidURI, "gopher",
		},
		"a parent that does not exist": {
			changed(reveal, func(m *contributiontypes.MsgRevealContribution) {
				m.Parents = []contributiontypes.Parent{{Id: 77, ShareBp: 1000}}
			}), contributiontypes.ErrInvalidParents, "77",
		},
		"a withdrawal of somebody else's":       {withdraw, contributiontypes.ErrNotContributor, ""},
		"a claim by whom nothing is owed":       {&emissiontypes.MsgClaim{Contributor: bob.String()}, emissiontypes.ErrNothingToClaim, "weald query emission rewards"},
		"a claim from topics that do not rise":  {&emissiontypes.MsgClaim{Contributor: bob.String(), TopicIds: []uint64{2, 1}}, emissiontypes.ErrInvalidClaim, ""},
		"a message of an account without coins": {(model{owner: w.scorers[0], bytes: "poor"}).commit(goTopic), sdkerrors.ErrInsufficientFunds, "insufficient funds"},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) { w.refuse(t, tc) })
	}
	// What was refused is still possible: the commit can be revealed as it was meant.
	w.revealAll(committed)
}

func TestAnAccountThatDoesNotExistIsToldSo(t *testing.T) {
	w := newWorld(t, slow)
	nobody := chain.NewAccount("nobody")
	w.Know(nobody)
	before := w.snapshot()
	tx := w.Sign(chain.TxFee, (model{owner: nobody, bytes: "none"}).commit(goTopic))
	check := w.Check(tx)
	requireError(t, sdkerrors.ErrUnknownAddress, check.Codespace, check.Code, check.Log)
	res := w.NextBlock(tx).TxResults[0]
	requireError(t, sdkerrors.ErrUnknownAddress, res.Codespace, res.Code, res.Log)
	require.Contains(t, res.Log, "account "+nobody.String()+" does not exist yet")
	w.requireUnchanged(t, before)
}

func TestARevealInTheBlockOfItsCommitIsTooEarly(t *testing.T) {
	w := newWorld(t, slow)
	m := &model{owner: w.Accounts[0], bytes: "mine", id: 1}
	res := w.NextBlock(w.Sign(chain.TxFee, m.commit(goTopic)), w.SignAt(chain.TxFee, 1, m.reveal()))
	require.Zero(t, res.TxResults[0].Code, res.TxResults[0].Log)
	requireError(t, contributiontypes.ErrRevealTooEarly, res.TxResults[1].Codespace, res.TxResults[1].Code, res.TxResults[1].Log)
	require.Equal(t, contributiontypes.STATUS_COMMITTED, w.contribution(1).Status)
	w.revealAll(m)
}

func TestARevealAfterItsDeadlineIsTooLate(t *testing.T) {
	w := newWorld(t, quick)
	m := &model{owner: w.Accounts[0], bytes: "mine"}
	w.commitAll(goTopic, m)
	deadline := w.contribution(m.id).RevealDeadline
	require.Equal(t, w.Height()+int64(quick.EpochBlocks), deadline)
	w.RunTo(deadline)
	w.refuse(t, refusal{m.reveal(), contributiontypes.ErrContributionNotFound, "not revealed in time"})

	// The bytes are not lost: they can be committed again, under a new id.
	again := &model{owner: m.owner, bytes: m.bytes}
	w.commitAll(goTopic, again)
	require.Greater(t, again.id, m.id)
	w.revealAll(again)
}

func TestTheEarliestCommitOwnsTheBytesWhoeverRevealsFirst(t *testing.T) {
	cases := map[string]struct {
		first, second int
		want          error
	}{
		"the original reveals first, and the copy is refused":                {first: 0, second: 1, want: contributiontypes.ErrDigestOwned},
		"the copy reveals first, and loses the bytes once the original does": {first: 1, second: 0},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t, quick)
			models := []*model{{owner: w.Accounts[0], bytes: "the same"}, {owner: w.Accounts[1], bytes: "the same"}}
			w.commitAll(goTopic, models[0])
			w.commitAll(goTopic, models[1])
			w.revealAll(models[tc.first])
			if tc.want != nil {
				w.refuse(t, refusal{models[tc.second].reveal(), tc.want, ""})
				require.Equal(t, contributiontypes.STATUS_COMMITTED, w.contribution(models[1].id).Status)
			} else {
				w.revealAll(models[tc.second])
				require.Equal(t, contributiontypes.STATUS_DUPLICATE, w.contribution(models[1].id).Status)
			}
			w.NextBlocks(int(quick.EpochBlocks)) // the copy's commit is settled
			w.open(goTopic)
			_, ids := w.epoch(goTopic)
			require.Equal(t, []uint64{models[0].id}, ids, "only the original is measured")
			require.Equal(t, contributiontypes.STATUS_ACTIVE, w.contribution(models[0].id).Status)
		})
	}
}

func TestATopicWhoseEveryPlaceIsImmuneIsFull(t *testing.T) {
	w := newWorld(t, clock{EpochBlocks: 10, RevealBlocks: 4, MaxActive: 2, ImmunityEpochs: 5})
	w.enter(goTopic, &model{owner: w.Accounts[0], bytes: "a"}, &model{owner: w.Accounts[1], bytes: "b"})
	w.NextBlock()
	late := model{owner: w.Accounts[2], bytes: "c"}
	w.refuse(t, refusal{late.commit(goTopic), contributiontypes.ErrTopicFull, "all 2 places of topic 1 are taken"})
	// Another topic has room.
	w.MustDeliver(late.commit(proseTopic))
}

func TestAModuleAccountThatCountsItsCoinsTakesNoGift(t *testing.T) {
	w := newWorld(t, quick)
	emission := w.App.Account.GetModuleAddress(emissiontypes.ModuleName)
	w.refuse(t, refusal{send(w.Accounts[0], emission), sdkerrors.ErrUnauthorized, "is not allowed to receive funds"})

	// Nor as the payout of a contribution, which would be the same gift by another way.
	m := &model{owner: w.Accounts[0], bytes: "a", payout: emission.String()}
	w.commitAll(goTopic, m)
	w.NextBlock()
	w.refuse(t, refusal{m.reveal(), contributiontypes.ErrBlockedAccount, "name an account that a key controls"})
}

func TestPriceAndBondComeBackByIssuanceAndWithdrawal(t *testing.T) {
	w := newWorld(t, quick)
	m := &model{owner: w.Accounts[0], bytes: "a"}
	pricing := topictypes.DefaultPricing()
	before := w.balance(m.owner.Address)
	w.commitAll(goTopic, m)
	require.Equal(t, before-pricing.BasePrice-uint64(chain.TxFee), w.balance(m.owner.Address), "the price is paid")
	w.revealAll(m)
	require.Equal(t, pricing.Bond, w.balance(contributiontypes.ModuleAddress()), "the bond is held")
	w.MustDeliver(&contributiontypes.MsgWithdrawContribution{Contributor: m.owner.String(), ContributionId: m.id})
	require.Zero(t, w.balance(contributiontypes.ModuleAddress()))
	require.Equal(t, before-pricing.BasePrice-3*uint64(chain.TxFee), w.balance(m.owner.Address), "the bond is back in the same block")

	cheap := (&model{owner: w.Accounts[1], bytes: "b"}).commit(goTopic)
	cheap.MaxPrice = pricing.BasePrice - 1
	w.refuse(t, refusal{cheap, contributiontypes.ErrPriceTooHigh, "never less than 1000000"})
}

func TestATeamIsPaidByAClaim(t *testing.T) {
	w := newWorld(t, quick)
	m := &model{owner: w.Accounts[0], bytes: "a"}
	w.enter(goTopic, m)
	w.MustDeliver(&contributiontypes.MsgSetSplit{Contributor: m.owner.String(), ContributionId: m.id, Split: []contributiontypes.Payee{
		{Address: w.Accounts[1].String(), ShareBp: 7_500}, {Address: w.Accounts[2].String(), ShareBp: 2_500},
	}})
	w.play(goTopic, w.unanimous(entry(m, 9)))
	w.play(goTopic, w.unanimous(entry(m, 9)))
	w.NextBlock()
	first, second := w.balance(w.Accounts[1].Address), w.balance(w.Accounts[2].Address)
	w.MustDeliver(&emissiontypes.MsgClaim{Contributor: m.owner.String()})
	first, second = w.balance(w.Accounts[1].Address)-first, w.balance(w.Accounts[2].Address)-second
	require.NotZero(t, second)
	require.InDelta(t, float64(first), float64(3*second), 3, "three quarters and one quarter, to the unit")
}

// TestTheOrderWithinABlockGivesNobodyTheDigestOfAnEarlierBlock lets a thief that reads
// the reveal in the mempool put a commit and a reveal of its own in front of it.
func TestTheOrderWithinABlockGivesNobodyTheDigestOfAnEarlierBlock(t *testing.T) {
	w := newWorld(t, quick)
	original := &model{owner: w.Accounts[0], bytes: "the same"}
	w.commitAll(goTopic, original)
	stolen := &model{owner: w.Accounts[1], bytes: "the same"}
	res := w.NextBlock(w.Sign(chain.TxFee, stolen.commit(goTopic)), w.Sign(chain.TxFee, original.reveal()))
	for _, tx := range res.TxResults {
		require.Zero(t, tx.Code, tx.Log)
	}
	stolen.id = answer[contributiontypes.MsgCommitContributionResponse](t, res.TxResults[0]).ContributionId
	w.refuse(t, refusal{stolen.reveal(), contributiontypes.ErrDigestOwned, "submit a model of your own"})
	require.Equal(t, contributiontypes.STATUS_REVEALED, w.contribution(original.id).Status)
}
