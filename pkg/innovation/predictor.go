// SPDX-License-Identifier: Apache-2.0

package innovation

import "github.com/weal-network/weal/pkg/fixed"

// least is the smallest share that is told apart: 2^-30 in units of 2^-32.
const least = 4

// lnLeast is its logarithm.
var lnLeast = fixed.Ln(least)

const (
	// compareFrac is how many bits stand behind the point of what is compared: at most 4 by a
	// column, so that a product has at most 60 bits, and all of an epoch's add up to 61.
	compareFrac = 28
	// predictFrac is how many stand behind that of what predicts, which is larger: up to
	// 30 ln 2 by a column.
	predictFrac = 26
)

// predictor is what everybody knew of one column.
type predictor struct {
	// root is the square root of the last share, ln its logarithm.
	root, ln int64
	// values are the column's elements of the public vectors: root, and root times how far the moving
	// averages are from the last share in logarithms.
	values [3]int64
	// products are those of values with each other.
	products Predictors
}

func newPredictor(p Public, j int) predictor {
	last := max(p.Last[j], least)
	root, ln := fixed.Sqrt(last), fixed.Ln(last)
	predicts := func(l fixed.Q32) int64 {
		return rounded(int64(root)*rounded(int64(l), 6), 2*fixed.FracBits-6-predictFrac)
	}
	u := [3]int64{
		rounded(int64(root), fixed.FracBits-predictFrac),
		predicts(fixed.Ln(max(p.Fast[j], least)) - ln),
		predicts(fixed.Ln(max(p.Slow[j], least)) - ln),
	}
	return predictor{
		root: int64(root), ln: int64(ln), values: u,
		products: Predictors{u[0] * u[0], u[0] * u[1], u[0] * u[2], u[1] * u[1], u[1] * u[2], u[2] * u[2]},
	}
}

// surprise is the root times how far a share with the logarithm ln is from the public one, clipped.
func (p *predictor) surprise(ln, clip fixed.Q32) int64 {
	far := int64((ln - fixed.Q32(p.ln)).Clamp(-clip, clip))
	return rounded(p.root*rounded(far, fixed.FracBits-compareFrac), fixed.FracBits)
}

// rounded is x / 2^bits to the nearest, a half upwards.
func rounded(x int64, bits uint) int64 { return (x + 1<<(bits-1)) >> bits }
