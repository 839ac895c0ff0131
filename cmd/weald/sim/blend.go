// SPDX-License-Identifier: Apache-2.0

package sim

// blendKnobs are what a cheat can turn. With their defaults it is honest.
var blendKnobs = []knob{
	{"share_bp", 10_000, 0, 10_000, "share of the items that it measures, drawn each epoch; it predicts the rest"},
	{"pooled", 0, 0, 1, "1: all members give the first one's row"},
	{"weight_bp", 10_000, 0, 30_000, "how far it goes from its prediction to its measurement; more than 10000 exaggerates"},
	{"alpha_bp", 2_000, 1, 10_000, "weight of the last epoch in its moving average"},
	{"gain_bp", 0, 0, 20_000, "how far its prediction goes from the last medians to their average"},
	{"shock_bp", 0, 0, 3_000, "standard deviation of a shock that moves all its rows"},
	{"own_bp", 10_000, 0, 1_000_000, "what its own items get of what it would say"},
	{"others_bp", 10_000, 0, 20_000, "what others' items get of what it would say"},
	{"young_bp", 10_000, 0, 40_000, "what items younger than 5 epochs get of what it would say"},
	{"hide_bp", 0, 0, 9_000, "how often it does not reveal, of the epochs in which its row fits least"},
	{"every", 1, 1, 20, "it cheats in one epoch of so many, and is honest in the others"},
}

// young is how many epochs blend holds an item for young.
const young = 5

// blend is every cheat at once, by numbers.
type blend struct {
	k       Knobs
	average average
	selective
}

func newBlend(k Knobs) Strategy { return &blend{k: k, selective: selective{hide: k["hide_bp"]}} }

// Score implements Strategy.
func (b *blend) Score(v *View) {
	b.average.update(v, b.k["alpha_bp"])
	if (v.Epoch+1)%int(b.k["every"]) != 0 {
		b.selective.Score(v)
		return
	}
	share, weight, gain, shock := b.k["share_bp"], b.k["weight_bp"], b.k["gain_bp"], b.k["shock_bp"]
	shocks := make([]int64, len(v.Slots))
	for j := range shocks {
		if shock > 0 {
			shocks[j] = deviation(v.Rand, shock)
		}
	}
	for k := range v.Members() {
		if k > 0 && b.k["pooled"] == 1 {
			copy(v.Row(k), v.Row(0))
			continue
		}
		v.each(func(j int, s Slot) {
			last := int64(v.Quality[j])
			x := last + (b.average.of(j)-last)*gain/basisPoints
			if share == basisPoints || v.Rand.Chance(share) {
				x += (int64(v.Measured(k)[j]) - x) * weight / basisPoints
			}
			x += x * shocks[j] >> 16
			v.Row(k)[j] = hold(x * b.times(s) / basisPoints)
		})
	}
}

// times is what an item gets of what the group would say of it, in basis points.
func (b *blend) times(s Slot) int64 {
	times := b.k["others_bp"]
	if s.Mine {
		times = b.k["own_bp"]
	}
	if s.Age < young {
		times = times * b.k["young_bp"] / basisPoints
	}
	return times
}

// Reveal implements Revealer.
func (b *blend) Reveal(v *View, others []ballot, reveals []bool) {
	if b.k["hide_bp"] > 0 {
		b.selective.Reveal(v, others, reveals)
	}
}
