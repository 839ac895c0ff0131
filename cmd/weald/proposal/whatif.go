// SPDX-License-Identifier: Apache-2.0

package proposal

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"math/bits"
	"slices"
	"text/tabwriter"

	"github.com/cosmos/gogoproto/grpc"

	"cosmossdk.io/core/address"

	sdk "github.com/cosmos/cosmos-sdk/types"
	"github.com/cosmos/cosmos-sdk/types/query"

	emissiontypes "github.com/weal-network/weal/x/emission/types"
	scoringtypes "github.com/weal-network/weal/x/scoring/types"
	"github.com/weal-network/weal/x/scoring/verify"
	topictypes "github.com/weal-network/weal/x/topic/types"
)

const (
	// maxTopics is for how many topics a change of all of them is computed.
	maxTopics = 8
	// maxBack is how many epochs are gone back to find one that is scored.
	maxBack = 8
	// maxRows is how many winners and losers are listed, the largest first.
	maxRows = 20
)

// WhatIf computes a topic's last scored epoch again as proposals would have it.
type WhatIf struct {
	Node      grpc.ClientConn
	ChainID   string
	Operators address.Codec
}

// changes is what messages change about epochs.
type changes struct {
	// scoring are topics' new rules; nil for none.
	scoring map[uint64]topictypes.Scoring
	// of all topics; nil for none.
	params   *scoringtypes.Params
	emission *emissiontypes.Params
}

// changesOf finds what messages change about epochs.
func changesOf(messages []sdk.Msg) changes {
	c := changes{scoring: map[uint64]topictypes.Scoring{}}
	for _, message := range messages {
		switch m := message.(type) {
		case *topictypes.MsgUpdateTopic:
			c.scoring[m.TopicId] = m.Spec.Scoring
		case *scoringtypes.MsgUpdateParams:
			c.params = &m.Params
		case *emissiontypes.MsgUpdateParams:
			c.emission = &m.Params
		}
	}
	return c
}

// Show writes who would have gained and who lost in the last scored epoch of each topic that the messages change. It
// writes nothing if they change nothing about epochs.
func (w WhatIf) Show(ctx context.Context, out io.Writer, messages []sdk.Msg) error {
	c := changesOf(messages)
	topics, err := w.topics(ctx, c)
	if err != nil {
		return err
	}
	for _, id := range topics {
		if err := w.showTopic(ctx, out, id, c); err != nil {
			return fmt.Errorf("last epoch of topic %d: %w", id, err)
		}
	}
	return nil
}

// topics lists those that the changes are about.
func (w WhatIf) topics(ctx context.Context, c changes) ([]uint64, error) {
	var ids []uint64
	if c.params == nil && c.emission == nil {
		for id := range c.scoring {
			ids = append(ids, id)
		}
		slices.Sort(ids)
		return ids, nil
	}
	res, err := topictypes.NewQueryClient(w.Node).Topics(ctx, &topictypes.QueryTopicsRequest{Status: topictypes.STATUS_ACTIVE, Pagination: &query.PageRequest{Limit: maxTopics}})
	if err != nil {
		return nil, err
	}
	for _, t := range res.Topics {
		ids = append(ids, t.Id)
	}
	return ids, nil
}

// lastScored finds a topic's last epoch with a result; false if there is none near.
func (w WhatIf) lastScored(ctx context.Context, topicID uint64) (uint64, bool, error) {
	queries := scoringtypes.NewQueryClient(w.Node)
	res, err := queries.Epoch(ctx, &scoringtypes.QueryEpochRequest{TopicId: topicID})
	if err != nil {
		return 0, false, nil //nolint:nilerr // a topic that was never scored has no epoch
	}
	for back := uint64(0); back < maxBack && back < res.Epoch.Number; back++ {
		number := res.Epoch.Number - back
		epoch, err := queries.Epoch(ctx, &scoringtypes.QueryEpochRequest{TopicId: topicID, Epoch: number})
		if err != nil {
			return 0, false, err
		}
		if epoch.Epoch.Status != scoringtypes.EPOCH_STATUS_SCORED {
			continue
		}
		if tally, err := queries.Tally(ctx, &scoringtypes.QueryTallyRequest{TopicId: topicID, Epoch: number}); err == nil && tally.Work == nil {
			return number, true, nil
		}
	}
	return 0, false, nil
}

// showTopic writes one topic's.
func (w WhatIf) showTopic(ctx context.Context, out io.Writer, topicID uint64, c changes) error {
	number, found, err := w.lastScored(ctx, topicID)
	if err != nil || !found {
		return err
	}
	checker := verify.Checker{Queries: scoringtypes.NewQueryClient(w.Node), ChainID: w.ChainID, Operators: w.Operators}
	compared, err := checker.WhatIf(ctx, topicID, number, func(e *scoringtypes.Epoch) {
		if scoring, changed := c.scoring[topicID]; changed {
			e.Scoring = scoring
		}
		if c.params != nil {
			e.PowerCapBp, e.MinRevealBp = c.params.PowerCapBp, c.params.MinRevealBp
		}
	})
	if err != nil {
		return err
	}
	fmt.Fprintf(out, "\nepoch %d of topic %d, as it was and as it would have been, before royalties\n", number, topicID)
	if compared.After.Void != "" {
		_, err := fmt.Fprintf(out, "  it would have been void: %s\n", compared.After.Void)
		return err
	}
	paid, err := emissiontypes.NewQueryClient(w.Node).EpochPayment(ctx, &emissiontypes.QueryEpochPaymentRequest{TopicId: topicID, Epoch: number})
	if err != nil {
		return fmt.Errorf("its payment: %w", err)
	}
	contributors := paid.Payment.ContributorsPart
	scorers := paid.Payment.Budget - contributors - paid.Payment.StewardCut
	after := split{contributors, scorers}
	if c.emission != nil {
		after = splitBudget(paid.Payment.Budget, paid.Payment.StewardCut, c.emission.ContributorsBp)
	}
	names := make([]string, len(compared.IDs))
	for i, id := range compared.IDs {
		names[i] = fmt.Sprint("contribution ", id)
	}
	rows := append(gains(names, compared.Before.Incentive, compared.After.Incentive, contributors, after.contributors),
		gains(compared.Operators, compared.Before.Dividend, compared.After.Dividend, scorers, after.scorers)...)
	return list(out, rows)
}

// split is a budget's two parts.
type split struct{ contributors, scorers uint64 }

// splitBudget divides a budget under another part for contributors, out of which the steward's cut is taken.
func splitBudget(budget, cut uint64, contributorsBp uint32) split {
	contributors := mulDiv(budget, uint64(contributorsBp), 10_000)
	return split{contributors - min(cut, contributors), budget - contributors}
}

// gain is what somebody earned, and would have earned, in uweal.
type gain struct {
	name          string
	before, after uint64
}

// gains pays shares of 2^-32 out of two parts.
func gains(names []string, before, after []uint64, partBefore, partAfter uint64) []gain {
	rows := make([]gain, 0, len(names))
	for i, name := range names {
		g := gain{name, mulDiv(partBefore, before[i], 1<<32), mulDiv(partAfter, after[i], 1<<32)}
		if g.before != g.after {
			rows = append(rows, g)
		}
	}
	return rows
}

// list writes those whose pay changes most, the largest change first.
func list(out io.Writer, rows []gain) error {
	if len(rows) == 0 {
		_, err := fmt.Fprintln(out, "  everybody would have earned the same")
		return err
	}
	slices.SortStableFunc(rows, func(a, b gain) int { return cmp.Compare(b.size(), a.size()) })
	t := tabwriter.NewWriter(out, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(t, "\tuweal\twould be\tchange\t")
	for _, g := range rows[:min(len(rows), maxRows)] {
		fmt.Fprintf(t, "  %s\t%d\t%d\t%+d\t\n", g.name, g.before, g.after, int64(g.after-g.before))
	}
	if err := t.Flush(); err != nil {
		return err
	}
	if more := len(rows) - maxRows; more > 0 {
		fmt.Fprintf(out, "  and %d more, who would gain or lose less\n", more)
	}
	return nil
}

// size is by how much the pay changes.
func (g gain) size() uint64 { return max(g.before, g.after) - min(g.before, g.after) }

// mulDiv is a*b/c rounded down; b is at most c.
func mulDiv(a, b, c uint64) uint64 {
	hi, lo := bits.Mul64(a, b)
	quotient, _ := bits.Div64(hi, lo, c)
	return quotient
}
