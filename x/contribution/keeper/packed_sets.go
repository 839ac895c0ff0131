// SPDX-License-Identifier: Apache-2.0

package keeper

import (
	"cosmossdk.io/collections/codec"

	"github.com/weal-network/weal/x/contribution/types"
)

// packedSets stores active sets as types.ActiveSet.Pack writes them; as JSON they
// are what their proto says.
type packedSets struct {
	codec.ValueCodec[types.ActiveSet]
}

// Encode implements codec.ValueCodec.
func (packedSets) Encode(set types.ActiveSet) ([]byte, error) { return set.Pack(), nil }

// Decode implements codec.ValueCodec.
func (packedSets) Decode(b []byte) (types.ActiveSet, error) { return types.UnpackActiveSet(b) }
