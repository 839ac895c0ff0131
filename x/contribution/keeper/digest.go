// SPDX-License-Identifier: Apache-2.0

package keeper

import (
	"context"
	"errors"

	"cosmossdk.io/collections"
	errorsmod "cosmossdk.io/errors"

	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/weal-network/weal/x/contribution/types"
)

// checkDigest returns the present owner of a digest in a topic, 0 for none, and
// refuses when an earlier commit than id owns it.
func (k Keeper) checkDigest(ctx context.Context, topicID, id uint64, sha256 []byte) (owner uint64, err error) {
	owner, err = k.digests.Get(ctx, collections.Join(topicID, sha256))
	switch {
	case errors.Is(err, collections.ErrNotFound):
		return 0, nil
	case err != nil:
		return 0, err
	case owner < id:
		return owner, errorsmod.Wrapf(types.ErrDigestOwned, "contribution %d of topic %d has the artifact %X: submit a model of your own", owner, topicID, sha256)
	default:
		return owner, nil
	}
}

// takeDigest makes contribution id the owner of a digest in its topic. A later
// commit that revealed first loses it: the earliest commit owns a digest in
// whatever order reveals come. As nothing enters the active set before every
// earlier commit is settled, it was not measured yet, and nothing has to be taken
// back.
func (k Keeper) takeDigest(ctx context.Context, topicID, id, owner uint64, sha256 []byte) error {
	if owner != 0 {
		if err := k.endDuplicate(ctx, owner, id); err != nil {
			return err
		}
	}
	return k.digests.Set(ctx, collections.Join(topicID, sha256), id)
}

// endDuplicate ends the later owner of a digest that an earlier commit takes. One
// that is over already stays what it is. An active one cannot be met by the rule
// of entry; should it be, it loses its place rather than stop the reveal.
func (k Keeper) endDuplicate(ctx context.Context, id, by uint64) error {
	c, err := k.GetContribution(ctx, id)
	if err != nil || c.IsOver() {
		return err
	}
	return k.end(ctx, c, types.STATUS_DUPLICATE, types.Ending{
		Height: sdk.UnwrapSDKContext(ctx).BlockHeight(), Reason: types.END_REASON_EARLIER_COMMIT, By: by,
	})
}
