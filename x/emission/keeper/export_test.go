// SPDX-License-Identifier: Apache-2.0

package keeper

// SetTileSize makes pieces of payments so small that a few contributions are many of them.
func (k *Keeper) SetTileSize(n int) { k.tileSize = n }
