// SPDX-License-Identifier: Apache-2.0

package sim

// copier repeats what was published.
type copier struct{}

// Score implements Strategy.
func (copier) Score(v *View) {
	v.each(func(j int, _ Slot) { v.Row(0)[j] = v.Quality[j] })
	v.forAll()
}

// noisyCopier hides that it copies. (noise in basis points)
type noisyCopier struct{ noise int64 }

// Score implements Strategy.
func (c noisyCopier) Score(v *View) {
	for k := range v.Members() {
		v.each(func(j int, _ Slot) {
			v.Row(k)[j] = noisy(v.Quality[j], deviation(v.Rand, c.noise))
		})
	}
}

// deviation draws noise of so many basis points, in 65536ths.
func deviation(r *Source, bp int64) int64 { return r.Normal() * bp / basisPoints }

// revertingCopier moves the last published medians towards their moving average, by gain:
// 10000 basis points are all of the way, which is the smoothed copier.
type revertingCopier struct {
	alpha, gain int64
	average     average
}

// Score implements Strategy.
func (c *revertingCopier) Score(v *View) {
	c.average.update(v, c.alpha)
	v.each(func(j int, _ Slot) {
		last := int64(v.Quality[j])
		v.Row(0)[j] = hold(last + (c.average.of(j)-last)*c.gain/basisPoints)
	})
	v.forAll()
}

// shocked gives what was published, and one chance for the whole group.
type shocked struct{ shock int64 }

// Score implements Strategy.
func (c shocked) Score(v *View) {
	v.each(func(j int, _ Slot) {
		v.Row(0)[j] = noisy(v.Quality[j], deviation(v.Rand, c.shock))
	})
	v.forAll()
}

// average is a moving average of the published medians by slot, with 16 bits behind the
// point. An item begins with its first median.
type average struct{ values []int64 }

func (a *average) update(v *View, alphaBp int64) {
	if a.values == nil {
		a.values = make([]int64, len(v.Slots))
	}
	v.each(func(j int, s Slot) {
		last := int64(v.Quality[j]) << 16
		if s.Age <= 1 {
			a.values[j] = last
		} else {
			a.values[j] += (last - a.values[j]) / basisPoints * alphaBp
		}
	})
}

func (a *average) of(j int) int64 { return a.values[j] >> 16 }
