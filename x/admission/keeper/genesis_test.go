// SPDX-License-Identifier: Apache-2.0

package keeper_test

import (
	"bytes"
	"fmt"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/weal-network/weal/x/admission/types"
)

func (f *fixture) export() *types.GenesisState {
	f.t.Helper()
	g, err := f.keeper.ExportGenesis(f.ctx)
	require.NoError(f.t, err)
	return g
}

func TestGenesisHoldsEverything(t *testing.T) {
	f := newFixture(t).bonded("alice", "bob")
	f.admit(contributorKey("carol", 300), contributorKey("carol", 2), stewardKey("dave"))
	f.setPermissioned(false)
	exported := f.export()
	exported.Admissions[0].GrantedAt = nil // as a genesis written by hand has it

	again := newFixture(t)
	require.NoError(t, again.keeper.InitGenesis(again.ctx, exported))
	require.Equal(t, string(f.cdc.MustMarshalJSON(exported)), string(f.cdc.MustMarshalJSON(again.export())))
	require.False(t, again.export().Params.ValidatorsPermissioned)
}

func TestGenesisIsTakenInAnyOrderAndExportedInOne(t *testing.T) {
	f := newFixture(t)
	for i := range 9 {
		name := fmt.Sprint("account", i)
		f.admit(validatorKey(name), contributorKey(name, 1), contributorKey(name, 256), stewardKey(name))
	}
	sorted := f.export()
	require.True(t, slices.IsSortedFunc(sorted.Admissions, func(a, b types.Admission) int {
		if a.Role != b.Role {
			return int(a.Role - b.Role)
		}
		if a.TopicId != b.TopicId {
			return int(a.TopicId) - int(b.TopicId)
		}
		return bytes.Compare(sdk.MustAccAddressFromBech32(a.Address), sdk.MustAccAddressFromBech32(b.Address))
	}))

	reversed := *sorted
	reversed.Admissions = slices.Clone(sorted.Admissions)
	slices.Reverse(reversed.Admissions)
	again := newFixture(t)
	require.NoError(t, again.keeper.InitGenesis(again.ctx, &reversed))
	require.Equal(t, sorted, again.export())
}

func TestAGenesisThatContradictsItselfIsRefusedWhole(t *testing.T) {
	f := newFixture(t)
	good := types.Admission{Role: types.ROLE_STEWARD, Address: account("alice").String()}
	for name, tc := range map[string]struct {
		second types.Admission
		want   error
	}{
		"one key twice":             {types.Admission{Role: types.ROLE_STEWARD, Address: account("alice").String(), ReasonUri: "https://example.org"}, types.ErrDuplicate},
		"no role":                   {types.Admission{Address: account("bob").String()}, types.ErrInvalidRole},
		"a contributor to no topic": {types.Admission{Role: types.ROLE_CONTRIBUTOR, Address: account("bob").String()}, types.ErrInvalidTopic},
		"no address":                {types.Admission{Role: types.ROLE_STEWARD}, types.ErrInvalidAddress},
		"a reason that is no URI":   {types.Admission{Role: types.ROLE_STEWARD, Address: account("bob").String(), ReasonUri: "why not"}, types.ErrInvalidReason},
	} {
		t.Run(name, func(t *testing.T) {
			f.t = t
			g := &types.GenesisState{Params: types.DefaultParams(), Admissions: []types.Admission{good, tc.second}}
			f.refused(func() error { return f.keeper.InitGenesis(f.ctx, g) }, tc.want)
		})
	}
}

// TestTheListIsWhatWasGrantedAndNotTaken compares the keeper with a set kept in a map.
func TestTheListIsWhatWasGrantedAndNotTaken(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		f, model := newFixture(t), map[types.AdmissionKey]bool{}
		anyKey := rapid.Custom(func(r *rapid.T) types.AdmissionKey {
			key := types.AdmissionKey{Role: types.Role(rapid.IntRange(1, 3).Draw(r, "role")), Address: account(rapid.SampledFrom([]string{"a", "b", "c"}).Draw(r, "name")).String()}
			if key.Role == types.ROLE_CONTRIBUTOR {
				key.TopicId = rapid.Uint64Range(1, 2).Draw(r, "topic")
			}
			return key
		})
		for range rapid.IntRange(1, 20).Draw(r, "steps") {
			keys := rapid.SliceOfNDistinct(anyKey, 1, 4, rapid.ID[types.AdmissionKey]).Draw(r, "keys")
			held := 0
			for _, key := range keys {
				if model[key] {
					held++
				}
			}
			if rapid.Bool().Draw(r, "admit") {
				if held > 0 {
					f.refusedAdmit(admitMsg(keys...), types.ErrAlreadyAdmitted)
					continue
				}
				f.admit(keys...)
				for _, key := range keys {
					model[key] = true
				}
				continue
			}
			if held < len(keys) {
				f.refusedRevoke(revokeMsg(keys...), types.ErrNotAdmitted)
				continue
			}
			f.revoke(keys...)
			for _, key := range keys {
				delete(model, key)
			}
		}
		list := f.export().Admissions
		require.Len(t, list, len(model))
		for _, admission := range list {
			require.True(t, model[admission.Key()])
		}
	})
}

func FuzzGenesisIsRefusedOrHeld(f *testing.F) {
	seeds := newFixture(f)
	f.Add([]byte(`{}`))
	params := string(seeds.cdc.MustMarshalJSON(&types.DefaultGenesisState().Params))
	f.Add([]byte(`{"params":` + params + `,"admissions":[{"role":"ROLE_VALIDATOR","address":"` + account("alice").String() + `"}]}`))
	seeds.admit(validatorKey("alice"), contributorKey("bob", 7))
	f.Add(seeds.cdc.MustMarshalJSON(seeds.export()))
	f.Fuzz(func(t *testing.T, data []byte) {
		fix := newFixture(t)
		var g types.GenesisState
		if fix.cdc.UnmarshalJSON(data, &g) != nil || g.Validate() != nil {
			return
		}
		require.NoError(t, fix.keeper.InitGenesis(fix.ctx, &g))
		exported := fix.export()
		require.NoError(t, exported.Validate())
		require.Len(t, exported.Admissions, len(g.Admissions))
		again := newFixture(t)
		require.NoError(t, again.keeper.InitGenesis(again.ctx, exported))
		require.Equal(t, string(fix.cdc.MustMarshalJSON(exported)), string(fix.cdc.MustMarshalJSON(again.export())))
	})
}
