// SPDX-License-Identifier: Apache-2.0

package yuma_test

import (
	"fmt"

	"github.com/weal-network/weal/pkg/fixed"
	"github.com/weal-network/weal/pkg/yuma"
)

// The worked example of README.md.
func Example() {
	var engine yuma.Engine
	out, err := engine.Run(yuma.Params{
		Rule:               yuma.YUMA3,
		Kappa:              fixed.Half,
		BondPenalty:        fixed.One,
		BondsMovingAverage: fixed.FromBasisPoints(9_000),
	}, yuma.Input{
		Validators: 3, Contributions: 2,
		Power: []uint64{40, 35, 25},
		Scores: yuma.Matrix{Values: []uint16{
			45_000, 15_000,
			40_000, 20_000,
			0, 60_000, // pushes the second, alone
		}},
	})
	if err != nil {
		panic(err)
	}
	fmt.Println("consensus", out.Consensus)
	fmt.Println("incentive", out.Incentive)
	fmt.Println("quality  ", out.Quality)
	fmt.Println("trust    ", out.Trust)
	fmt.Println("dividends", out.Dividends)
	fmt.Println("bonds    ", out.Bonds.Values)
	// Output:
	// consensus [0.6666666665 0.3333333333]
	// incentive [0.625 0.3749999998]
	// quality   [40000 20000]
	// trust     [0.9166666665 0.9999999998 0.3333333333]
	// dividends [0.4645982499 0.4399363564 0.0954653933]
	// bonds     [4368 1638 4368 2184 0 2184]
}
