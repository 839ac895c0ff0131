// SPDX-License-Identifier: Apache-2.0

package yuma

import (
	"errors"
	"fmt"

	"github.com/weal-network/weal/pkg/fixed"
)

// ErrParams says that a parameter is outside its range.
var ErrParams = errors.New("bad parameter")

// Rule is how bonds become dividends.
type Rule uint8

const (
	// YUMA2 keeps bonds relative to the best bonded of each column.
	YUMA2 Rule = 2
	// YUMA3 keeps bonds absolute: each moves towards its own validator's weight.
	YUMA3 Rule = 3
)

// ScoreRule is how the scores of a contribution become its incentive.
type ScoreRule uint8

const (
	// ClippedSum is the published rule: the weights that were clipped, added up by power. What
	// a minority gives beyond consensus is cut, what it does not give is missing.
	ClippedSum ScoreRule = 0
	// Median is consensus itself: what less than kappa of the power gives or does not give
	// moves it no further than to the next honest weight.
	Median ScoreRule = 1
)

// Params are the rules of one epoch. All fractions are of [0, 1].
type Params struct {
	Rule      Rule
	ScoreRule ScoreRule
	// Kappa is the share of power that must support a weight for it to count.
	Kappa fixed.Q32
	// BondPenalty is how far a weight above consensus is cut before bonds see it:
	// 0 not at all, 1 down to consensus.
	BondPenalty fixed.Q32
	// BondsMovingAverage is how much of a bond stays each epoch; the rest, alpha, is
	// taken from the epoch's weights.
	BondsMovingAverage fixed.Q32
	// LiquidAlpha, when enabled, takes the place of the fixed alpha. YUMA3 only.
	LiquidAlpha LiquidAlpha
	// DropMissingBonds removes a bond at once, instead of letting it decay, where
	// liquid alpha is enabled and the score is 0. The published sparse code does so
	// to entries that were left out. For comparing with it; off on the chain.
	DropMissingBonds bool
}

// LiquidAlpha lets alpha of each bond rise with how far its weight is from
// consensus (a bond that grows) or from the bond (one that shrinks).
type LiquidAlpha struct {
	Enabled bool
	// Lo and Hi are the bounds of alpha, of [0, 1], Lo at most Hi.
	Lo, Hi fixed.Q32
	// Steepness of the sigmoid between them, in hundredths: 1000 is 10.
	Steepness uint32
}

// Validate checks every range; the error is ErrParams and says which.
func (p Params) Validate() error {
	if p.Rule != YUMA2 && p.Rule != YUMA3 {
		return fmt.Errorf("%w: rule is %d, expected YUMA2 (2) or YUMA3 (3)", ErrParams, p.Rule)
	}
	if p.Rule == YUMA2 && p.LiquidAlpha.Enabled {
		return fmt.Errorf("%w: liquid alpha needs rule YUMA3", ErrParams)
	}
	if p.ScoreRule > Median {
		return fmt.Errorf("%w: score rule is %d, expected ClippedSum (0) or Median (1)", ErrParams, p.ScoreRule)
	}
	for _, f := range []struct {
		name  string
		value fixed.Q32
	}{
		{"kappa", p.Kappa},
		{"bond penalty", p.BondPenalty},
		{"bonds moving average", p.BondsMovingAverage},
		{"liquid alpha's lower bound", p.LiquidAlpha.Lo},
		{"liquid alpha's upper bound", p.LiquidAlpha.Hi},
	} {
		if f.value < 0 || f.value > fixed.One {
			return fmt.Errorf("%w: %s is %s, expected 0 to 1", ErrParams, f.name, f.value)
		}
	}
	if p.LiquidAlpha.Lo > p.LiquidAlpha.Hi {
		return fmt.Errorf("%w: liquid alpha's bounds are %s and %s, expected them to rise",
			ErrParams, p.LiquidAlpha.Lo, p.LiquidAlpha.Hi)
	}
	return nil
}
