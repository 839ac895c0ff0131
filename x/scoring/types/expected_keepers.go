// SPDX-License-Identifier: Apache-2.0

package types

import (
	"context"

	sdk "github.com/cosmos/cosmos-sdk/types"
	stakingtypes "github.com/cosmos/cosmos-sdk/x/staking/types"

	contributiontypes "github.com/weal-network/weal/x/contribution/types"
	topictypes "github.com/weal-network/weal/x/topic/types"
)

// AccountKeeper creates the account of a hot key, so that it can sign without ever being funded.
type AccountKeeper interface {
	HasAccount(ctx context.Context, addr sdk.AccAddress) bool
	NewAccountWithAddress(ctx context.Context, addr sdk.AccAddress) sdk.AccountI
	SetAccount(ctx context.Context, acc sdk.AccountI)
}

// StakingKeeper knows the validators and their bonded tokens.
type StakingKeeper interface {
	// GetValidator returns stakingtypes.ErrNoValidatorFound for an operator without validator.
	GetValidator(ctx context.Context, operator sdk.ValAddress) (stakingtypes.Validator, error)
	// GetBondedValidatorsByPower is bounded by staking's max_validators.
	GetBondedValidatorsByPower(ctx context.Context) ([]stakingtypes.Validator, error)
}

// AdmissionKeeper says who may score.
type AdmissionKeeper interface {
	ValidatorMayScore(ctx context.Context, operator sdk.ValAddress) (bool, error)
}

// TopicKeeper knows the topics.
type TopicKeeper interface {
	// GetTopic returns x/topic's not-found error for an unknown id.
	GetTopic(ctx context.Context, id uint64) (topictypes.Topic, error)
	// WalkTopics visits every topic by rising id until fn returns true or an error.
	WalkTopics(ctx context.Context, fn func(topictypes.Topic) (stop bool, err error)) error
	// BeginEpoch returns the topic with the change that waited for this epoch.
	BeginEpoch(ctx context.Context, id uint64) (topictypes.Topic, error)
}

// ContributionKeeper knows what is measured and who owns it.
type ContributionKeeper interface {
	// BeginEpoch settles the active set and returns the contributions that are measured in the epoch, by rising id.
	// kept is not pruned; 0 for none.
	BeginEpoch(ctx context.Context, topic topictypes.Topic, epoch, kept uint64) ([]uint64, error)
	// Places is how many contributions a topic's active set has, about: what opening its epoch costs.
	Places(ctx context.Context, topicID uint64) (uint32, error)
	// EndEpoch records what a scored epoch gave; incentive is in 2^-32, by ids.
	EndEpoch(ctx context.Context, topicID, epoch uint64, ids, incentive []uint64) error
	// GetContribution returns x/contribution's not-found error for an unknown id.
	GetContribution(ctx context.Context, id uint64) (contributiontypes.Contribution, error)
	// ActiveOwnedBy returns the contributions of the topic that the account contributed or is paid for, by rising id.
	ActiveOwnedBy(ctx context.Context, topicID uint64, account sdk.AccAddress) ([]uint64, error)
}
