// SPDX-License-Identifier: Apache-2.0

package app

import (
	"slices"
	"testing"

	dbm "github.com/cosmos/cosmos-db"
	"github.com/stretchr/testify/require"

	"cosmossdk.io/core/appmodule"
	"cosmossdk.io/log/v2"

	sdk "github.com/cosmos/cosmos-sdk/types"
	sdkerrors "github.com/cosmos/cosmos-sdk/types/errors"
	"github.com/cosmos/cosmos-sdk/types/module"
	authtypes "github.com/cosmos/cosmos-sdk/x/auth/types"
	transfertypes "github.com/cosmos/ibc-go/v11/modules/apps/transfer/types"
)

// nothing is an application without settings.
type nothing struct{}

func (nothing) Get(string) any { return nil }

func newWiring(t *testing.T) *App {
	t.Helper()
	app, err := New(log.NewNopLogger(), dbm.NewMemDB(), nothing{}, true)
	require.NoError(t, err)
	return app
}

// takesPart says whether a module does anything at a moment.
func takesPart(m any, at moment) bool {
	switch at {
	case atPreBlock:
		_, ok := m.(appmodule.HasPreBlocker)
		return ok
	case atBeginBlock:
		_, ok := m.(appmodule.HasBeginBlocker)
		return ok
	case atEndBlock:
		_, plain := m.(appmodule.HasEndBlocker)
		_, updates := m.(module.HasABCIEndBlock)
		return plain || updates
	default:
		return true
	}
}

func TestEveryModuleStandsInEveryOrderItTakesPartInAndInNoOther(t *testing.T) {
	app := newWiring(t)
	for at, order := range orders {
		listed := names(order)
		for name, m := range app.ModuleManager.Modules {
			require.Equal(t, takesPart(m, at), slices.Contains(listed, name), "%s at %s", name, at)
		}
		for _, name := range listed {
			require.Contains(t, app.ModuleManager.Modules, name, "unknown module at %s", at)
		}
		sorted := slices.Sorted(slices.Values(listed))
		require.Len(t, slices.Compact(sorted), len(listed), "a module stands twice at %s", at)
	}
}

func TestEveryPlaceInAnOrderHasAReason(t *testing.T) {
	for at, order := range orders {
		for _, s := range order {
			require.NotEmpty(t, s.why, "%s at %s", s.module, at)
		}
	}
	for _, account := range moduleAccounts {
		require.NotEmpty(t, account.why, account.name)
	}
}

func TestTheOrdersKeepTheirRules(t *testing.T) {
	for _, rule := range orderRules {
		order := names(orders[rule.at])
		first, second := slices.Index(order, rule.first), slices.Index(order, rule.second)
		require.NotEqual(t, -1, first, "%s at %s", rule.first, rule.at)
		require.NotEqual(t, -1, second, "%s at %s", rule.second, rule.at)
		require.Less(t, first, second, "at %s %s comes before %s: %s", rule.at, rule.first, rule.second, rule.why)
	}
}

func TestTheManagerRunsTheOrdersOfTheTable(t *testing.T) {
	mm := newWiring(t).ModuleManager
	require.Equal(t, names(preBlockOrder), mm.OrderPreBlockers)
	require.Equal(t, names(beginBlockOrder), mm.OrderBeginBlockers)
	require.Equal(t, names(endBlockOrder), mm.OrderEndBlockers)
	require.Equal(t, names(genesisOrder), mm.OrderInitGenesis)
	require.Equal(t, names(genesisOrder), mm.OrderExportGenesis)
}

func TestOnlyTheEmissionAccountMayMintTheChainsCoin(t *testing.T) {
	for _, account := range moduleAccounts {
		mints := account.name == minter || account.name == transfertypes.ModuleName
		require.Equal(t, mints, slices.Contains(account.permissions, authtypes.Minter), account.name)
	}
	wiring := newWiring(t)
	bank, ctx := newTransferBank(wiring.Bank), wiring.NewContext(true)
	for name, coins := range map[string]sdk.Coins{
		"the chain's coin":            weal(1),
		"the chain's coin as well":    weal(1).Add(sdk.NewInt64Coin("ibc/A0", 1)),
		"a coin that is no voucher":   sdk.NewCoins(sdk.NewInt64Coin("ibcx", 1)),
		"a voucher of another module": sdk.NewCoins(sdk.NewInt64Coin("factory/ibc/A0", 1)),
	} {
		require.ErrorIs(t, bank.MintCoins(ctx, transfertypes.ModuleName, coins), sdkerrors.ErrUnauthorized, name)
		require.ErrorIs(t, bank.BurnCoins(ctx, transfertypes.ModuleName, coins), sdkerrors.ErrUnauthorized, name)
	}
}

func TestATransferGivesNothingToAModuleAccountThatRefusesGifts(t *testing.T) {
	wiring := newWiring(t)
	bank, ctx := newTransferBank(wiring.Bank), wiring.NewContext(true)
	for _, account := range moduleAccounts {
		if !account.receives {
			err := bank.SendCoins(ctx, sdk.AccAddress("an escrow account___"), authtypes.NewModuleAddress(account.name), weal(1))
			require.ErrorIs(t, err, sdkerrors.ErrUnauthorized, account.name)
		}
	}
}

func TestEveryModuleAccountButGovernanceRefusesGifts(t *testing.T) {
	blocked := blockedAddresses()
	for _, account := range moduleAccounts {
		address := authtypes.NewModuleAddress(account.name).String()
		require.Equal(t, address != Authority(), blocked[address], account.name)
	}
}

func TestEveryModuleWithAStoreHasItsKey(t *testing.T) {
	app := newWiring(t)
	require.Len(t, app.StoreKeys(), len(storeNames))
	require.Len(t, app.keys.all(), len(storeNames)+1)
}

func TestClosingTwiceIsHarmless(t *testing.T) {
	app := newWiring(t)
	require.NoError(t, app.Close())
	require.NoError(t, app.Close())
}
