// SPDX-License-Identifier: Apache-2.0

package types

import (
	"context"

	"cosmossdk.io/core/address"

	sdk "github.com/cosmos/cosmos-sdk/types"
	stakingtypes "github.com/cosmos/cosmos-sdk/x/staking/types"

	contributiontypes "github.com/weal-network/weal/x/contribution/types"
)

// EmissionKeeper knows what epochs gave.
type EmissionKeeper interface {
	// EpochRewards calls fn with what a paid epoch gave contributions, by rising ids from one on, until fn returns true or an
	// error. It calls it for none of an epoch that was not paid, or is forgotten.
	EpochRewards(ctx context.Context, topicID, epoch, from uint64, fn func(id, amount uint64) (stop bool, err error)) error
}

// ContributionKeeper knows who is paid.
type ContributionKeeper interface {
	// GetContribution is an error for an id that was never given.
	GetContribution(ctx context.Context, id uint64) (contributiontypes.Contribution, error)
}

// StakingKeeper knows who has stake, as x/gov asks.
type StakingKeeper interface {
	ValidatorAddressCodec() address.Codec
	// IterateBondedValidatorsByPower calls fn with the validators that make blocks, until it returns true.
	IterateBondedValidatorsByPower(ctx context.Context, fn func(index int64, validator stakingtypes.ValidatorI) (stop bool)) error
	// IterateDelegations calls fn with each delegation of an account, until it returns true.
	IterateDelegations(ctx context.Context, delegator sdk.AccAddress, fn func(index int64, delegation stakingtypes.DelegationI) (stop bool)) error
}
