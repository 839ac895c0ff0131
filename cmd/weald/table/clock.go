// SPDX-License-Identifier: Apache-2.0

package table

import (
	"context"
	"time"

	"github.com/cosmos/cosmos-sdk/client"
)

// Clock tells about when a height is. Its zero tells nothing.
type Clock struct {
	// Height is the last block's.
	Height int64
	// Pace is the time between blocks.
	Pace time.Duration
}

// paceBlocks is over how many blocks the pace is measured.
const paceBlocks = 100

// ReadClock asks the node for its last block, and how fast the last ones came. A node that
// does not answer gives a clock that tells nothing: heights are then shown alone.
func ReadClock(ctx context.Context, clientCtx client.Context) Clock {
	node, err := clientCtx.GetNode()
	if err != nil {
		return Clock{}
	}
	status, err := node.Status(ctx)
	if err != nil {
		return Clock{}
	}
	last := status.SyncInfo
	earlier := max(last.LatestBlockHeight-paceBlocks, last.EarliestBlockHeight, 1)
	if earlier >= last.LatestBlockHeight {
		return Clock{}
	}
	block, err := node.Block(ctx, &earlier)
	if err != nil {
		return Clock{}
	}
	pace := last.LatestBlockTime.Sub(block.Block.Time) / time.Duration(last.LatestBlockHeight-earlier)
	return Clock{Height: last.LatestBlockHeight, Pace: max(pace, 0)}
}
