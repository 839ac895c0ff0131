// SPDX-License-Identifier: Apache-2.0

package sim

import (
	"context"
	"fmt"
	"io"
	"math"
	"slices"
)

// Beside says what the scores of two validators are taken from before they are compared.
type Beside string

const (
	// BesideMedians is what the epoch published: what is left are errors.
	BesideMedians Beside = "medians"
	// BesidePublic is what was public before: what is left is what the validators knew beyond it, the news among it.
	BesidePublic Beside = "public"
)

// Likeness is how parallel the rows of two validators were: the cosine, -1 to 1, between how far their scores were from known
// ones, as parts of those and less the mean of the row, averaged over some epochs.
type Likeness struct {
	// Apart are those of two validators of the first group, or of different groups, Together those of two of any other
	// group; both rise.
	Apart, Together []float64
}

// Alike plays the seeds of a scenario with so many workers, and compares all pairs of validators in each run of window
// counted epochs. The error is ErrScenario where it cannot.
func Alike(ctx context.Context, s *Scenario, beside Beside, window, workers int) (Likeness, error) {
	if beside != BesideMedians && beside != BesidePublic {
		return Likeness{}, fmt.Errorf("%w: beside is %q, expected %q or %q", ErrScenario, beside, BesideMedians, BesidePublic)
	}
	if err := s.Validate(); err != nil {
		return Likeness{}, err
	}
	if err := within("window", int64(window), 1, int64(s.Epochs-s.Warmup)); err != nil {
		return Likeness{}, err
	}
	seeds := make([]Likeness, s.Seeds)
	err := spread(ctx, s.Seeds, workers, func(k int) (err error) {
		seeds[k], err = alike(s, s.Seed+uint64(k), beside, window)
		return err
	})
	var all Likeness
	for _, l := range seeds {
		all.Apart, all.Together = append(all.Apart, l.Apart...), append(all.Together, l.Together...)
	}
	slices.Sort(all.Apart)
	slices.Sort(all.Together)
	return all, err
}

func alike(s *Scenario, seed uint64, beside Beside, window int) (Likeness, error) {
	g, err := newGame(s, seed)
	if err != nil {
		return Likeness{}, err
	}
	var l Likeness
	result := g.result(seed)
	n := len(g.power)
	sums, epochs := make([]float64, n*n), 0
	for epoch := range s.Epochs {
		void := result.Void
		if err := g.play(epoch, &result); err != nil {
			return Likeness{}, err
		}
		if epoch < s.Warmup || result.Void > void {
			continue
		}
		g.compare(sums, beside)
		if epochs++; epochs%window == 0 {
			g.average(sums, window, &l)
			clear(sums)
		}
	}
	return l, nil
}

// compare adds the cosines of the epoch that was played, of all pairs, to sums.
func (g *game) compare(sums []float64, beside Beside) {
	known := g.known.quality
	if beside == BesidePublic {
		known = g.before
	}
	n := len(g.power)
	offsets := make([][]float64, n)
	for i := range offsets {
		offsets[i] = g.offsets(i, known)
		for k := range i {
			sums[i*n+k] += cosine(offsets[i], offsets[k])
		}
	}
}

// offsets are how far a validator's scores were from known ones, in parts of those; 0 where either is missing.
func (g *game) offsets(validator int, known []uint16) []float64 {
	row := g.row(validator)
	there := func(j int) bool { return g.live[j] && known[j] > 0 && row[j] > 0 }
	offsets, sum, count := make([]float64, len(row)), 0.0, 0.0
	for j, k := range known {
		if there(j) {
			offsets[j] = (float64(row[j]) - float64(k)) / float64(k)
			sum, count = sum+offsets[j], count+1
		}
	}
	for j := range known {
		if there(j) {
			offsets[j] -= sum / count
		}
	}
	return offsets
}

// cosine is 0 for a vector of nothing.
func cosine(a, b []float64) float64 {
	var aa, bb, ab float64
	for j := range a {
		aa += float64(a[j] * a[j])
		bb += float64(b[j] * b[j])
		ab += float64(a[j] * b[j])
	}
	if aa == 0 || bb == 0 {
		return 0
	}
	return ab / math.Sqrt(aa) / math.Sqrt(bb)
}

// average sorts the means of all pairs into who is apart and who together.
func (g *game) average(sums []float64, window int, l *Likeness) {
	n := len(g.power)
	group := make([]int, n)
	for at, seat := range g.seats {
		for i := seat.from; i < seat.to; i++ {
			group[i] = at
		}
	}
	for i := range n {
		for k := range i {
			mean := sums[i*n+k] / float64(window)
			if group[i] == group[k] && group[i] > 0 {
				l.Together = append(l.Together, mean)
			} else {
				l.Apart = append(l.Apart, mean)
			}
		}
	}
}

// Threshold is the likeness above which no more than one of so many pairs that are apart lies, and Flagged the part of
// pairs that are together above it.
func (l Likeness) Threshold(oneOf int) (threshold, flagged float64) {
	if len(l.Apart) == 0 {
		return 1, 0
	}
	threshold = l.Apart[len(l.Apart)-1-len(l.Apart)/oneOf]
	above := 0
	for _, x := range l.Together {
		if x > threshold {
			above++
		}
	}
	return threshold, ratio(int64(above), int64(len(l.Together)))
}

// WriteTable writes how alike pairs were, and what thresholds would flag, for people.
func (l Likeness) WriteTable(w io.Writer) error {
	for _, pairs := range []struct {
		name   string
		values []float64
	}{{"apart", l.Apart}, {"together", l.Together}} {
		n := len(pairs.values)
		if n == 0 {
			continue
		}
		fmt.Fprintf(w, "pairs that are %-8s %7d: least %s, median %s, most %s\n", pairs.name, n,
			decimal(pairs.values[0], 3), decimal(pairs.values[n/2], 3), decimal(pairs.values[n-1], 3))
	}
	for _, oneOf := range []int{100, 1_000, 10_000} {
		threshold, flagged := l.Threshold(oneOf)
		if _, err := fmt.Fprintf(w, "one false alarm in %-5d: threshold %s flags %s of those together\n", oneOf, decimal(threshold, 3), decimal(flagged, 3)); err != nil {
			return err
		}
	}
	return nil
}
