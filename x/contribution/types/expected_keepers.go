// SPDX-License-Identifier: Apache-2.0

package types

import (
	"context"

	sdk "github.com/cosmos/cosmos-sdk/types"

	admissiontypes "github.com/weal-network/weal/x/admission/types"
	topictypes "github.com/weal-network/weal/x/topic/types"
)

// TopicKeeper says what a topic takes, and lets guardians pause it.
type TopicKeeper interface {
	// GetTopic returns the topic, or the topic module's error when there is none.
	GetTopic(ctx context.Context, id uint64) (topictypes.Topic, error)
	// PauseByGuardian pauses a topic until untilMs; guardians may have it again from nextMs on. The topic module's error says why not.
	PauseByGuardian(ctx context.Context, id uint64, guardian, reasonURI string, untilMs, nextMs int64) error
	// GuardedTopics lists the topics that guardians paused and nobody decided about.
	GuardedTopics(ctx context.Context) ([]uint64, error)
	// CountPaid counts the topics that live and are no sandboxes.
	CountPaid(ctx context.Context) (uint32, error)
}

// AdmissionKeeper says who may contribute to a closed topic.
type AdmissionKeeper interface {
	// IsAdmitted reports whether the account holds the role in the topic.
	IsAdmitted(ctx context.Context, role admissiontypes.Role, topicID uint64, addr sdk.AccAddress) (bool, error)
}

// BankKeeper moves and burns the coins of prices and bonds.
type BankKeeper interface {
	// SendCoinsFromAccountToModule takes a price or a bond.
	SendCoinsFromAccountToModule(ctx context.Context, sender sdk.AccAddress, recipientModule string, amt sdk.Coins) error
	// SendCoinsFromModuleToAccount gives a bond back.
	SendCoinsFromModuleToAccount(ctx context.Context, senderModule string, recipient sdk.AccAddress, amt sdk.Coins) error
	// BurnCoins destroys a price, or a bond that was taken.
	BurnCoins(ctx context.Context, moduleName string, amounts sdk.Coins) error
	// GetBalance is what an account has of a denom.
	GetBalance(ctx context.Context, addr sdk.AccAddress, denom string) sdk.Coin
	// SpendableCoin is what an account can spend of it.
	SpendableCoin(ctx context.Context, addr sdk.AccAddress, denom string) sdk.Coin
	// BlockedAddr reports whether an account takes no coins.
	BlockedAddr(addr sdk.AccAddress) bool
}
