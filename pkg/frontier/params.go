// SPDX-License-Identifier: Apache-2.0

package frontier

import (
	"errors"
	"fmt"
	"math"

	"github.com/weal-network/weal/pkg/fixed"
)

// ErrParams says that a parameter is outside its range.
var ErrParams = errors.New("bad parameter")

// Params are the rules of a topic. Heights and gains are in units of the grid, of which 65535 make the
// whole.
type Params struct {
	// Settle is how many epochs a contribution is measured, 2 to MaxSettle; twice as many where
	// that does not do.
	Settle int
	// Kappa is the part of the power that must have seen a gain; above 0.
	Kappa fixed.Q32
	// Quorum is the part of the power that must have measured both sides of a comparison.
	Quorum fixed.Q32
	// EpsMin and EpsMax bound the smallest gain that is recorded, LeastEps to 65535.
	EpsMin, EpsMax uint32
	// NoiseRate is how much of the noise is taken from each epoch.
	NoiseRate fixed.Q32
	// Par is the stock of gains for which all of the first stream is paid; Depth how far below the
	// top the second one reaches. Both are 1 to 65535.
	Par, Depth uint32
	// HalfLife is the time, in seconds, in which half of a gain's stock goes.
	HalfLife uint64
	// Stock is the first stream's part of the pay; the rest is the second one's.
	Stock fixed.Q32
	// Windows is how many contributions are under measurement at a time, 1 to MaxWindows.
	Windows int
	// Baseline is the height where the ledger begins: what is known without anybody's work.
	Baseline uint16
}

const (
	// MaxSettle is the longest window that is not grown.
	MaxSettle = 64
	// LeastEps is the shortest that a segment can be, so that there are at most MaxSegments.
	LeastEps = 128
	// grid is what a score of 1 is.
	grid = math.MaxUint16
	// maxHeight is where the ledger ends. Gains are measured, and may add up to more than the grid.
	maxHeight = 2 * grid
	// MaxSegments is the most segments that a ledger can have.
	MaxSegments = maxHeight / LeastEps
	// MaxWindows is the most contributions that can be under measurement at a time.
	MaxWindows = 4096
	// MaxContributions is the most contributions of an epoch.
	MaxContributions = 1 << 16
)

// DefaultParams are those that the simulator was played with.
func DefaultParams() Params {
	return Params{
		Settle: 20, Kappa: fixed.FromBasisPoints(6_000), Quorum: fixed.FromRatio(2, 3),
		EpsMin: 131, EpsMax: 2621, NoiseRate: fixed.FromBasisPoints(1_000),
		Windows: MaxWindows,
		Par:     3277, Depth: 3277, HalfLife: 30 * 86_400, Stock: fixed.FromBasisPoints(7_000),
	}
}

// Validate checks every range; the error is ErrParams and says which.
func (p Params) Validate() error {
	for _, f := range []struct {
		name          string
		value, lo, hi int64
	}{
		{"settle", int64(p.Settle), 2, MaxSettle},
		{"eps_min", int64(p.EpsMin), LeastEps, grid},
		{"eps_max", int64(p.EpsMax), int64(p.EpsMin), grid},
		{"windows", int64(p.Windows), 1, MaxWindows},
		{"par", int64(p.Par), 1, grid},
		{"depth", int64(p.Depth), 1, grid},
	} {
		if f.value < f.lo || f.value > f.hi {
			return fmt.Errorf("%w: %s is %d, expected %d to %d", ErrParams, f.name, f.value, f.lo, f.hi)
		}
	}
	for _, f := range []struct {
		name  string
		value fixed.Q32
		lo    fixed.Q32
	}{{"kappa", p.Kappa, 1}, {"quorum", p.Quorum, 0}, {"noise rate", p.NoiseRate, 0}, {"stock", p.Stock, 0}} {
		if f.value < f.lo || f.value > fixed.One {
			return fmt.Errorf("%w: %s is %s, expected %s to 1", ErrParams, f.name, f.value, f.lo)
		}
	}
	if p.HalfLife == 0 {
		return fmt.Errorf("%w: half-life is 0, expected a time in seconds", ErrParams)
	}
	return nil
}

// Threshold is what a gain measured over that many epochs must reach, rounded up.
func (p Params) Threshold(noise fixed.Q32, epochs int) uint32 {
	eps, _ := p.threshold(noise, epochs)
	return whole(eps)
}

// whole is a height rounded up to a unit.
func whole(height fixed.Q32) uint32 { return uint32((height + fixed.One - 1) >> fixed.FracBits) }

// threshold is what a gain measured over that many epochs must reach, and whether the noise asks
// for more than EpsMax: four standard deviations of a mean of as many epochs, as there are many that try. A difference of two
// epochs has sqrt(2) times the deviation of one, and the median of its size is 0.6745 of
// its deviation, so that one epoch's deviation is 1.05 times the noise.
func (p Params) threshold(noise fixed.Q32, epochs int) (eps fixed.Q32, tooNoisy bool) {
	raw := noise.Mul(fixed.FromRatio(420, 100)).Div(fixed.Sqrt(fixed.Q32(epochs) * fixed.One))
	least, most := fixed.Q32(p.EpsMin)*fixed.One, fixed.Q32(p.EpsMax)*fixed.One
	return raw.Clamp(least, most), raw > most
}
