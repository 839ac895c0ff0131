// SPDX-License-Identifier: Apache-2.0

package keeper

import (
	"context"

	"github.com/weal-network/weal/x/topic/types"
)

// GetParams returns what bounds new topics and updates. Topics that exist keep what they
// were opened with.
func (k *Keeper) GetParams(ctx context.Context) (types.Params, error) {
	return k.params.Get(ctx)
}
