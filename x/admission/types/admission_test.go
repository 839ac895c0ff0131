// SPDX-License-Identifier: Apache-2.0

package types_test

import (
	"bytes"
	"os"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	sdk "github.com/cosmos/cosmos-sdk/types"
	evidencetypes "github.com/cosmos/cosmos-sdk/x/evidence/types"

	"github.com/weal-network/weal/x/admission/types"
)

func TestMain(m *testing.M) {
	sdk.GetConfig().SetBech32PrefixForAccount("weal", "wealpub")
	os.Exit(m.Run())
}

func account(n byte) string { return sdk.AccAddress(bytes.Repeat([]byte{n}, 20)).String() }

func TestOnlyAContributorHasATopic(t *testing.T) {
	for role, topicID := range map[types.Role]uint64{types.ROLE_VALIDATOR: 0, types.ROLE_STEWARD: 0, types.ROLE_CONTRIBUTOR: 9} {
		key := types.AdmissionKey{Role: role, TopicId: topicID, Address: account(1)}
		require.NoError(t, key.Validate())
		key.TopicId = 9 - topicID
		require.ErrorIs(t, key.Validate(), types.ErrInvalidTopic)
	}
}

func TestEveryRoleButNoneIsValid(t *testing.T) {
	for number := range types.Role_name {
		role := types.Role(number)
		if role == types.ROLE_UNSPECIFIED {
			require.ErrorIs(t, role.Validate(), types.ErrInvalidRole)
			continue
		}
		require.NoError(t, role.Validate())
	}
	require.ErrorIs(t, types.Role(int32(len(types.Role_name))).Validate(), types.ErrInvalidRole)
	require.ErrorIs(t, types.Role(-1).Validate(), types.ErrInvalidRole)
}

func TestAnAddressOfAnotherChainIsRefused(t *testing.T) {
	key := types.AdmissionKey{Role: types.ROLE_STEWARD, Address: sdk.MustBech32ifyAddressBytes("cosmos", bytes.Repeat([]byte{1}, 20))}
	require.ErrorIs(t, key.Validate(), types.ErrInvalidAddress)
}

func TestAnAdmissionIsWhatWasGranted(t *testing.T) {
	at := time.Unix(1_800_000_000, 0).UTC()
	grant := types.Grant{Key: types.AdmissionKey{Role: types.ROLE_CONTRIBUTOR, TopicId: 2, Address: account(1)}, ReasonUri: "ipfs://bafy"}
	admission := types.NewAdmission(grant, at)
	require.NoError(t, admission.Validate())
	require.Equal(t, grant.Key, admission.Key())
	require.Equal(t, at, *admission.GrantedAt)
	admission.ReasonUri = "why not"
	require.ErrorIs(t, admission.Validate(), types.ErrInvalidReason)
	admission.Role = 0
	require.ErrorIs(t, admission.Validate(), types.ErrInvalidRole)
}

func TestARevocationsJailIsToldFromADoubleSigners(t *testing.T) {
	require.False(t, types.RevokedUntil().Equal(evidencetypes.DoubleSignJailEndTime))
	require.Less(t, evidencetypes.DoubleSignJailEndTime.Sub(types.RevokedUntil()), 24*time.Hour)
}

func TestTheDefaultGenesisClosesTheSet(t *testing.T) {
	g := types.DefaultGenesisState()
	require.NoError(t, g.Validate())
	require.True(t, g.Params.ValidatorsPermissioned)
	require.Empty(t, g.Admissions)
}

func FuzzAKeyThatIsTakenHasOneSpelling(f *testing.F) {
	f.Add(int32(1), uint64(0), account(1))
	f.Add(int32(2), uint64(5), account(2))
	f.Add(int32(3), uint64(0), "WEAL1QQQQ")
	f.Fuzz(func(t *testing.T, role int32, topicID uint64, address string) {
		key := types.AdmissionKey{Role: types.Role(role), TopicId: topicID, Address: address}
		if key.Validate() != nil {
			return
		}
		require.Equal(t, address, sdk.MustAccAddressFromBech32(address).String())
		require.Equal(t, key.Role == types.ROLE_CONTRIBUTOR, topicID != 0)
	})
}
