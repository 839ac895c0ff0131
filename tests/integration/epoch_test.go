// SPDX-License-Identifier: Apache-2.0

package integration_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/weal-network/weal/app"
	"github.com/weal-network/weal/pkg/row"
	"github.com/weal-network/weal/testutil/chain"
	contributiontypes "github.com/weal-network/weal/x/contribution/types"
	emissiontypes "github.com/weal-network/weal/x/emission/types"
	scoringtypes "github.com/weal-network/weal/x/scoring/types"
)

// TestFromGenesisToAClaim tells the chain's main job: three models, of which the second
// was built on the first, are committed, revealed, scored and paid; rewards mature and are
// claimed; what the chain owes and owns adds up after every block.
func TestFromGenesisToAClaim(t *testing.T) {
	w := newWorld(t, quick)
	payout := chain.NewAccount("a cold wallet")
	models := []*model{
		{owner: w.Accounts[0], bytes: "order-1", payout: payout.String()},
		{owner: w.Accounts[1], bytes: "order-2"},
		{owner: w.Accounts[2], bytes: "random"},
	}
	w.commitAll(goTopic, models...)
	models[1].parents = []contributiontypes.Parent{{Id: models[0].id, ShareBp: 2000}}
	w.revealAll(models...)
	for _, m := range models {
		require.Equal(t, contributiontypes.STATUS_REVEALED, w.contribution(m.id).Status)
	}
	say := w.unanimous(row.Entry{ID: models[0].id, Score: 30_000}, row.Entry{ID: models[1].id, Score: 60_000}, row.Entry{ID: models[2].id, Score: 10_000})

	// The topic's first epochs begin without models; the one that pins them is scored.
	epoch := w.open(goTopic)
	_, ids := w.epoch(goTopic)
	require.Equal(t, []uint64{models[0].id, models[1].id, models[2].id}, ids)
	for _, scorer := range w.scorers {
		require.Zero(t, w.balance(scorer.Address), "a hot key needs no coin")
	}
	epoch = w.play(goTopic, say)
	require.Equal(t, scoringtypes.EPOCH_STATUS_SCORED, epoch.Status, epoch.VoidReason)
	for _, scorer := range w.scorers {
		require.Zero(t, w.balance(scorer.Address))
	}

	payment := w.payment(goTopic, epoch.Number)
	requirePaidByScore(t, payment)
	requireRoyalty(t, payment, models[0].id, models[1].id)
	requireBudget(t, w, payment)
	requireDividends(t, w, payment)

	// The rewards mature when the next epoch of the topic is paid.
	w.MustRefuse(emissiontypes.ErrNothingToClaim, &emissiontypes.MsgClaim{Contributor: models[0].owner.String()})
	next := w.play(goTopic, say)
	require.Equal(t, scoringtypes.EPOCH_STATUS_SCORED, next.Status, next.VoidReason)
	require.True(t, w.payment(goTopic, epoch.Number).Matured)
	require.False(t, w.payment(goTopic, next.Number).Matured)

	before := w.balance(models[0].owner.Address)
	res := w.MustDeliver(&emissiontypes.MsgClaim{Contributor: models[0].owner.String()})
	paid := answer[emissiontypes.MsgClaimResponse](t, res).Payments
	require.Equal(t, []emissiontypes.Payment{{Recipient: payout.String(), Amount: payment.Rewards[0].Amount}}, paid)
	require.Equal(t, payment.Rewards[0].Amount, w.balance(payout.Address))
	require.Equal(t, before-chain.TxFee, w.balance(models[0].owner.Address))
	require.Equal(t, 1, transfersTo(res.Events, payout.String()))

	w.MustRefuse(emissiontypes.ErrNothingToClaim, &emissiontypes.MsgClaim{Contributor: models[0].owner.String()})
	require.Equal(t, payment.Rewards[0].Amount, w.balance(payout.Address))
}

// requirePaidByScore checks that the shares of the budget are those of the scores, which
// all validators agreed on: 3, 6 and 1 tenths.
func requirePaidByScore(t *testing.T, payment paidEpoch) {
	t.Helper()
	require.Len(t, payment.Rewards, 3)
	total := payment.ContributorsSpent
	for i, tenths := range []uint64{3, 6, 1} {
		require.InDelta(t, total*tenths/10, payment.Rewards[i].Earned, 3, "reward %d of %d", i, total)
	}
	require.Equal(t, payment.Budget, payment.ContributorsSpent+payment.ScoringSpent+payment.Carried)
	require.InDelta(t, payment.Budget*6/10, payment.ContributorsSpent, 1)
}

// requireRoyalty checks that the child gave a fifth of what it earned to its parent.
func requireRoyalty(t *testing.T, payment paidEpoch, parent, child uint64) {
	t.Helper()
	up, down := payment.Rewards[0], payment.Rewards[1]
	require.Equal(t, []uint64{parent, child}, []uint64{up.ContributionId, down.ContributionId})
	require.InDelta(t, down.Earned/5, down.RoyaltiesOut, 1)
	require.Equal(t, down.RoyaltiesOut, up.RoyaltiesIn)
	require.Equal(t, up.Earned+up.RoyaltiesIn, up.Amount)
	require.Equal(t, down.Earned-down.RoyaltiesOut, down.Amount)
}

// requireBudget checks that the epoch spent what the topic's share had accrued since
// genesis: six tenths of the eight tenths that go to topics.
func requireBudget(t *testing.T, w *world, payment paidEpoch) {
	t.Helper()
	res, err := emissiontypes.NewQueryClient(w.Queries()).Issuance(w.Ctx(), &emissiontypes.QueryIssuanceRequest{})
	require.NoError(t, err)
	require.Positive(t, payment.Budget)
	// Each block rounds once.
	require.InDelta(t, res.Issuance.Minted*8/10*6/10, payment.Budget, float64(w.Height()))
}

// requireDividends checks that x/distribution holds the dividends for the validators and
// their delegators, and that equal validators got equal ones.
func requireDividends(t *testing.T, w *world, payment paidEpoch) {
	t.Helper()
	require.Len(t, payment.Dividends, validators)
	require.Positive(t, payment.ScoringSpent)
	for _, dividend := range payment.Dividends {
		require.InDelta(t, payment.ScoringSpent/validators, dividend.Amount, 1)
		operator, err := sdk.ValAddressFromBech32(dividend.Operator)
		require.NoError(t, err)
		rewards, err := w.App.Distribution.GetValidatorOutstandingRewards(w.Ctx(), operator)
		require.NoError(t, err)
		// All of the dividend, and the validator's part of the security share so far.
		require.GreaterOrEqual(t, rewards.Rewards.AmountOf(app.BaseDenom).TruncateInt().Uint64(), dividend.Amount)
	}
}
