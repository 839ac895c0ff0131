// SPDX-License-Identifier: Apache-2.0

package keeper

import "context"

// PowerCapBp is the most of all scoring power that one validator has in an epoch that begins
// now, in basis points.
func (k *Keeper) PowerCapBp(ctx context.Context) (uint32, error) {
	params, err := k.Params.Get(ctx)
	return params.PowerCapBp, err
}
