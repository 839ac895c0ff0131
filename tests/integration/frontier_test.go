// SPDX-License-Identifier: Apache-2.0

package integration_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/weal-network/weal/pkg/row"
	contributiontypes "github.com/weal-network/weal/x/contribution/types"
	emissiontypes "github.com/weal-network/weal/x/emission/types"
	scoringtypes "github.com/weal-network/weal/x/scoring/types"
	topictypes "github.com/weal-network/weal/x/topic/types"

	"github.com/weal-network/weal/testutil/chain"
)

// TestWhatImprovesOnTheBestIsPaidAndItsCloneIsNot is the story of a topic that pays for its frontier, through transactions:
// Ann is first, Bob is better, Eve submits what Bob made under other bytes. All validators agree.
func TestWhatImprovesOnTheBestIsPaidAndItsCloneIsNot(t *testing.T) {
	w := newWorld(t, quick, chain.WithAccounts(4), chain.WithModuleGenesis(topictypes.ModuleName, func(g *topictypes.GenesisState) {
		scoring := &g.Topics[0].Scoring
		scoring.ScoreRule, scoring.RewardRule, scoring.Baseline = topictypes.SCORE_RULE_MEDIAN, topictypes.REWARD_RULE_FRONTIER, 20_000
	}))
	ann, bob, eve := &model{owner: w.Accounts[0], bytes: "a"}, &model{owner: w.Accounts[1], bytes: "b"}, &model{owner: w.Accounts[2], bytes: "e"}
	w.enter(goTopic, ann)
	var entries []row.Entry
	race := func(epochs int, more ...row.Entry) (last scoringtypes.Epoch) {
		entries = append(entries, more...)
		for range epochs {
			last = w.play(goTopic, w.unanimous(entries...))
			require.Equal(t, scoringtypes.EPOCH_STATUS_SCORED, last.Status, last.VoidReason)
			_, err := w.check(last)
			require.NoError(t, err)
		}
		return last
	}
	paid := func(epoch scoringtypes.Epoch, m *model) uint64 {
		return w.payment(goTopic, epoch.Number).RewardOf(m.id)
	}
	last := race(19, entry(ann, 30_000))
	require.Zero(t, w.payment(goTopic, last.Number).ContributorsSpent)
	last = race(1)
	require.Equal(t, w.payment(goTopic, last.Number).ContributorsSpent, paid(last, ann), "all of it")

	w.enter(goTopic, bob, eve)
	last = race(23, entry(bob, 33_000), entry(eve, 33_000))
	require.Positive(t, paid(last, bob))
	require.Less(t, paid(last, bob), paid(last, ann), "Ann added more, and is not scored worse for it")
	require.Zero(t, paid(last, eve))
	ledger := w.ledger()
	require.Equal(t, uint32(33_000), ledger.Top)
	require.Len(t, ledger.Segments, 2)

	w.mustBlock(w.Sign(chain.TxFee, &contributiontypes.MsgWithdrawContribution{Contributor: bob.owner.String(), ContributionId: bob.id}))
	require.Len(t, w.ledger().Ending, 1)
	entries = []row.Entry{entry(ann, 30_000), entry(eve, 33_000)}
	w.open(goTopic)
	// The epoch that was open knows of it when it is closed.
	last = w.play(goTopic, w.unanimous(entries...))
	require.Zero(t, paid(last, bob))
	require.Positive(t, paid(last, ann))
	require.Equal(t, uint32(33_000), w.ledger().Top, "where Bob was nobody else is")
}

// ledger is the first topic's.
func (w *world) ledger() scoringtypes.Ledger {
	w.t.Helper()
	res, err := emissiontypes.NewQueryClient(w.Queries()).Ledger(w.Ctx(), &emissiontypes.QueryLedgerRequest{TopicId: goTopic})
	require.NoError(w.t, err)
	return res.Ledger
}
