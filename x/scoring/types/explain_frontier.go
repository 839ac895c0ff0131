// SPDX-License-Identifier: Apache-2.0

package types

import (
	"fmt"

	"github.com/weal-network/weal/pkg/frontier"
	topictypes "github.com/weal-network/weal/x/topic/types"
)

// frontierLines say what was paid for what the contribution added to the frontier, what its window measured, and what it lacked.
func (x ContributionExplanation) frontierLines() []string {
	if x.RewardRule != topictypes.REWARD_RULE_FRONTIER {
		return nil
	}
	var lines []string
	if x.Share != nil {
		lines = append(lines, fmt.Sprintf("frontier: %s of the contributors' budget, %s for what it added and %s for what of the last stretch below the top is its own",
			share(x.Share.Total()), share(x.Share.Stock), share(x.Share.Depth)))
	} else {
		lines = append(lines, "frontier: nothing: only what raised the frontier is paid")
	}
	if x.Outcome != nil {
		lines = append(lines, x.Outcome.Lines()...)
	}
	if x.Window != nil {
		lines = append(lines, fmt.Sprintf("its window is open since epoch %d: %d epochs of %d", x.Window.Opened, x.Window.Epochs, x.Window.Length))
	}
	return lines
}

// Lines says in plain words what became of a window.
func (o WindowOutcome) Lines() []string {
	lines := []string{fmt.Sprintf("epoch %d decided, over %s: %s", o.Epoch, listed(int(o.Epochs), "epoch", "epochs"), frontier.Verdict(o.Verdict))}
	if len(o.Rivals) == 0 {
		return lines
	}
	lines = append(lines, fmt.Sprintf("it is %d above the frontier, which was at %d, of 65535; a gain is recorded from %d on", o.Gain, o.Top, o.Threshold))
	settle := int64(frontier.DefaultParams().Settle)
	for i, r := range o.Rivals {
		what := "beside"
		if i == 0 {
			what = "measured against"
		}
		lines = append(lines, fmt.Sprintf("%s %s: ahead by %d, by validators with %s", what, r.name(), r.Ahead/settle, weal(r.Power)))
	}
	return lines
}

// name says what the other side of a comparison is.
func (r Rival) name() string {
	if r.Baseline {
		return "the baseline"
	}
	if r.Quality > 0 {
		return fmt.Sprintf("contribution %d of quality %d", r.ContributionId, r.Quality)
	}
	return fmt.Sprintf("contribution %d", r.ContributionId)
}
