// SPDX-License-Identifier: Apache-2.0

package frontier_test

import (
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/weal-network/weal/pkg/frontier"
)

// topic plays a topic's epochs: contributions of known quality, measured by validators with noise, of which
// a part is common to all.
type topic struct {
	t      testing.TB
	params frontier.Params
	m      frontier.Machine
	rand   *rand.Rand
	// common and own are the sizes of the noise.
	common, own float64
	power       []uint64
	truth       map[uint64]float64
	by          map[uint64]string
	active      []uint64
	entered     []uint64
	number      uint64
	// oldest is the first epoch that is remembered.
	oldest   uint64
	played   map[uint64]epoch
	outcomes []frontier.Outcome
	// silent says that a validator does not score a contribution.
	silent func(validator int, id uint64) bool
	// tile is how many columns are observed at a time, all if 0; between says what happens between
	// any two calls.
	tile    int
	between func()
}

// epoch is one that was played.
type epoch struct {
	ids       []uint64
	qualities []uint16
	scores    [][]uint16 // by contribution, then validator
}

// epochSeconds is the time of an epoch, in seconds.
const epochSeconds = 3_600

func newTopic(t testing.TB, seed uint64, validators int, common, own float64) *topic {
	p := frontier.DefaultParams()
	p.Settle, p.Baseline = 10, 20_000
	k := &topic{
		t: t, params: p, rand: rand.New(rand.NewPCG(seed, 3)), common: common, own: own,
		truth: map[uint64]float64{}, by: map[uint64]string{}, played: map[uint64]epoch{},
	}
	for range validators {
		k.power = append(k.power, 100)
	}
	return k
}

func (k *topic) commit(id uint64, by string, truth float64) {
	k.truth[id], k.by[id] = truth, by
	k.active, k.entered = append(k.active, id), append(k.entered, id)
}

func (k *topic) leave(id uint64) {
	k.active = slices.DeleteFunc(k.active, func(other uint64) bool { return other == id })
}

// play plays some epochs.
func (k *topic) play(epochs int) {
	for range epochs {
		k.number++
		k.measure()
		k.step()
		k.entered = nil
	}
}

func (k *topic) measure() {
	e := epoch{ids: slices.Clone(k.active)}
	shock := k.rand.NormFloat64() * k.common
	for _, id := range e.ids {
		scores := make([]uint16, len(k.power))
		for i := range scores {
			scores[i] = uint16(max(1, min(65_535, k.truth[id]+shock+k.own*k.rand.NormFloat64())))
			if k.silent != nil && k.silent(i, id) {
				scores[i] = 0
			}
		}
		e.scores = append(e.scores, scores)
		sorted := slices.Clone(scores)
		slices.Sort(sorted)
		e.qualities = append(e.qualities, sorted[len(sorted)/2])
	}
	k.played[k.number] = e
}

func (k *topic) step() {
	k.begin()
	var reference []uint16
	if r, _ := k.m.Reference(); r != frontier.Baseline {
		reference = make([]uint16, len(k.power))
		require.NoError(k.t, k.Scores(k.number, r, reference))
	}
	now := k.played[k.number]
	width := k.tile
	if width == 0 {
		width = max(len(now.ids), 1)
	}
	for from := 0; from < len(now.ids); from += width {
		to := min(from+width, len(now.ids))
		var tile []uint16
		for i := range k.power {
			for j := from; j < to; j++ {
				tile = append(tile, now.scores[j][i])
			}
		}
		require.NoError(k.t, k.m.Observe(now.ids[from:to], tile, reference))
		k.pause()
	}
	k.m.Listen()
	for {
		k.pause()
		outcome, more, err := k.m.Next(k)
		require.NoError(k.t, err)
		if !more {
			return
		}
		k.outcomes = append(k.outcomes, outcome)
	}
}

func (k *topic) begin() {
	out, err := k.m.Begin(k.params, frontier.Epoch{
		Number: k.number, Time: k.number * epochSeconds, Oldest: k.oldest, IDs: k.active, Entered: k.entered, Power: k.power,
	})
	require.NoError(k.t, err)
	k.outcomes = append(k.outcomes, out...)
}

// pause puts the state away and takes it up again, where that is asked for.
func (k *topic) pause() {
	if k.between != nil {
		k.between()
		k.begin()
	}
}

func (k *topic) Qualities(epoch uint64) ([]uint64, []uint16, error) {
	return k.played[epoch].ids, k.played[epoch].qualities, nil
}

func (k *topic) Scores(epoch, id uint64, into []uint16) error {
	clear(into)
	if at, found := slices.BinarySearch(k.played[epoch].ids, id); found {
		copy(into, k.played[epoch].scores[at])
	}
	return nil
}

func (k *topic) Contributor(id uint64) (string, bool, error) {
	by, found := k.by[id]
	return by, found, nil
}

// verdict is the last one on a contribution.
func (k *topic) verdict(id uint64) frontier.Verdict {
	for _, o := range slices.Backward(k.outcomes) {
		if o.ID == id {
			return o.Verdict
		}
	}
	return 0
}
