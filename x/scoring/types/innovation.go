// SPDX-License-Identifier: Apache-2.0

package types

import (
	"github.com/weal-network/weal/pkg/fixed"
	"github.com/weal-network/weal/pkg/innovation"
	topictypes "github.com/weal-network/weal/x/topic/types"
)

// LowInnovation is the median below which an epoch warns: a tenth.
const LowInnovation = fixed.One / 10

// PaysInnovation reports whether the epoch pays for innovation.
func (e Epoch) PaysInnovation() bool {
	return e.Scoring.DividendRule == topictypes.DIVIDEND_RULE_INNOVATION
}

// InnovationParams are the rules of an epoch's innovation.
func InnovationParams(s topictypes.Scoring) innovation.Params {
	p := innovation.DefaultParams()
	p.Kappa = fixed.FromBasisPoints(s.KappaBp)
	return p
}

// InnovationBefore is the moving average with which a validator goes into an epoch, when that of all had the median.
func (r ValidatorRecord) InnovationBefore(median int64) int64 {
	if r.InnovationEpochs == 0 {
		return int64(innovation.Newcomer(fixed.Q32(median)))
	}
	return r.Innovation
}

// Averages are the voters' moving averages before the epoch.
func (t Tally) Averages() []fixed.Q32 {
	averages := make([]fixed.Q32, len(t.Voters))
	for i, v := range t.Voters {
		averages[i] = fixed.Q32(v.Innovation)
	}
	return averages
}

// PayInnovation ends an epoch of innovations, whose second pass is done, and pays for them. Nothing moves where no
// consensus came out (consensusSum is 0): nothing was published that anybody could have known.
func (o *Outcome) PayInnovation(engine *innovation.Engine, p innovation.Params, t Tally, consensusSum fixed.Q32) error {
	standing := innovation.Standing{Averages: t.Averages()}
	innovations := make([]fixed.Q32, len(t.Voters))
	if consensusSum > 0 {
		copy(innovations, engine.Finish())
		if err := engine.Settle(&standing); err != nil {
			return Inconsistent(err)
		}
	}
	o.Innovations, o.Averages, o.Median = integers(innovations), integers(standing.Averages), int64(standing.Median)
	for i, v := range t.Voters {
		if v.Active() && consensusSum > 0 {
			merit := p.Merit(standing.Averages[i], standing.Median)
			o.Dividends[i] = uint64(p.Dividend(fixed.Q32(o.BondDividends[i]), fixed.FromRatio(v.Power, t.RevealedPower), merit))
		}
	}
	return nil
}

// InnovationProgress is where the second engine stands, as it takes it; rowSums are those of the first one.
func (w Work) InnovationProgress(rowSums []uint64) innovation.Progress {
	p := innovation.Progress{RowSums: rowSums, MedianSums: w.MedianSums}
	copy(p.Predictors[:], w.Predictors)
	for at := 0; at+productCount <= len(w.Products); at += productCount {
		p.Products = append(p.Products, unpackProducts(w.Products[at:at+productCount]))
	}
	return p
}

// SetInnovationProgress takes over where the second engine stands.
func (w *Work) SetInnovationProgress(p innovation.Progress) {
	w.MedianSums, w.Predictors = p.MedianSums, append([]int64(nil), p.Predictors[:]...)
	w.Products = make([]int64, 0, len(p.Products)*productCount)
	for _, products := range p.Products {
		w.Products = appendProducts(w.Products, products)
	}
}

// productCount is how many numbers innovation.Products are, predictorCount how many Predictors.
const (
	predictorCount = 6
	productCount   = 3 + 3 + 3 + predictorCount
)

func appendProducts(to []int64, p innovation.Products) []int64 {
	to = append(append(to, p.Own[:]...), p.Others[:]...)
	to = append(to, p.OwnOwn, p.OwnOthers, p.OthersOthers)
	return append(to, p.Predictors[:]...)
}

func unpackProducts(n []int64) innovation.Products {
	p := innovation.Products{OwnOwn: n[6], OwnOthers: n[7], OthersOthers: n[8]}
	copy(p.Own[:], n[0:])
	copy(p.Others[:], n[3:])
	copy(p.Predictors[:], n[9:])
	return p
}
