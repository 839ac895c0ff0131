// SPDX-License-Identifier: Apache-2.0

package types

import "github.com/weal-network/weal/pkg/concentration"

// NewConcentration measures amounts in uweal, of which there are no more than the cap.
func NewConcentration(amounts []uint64) Concentration {
	f := concentration.Measure(amounts)
	return Concentration{
		Holders: f.Holders, Total: f.Total.Uint64(), GiniPpm: f.GiniPpm, HerfindahlPpm: f.HerfindahlPpm,
		NakamotoThird: f.NakamotoThird, NakamotoHalf: f.NakamotoHalf,
	}
}
