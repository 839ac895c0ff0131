// SPDX-License-Identifier: Apache-2.0

package fixed_test

import (
	"fmt"

	"github.com/weal-network/weal/pkg/fixed"
)

// The worked example of README.md.
func Example() {
	shares := fixed.Norm([]fixed.Q32{1 * fixed.One, 2 * fixed.One})
	fmt.Println(shares[0], shares[1])
	fmt.Println(fixed.FromBasisPoints(2_500).Mul(shares[1]))
	fmt.Println(shares[0].ToU16(), fixed.FromU16(21_844))
	fmt.Println(fixed.One.Div(0), fixed.Max.Add(fixed.One) == fixed.Max)
	// Output:
	// 0.3333333333 0.6666666665
	// 0.1666666665
	// 21844 0.3333180742
	// 0 true
}
