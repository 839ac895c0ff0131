// SPDX-License-Identifier: Apache-2.0

package frontier

// Verdict is what became of a contribution's window.
type Verdict uint8

const (
	// Recorded says that it raised the frontier, and has a segment.
	Recorded Verdict = iota + 1
	// Small says that its gain on the frontier is below the threshold.
	Small
	// NotAhead says that a contribution that was there before it is as good, to within the threshold.
	NotAhead
	// Unmeasured says that even twice the epochs gave too little power that measured both sides.
	Unmeasured
	// Left says that it was no longer scored before its window was full.
	Left
	// Crowded says that there were too many windows open when it entered.
	Crowded
	// Thin says that too little power measured both sides, and that the window grows by an epoch.
	Thin
	// Noisy says that the noise asks for more than the largest threshold, and that the window grows to twice its epochs.
	Noisy
)

// Final says that nothing can come of the window any more.
func (v Verdict) Final() bool { return v != Thin && v != Noisy }

// String says it in words.
func (v Verdict) String() string {
	if int(v) >= len(verdicts) {
		return "unknown"
	}
	return verdicts[v]
}

var verdicts = [...]string{
	"undecided", "raised the frontier", "gained less than the threshold", "not ahead of what was there before",
	"not measured by enough of the power", "left before it was measured", "no room for another window",
	"waits for more power to measure it", "waits because measurements are noisy",
}

// Outcome explains to a contributor what its window measured, and what it lacked.
type Outcome struct {
	ID      uint64
	Verdict Verdict
	// Epochs is how many the window had, Until how many it may have.
	Epochs, Until int
	// Reference is what its gain was measured against, which holds ReferenceHeight; Top is the
	// frontier before it.
	Reference            uint64
	ReferenceHeight, Top uint32
	// Gain is how far it is above Top, Eps what it needed.
	Gain int64
	Eps  uint32
	// Rivals are what it was compared with, the reference first. It has to be ahead of each that
	// counts by Eps.
	Rivals []Rival
}

// Rival is one side of a comparison.
type Rival struct {
	ID uint64
	// Fixed says that it is no artifact but the height of the baseline.
	Fixed bool
	// Quality is its median quality over the window; of the reference it is not said.
	Quality uint16
	// Ahead is how far the contribution is ahead of it, times Params.Settle.
	Ahead int64
	// Power is that of the validators that measured both in at least half of the epochs. With less than
	// the quorum, the reference lets the window grow, and another rival does not count.
	Power uint64
}
