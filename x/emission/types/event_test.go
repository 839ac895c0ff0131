// SPDX-License-Identifier: Apache-2.0

package types_test

import (
	"testing"

	"cosmossdk.io/math"
	"github.com/cosmos/gogoproto/proto"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/weal-network/weal/x/emission/types"
)

func TestAFrequentEventIsWhatTheSDKMakesOfIt(t *testing.T) {
	coins := rapid.Custom(func(t *rapid.T) (all sdk.Coins) {
		for range rapid.IntRange(0, 4).Draw(t, "coins") {
			denom := rapid.StringMatching(`[a-zA-Z][a-zA-Z0-9/:._-]{2,127}`).Draw(t, "denom")
			amount := math.NewIntFromUint64(rapid.Uint64().Draw(t, "amount")).MulRaw(rapid.Int64Range(1, 1<<62).Draw(t, "times"))
			all = append(all, sdk.Coin{Denom: denom, Amount: amount})
		}
		return all
	})
	rapid.Check(t, func(t *rapid.T) {
		number := rapid.Uint64()
		for _, event := range []interface {
			proto.Message
			AsEvent() sdk.Event
		}{
			&types.EventRewardsShared{TopicId: number.Draw(t, "topic"), Epoch: number.Draw(t, "epoch"), Tile: rapid.SliceOf(rapid.Byte()).Draw(t, "tile")},
			&types.EventSponsoredMatured{
				ContributionId: number.Draw(t, "contribution"), TopicId: number.Draw(t, "topic"), Epoch: number.Draw(t, "epoch"), Coins: coins.Draw(t, "coins"),
			},
		} {
			want, err := sdk.TypedEventToEvent(event)
			require.NoError(t, err)
			require.Equal(t, want, event.AsEvent())
		}
	})
}
