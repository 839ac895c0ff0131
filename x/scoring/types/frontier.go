// SPDX-License-Identifier: Apache-2.0

package types

import (
	"cmp"
	"crypto/sha256"
	"encoding/binary"
	"slices"

	errorsmod "cosmossdk.io/errors"

	"github.com/weal-network/weal/pkg/fixed"
	"github.com/weal-network/weal/pkg/frontier"
	topictypes "github.com/weal-network/weal/x/topic/types"
)

const (
	// FrontierReach is how many epochs back windows look, void ones counted; so many are kept whatever keep_epochs says.
	FrontierReach = 64
	// MaxEndings is how many withdrawn and removed contributions an epoch takes notice of; others wait for the next one.
	MaxEndings = 4096
)

// PaysFrontier reports whether the epoch's contributors are paid for what they add to the frontier.
func (e Epoch) PaysFrontier() bool { return e.Scoring.RewardRule == topictypes.REWARD_RULE_FRONTIER }

// FrontierParams are the rules of an epoch's frontier.
func FrontierParams(s topictypes.Scoring) frontier.Params {
	p := frontier.DefaultParams()
	p.Baseline = uint16(s.Baseline)
	if s.Coverage > 0 {
		p.Windows = maxOpenWindows
	}
	return p
}

// Measure is SHA-256 of all that decides what a score means.
func (e Epoch) Measure() []byte {
	h := sha256.New()
	for _, text := range [][]byte{
		[]byte(e.Metric.Name), []byte(e.Metric.Unit), []byte(e.Evaluation.Kind), e.Evaluation.SpecSha256, e.Evaluation.CorpusSha256,
	} {
		h.Write(binary.AppendUvarint(nil, uint64(len(text))))
		h.Write(text)
	}
	for _, n := range []int64{int64(e.Metric.Direction), e.Metric.Worst, e.Metric.Best, int64(e.Metric.Exponent)} {
		h.Write(binary.AppendVarint(nil, n))
	}
	return h.Sum(nil)
}

// NewFrontierEpoch is the frontier of an epoch before its first step: what the last one left, without what was removed, and
// unpaid what was withdrawn (ErrInconsistent). endings are the topic's, rising.
func NewFrontierEpoch(epoch Epoch, last FrontierEpoch, endings []FrontierEnding, seconds uint64) (FrontierEpoch, frontier.State, error) {
	f := FrontierEpoch{TopicId: epoch.TopicId, Epoch: epoch.Number, FromEpoch: last.Epoch, Time: seconds, Measure: epoch.Measure()}
	for _, ending := range endings {
		if ending.Removed {
			f.Removed = append(f.Removed, ending.ContributionId)
		} else {
			f.Withdrawn = append(f.Withdrawn, ending.ContributionId)
		}
	}
	f.bar(last.Barred)
	state, err := f.start(last)
	return f, state, err
}

// bar notes whom windows must not be compared with: those of before that are not too long ago, and those removed now.
func (f *FrontierEpoch) bar(before []Removal) {
	for _, r := range before {
		if _, again := slices.BinarySearch(f.Removed, r.ContributionId); !again && r.Epoch+FrontierReach > f.Epoch {
			f.Barred = append(f.Barred, r)
		}
	}
	for _, id := range f.Removed {
		f.Barred = append(f.Barred, Removal{ContributionId: id, Epoch: f.Epoch})
	}
	slices.SortFunc(f.Barred, func(a, b Removal) int { return cmp.Compare(a.ContributionId, b.ContributionId) })
}

// IsBarred reports whether a contribution is nobody's rival.
func (f FrontierEpoch) IsBarred(id uint64) bool {
	_, found := slices.BinarySearchFunc(f.Barred, id, func(r Removal, id uint64) int { return cmp.Compare(r.ContributionId, id) })
	return found
}

// Continues reports whether the epoch goes on with the ledger of an earlier one.
func (f FrontierEpoch) Continues(last FrontierEpoch) bool {
	return last.Epoch > 0 && slices.Equal(last.Measure, f.Measure)
}

// Remembers reports whether the epoch knows what was measured in the one that it starts from. If not, all contributions
// enter anew.
func (f FrontierEpoch) Remembers(last FrontierEpoch) bool {
	return f.Continues(last) && last.Epoch+FrontierReach > f.Epoch
}

// start is the state that the epoch starts from.
func (f FrontierEpoch) start(last FrontierEpoch) (frontier.State, error) {
	if !f.Continues(last) {
		return frontier.State{}, nil
	}
	state, err := last.Unpack()
	if err != nil {
		return state, err
	}
	for _, id := range f.Withdrawn {
		state.Withdraw(id)
	}
	for _, id := range f.Removed {
		state.Remove(id)
	}
	return state, nil
}

// Unpack is the state as it was packed (ErrInconsistent).
func (f FrontierEpoch) Unpack() (frontier.State, error) {
	state, err := frontier.Decode(f.State)
	return state, errorsmod.Wrapf(Inconsistent(err), "frontier of epoch %d of topic %d", f.Epoch, f.TopicId)
}

// Input is the epoch as the machine takes it. before are the contributions of the epoch that f starts from, if it
// remembers them, rising: all others of ids have entered since.
func (f FrontierEpoch) Input(ids, before []uint64, tally Tally) frontier.Epoch {
	e := frontier.Epoch{Number: f.Epoch, Time: f.Time, IDs: ids, Power: make([]uint64, len(tally.Voters))}
	if f.Epoch >= FrontierReach {
		e.Oldest = f.Epoch - FrontierReach + 1
	}
	at := 0
	for _, id := range ids {
		for at < len(before) && before[at] < id {
			at++
		}
		if at == len(before) || before[at] != id {
			e.Entered = append(e.Entered, id)
		}
	}
	for i, v := range tally.Voters {
		if v.Active() {
			e.Power[i] = v.Power
		}
	}
	return e
}

// Finish keeps what an epoch came to, when none of its windows is due any more.
func (f *FrontierEpoch) Finish(state *frontier.State, p frontier.Params) {
	f.State, f.Shares, f.Holder = state.Encode(nil), nil, 0
	for _, share := range state.Shares(p, f.Time) {
		f.Shares = append(f.Shares, RewardShare{ContributionId: share.ID, Stock: uint64(share.Stock), Depth: uint64(share.Depth)})
	}
	if n := len(state.Segments); n > 0 {
		f.Holder = state.Segments[n-1].ID
	}
}

// Total is all that the share is of the contributors' budget, in 2^-32.
func (s RewardShare) Total() uint64 { return s.Stock + s.Depth }

// NewWindowOutcome is an outcome as it is stored.
func NewWindowOutcome(topicID, epoch uint64, o frontier.Outcome) WindowOutcome {
	w := WindowOutcome{
		TopicId: topicID, Epoch: epoch, ContributionId: o.ID, Verdict: Verdict(o.Verdict), Epochs: uint32(o.Epochs), Until: uint32(o.Until),
		Reference: o.Reference, ReferenceHeight: o.ReferenceHeight, Top: o.Top, Gain: o.Gain, Threshold: o.Eps,
	}
	for _, r := range o.Rivals {
		w.Rivals = append(w.Rivals, Rival{ContributionId: r.ID, Baseline: r.Fixed, Quality: uint32(r.Quality), Ahead: r.Ahead, Power: r.Power})
	}
	return w
}

// NewLedger is a frontier as people are shown it (ErrInconsistent).
func NewLedger(f FrontierEpoch, p frontier.Params, endings []FrontierEnding) (Ledger, error) {
	state, err := f.Unpack()
	if err != nil {
		return Ledger{}, err
	}
	l := Ledger{
		TopicId: f.TopicId, Epoch: f.Epoch, Baseline: uint32(p.Baseline), Top: state.Top(p), Noise: int64(state.Noise.Level),
		Threshold: p.Threshold(state.Noise.Level, p.Settle), Shares: f.Shares, Ending: endings,
	}
	for _, s := range state.Segments {
		l.Segments = append(l.Segments, LedgerSegment{ContributionId: s.ID, Lo: s.Lo, Hi: s.Hi, Epoch: s.Epoch, Time: s.Time, Withdrawn: s.Ended})
	}
	for _, w := range state.Windows {
		l.Windows = append(l.Windows, newLedgerWindow(&state, w))
	}
	return l, nil
}

func newLedgerWindow(state *frontier.State, w frontier.Window) LedgerWindow {
	return LedgerWindow{ContributionId: w.ID, Opened: w.Opened, Epochs: uint32(state.Age(w)), Length: uint32(w.Length)}
}

// FindWindow is where a contribution's window stands; nil for none.
func FindWindow(state *frontier.State, id uint64) *LedgerWindow {
	for _, w := range state.Windows {
		if w.ID == id {
			window := newLedgerWindow(state, w)
			return &window
		}
	}
	return nil
}

// validateShares checks that shares rise by contribution and are at most all together (ErrInconsistent).
func validateShares(shares []RewardShare) error {
	last, left := uint64(0), uint64(fixed.One)
	for _, s := range shares {
		if s.ContributionId <= last {
			return errorsmod.Wrapf(ErrInconsistent, "share of contribution %d behind that of %d, expected them to rise", s.ContributionId, last)
		}
		if s.Stock > left || s.Depth > left-s.Stock {
			return errorsmod.Wrapf(ErrInconsistent, "shares up to that of contribution %d are more than all", s.ContributionId)
		}
		last, left = s.ContributionId, left-s.Stock-s.Depth
	}
	return nil
}
