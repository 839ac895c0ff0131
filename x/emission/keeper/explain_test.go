// SPDX-License-Identifier: Apache-2.0

package keeper_test

import (
	"math/big"
	"testing"

	"github.com/stretchr/testify/require"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"
	"pgregory.net/rapid"

	contributiontypes "github.com/weal-network/weal/x/contribution/types"
	"github.com/weal-network/weal/x/emission/types"
)

// issuedBy is what had been issued when a payment of a topic began, as the model knows it.
type issuedBy struct {
	epoch                  uint64
	provision, topics, due *big.Int
}

// explained is a history whose payments are explained at its end. Nothing is deleted in it.
type explained struct {
	*history
	// begun are the beginnings of each topic's payments.
	begun map[uint64][]issuedBy
}

func (h *explained) PayEpoch(rt *rapid.T) {
	before := map[uint64]uint64{1: h.epochs[1], 2: h.epochs[2], 3: h.epochs[3]}
	m := h.m
	by := issuedBy{provision: new(big.Int).Set(m.provision), topics: new(big.Int).Set(m.topics)}
	due := map[uint64]*big.Int{}
	for topic := range before {
		due[topic] = new(big.Int)
		if m.ever[topic] != nil {
			due[topic].Set(m.ever[topic])
		}
	}
	h.history.PayEpoch(rt)
	for topic, last := range before {
		if h.epochs[topic] != last {
			by.epoch, by.due = h.epochs[topic], due[topic]
			h.begun[topic] = append(h.begun[topic], by)
		}
	}
}

// UpdateParams replaces the parameters but for how many payments are kept.
func (h *explained) UpdateParams(*rapid.T) {
	params := h.someParams()
	params.KeepEpochs = types.MaxKeepEpochs
	h.updateParams(params)
}

// Team gives a contribution a team, or takes it away.
func (h *explained) Team(rt *rapid.T) {
	if len(h.contributions.list) == 0 {
		return
	}
	c := &h.contributions.list[h.id("of", uint64(len(h.contributions.list)))-1]
	share := rapid.Uint32Range(1, 9_999).Draw(rt, "share")
	c.Split = []contributiontypes.Payee{{Address: text(account("alice")), ShareBp: share}, {Address: text(account("bob")), ShareBp: 10_000 - share}}
	if rapid.Bool().Draw(rt, "alone") {
		c.Split = nil
	}
}

func (h *explained) explain(id, epoch, topic uint64) *types.QueryExplainResponse {
	h.t.Helper()
	x, err := h.query.Explain(h.ctx, &types.QueryExplainRequest{ContributionId: id, Epoch: epoch, TopicId: topic})
	require.NoError(h.t, err)
	return x
}

// checkPayments adds up every kept payment by explanations alone, and returns what each contribution was given.
func (h *explained) checkPayments() map[uint64]uint64 {
	h.t.Helper()
	given := map[uint64]uint64{}
	for topic := uint64(1); topic <= 3; topic++ {
		last := issuedBy{provision: new(big.Int), topics: new(big.Int), due: new(big.Int)}
		for _, by := range h.begun[topic] {
			var earned, weights, in, out, amounts uint64
			for id := uint64(1); id <= uint64(len(h.contributions.list)); id++ {
				x := h.explain(id, by.epoch, topic)
				h.checkBudget(x, last, by)
				r := x.Reward
				require.Equal(h.t, r.Earned+r.RoyaltiesIn, r.RoyaltiesOut+r.Amount)
				require.LessOrEqual(h.t, r.Earned-x.Payment.Floor(r.Weight), uint64(1))
				require.Equal(h.t, r.Amount, paidTogether(x.Split))
				require.Equal(h.t, x.Account.Mature, paidTogether(x.Claimable))
				earned, weights, in, out, amounts = earned+r.Earned, weights+r.Weight, in+r.RoyaltiesIn, out+r.RoyaltiesOut, amounts+r.Amount
				given[id] += r.Amount
			}
			if p := h.payment(topic, by.epoch); p.Epoch > 0 {
				require.Equal(h.t, p.ContributorsSpent, earned)
				require.Equal(h.t, p.ContributorsSpent, amounts)
				require.LessOrEqual(h.t, weights, p.Weights, "who earned nothing need not be shown")
				require.Equal(h.t, in, out)
			}
			last = by
		}
	}
	return given
}

// checkBudget compares where a budget came from with what the model issued, and adds up what it was spent on.
func (h *explained) checkBudget(x *types.QueryExplainResponse, last, by issuedBy) {
	h.t.Helper()
	p, a := x.Payment, x.Payment.Accrual
	since := func(now, then *big.Int) uint64 { return new(big.Int).Sub(now, then).Uint64() }
	require.Equal(h.t, since(by.provision, last.provision), a.Provision)
	require.Equal(h.t, since(by.topics, last.topics), a.TopicsPart)
	require.Equal(h.t, since(by.due, last.due), x.DueBp)
	require.Equal(h.t, x.DueBp+a.FractionBeforeBp, a.Accrued*types.BasisPoints+a.FractionBp)
	require.Equal(h.t, p.Budget, a.Accrued+a.Carried)
	require.Equal(h.t, p.Budget, p.ContributorsPart+x.ScorersPart)
	require.Equal(h.t, p.ContributorsPart, p.ContributorsSpent+p.StewardCut+x.Unearned)
}

func paidTogether(payments []types.Payment) (sum uint64) {
	for _, p := range payments {
		sum += p.Amount
	}
	return sum
}

// checkAccounts compares what explanations come to with accounts, and what they say a claim pays with what it pays.
func (h *explained) checkAccounts(given map[uint64]uint64) {
	h.t.Helper()
	for id, sum := range given {
		a := h.explain(id, 0, h.anyPaid()).Account
		require.Equal(h.t, sum, a.Immature+a.Mature+a.Claimed+a.TakenBack, "contribution %d", id)
	}
	for _, who := range people {
		due := map[string]uint64{who: 0}
		for _, c := range h.contributions.list {
			if c.Contributor != text(account(who)) {
				continue
			}
			for _, p := range h.explain(c.Id, 0, h.anyPaid()).Claimable {
				due[p.Recipient] += p.Amount
			}
		}
		for topic := uint64(1); topic <= 3; topic++ {
			due[text(account(who))] += h.cutOf(who, topic)
		}
		response, err := h.claim(who)
		if err != nil {
			require.ErrorIs(h.t, err, types.ErrNothingToClaim)
			response = &types.MsgClaimResponse{}
		}
		for _, p := range response.Payments {
			require.Equal(h.t, due[p.Recipient], p.Amount)
			delete(due, p.Recipient)
		}
		for recipient, left := range due {
			require.Zero(h.t, left, recipient)
		}
	}
}

// anyPaid is a topic of which an epoch was paid.
func (h *explained) anyPaid() uint64 {
	for topic := uint64(1); topic <= 3; topic++ {
		if len(h.begun[topic]) > 0 {
			return topic
		}
	}
	return 0
}

func TestEveryExplanationAddsUpToTheUnit(t *testing.T) {
	explanations := 0
	rapid.Check(t, func(rt *rapid.T) {
		h := &explained{history: newHistory(t, rt), begun: map[uint64][]issuedBy{}}
		h.alone = true // The model knows of no teams.
		rt.Repeat(map[string]func(*rapid.T){
			"blocks": h.ManyBlocks, "contribute": h.Contribute, "contribute again": h.Contribute, "pay": h.PayEpoch, "pay again": h.PayEpoch,
			"claim": h.Claim, "shares": h.SetShares, "pause": h.Pause, "burn": h.Burn, "unbond": h.Unbond, "team": h.Team,
			"judge": h.Judge, "handover": h.Handover, "begin": h.BeginEpoch, "params": h.UpdateParams, "resume": h.Resume, "fail": h.Fail,
		})
		if h.anyPaid() == 0 {
			return
		}
		given := h.checkPayments()
		h.checkAccounts(given)
		explanations += len(given)
	})
	require.Positive(t, explanations)
}

func TestAnExplanationSaysInWordsWhatItsNumbersSay(t *testing.T) {
	f, mine, _, _ := matured(t)
	f.steward(1, "sam", 500)
	child := f.contribution(1, "carol", "carol", contributiontypes.Parent{Id: mine, ShareBp: 1_000})
	f.issue(1)
	f.pay(scored(1, 3, []uint64{mine, child}, one/4, one/4*3))
	x, err := f.query.Explain(f.ctx, &types.QueryExplainRequest{ContributionId: mine})
	require.NoError(t, err)
	require.Equal(t, []string{
		"blocks were due 39535978 uweal since the topic's payment before began, 31628783 of it for topics at large",
		"topic 1 accrued 18977270 of that by its share, and 0 were carried over: epoch 3 had a budget of 18977270",
		"11386362 of the budget were for contributors, 7590908 for scorers",
		"the steward " + text(account("sam")) + " had 948863 of the contributors' part",
		"contributions earned 10437499 together; contribution 1 had a weight of 1073741824 of 4294967296 and earned 2609375",
		"it got 782812 in royalties from those built on it, passed 0 on to its parents, and keeps 3392187",
		"that is for " + text(account("alice")) + " 3392187",
		"it can be claimed once epoch 4 of topic 1 is paid, or a later one if that is void",
		"all its rewards together: 3392187 immature, 8539790 can be claimed, 0 were paid out, 0 were taken back",
	}, x.Lines)

	f.judge(mine, contributiontypes.STATUS_QUARANTINED)
	x, err = f.query.Explain(f.ctx, &types.QueryExplainRequest{ContributionId: mine, Epoch: 1})
	require.NoError(t, err)
	require.Contains(t, x.Lines[6], "quarantined")
	f.judge(mine, contributiontypes.STATUS_REMOVED)
	x, err = f.query.Explain(f.ctx, &types.QueryExplainRequest{ContributionId: mine, Epoch: 1})
	require.NoError(t, err)
	require.Contains(t, x.Lines[6], "was removed")
}

func TestWhatCannotBeExplainedSaysWhy(t *testing.T) {
	f := lived(t)
	for name, c := range map[string]struct {
		req  types.QueryExplainRequest
		says string
	}{
		"an epoch that is deleted":       {types.QueryExplainRequest{ContributionId: 1, Epoch: 1}, "older than keep_epochs"},
		"an epoch to come":               {types.QueryExplainRequest{ContributionId: 1, Epoch: 99}, "was not paid"},
		"a topic that nobody knows":      {types.QueryExplainRequest{ContributionId: 1, TopicId: 9}, "weald query topic list"},
		"a contribution that is unknown": {types.QueryExplainRequest{ContributionId: 99}, "no such contribution"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := f.query.Explain(f.ctx, &c.req)
			require.Equal(t, codes.NotFound, status.Code(err))
			require.ErrorContains(t, err, c.says)
		})
	}
}
