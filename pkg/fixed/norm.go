// SPDX-License-Identifier: Apache-2.0

package fixed

// Sum adds v in index order, each addition saturated.
func Sum(v []Q32) Q32 {
	var sum Q32
	for _, x := range v {
		sum = sum.Add(x)
	}
	return sum
}

// Norm is each element of v over the sum of v (truncated, so the result adds up
// to 1 or a little less), or a copy of v when the sum is 0. v is not changed.
func Norm(v []Q32) []Q32 {
	out := append(make([]Q32, 0, len(v)), v...)
	NormInPlace(out)
	return out
}

// NormInPlace is Norm that writes its result over v, for callers that own their
// memory.
func NormInPlace(v []Q32) {
	sum := Sum(v)
	if sum == 0 {
		return
	}
	for i, x := range v {
		v[i] = x.Div(sum)
	}
}
