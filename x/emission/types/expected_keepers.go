// SPDX-License-Identifier: Apache-2.0

package types

import (
	"context"

	"cosmossdk.io/math"

	sdk "github.com/cosmos/cosmos-sdk/types"
	stakingtypes "github.com/cosmos/cosmos-sdk/x/staking/types"

	contributiontypes "github.com/weal-network/weal/x/contribution/types"
	scoringtypes "github.com/weal-network/weal/x/scoring/types"
	topictypes "github.com/weal-network/weal/x/topic/types"
)

// AccountKeeper knows the module's account.
type AccountKeeper interface {
	GetModuleAddress(name string) sdk.AccAddress
	GetModuleAccount(ctx context.Context, name string) sdk.ModuleAccountI
}

// BankKeeper mints, burns and moves coins.
type BankKeeper interface {
	GetSupply(ctx context.Context, denom string) sdk.Coin
	GetBalance(ctx context.Context, addr sdk.AccAddress, denom string) sdk.Coin
	GetAllBalances(ctx context.Context, addr sdk.AccAddress) sdk.Coins
	SendCoinsFromAccountToModule(ctx context.Context, sender sdk.AccAddress, recipient string, amounts sdk.Coins) error
	BurnCoins(ctx context.Context, moduleName string, amounts sdk.Coins) error
	MintCoins(ctx context.Context, moduleName string, amounts sdk.Coins) error
	SendCoinsFromModuleToModule(ctx context.Context, sender, recipient string, amounts sdk.Coins) error
	SendCoinsFromModuleToAccount(ctx context.Context, sender string, recipient sdk.AccAddress, amounts sdk.Coins) error
	BlockedAddr(addr sdk.AccAddress) bool
}

// DistributionKeeper pays validators with their delegators, and keeps the community pool.
type DistributionKeeper interface {
	FundCommunityPool(ctx context.Context, amount sdk.Coins, sender sdk.AccAddress) error
	AllocateTokensToValidator(ctx context.Context, validator stakingtypes.ValidatorI, tokens sdk.DecCoins) error
}

// StakingKeeper finds validators and what is delegated to them.
type StakingKeeper interface {
	Validator(ctx context.Context, operator sdk.ValAddress) (stakingtypes.ValidatorI, error)
	GetDelegation(ctx context.Context, delegator sdk.AccAddress, operator sdk.ValAddress) (stakingtypes.Delegation, error)
	// IterateDelegatorDelegations calls fn with each delegation of an account until it returns true.
	IterateDelegatorDelegations(ctx context.Context, delegator sdk.AccAddress, fn func(stakingtypes.Delegation) (stop bool)) error
	// IterateBondedValidatorsByPower calls fn with the validators that make blocks, until it returns true.
	IterateBondedValidatorsByPower(ctx context.Context, fn func(index int64, validator stakingtypes.ValidatorI) (stop bool)) error
}

// ScoringKeeper knows how scoring power is capped, and who raised topics' frontiers.
type ScoringKeeper interface {
	// PowerCapBp is the most of all scoring power that one validator has in an epoch that begins now, in basis points.
	PowerCapBp(ctx context.Context) (uint32, error)
	// Ledger is a topic's frontier as its last epoch under that rule left it, and x/topic's error for an unknown topic.
	Ledger(ctx context.Context, topicID uint64) (scoringtypes.Ledger, error)
}

// MeritKeeper knows who earned most by contributing.
type MeritKeeper interface {
	// TopMerit is the merit of up to so many accounts, the most first, and all merit together, in uweal.
	TopMerit(ctx context.Context, limit int) (amounts []uint64, total math.Int, err error)
}

// NoMerit is what there is to know before anybody kept merit.
type NoMerit struct{}

// TopMerit implements MeritKeeper.
func (NoMerit) TopMerit(context.Context, int) ([]uint64, math.Int, error) {
	return nil, math.ZeroInt(), nil
}

// TopicKeeper knows the topics; one that does not exist is an error.
type TopicKeeper interface {
	GetTopic(ctx context.Context, id uint64) (topictypes.Topic, error)
}

// ContributionKeeper knows who contributed what, and what it was built on.
type ContributionKeeper interface {
	// GetContribution is an error for an id that was never given.
	GetContribution(ctx context.Context, id uint64) (contributiontypes.Contribution, error)
	// LineageTile is what a contribution was built on, and those with ids around it.
	LineageTile(ctx context.Context, id uint64) (contributiontypes.LineageTile, error)
	// ContributionsOf calls fn with the ids of a contributor, rising, until fn returns true or an error.
	ContributionsOf(ctx context.Context, contributor sdk.AccAddress, fn func(id uint64) (stop bool, err error)) error
}
