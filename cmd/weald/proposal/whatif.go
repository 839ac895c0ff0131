// SPDX-License-Identifier: Apache-2.0

package proposal

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"slices"
	"text/tabwriter"

	"github.com/cosmos/gogoproto/grpc"

	"cosmossdk.io/core/address"
	"cosmossdk.io/math"

	sdk "github.com/cosmos/cosmos-sdk/types"
	"github.com/cosmos/cosmos-sdk/types/query"

	"github.com/weal-network/weal/pkg/split"
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
	// topics are those that become different, by id.
	topics map[uint64]topictypes.TopicSpec
	// params and emission are new parameters of all topics; nil for none.
	params   *scoringtypes.Params
	emission *emissiontypes.Params
}

// changesOf finds what messages change about epochs.
func changesOf(messages []sdk.Msg) changes {
	c := changes{topics: map[uint64]topictypes.TopicSpec{}}
	for _, message := range messages {
		switch m := message.(type) {
		case *topictypes.MsgUpdateTopic:
			c.topics[m.TopicId] = m.Spec
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
		for id := range c.topics {
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
	next := scoringtypes.Epoch{}
	compared, err := checker.WhatIf(ctx, topicID, number, func(e *scoringtypes.Epoch) {
		c.apply(e)
		next = *e
	})
	if err != nil {
		return err
	}
	fmt.Fprintf(out, "\nepoch %d of topic %d, as it was and as it would have been, before royalties\n", number, topicID)
	if compared.After.Void != "" {
		_, err := fmt.Fprintf(out, "  it would have been void: %s\n", compared.After.Void)
		return err
	}
	was, would, err := w.budgets(ctx, topicID, number, c)
	if err != nil {
		return err
	}
	rows := gains(compared.Operators, dividends(was.Scorers, compared.Before.Dividend), dividends(would.Scorers, compared.After.Dividend))
	if compared.Epoch.PaysFrontier() || next.PaysFrontier() {
		fmt.Fprintln(out, "  contributors are paid by the frontier, which no single epoch decides: validators only")
		return list(out, rows)
	}
	names := make([]string, len(compared.IDs))
	for i, id := range compared.IDs {
		names[i] = fmt.Sprint("contribution ", id)
	}
	return list(out, append(gains(names, split.Proportional(was.Contributors, compared.Before.Incentive), split.Proportional(would.Contributors, compared.After.Incentive)), rows...))
}

// apply gives an epoch the parameters that it would have had.
func (c changes) apply(e *scoringtypes.Epoch) {
	if spec, changed := c.topics[e.TopicId]; changed {
		e.Scoring = spec.Scoring
	}
	if c.params != nil {
		e.PowerCapBp, e.MinRevealBp = c.params.PowerCapBp, c.params.MinRevealBp
	}
}

// budgets parts what an epoch paid as it was, and as it would be by what the messages change of the parameters that hold.
func (w WhatIf) budgets(ctx context.Context, topicID, number uint64, c changes) (was, would emissiontypes.Budget, err error) {
	emission := emissiontypes.NewQueryClient(w.Node)
	paid, err := emission.EpochPayment(ctx, &emissiontypes.QueryEpochPaymentRequest{TopicId: topicID, Epoch: number})
	if err != nil {
		return was, would, fmt.Errorf("its payment: %w", err)
	}
	now, err := emission.Params(ctx, &emissiontypes.QueryParamsRequest{})
	if err != nil {
		return was, would, err
	}
	topic, err := topictypes.NewQueryClient(w.Node).Topic(ctx, &topictypes.QueryTopicRequest{TopicId: topicID})
	if err != nil {
		return was, would, err
	}
	contributorsBp, stewardBp := contributorsBp(paid.Payment), topic.Topic.StewardBp
	was = emissiontypes.NewBudget(paid.Payment.Budget, contributorsBp, stewardBp)
	if c.emission != nil && c.emission.ContributorsBp != now.Params.ContributorsBp {
		contributorsBp = c.emission.ContributorsBp
	}
	if spec, changed := c.topics[topicID]; changed {
		stewardBp = spec.StewardBp
	}
	return was, emissiontypes.NewBudget(paid.Payment.Budget, contributorsBp, stewardBp), nil
}

// contributorsBp is what part of a budget was the contributors', in basis points. The parameter may have changed since the epoch began.
func contributorsBp(paid emissiontypes.EpochPayment) uint32 {
	if paid.Budget == 0 {
		return 0
	}
	part, budget := math.NewIntFromUint64(paid.ContributorsPart), math.NewIntFromUint64(paid.Budget)
	return uint32(part.MulRaw(emissiontypes.BasisPoints).Add(budget.QuoRaw(2)).Quo(budget).Uint64()) //nolint:gosec // a part is no more than the whole
}

// dividends shares the scorers' part as x/emission does.
func dividends(part uint64, shares []uint64) []uint64 {
	results := make([]scoringtypes.ValidatorResult, len(shares))
	for i, share := range shares {
		results[i].Dividend = share
	}
	return emissiontypes.ShareDividends(part, results)
}

// gain is what somebody earned, and would have earned, in uweal.
type gain struct {
	name          string
	before, after uint64
}

// gains lists those whose pay changes.
func gains(names []string, before, after []uint64) []gain {
	rows := make([]gain, 0, len(names))
	for i, name := range names {
		if before[i] != after[i] {
			rows = append(rows, gain{name, before[i], after[i]})
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
