// SPDX-License-Identifier: Apache-2.0

package types

import (
	"context"

	sdk "github.com/cosmos/cosmos-sdk/types"

	admissiontypes "github.com/weal-network/weal/x/admission/types"
)

// AccountKeeper knows the account that holds the deposits.
type AccountKeeper interface {
	GetModuleAddress(name string) sdk.AccAddress
	GetModuleAccount(ctx context.Context, name string) sdk.ModuleAccountI
}

// BankKeeper takes deposits and gives them back.
type BankKeeper interface {
	GetBalance(ctx context.Context, addr sdk.AccAddress, denom string) sdk.Coin
	SendCoinsFromAccountToModule(ctx context.Context, sender sdk.AccAddress, recipient string, amounts sdk.Coins) error
	SendCoinsFromModuleToAccount(ctx context.Context, sender string, recipient sdk.AccAddress, amounts sdk.Coins) error
}

// AdmissionKeeper knows who is admitted as a steward.
type AdmissionKeeper interface {
	IsAdmitted(ctx context.Context, role admissiontypes.Role, topicID uint64, addr sdk.AccAddress) (bool, error)
}

// TopicHooks are called by x/topic within the message that changes a topic: an error
// refuses the message. A guardian's pause ends by itself: an error then puts that off. They are not called for topics of the genesis; modules that keep
// something for each topic read the topics when they are initialised.
type TopicHooks interface {
	// AfterTopicCreated is called when a topic was opened.
	AfterTopicCreated(ctx context.Context, topicID uint64) error
	// AfterTopicPaused is called when a topic was paused.
	AfterTopicPaused(ctx context.Context, topicID uint64) error
	// AfterTopicResumed is called when a pause was ended.
	AfterTopicResumed(ctx context.Context, topicID uint64) error
	// BeforeStewardRetires is called when a steward, and not the authority, is about to retire a topic: whoever has
	// something at stake in it refuses.
	BeforeStewardRetires(ctx context.Context, topicID uint64) error
	// AfterTopicRetired is called when a topic was ended for good. A running epoch still ends as usual. Work that grows
	// with what a topic holds does not belong here: let those concerned pull it.
	AfterTopicRetired(ctx context.Context, topicID uint64) error
}

// MultiTopicHooks calls several hooks, in order; the first error ends it. Empty, it does nothing.
type MultiTopicHooks []TopicHooks

// NewMultiTopicHooks bundles hooks.
func NewMultiTopicHooks(hooks ...TopicHooks) MultiTopicHooks { return hooks }

// AfterTopicCreated implements TopicHooks.
func (m MultiTopicHooks) AfterTopicCreated(ctx context.Context, topicID uint64) error {
	for _, hooks := range m {
		if err := hooks.AfterTopicCreated(ctx, topicID); err != nil {
			return err
		}
	}
	return nil
}

// AfterTopicPaused implements TopicHooks.
func (m MultiTopicHooks) AfterTopicPaused(ctx context.Context, topicID uint64) error {
	for _, hooks := range m {
		if err := hooks.AfterTopicPaused(ctx, topicID); err != nil {
			return err
		}
	}
	return nil
}

// AfterTopicResumed implements TopicHooks.
func (m MultiTopicHooks) AfterTopicResumed(ctx context.Context, topicID uint64) error {
	for _, hooks := range m {
		if err := hooks.AfterTopicResumed(ctx, topicID); err != nil {
			return err
		}
	}
	return nil
}

// BeforeStewardRetires implements TopicHooks.
func (m MultiTopicHooks) BeforeStewardRetires(ctx context.Context, topicID uint64) error {
	for _, hooks := range m {
		if err := hooks.BeforeStewardRetires(ctx, topicID); err != nil {
			return err
		}
	}
	return nil
}

// AfterTopicRetired implements TopicHooks.
func (m MultiTopicHooks) AfterTopicRetired(ctx context.Context, topicID uint64) error {
	for _, hooks := range m {
		if err := hooks.AfterTopicRetired(ctx, topicID); err != nil {
			return err
		}
	}
	return nil
}
