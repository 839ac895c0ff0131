// SPDX-License-Identifier: Apache-2.0

package types

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/weal-network/weal/pkg/fixed"
	"github.com/weal-network/weal/pkg/innovation"
	"github.com/weal-network/weal/pkg/row"
	topictypes "github.com/weal-network/weal/x/topic/types"
)

// maxClipped is how many of its clipped weights a validator is shown.
const maxClipped = 8

// ExplainContribution says what the contribution at index got; from whom is added by the caller.
func ExplainContribution(r *EpochResult, index int) ContributionExplanation {
	x := ContributionExplanation{
		ContributionId: r.ContributionIds[index], Quality: r.Quality[index], Consensus: r.Consensus[index],
		Incentive: r.Incentive[index], Reward: r.Reward[index], Place: 1, Contributions: uint32(len(r.ContributionIds)),
	}
	for _, incentive := range r.Incentive {
		if incentive > x.Incentive {
			x.Place++
		}
	}
	return x
}

// GiveScore is what a voter gave a contribution, and what it weighed.
func GiveScore(v Voter, id uint64, score uint16, weight uint64, own bool) GivenScore {
	given := GivenScore{Operator: v.Operator, Power: v.Power, Score: uint32(score), Own: own}
	if !own {
		given.Weight = weight
	}
	return given
}

// ExplainValidator says what the voter at index got; its row and records are added by the caller.
func ExplainValidator(r *EpochResult, v Voter, index int) ValidatorExplanation {
	return ValidatorExplanation{
		Operator: v.Operator, Tokens: v.Tokens, Power: v.Power, TotalPower: r.TotalPower, Committed: v.Committed, Revealed: v.Revealed,
		Trust: r.Validators[index].Trust, Dividend: r.Validators[index].Dividend, BondDividend: r.Validators[index].BondDividend,
		Innovation: r.Validators[index].Innovation, InnovationAverage: r.Validators[index].InnovationAverage, InnovationMedian: r.InnovationMedian,
	}
}

// AddRow adds what the validator revealed, and where what it weighed, in 2^-32, lay above the consensus.
func (x *ValidatorExplanation) AddRow(r *EpochResult, entries []row.Entry, weigh func(score uint16) uint64) {
	for _, e := range entries {
		index, found := slices.BinarySearch(r.ContributionIds, e.ID)
		if _, own := slices.BinarySearch(x.Own, e.ID); own || !found || e.Score == 0 {
			continue
		}
		x.Scores++
		weight := weigh(e.Score)
		if x.Power > 0 && weight > r.Consensus[index] {
			x.Clipped = append(x.Clipped, ClippedWeight{ContributionId: e.ID, Score: uint32(e.Score), Weight: weight, Consensus: r.Consensus[index]})
		}
	}
	slices.SortStableFunc(x.Clipped, func(a, b ClippedWeight) int { return cmp.Compare(b.Weight-b.Consensus, a.Weight-a.Consensus) })
	x.Clipped = x.Clipped[:min(len(x.Clipped), maxClipped)]
}

// Lines says it in plain words.
func (x ContributionExplanation) Lines() []string {
	lines := []string{fmt.Sprintf("contribution %d: incentive %s, place %d of %d; paid %s", x.ContributionId, share(x.Incentive), x.Place, x.Contributions, weal(x.Reward))}
	scored, least, most := 0, ^uint32(0), uint32(0)
	var clipped, own []string
	for _, s := range x.Scores {
		switch {
		case s.Own:
			own = append(own, s.Operator)
			continue
		case s.Score > 0:
			scored++
		}
		least, most = min(least, s.Score), max(most, s.Score)
		if s.Weight > x.Consensus {
			clipped = append(clipped, s.Operator)
		}
	}
	if len(x.Scores) < int(x.Validators) {
		lines = append(lines, fmt.Sprintf("the topic shares out the scoring: it was for %d of the %d validators that count", len(x.Scores), x.Validators))
	}
	if len(x.Scores) > len(own) {
		lines = append(lines, fmt.Sprintf("quality %d of 65535: the power-weighted median of %d scores, of which %d are above 0; they lie between %d and %d",
			x.Quality, len(x.Scores)-len(own), scored, least, most))
	}
	lines = append(lines, fmt.Sprintf("consensus %s: the most of a row that enough power gave it; %s", share(x.Consensus), listed(len(clipped), "validator gave more and was cut to it", "validators gave more and were cut to it")))
	if len(own) > 0 {
		lines = append(lines, "not counted, as it is their own: "+strings.Join(own, ", "))
	}
	return append(lines, x.frontierLines()...)
}

// Lines says it in plain words.
func (x ValidatorExplanation) Lines() []string {
	lines := []string{fmt.Sprintf("%s: dividend %s", x.Operator, share(x.Dividend)), x.powerLine()}
	switch {
	case x.Power == 0:
		lines = append(lines, "without power nothing counts")
	case x.Revealed:
		lines = append(lines,
			fmt.Sprintf("revealed a row of %s above 0%s", listed(int(x.Scores), "score", "scores"), x.askedText()),
			fmt.Sprintf("trust %s: the part of its row that the consensus kept%s", share(x.Trust), x.clippedText()))
	case x.Committed:
		lines = append(lines, fmt.Sprintf("committed and did not reveal: no dividend, and a miss; %s in this topic so far", listed(int(x.Misses), "miss", "misses")))
	default:
		lines = append(lines, "did not commit: no dividend")
	}
	if len(x.Own) > 0 {
		lines = append(lines, fmt.Sprintf("not counted, as they are its own: contributions %v", x.Own))
	}
	if x.DividendRule == topictypes.DIVIDEND_RULE_INNOVATION {
		lines = append(lines, x.innovationLines()...)
	}
	return append(lines, fmt.Sprintf("bonds in %s after the epoch; they earn when these have incentive", listed(int(x.Bonds), "contribution", "contributions")))
}

// askedText says how the row is weighed, where scores are sharpened, and what of it was asked for, where the scoring is shared out.
func (x ValidatorExplanation) askedText() string {
	text := ""
	if x.Sharpness > 1 {
		text = fmt.Sprintf("; scores are weighed by their power of %d", x.Sharpness)
	}
	if x.Assigned == 0 {
		return text
	}
	return text + fmt.Sprintf("; it was to score %s, of which it gave %d nothing, which is a 0; %d more that it scored are ignored",
		listed(int(x.Assigned), "contribution", "contributions"), x.Skipped, x.Ignored)
}

// powerLine says where the power comes from.
func (x ValidatorExplanation) powerLine() string {
	line := fmt.Sprintf("power %s of %s", weal(x.Power), weal(x.TotalPower))
	if x.Power < x.Tokens {
		line += fmt.Sprintf(", cut by the cap from %s", weal(x.Tokens))
	}
	switch {
	case x.Tokens == 0:
		line += fmt.Sprintf("; it had %s at the start, and could not score when the epoch ended", weal(x.StartTokens))
	case x.Tokens < x.StartTokens:
		line += fmt.Sprintf("; it had %s at the start, and the lower counts", weal(x.StartTokens))
	}
	return line
}

// innovationLines say what was paid for knowing what was not public.
func (x ValidatorExplanation) innovationLines() []string {
	p := innovation.DefaultParams()
	merit := p.Merit(fixed.Q32(x.InnovationAverage), fixed.Q32(x.InnovationMedian))
	why := "all of it is paid"
	switch {
	case x.Power == 0 || !x.Revealed:
		why = "nothing is paid to who revealed nothing"
	case merit == 0:
		why = "nothing is paid: it told hardly more than what was public before"
	case merit < fixed.One:
		why = fmt.Sprintf("%s of it is paid", merit)
	}
	return []string{
		fmt.Sprintf("innovation %s: how well what its row says beyond what was public agrees with what the others' say", signed(x.Innovation)),
		fmt.Sprintf("half of the dividend is for that, by its moving average %s beside %s, the median of all; full pay begins at %s of it: %s",
			signed(x.InnovationAverage), signed(x.InnovationMedian), p.To, why),
		fmt.Sprintf("half is by bonds, which alone would have paid %s", share(x.BondDividend)),
	}
}

// signed writes a fraction in 2^-32.
func signed(n int64) string { return fixed.Q32(n).String() }

// clippedText lists where most was cut.
func (x ValidatorExplanation) clippedText() string {
	if len(x.Clipped) == 0 {
		return ""
	}
	cuts := make([]string, len(x.Clipped))
	for i, c := range x.Clipped {
		cuts[i] = fmt.Sprintf("%d (score %d, %s to %s)", c.ContributionId, c.Score, share(c.Weight), share(c.Consensus))
	}
	return "; cut most at contributions " + strings.Join(cuts, ", ")
}

// share writes a fraction in 2^-32.
func share(n uint64) string { return fixed.Q32(n).String() }

// weal writes an amount.
func weal(uweal uint64) string { return fmt.Sprintf("%d.%06d WEAL", uweal/1_000_000, uweal%1_000_000) }

func listed(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}
