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
	played      map[uint64]epoch
	outcomes    []frontier.Outcome
}

// epoch is one that was played.
type epoch struct {
	ids       []uint64
	qualities []uint16
	scores    [][]uint16 // by contribution, then validator
}

const dayOfEpochs = 3_600

func newTopic(t testing.TB, seed uint64, validators int, common, own float64) *topic {
	p := frontier.DefaultParams()
	p.Baseline = 20_000
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
		}
		e.scores = append(e.scores, scores)
		sorted := slices.Clone(scores)
		slices.Sort(sorted)
		e.qualities = append(e.qualities, sorted[len(sorted)/2])
	}
	k.played[k.number] = e
}

func (k *topic) step() {
	out, err := k.m.Begin(k.params, frontier.Epoch{
		Number: k.number, Time: k.number * dayOfEpochs, IDs: k.active, Entered: k.entered, Power: k.power,
	})
	require.NoError(k.t, err)
	k.outcomes = append(k.outcomes, out...)
	var reference []uint16
	if r, _ := k.m.Reference(); r != frontier.Baseline {
		reference = make([]uint16, len(k.power))
		require.NoError(k.t, k.Scores(k.number, r, reference))
	}
	now := k.played[k.number]
	tile := make([]uint16, 0, len(k.power)*len(now.ids))
	for i := range k.power {
		for j := range now.ids {
			tile = append(tile, now.scores[j][i])
		}
	}
	require.NoError(k.t, k.m.Observe(now.ids, tile, reference))
	k.m.Listen()
	for {
		outcome, more, err := k.m.Next(k)
		require.NoError(k.t, err)
		if !more {
			return
		}
		k.outcomes = append(k.outcomes, outcome)
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

func TestAStepAboveTheFrontierIsRecordedAndItsCloneIsNot(t *testing.T) {
	k := newTopic(t, 1, 8, 300, 100)
	k.commit(1, "ann", 30_000)
	k.commit(2, "eve", 30_000)
	k.play(9)
	require.Empty(t, k.outcomes, "nothing is decided before the window is full")
	k.play(1)
	require.Equal(t, frontier.Recorded, k.verdict(1))
	require.Equal(t, frontier.Small, k.verdict(2))
	require.Len(t, k.m.Segments, 1)
	require.InDelta(t, 30_000, float64(k.m.Segments[0].Hi), 500)

	k.commit(3, "bob", 32_000)
	k.commit(4, "eve", 32_000)
	k.commit(5, "ann", 30_050)
	k.play(10)
	require.Equal(t, frontier.Recorded, k.verdict(3))
	require.Equal(t, frontier.Small, k.verdict(4))
	require.Equal(t, frontier.Small, k.verdict(5))
	require.InDelta(t, 2_000, float64(k.m.Segments[1].Hi-k.m.Segments[1].Lo), 200)
}

func TestTheStateComesBackFromItsEncoding(t *testing.T) {
	k := newTopic(t, 2, 5, 300, 100)
	k.commit(1, "ann", 30_000)
	k.play(12)
	k.commit(7, "bob", 31_000)
	k.play(3)
	data := k.m.Encode(nil)
	back, err := frontier.Decode(data)
	require.NoError(t, err)
	require.Equal(t, data, back.Encode(nil))
	require.Equal(t, k.m.Segments, back.Segments)
	require.Equal(t, k.m.Windows, back.Windows)
	require.Equal(t, k.m.Epochs, back.Epochs)
	require.Equal(t, k.m.Noise.Gaps, back.Noise.Gaps)
}

func FuzzDecode(f *testing.F) {
	k := newTopic(f, 2, 5, 300, 100)
	k.commit(1, "ann", 30_000)
	k.play(12)
	k.commit(7, "bob", 31_000)
	k.play(3)
	f.Add(k.m.Encode(nil))
	f.Add([]byte{1, 0, 0, 0, 0, 0, 0, 0, 0, 0})
	f.Fuzz(func(t *testing.T, data []byte) {
		s, err := frontier.Decode(data)
		if err != nil {
			require.ErrorIs(t, err, frontier.ErrEncoding)
			return
		}
		require.Equal(t, data, s.Encode(nil))
	})
}
