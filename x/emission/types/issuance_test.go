// SPDX-License-Identifier: Apache-2.0

package types_test

import (
	"math/big"
	"testing"

	"cosmossdk.io/math"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/weal-network/weal/x/emission/types"
)

func TestACarryOfAnotherLengthIsRefused(t *testing.T) {
	issuance := types.NewIssuance(0)
	issuance.Carry = issuance.Carry[1:]
	_, err := issuance.Issue(types.DefaultParams(), 0, 1, 0)
	require.ErrorIs(t, err, types.ErrAccounting)
}

func TestTheHalfLifeIsFourYearsWithTheirLeapDay(t *testing.T) {
	require.Equal(t, uint64((4*365+1)*24*60*60*1000), types.HalfLifeMs)
}

func TestTheSupplyNeverPassesTheCapWhateverTheBlockTimes(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		supply := rapid.Uint64Range(0, types.CapUweal).Draw(t, "supply")
		issuance, params, now := types.NewIssuance(supply), types.DefaultParams(), int64(1)
		params.MaxGapMs = types.MaxMaxGapMs
		for range 50 {
			accruing := rapid.Uint64Range(0, types.BasisPoints).Draw(t, "accruing")
			parts, err := issuance.Issue(params, supply, now, accruing)
			require.NoError(t, err)
			supply += parts.Total()
			require.LessOrEqual(t, supply, types.CapUweal)
			require.Equal(t, supply, issuance.LastSupply)
			require.Less(t, issuance.TopicCarryBp, uint64(types.BasisPoints))
			now += rapid.Int64Range(-1_000, 1<<40).Draw(t, "dt")
		}
	})
}

// A topic that settles at some blocks and one that never does are owed the same to the last
// fraction, and topics together never more than was minted for them.
func TestSettlingEarlyOrLateComesToTheSame(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		share := rapid.Uint32Range(0, types.BasisPoints).Draw(t, "share")
		index := math.ZeroInt()
		often, once := types.NewTopicAccount(1, index, false), types.NewTopicAccount(1, index, false)
		often.ShareBp, once.ShareBp = share, share
		for range rapid.IntRange(0, 40).Draw(t, "blocks") {
			index = index.Add(math.NewIntFromUint64(rapid.Uint64Range(0, 1<<40).Draw(t, "part")))
			if rapid.Bool().Draw(t, "settle") {
				require.NoError(t, often.Settle(index))
			}
		}
		require.NoError(t, often.Settle(index))
		require.NoError(t, once.Settle(index))
		require.Equal(t, once, often)
		exact := new(big.Int).Mul(index.BigInt(), big.NewInt(int64(share)))
		got := new(big.Int).SetUint64(once.Accrued*types.BasisPoints + once.AccruedCarryBp)
		require.Zero(t, exact.Cmp(got))
	})
}

func TestAnIndexThatFellIsRefused(t *testing.T) {
	account := types.NewTopicAccount(1, math.NewInt(5), false)
	account.ShareBp = 1
	before := account
	require.ErrorIs(t, account.Settle(math.NewInt(4)), types.ErrAccounting)
	require.Equal(t, before, account)
}
