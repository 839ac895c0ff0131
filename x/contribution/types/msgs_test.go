// SPDX-License-Identifier: Apache-2.0

package types_test

import (
	"errors"
	"testing"

	"github.com/stretchr/testify/require"

	errorsmod "cosmossdk.io/errors"

	addresscodec "github.com/cosmos/cosmos-sdk/codec/address"

	"github.com/weal-network/weal/x/contribution/types"
)

func reveal() *types.MsgRevealContribution {
	return &types.MsgRevealContribution{
		Contributor: addr("alice"), ContributionId: 5, Salt: hash("salt"), Artifact: shown(5, "m", types.STATUS_REVEALED).Artifact,
		Parents: []types.Parent{{Id: 1, ShareBp: 500}}, License: "MIT", MetadataUri: "https://example.org/card",
	}
}

// FuzzReveal feeds bytes as a node gets them: whatever decodes is either refused
// with a registered error, or keeps every bound that state relies on.
func FuzzReveal(f *testing.F) {
	ac := addresscodec.NewBech32Codec("weal")
	bz, err := reveal().Marshal()
	require.NoError(f, err)
	f.Add(bz)
	f.Fuzz(func(t *testing.T, bz []byte) {
		var m types.MsgRevealContribution
		if m.Unmarshal(bz) != nil {
			return
		}
		if err := m.Validate(ac); err != nil {
			var registered *errorsmod.Error
			require.True(t, errors.As(err, &registered), err)
			require.Equal(t, types.ModuleName, registered.Codespace())
			return
		}
		c := committed(m.ContributionId).Revealed(&m, 11)
		c.Contributor = m.Contributor
		if c.Payout == addr("alice") {
			c.Payout = m.Contributor
		}
		if c.Id > 0 {
			require.NoError(t, c.Validate(), "what is taken can be exported and imported")
		}
	})
}

func TestASoundRevealIsTaken(t *testing.T) {
	require.NoError(t, reveal().Validate(addresscodec.NewBech32Codec("weal")))
}
