// SPDX-License-Identifier: Apache-2.0

package keeper

import (
	"context"
	"fmt"

	"github.com/cosmos/gogoproto/proto"

	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/weal-network/weal/x/admission/types"
)

// emit tells those who follow the chain what happened.
func emit(ctx context.Context, event proto.Message) error {
	return sdk.UnwrapSDKContext(ctx).EventManager().EmitTypedEvent(event)
}

// describe says for what a key admits, for people.
func describe(key types.AdmissionKey) string {
	if key.TopicId == 0 {
		return key.Role.String()
	}
	return fmt.Sprintf("%s of topic %d", key.Role, key.TopicId)
}
