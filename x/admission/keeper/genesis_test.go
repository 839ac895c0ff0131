// SPDX-License-Identifier: Apache-2.0

package keeper_test

import (
	"bytes"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	sdk "github.com/cosmos/cosmos-sdk/types"
	authtypes "github.com/cosmos/cosmos-sdk/x/auth/types"

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
	f.admitUntil(genesisAt.Add(time.Hour), validatorKey("dave"))
	require.NoError(t, f.nameRegistrar("rita", types.ROLE_STEWARD, types.ROLE_VALIDATOR))
	f.fund("erin").apply(validatorKey("erin"))
	f.revoke(validatorKey("bob"))
	f.setPermissioned(false)
	f.create("mallory")
	exported := f.export()
	exported.Admissions[0].GrantedAt = nil // as a genesis written by hand has it
	for _, part := range []int{len(exported.Applications), len(exported.Registrars), len(exported.History), len(exported.Outsiders)} {
		require.NotZero(t, part)
	}
	require.NotNil(t, exported.RevokedPower)

	again := newFixture(t)
	f.refusedGenesis(again, exported, types.ErrInvalidGenesis, "10000000uweal")
	again.ctx.KVStore(again.bank.key).Set(authtypes.NewModuleAddress(types.ModuleName), sdk.Uint64ToBigEndian(deposit))
	require.NoError(t, again.keeper.InitGenesis(again.ctx, exported))
	require.Equal(t, string(f.cdc.MustMarshalJSON(exported)), string(f.cdc.MustMarshalJSON(again.export())))
	require.False(t, again.export().Params.ValidatorsPermissioned)

	// The indexes are there, and so is the count.
	again.setParams(func(p *types.Params) { p.MaxApplications = 1 })
	again.fund("frank").refusedApply(applyMsg(validatorKey("frank")), types.ErrTooManyApplications)
	again.refusedApply(applyMsg(validatorKey("erin")), types.ErrApplicationExists)
	again.later(31 * 24 * time.Hour)
	again.endBlock()
	require.Empty(t, again.open(types.ROLE_VALIDATOR))
	require.False(t, again.holds(validatorKey("dave")))
	require.EqualValues(t, 2, again.apply(validatorKey("frank")), "ids go on")
}

func (f *fixture) refusedGenesis(other *fixture, g *types.GenesisState, want error, words ...string) {
	f.t.Helper()
	other.t = f.t
	other.refused(func() error { return other.keeper.InitGenesis(other.ctx, g) }, want, words...)
}

func TestAGenesisWhoseOtherPartsAreWrongIsRefusedWhole(t *testing.T) {
	f := newFixture(t)
	alice, bob := account("alice").String(), account("bob").String()
	application := types.Application{Id: 1, Key: validatorKey("alice"), StatementUri: statement, AppliedAt: genesisAt, ExpiresAt: genesisAt}
	change := types.Change{Id: 1, Key: validatorKey("alice"), Act: types.ACT_ADMITTED, At: genesisAt}
	end := genesisAt
	for name, tc := range map[string]struct {
		spoil func(*types.GenesisState)
		want  error
	}{
		"a parameter out of bounds": {func(g *types.GenesisState) { g.Params.MaxRevokedPowerBp = 0 }, types.ErrInvalidParams},
		"a waiting end without an end": {func(g *types.GenesisState) {
			g.Admissions = []types.Admission{{Role: types.ROLE_VALIDATOR, Address: alice, DeferredUntil: &end}}
		}, types.ErrInvalidExpiry},
		"an application id not given out": {func(g *types.GenesisState) { g.NextApplicationId, g.Applications = 1, []types.Application{application} }, types.ErrInvalidGenesis},
		"an application without an id":    {func(g *types.GenesisState) { g.Applications = []types.Application{{}} }, types.ErrInvalidGenesis},
		"one application twice":           {func(g *types.GenesisState) { g.Applications = append(g.Applications, application) }, types.ErrDuplicate},
		"two applications for the same": {func(g *types.GenesisState) {
			second := application
			second.Id = 2
			g.Applications = append(g.Applications, second)
		}, types.ErrDuplicate},
		"an application without words":      {func(g *types.GenesisState) { g.Applications[0].StatementUri = "" }, types.ErrInvalidStatement},
		"a deposit beyond all money":        {func(g *types.GenesisState) { g.Applications[0].Deposit = types.MaxDeposit + 1 }, types.ErrInvalidGenesis},
		"an application over before it was": {func(g *types.GenesisState) { g.Applications[0].ExpiresAt = genesisAt.Add(-1) }, types.ErrInvalidGenesis},
		"an application until for ever":     {func(g *types.GenesisState) { g.Applications[0].ExpiresAt = types.Never() }, types.ErrInvalidExpiry},
		"an application for no role":        {func(g *types.GenesisState) { g.Applications[0].Key.Role = 0 }, types.ErrInvalidRole},
		"a registrar for nothing":           {func(g *types.GenesisState) { g.Registrars = []types.Registrar{{Address: alice}} }, types.ErrInvalidGenesis},
		"a registrar twice": {func(g *types.GenesisState) {
			r := types.NewRegistrar(alice, []types.Role{1})
			g.Registrars = []types.Registrar{r, r}
		}, types.ErrDuplicate},
		"a registrar without an address": {func(g *types.GenesisState) { g.Registrars = []types.Registrar{types.NewRegistrar("", []types.Role{1})} }, types.ErrInvalidAddress},
		"too many registrars": {func(g *types.GenesisState) {
			for i := range types.MaxRegistrars + 1 {
				g.Registrars = append(g.Registrars, types.NewRegistrar(account(fmt.Sprint(i)).String(), []types.Role{1}))
			}
		}, types.ErrTooManyRegistrars},
		"a change id not given out":      {func(g *types.GenesisState) { g.NextChangeId = 1 }, types.ErrInvalidGenesis},
		"one change twice":               {func(g *types.GenesisState) { g.History = append(g.History, change) }, types.ErrDuplicate},
		"a change of nothing":            {func(g *types.GenesisState) { g.History[0].Key.Role = 0 }, types.ErrInvalidRole},
		"a change that is none":          {func(g *types.GenesisState) { g.History[0].Act = 77 }, types.ErrInvalidGenesis},
		"a change by nobody's address":   {func(g *types.GenesisState) { g.History[0].By = "bob" }, types.ErrInvalidAddress},
		"a change for no good reason":    {func(g *types.GenesisState) { g.History[0].ReasonUri = "so" }, types.ErrInvalidReason},
		"a change after the end of time": {func(g *types.GenesisState) { g.History[0].At = types.Never().Add(time.Second) }, types.ErrInvalidGenesis},
		"more revoked than there was":    {func(g *types.GenesisState) { g.RevokedPower = &types.RevokedPower{Total: 1, Revoked: 2} }, types.ErrInvalidGenesis},
		"one outsider twice":             {func(g *types.GenesisState) { g.Outsiders = []string{bob, bob} }, types.ErrDuplicate},
		"an outsider's name":             {func(g *types.GenesisState) { g.Outsiders = []string{"bob"} }, types.ErrInvalidAddress},
	} {
		t.Run(name, func(t *testing.T) {
			g := types.DefaultGenesisState()
			g.NextApplicationId, g.Applications = 3, []types.Application{application}
			g.NextChangeId, g.History = 2, []types.Change{change}
			require.NoError(t, g.Validate())
			tc.spoil(g)
			f.t = t
			f.refusedGenesis(f, g, tc.want)
		})
	}
}

func TestParametersStayWithinTheirBounds(t *testing.T) {
	f := newFixture(t)
	for name, spoil := range map[string]func(*types.Params){
		"application_deposit":          func(p *types.Params) { p.ApplicationDeposit = types.MaxDeposit + 1 },
		"application_period":           func(p *types.Params) { p.ApplicationPeriod = -time.Hour },
		"max_applications":             func(p *types.Params) { p.MaxApplications = types.MaxApplications + 1 },
		"max_applications_per_account": func(p *types.Params) { p.MaxApplicationsPerAccount = 0 },
		"max_revoked_power_bp":         func(p *types.Params) { p.MaxRevokedPowerBp = types.BasisPoints + 1 },
	} {
		m := &types.MsgUpdateParams{Authority: authority, Params: types.DefaultParams()}
		spoil(&m.Params)
		f.refusedParams(m, types.ErrInvalidParams, name, "give all parameters")
	}
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
	seeds.admitUntil(genesisAt.Add(time.Hour), validatorKey("alice"), contributorKey("bob", 7))
	seeds.fund("carol").apply(stewardKey("carol"))
	require.NoError(f, seeds.nameRegistrar("rita", types.ROLE_STEWARD))
	f.Add(seeds.cdc.MustMarshalJSON(seeds.export()))
	f.Fuzz(func(t *testing.T, data []byte) {
		fix := newFixture(t)
		var g types.GenesisState
		if fix.cdc.UnmarshalJSON(data, &g) != nil || g.Validate() != nil || !g.Deposits().IsUint64() {
			return
		}
		fund := func(f *fixture) {
			sum := g.Deposits()
			f.ctx.KVStore(f.bank.key).Set(authtypes.NewModuleAddress(types.ModuleName), sdk.Uint64ToBigEndian(sum.Uint64()))
		}
		fund(fix)
		require.NoError(t, fix.keeper.InitGenesis(fix.ctx, &g))
		exported := fix.export()
		require.NoError(t, exported.Validate())
		require.Len(t, exported.Admissions, len(g.Admissions))
		again := newFixture(t)
		fund(again)
		require.NoError(t, again.keeper.InitGenesis(again.ctx, exported))
		require.Equal(t, string(fix.cdc.MustMarshalJSON(exported)), string(fix.cdc.MustMarshalJSON(again.export())))
	})
}
