// SPDX-License-Identifier: Apache-2.0

package halving_test

import (
	"fmt"

	"github.com/weal-network/weal/pkg/halving"
)

func Example() {
	clock := halving.Clock{} // with a half-life of 1000 milliseconds
	now := clock.Now(0, 1000)
	w := halving.Weight{Mantissa: now.Weigh(800), Period: now.Period}
	fmt.Println(clock.Now(1000, 1000).Worth(w))
	fmt.Println(clock.Now(1500, 1000).Worth(w))
	// Output:
	// 400
	// 282
}
