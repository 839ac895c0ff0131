// SPDX-License-Identifier: Apache-2.0

package frontier

import (
	"math/bits"
	"slices"

	"github.com/weal-network/weal/pkg/fixed"
	"github.com/weal-network/weal/pkg/internal/scratch"
)

// portion is the least power that is a part of a total: its product, rounded up.
func portion(total uint64, part fixed.Q32) uint64 {
	hi, lo := bits.Mul64(total, uint64(part))
	out := hi<<(64-fixed.FracBits) | lo>>fixed.FracBits
	if lo<<(64-fixed.FracBits) != 0 {
		out++
	}
	return out
}

// Next decides the next window that is due, or lets it grow: false when there is none left. Windows
// are settled in the order of commits. One that is due waits for those before it, as
// long as its epochs are remembered: it is decided at the latest after twice Settle.
func (m *Machine) Next(h History) (Outcome, bool, error) {
	longest := 2 * m.params.Settle
	for m.next < len(m.Windows) {
		w := m.Windows[m.next]
		w.Length = min(w.Length, longest)
		if age := m.Age(w); age < w.Length || (m.next > 0 && age < longest) {
			m.next++
			continue
		}
		outcome, err := m.decide(w, h)
		if err != nil {
			return Outcome{}, false, err
		}
		if outcome.Verdict.Final() {
			m.Windows = slices.Delete(m.Windows, m.next, m.next+1)
		} else {
			m.Windows[m.next].Length = outcome.Until
		}
		m.next = 0
		return outcome, true, nil
	}
	return Outcome{}, false, nil
}

// decide measures a window that is due.
func (m *Machine) decide(w Window, h History) (Outcome, error) {
	p := m.params
	epochs := m.epochs(w)
	reference, height := m.Reference()
	top := m.Top(p)
	eps, tooNoisy := p.threshold(m.Noise.Level, len(epochs))
	out := Outcome{
		ID: w.ID, Epochs: len(epochs), Until: w.Length, Reference: reference, ReferenceHeight: height, Top: top,
		Eps: whole(eps),
	}
	if tooNoisy && w.Length < 2*p.Settle {
		out.Verdict, out.Until = Noisy, 2*p.Settle
		return out, nil
	}
	rivals, err := m.contenders(w, epochs, reference, h)
	if err != nil {
		return out, err
	}
	for _, rival := range rivals {
		if err := m.measure(&rival, w.ID, epochs, h); err != nil {
			return out, err
		}
		out.Rivals = append(out.Rivals, rival)
	}
	m.judge(&out, eps)
	return out, nil
}

// judge gives the verdict on what was measured, and records a gain.
func (m *Machine) judge(out *Outcome, eps fixed.Q32) {
	p := m.params
	quorum := portion(m.total, p.Quorum)
	reference, others := out.Rivals[0], out.Rivals[1:]
	if reference.Power < quorum {
		out.Verdict, out.Until = Thin, out.Until+1
		if out.Until > 2*p.Settle {
			out.Verdict, out.Until = Unmeasured, 2*p.Settle
		}
		return
	}
	ahead := reference.Ahead / int64(p.Settle)
	out.Gain = min(ahead-int64(out.Top-out.ReferenceHeight), maxHeight-int64(out.Top))
	above := !slices.ContainsFunc(others, func(r Rival) bool {
		return r.Power >= quorum && fixed.Q32(r.Ahead)*fixed.One < eps*fixed.Q32(p.Settle)
	})
	switch {
	case fixed.Q32(out.Gain)*fixed.One < eps:
		out.Verdict = Small
	case !above:
		out.Verdict = NotAhead
	default:
		out.Verdict = Recorded
		m.Segments = append(m.Segments, Segment{
			Lo: out.Top, Hi: out.Top + uint32(out.Gain), ID: out.ID, Epoch: m.epoch.Number, Time: m.epoch.Time,
		})
	}
}

// paired is one validator's sum of differences over the epochs in which it scored both.
type paired struct {
	sum    int64
	epochs int64
}

// measure finds how far a contribution is ahead of a rival.
func (m *Machine) measure(r *Rival, id uint64, epochs []uint64, h History) error {
	n := len(m.epoch.Power)
	m.sums = scratch.Sized(m.sums, n)
	clear(m.sums)
	for k := range m.scores {
		m.scores[k] = scratch.Sized(m.scores[k], n)
	}
	for _, epoch := range epochs {
		if err := m.read(epoch, id, r, h); err != nil {
			return err
		}
		for i, own := range m.scores[0] {
			if other := m.scores[1][i]; own != 0 && (other != 0 || r.Fixed) {
				m.sums[i].sum += int64(own) - int64(other)
				m.sums[i].epochs++
			}
		}
	}
	settle := int64(m.params.Settle)
	m.column.reset()
	for i, s := range m.sums {
		if 2*s.epochs >= settle && m.epoch.Power[i] > 0 {
			m.column.add(settle*s.sum/s.epochs, m.epoch.Power[i])
		}
	}
	r.Ahead, _ = m.column.supported(m.params.Kappa)
	r.Power = m.column.total
	return nil
}

// read fetches the scores of both sides in an epoch.
func (m *Machine) read(epoch, id uint64, r *Rival, h History) error {
	if err := h.Scores(epoch, id, m.scores[0]); err != nil {
		return err
	}
	if !r.Fixed {
		return h.Scores(epoch, r.ID, m.scores[1])
	}
	for i := range m.scores[1] {
		m.scores[1][i] = m.params.Baseline
	}
	return nil
}
