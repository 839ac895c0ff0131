// SPDX-License-Identifier: Apache-2.0

package sim

import (
	"context"

	"github.com/weal-network/weal/pkg/fixed"
)

// Parts of a topic's budget of an epoch, in basis points.
const (
	contributorsBp = 6_000
	scoringBp      = 4_000
)

// Line is what a group came to.
type Line struct {
	Group Group
	// Dividend is what its power earned, beside what that of the first group earned.
	Dividend Figure
	// Share is its part of the scoring budget.
	Share Figure
	// Pay is what its items earned, Revenue that and its dividends, both beside what the
	// group has with the same seeds when everybody is honest. Pay is nil for a group without items.
	Pay     *Figure
	Revenue Figure
}

// Summary is a scenario played.
type Summary struct {
	Scenario *Scenario
	// Void is the part of the counted epochs that paid nobody.
	Void  float64
	Lines []Line
	// Results are the seeds', Honest those with everybody honest.
	Results, Honest []Result
}

// Summarize plays a scenario and its honest twin, and compares. progress is as in Play, over
// both.
func Summarize(ctx context.Context, s *Scenario, workers int, progress func(done, all int)) (*Summary, error) {
	report := func(offset int) func(int) {
		return func(done int) {
			if progress != nil {
				progress(offset+done, 2*s.Seeds)
			}
		}
	}
	results, err := Play(ctx, s, workers, report(0))
	if err != nil {
		return nil, err
	}
	honest, err := Play(ctx, s.Honestly(), workers, report(s.Seeds))
	if err != nil {
		return nil, err
	}
	summary := &Summary{Scenario: s, Results: results, Honest: honest}
	for i := range s.Groups {
		summary.Lines = append(summary.Lines, summary.line(i))
	}
	var void, all int
	for _, r := range results {
		void, all = void+r.Void, all+r.Epochs
	}
	summary.Void = ratio(int64(void), int64(all))
	return summary, nil
}

func (s *Summary) line(group int) Line {
	l := Line{Group: s.Scenario.Groups[group]}
	l.Dividend = over(s.Results, func(k int) float64 { return PerPower(s.Results[k], group, 0) })
	l.Share = over(s.Results, func(k int) float64 {
		return ratio(int64(s.Results[k].Groups[group].Dividends), int64(s.Results[k].Epochs)<<32)
	})
	l.Revenue = over(s.Results, func(k int) float64 { return RevenueBeside(s.Results[k], s.Honest[k], group) })
	if l.Group.Owns > 0 {
		pay := over(s.Results, func(k int) float64 { return PayBeside(s.Results[k], s.Honest[k], group) })
		l.Pay = &pay
	}
	return l
}

func over(results []Result, f func(k int) float64) Figure {
	values := make([]float64, len(results))
	for k := range values {
		values[k] = f(k)
	}
	return NewFigure(values)
}

// PerPower is what a group's power earned in dividends, beside what another's did.
func PerPower(r Result, group, beside int) float64 {
	a, b := r.Groups[group], r.Groups[beside]
	if b.Dividends == 0 || a.Power == 0 {
		return 0
	}
	return ratio(a.Dividends, b.Dividends) / ratio(a.Power, b.Power)
}

// PayBeside is the pay of a group's items beside the same in another run of the seed.
func PayBeside(r, honest Result, group int) float64 {
	return ratio(r.Groups[group].Pay, honest.Groups[group].Pay)
}

// RevenueBeside is a group's dividends and pay, each by its part of the budget, beside the
// same in another run of the seed.
func RevenueBeside(r, honest Result, group int) float64 {
	return ratio(revenue(r.Groups[group]), revenue(honest.Groups[group]))
}

func revenue(t Tally) int64 { return int64(t.Dividends)*scoringBp + int64(t.Pay)*contributorsBp }

// ContributorShare is a contributor's part of all that contributors were paid.
func ContributorShare(r Result, contributor int) float64 {
	var sum fixed.Q32
	for _, paid := range r.Contributors {
		sum += paid
	}
	return ratio(r.Contributors[contributor], sum)
}

// ContributorBeside is what a contributor was paid beside the same in another run of the seed.
func ContributorBeside(r, honest Result, contributor int) float64 {
	return ratio(r.Contributors[contributor], honest.Contributors[contributor])
}

// Credit is how much of the true progress the ledger holds.
func Credit(r Result) float64 { return ratio(r.Credited, r.Progress) }

// Spread is the coefficient of variation of what the validators of a group earned.
func Spread(r Result, group int) float64 {
	values := make([]float64, len(r.Groups[group].Members))
	for i, d := range r.Groups[group].Members {
		values[i] = ratio(d, 1<<32)
	}
	return variation(values)
}
