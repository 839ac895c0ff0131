// SPDX-License-Identifier: Apache-2.0

package keeper

import (
	"bytes"
	"cmp"
	"context"
	"math"
	"slices"

	sdkmath "cosmossdk.io/math"

	sdk "github.com/cosmos/cosmos-sdk/types"
	stakingtypes "github.com/cosmos/cosmos-sdk/x/staking/types"

	"github.com/weal-network/weal/x/scoring/types"
)

// candidate is a validator that may score.
type candidate struct {
	operator sdk.ValAddress
	tokens   uint64
}

// pinValidators returns the bonded, unjailed, admitted validators with the most tokens that are not suspended from an epoch, at most
// limit, by operator address bytes. Of two with equal tokens the lower address comes first.
func (k *Keeper) pinValidators(ctx context.Context, epoch types.Epoch, limit uint32, budget *budget) ([]types.PinnedValidator, error) {
	all, err := k.candidatesOnce(ctx, budget)
	if err != nil {
		return nil, err
	}
	candidates := make([]candidate, 0, len(all))
	for _, c := range all {
		record, err := k.record(ctx, epoch.TopicId, c.operator, "")
		if err != nil {
			return nil, err
		}
		if !record.Suspended(epoch.Number) {
			candidates = append(candidates, c)
		}
	}
	slices.SortFunc(candidates, func(a, b candidate) int {
		return cmp.Or(cmp.Compare(b.tokens, a.tokens), bytes.Compare(a.operator, b.operator))
	})
	candidates = candidates[:min(len(candidates), int(limit))]
	slices.SortFunc(candidates, func(a, b candidate) int { return bytes.Compare(a.operator, b.operator) })
	return k.pinned(candidates)
}

// pinned names candidates.
func (k *Keeper) pinned(candidates []candidate) ([]types.PinnedValidator, error) {
	pinned := make([]types.PinnedValidator, len(candidates))
	for i, c := range candidates {
		name, err := k.operators.BytesToString(c.operator)
		if err != nil {
			return nil, err
		}
		pinned[i] = types.PinnedValidator{Operator: name, Tokens: c.tokens}
	}
	return pinned, nil
}

// candidatesOnce returns what candidates found the first time in a block: nothing of it changes before the block is over.
func (k *Keeper) candidatesOnce(ctx context.Context, budget *budget) ([]candidate, error) {
	if budget.known {
		return budget.candidates, nil
	}
	var err error
	budget.candidates, err = k.candidates(ctx)
	budget.known = err == nil
	return budget.candidates, err
}

// candidates returns all validators that may score now. Staking bounds how many are bonded.
func (k *Keeper) candidates(ctx context.Context) ([]candidate, error) {
	bonded, err := k.staking.GetBondedValidatorsByPower(ctx)
	if err != nil {
		return nil, err
	}
	candidates := make([]candidate, 0, len(bonded))
	for i := range bonded {
		operator, err := k.operators.StringToBytes(bonded[i].OperatorAddress)
		if err != nil {
			return nil, err
		}
		tokens, err := k.scoringTokens(ctx, operator, bonded[i])
		if err != nil {
			return nil, err
		}
		if tokens > 0 {
			candidates = append(candidates, candidate{operator, tokens})
		}
	}
	return candidates, nil
}

// scoringTokens returns the tokens of a bonded, unjailed, admitted validator, and 0 for any other.
func (k *Keeper) scoringTokens(ctx context.Context, operator sdk.ValAddress, validator stakingtypes.Validator) (uint64, error) {
	if !validator.IsBonded() || validator.IsJailed() {
		return 0, nil
	}
	admitted, err := k.admission.ValidatorMayScore(ctx, operator)
	if err != nil || !admitted {
		return 0, err
	}
	return saturated(validator.GetTokens()), nil
}

// saturated holds an amount within 64 bits, which all WEAL there can ever be is far below.
func saturated(amount sdkmath.Int) uint64 {
	if !amount.IsUint64() {
		return math.MaxUint64
	}
	return amount.Uint64()
}
