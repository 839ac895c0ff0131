// SPDX-License-Identifier: Apache-2.0

package keeper

import "context"

// EndBlock takes away what removed contributions gave, then records what was paid, together at most records_per_block; the rest waits
// for the next block. It comes after x/scoring, so that what is paid in a block is recorded from its end on.
func (k *Keeper) EndBlock(ctx context.Context) error {
	params, err := k.Params.Get(ctx)
	if err != nil {
		return err
	}
	limit := int(params.RecordsPerBlock)
	lost, err := k.loseSome(ctx, limit)
	if err != nil {
		return err
	}
	return k.recordSome(ctx, limit-lost)
}
