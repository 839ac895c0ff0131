// SPDX-License-Identifier: Apache-2.0

package keeper

import (
	"context"

	errorsmod "cosmossdk.io/errors"

	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/weal-network/weal/x/topic/types"
)

// permitAuthority checks the signer here, and not in the ante handler, so that authz,
// governance and interchain accounts cannot pass by.
func (k *Keeper) permitAuthority(ctx context.Context, signer string) error {
	return sdk.ValidateAuthority(sdk.UnwrapSDKContext(ctx), k.authority, signer)
}

func (k *Keeper) isAuthority(ctx context.Context, signer string) bool {
	return k.permitAuthority(ctx, signer) == nil
}

// permitChange returns a topic that lives and as whom the signer acts on it: as the
// authority, or as its steward.
func (k *Keeper) permitChange(ctx context.Context, id uint64, signer string) (types.Topic, types.Changer, error) {
	topic, err := k.liveTopic(ctx, id)
	switch {
	case err != nil:
		return topic, types.Nobody, err
	case k.isAuthority(ctx, signer):
		return topic, types.Authority, nil
	case topic.Steward == signer:
		return topic, types.Steward, nil
	}
	return topic, types.Nobody, errorsmod.Wrapf(types.ErrNotSteward,
		"topic %d is answered for by %s: sign with that account, or propose it with `weald tx topic propose`", id, topic.Steward)
}
