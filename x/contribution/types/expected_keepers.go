// SPDX-License-Identifier: Apache-2.0

package types

import (
	"context"

	sdk "github.com/cosmos/cosmos-sdk/types"

	admissiontypes "github.com/weal-network/weal/x/admission/types"
	topictypes "github.com/weal-network/weal/x/topic/types"
)

// TopicKeeper says what a topic takes.
type TopicKeeper interface {
	// GetTopic returns the topic, or the topic module's error when there is none.
	GetTopic(ctx context.Context, id uint64) (topictypes.Topic, error)
}

// AdmissionKeeper says who may contribute to a closed topic.
type AdmissionKeeper interface {
	// IsAdmitted reports whether the account holds the role in the topic.
	IsAdmitted(ctx context.Context, role admissiontypes.Role, topicID uint64, addr sdk.AccAddress) (bool, error)
}
