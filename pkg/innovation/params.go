// SPDX-License-Identifier: Apache-2.0

package innovation

import (
	"errors"
	"fmt"

	"github.com/weal-network/weal/pkg/fixed"
)

// ErrParams says that a parameter is outside its range.
var ErrParams = errors.New("bad parameter")

// Params are the rules. All but Clip are fractions of [0, 1].
type Params struct {
	// Kappa is the share of the others' power that must support a weight for it to count as
	// their median; above 0.
	Kappa fixed.Q32
	// Clip bounds a logarithm of a ratio, to both sides; above 0, at most 4.
	Clip fixed.Q32
	// Fast and Slow are how much of a public moving average is taken from each new consensus.
	Fast, Slow fixed.Q32
	// Rate is how much of a validator's moving average is taken from each epoch's innovation.
	Rate fixed.Q32
	// Least is the smallest honest median that innovations are compared with; above 0.
	Least fixed.Q32
	// From and To are where pay begins and where it is full, in parts of the honest median;
	// From is below To.
	From, To fixed.Q32
	// Lambda is the part of dividends that innovation decides; bonds decide the rest.
	Lambda fixed.Q32
}

// maxClip keeps products of two clipped logarithms within 64 bits.
const maxClip = 4 * fixed.One

// DefaultParams are those that the design was tried with.
func DefaultParams() Params {
	return Params{
		Kappa: fixed.Half, Clip: 3 * fixed.One,
		Fast: fixed.FromBasisPoints(2_000), Slow: fixed.FromBasisPoints(500), Rate: fixed.FromBasisPoints(500),
		Least: fixed.FromBasisPoints(500), From: fixed.FromBasisPoints(2_500), To: fixed.FromBasisPoints(8_500),
		Lambda: fixed.Half,
	}
}

// Validate checks every range; the error is ErrParams and says which.
func (p Params) Validate() error {
	for _, f := range []struct {
		name          string
		value, lo, hi fixed.Q32
	}{
		{"kappa", p.Kappa, 1, fixed.One},
		{"clip", p.Clip, 1, maxClip},
		{"fast", p.Fast, 0, fixed.One},
		{"slow", p.Slow, 0, fixed.One},
		{"rate", p.Rate, 0, fixed.One},
		{"least", p.Least, 1, fixed.One},
		{"from", p.From, 0, p.To - 1},
		{"to", p.To, 1, fixed.One},
		{"lambda", p.Lambda, 0, fixed.One},
	} {
		if f.value < f.lo || f.value > f.hi {
			return fmt.Errorf("%w: %s is %s, expected %s to %s", ErrParams, f.name, f.value, f.lo, f.hi)
		}
	}
	return nil
}
