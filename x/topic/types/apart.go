// SPDX-License-Identifier: Apache-2.0

package types

import (
	"context"

	sdk "github.com/cosmos/cosmos-sdk/types"
)

// Apart runs fn in a branch of the state, and keeps what it wrote and emitted if it succeeds, and nothing of it if it fails or panics
// (ErrPanicked), so that the end of a block goes on past what one topic or contribution cannot do.
func Apart(ctx context.Context, fn func(context.Context) error) (err error) {
	branch, write := sdk.UnwrapSDKContext(ctx).CacheContext()
	defer func() {
		if r := recover(); r != nil {
			branch.Logger().Error("the end of a block panicked", "panic", r)
			err = ErrPanicked
		}
	}()
	if err := fn(branch); err != nil {
		return err
	}
	write()
	return nil
}
