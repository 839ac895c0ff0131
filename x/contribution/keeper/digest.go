// SPDX-License-Identifier: Apache-2.0

package keeper

import (
	"context"
	"errors"

	"cosmossdk.io/collections"
	errorsmod "cosmossdk.io/errors"

	"github.com/weal-network/weal/x/contribution/types"
)

// takeDigest makes contribution id the owner of a digest in its topic, or refuses
// when an earlier commit owns it. A later commit that revealed first loses it:
// the earliest commit owns a digest in whatever order reveals come. As nothing
// enters the active set before every earlier commit is settled, it was not
// measured yet, and nothing has to be taken back.
func (k Keeper) takeDigest(ctx context.Context, topicID, id uint64, sha256 []byte) error {
	key := collections.Join(topicID, sha256)
	owner, err := k.digests.Get(ctx, key)
	switch {
	case errors.Is(err, collections.ErrNotFound):
		return k.digests.Set(ctx, key, id)
	case err != nil:
		return err
	case owner < id:
		return errorsmod.Wrapf(types.ErrDigestOwned, "contribution %d of topic %d has the artifact %X: submit a model of your own", owner, topicID, sha256)
	}
	if err := k.endDuplicate(ctx, owner, id); err != nil {
		return err
	}
	return k.digests.Set(ctx, key, id)
}

// endDuplicate ends the later owner of a digest that an earlier commit takes. One
// that is over already stays what it is. An active one cannot be met by the rule
// of entry; should it be, it loses its place rather than stop the reveal.
func (k Keeper) endDuplicate(ctx context.Context, id, by uint64) error {
	c, err := k.GetContribution(ctx, id)
	if err != nil || c.IsOver() {
		return err
	}
	if c.Status == types.STATUS_ACTIVE {
		if err := k.leaveActiveSet(ctx, c); err != nil {
			return err
		}
	}
	return k.end(ctx, c, types.STATUS_DUPLICATE, by)
}
