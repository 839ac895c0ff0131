// SPDX-License-Identifier: Apache-2.0

package keeper

import (
	"context"

	"cosmossdk.io/collections"

	"github.com/weal-network/weal/x/scoring/types"
)

// storeReveal stores a row by tiles, and with it which contributions are the validator's own now: their scores do not
// count, and the close need not look.
func (k *Keeper) storeReveal(ctx context.Context, o opened, salt []byte) error {
	topicID, number := o.epoch.TopicId, o.epoch.Number
	rows, err := types.SplitRow(o.entries, o.ids)
	if err != nil {
		return err
	}
	for tile, packed := range rows {
		if len(packed) == 0 {
			continue
		}
		if err := k.Rows.Set(ctx, collections.Join4(topicID, number, uint32(tile), []byte(o.operator)), packed); err != nil {
			return err
		}
	}
	own, err := k.packOwn(ctx, topicID, o.operator, o.ids)
	if err != nil {
		return err
	}
	return k.Reveals.Set(ctx, o.key(), types.Reveal{TopicId: topicID, Epoch: number, Operator: o.name, Salt: salt, Own: own})
}
