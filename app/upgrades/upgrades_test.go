// SPDX-License-Identifier: Apache-2.0

package upgrades_test

import (
	"errors"
	"testing"

	"github.com/stretchr/testify/require"

	storetypes "github.com/cosmos/cosmos-sdk/store/v2/types"
	"github.com/cosmos/cosmos-sdk/types/module"
	upgradetypes "github.com/cosmos/cosmos-sdk/x/upgrade/types"

	"github.com/weal-network/weal/app/upgrades"
)

// keeper is an upgrade keeper with a note on disk.
type keeper struct {
	plan    upgradetypes.Plan
	err     error
	skip    int64
	handled map[string]bool
}

func (k keeper) SetUpgradeHandler(name string, _ upgradetypes.UpgradeHandler) {
	k.handled[name] = true
}

func (k keeper) ReadUpgradeInfoFromDisk() (upgradetypes.Plan, error) { return k.plan, k.err }

func (k keeper) IsSkipHeight(height int64) bool { return height == k.skip }

// withUpgrade lists one upgrade for the length of a test.
func withUpgrade(t *testing.T) {
	t.Helper()
	all := upgrades.All
	upgrades.All = []upgrades.Upgrade{{
		Name:   "v2",
		Stores: storetypes.StoreUpgrades{Added: []string{"merit"}},
		Handler: func(*module.Manager, module.Configurator) upgradetypes.UpgradeHandler {
			return nil
		},
	}}
	t.Cleanup(func() { upgrades.All = all })
}

func TestEveryListedUpgradeGetsItsHandler(t *testing.T) {
	withUpgrade(t)
	k := keeper{handled: map[string]bool{}}
	upgrades.Register(k, nil, nil)
	require.Equal(t, map[string]bool{"v2": true}, k.handled)
}

func TestPendingStores(t *testing.T) {
	withUpgrade(t)
	unreadable := errors.New("unreadable")
	cases := map[string]struct {
		keeper  keeper
		pending bool
		err     error
	}{
		"no note, no change of stores":               {},
		"a note of a listed upgrade adds its store":  {keeper: keeper{plan: upgradetypes.Plan{Name: "v2", Height: 9}}, pending: true},
		"an upgrade that is skipped changes nothing": {keeper: keeper{plan: upgradetypes.Plan{Name: "v2", Height: 9}, skip: 9}},
		"an upgrade of another binary is left alone": {keeper: keeper{plan: upgradetypes.Plan{Name: "v3", Height: 9}}},
		"a note that can't be read is an error":      {keeper: keeper{err: unreadable}, err: unreadable},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			stores, height, pending, err := upgrades.PendingStores(tc.keeper)
			require.ErrorIs(t, err, tc.err)
			require.Equal(t, tc.pending, pending)
			if tc.pending {
				require.Equal(t, []string{"merit"}, stores.Added)
				require.EqualValues(t, 9, height)
			}
		})
	}
}

func TestEveryUpgradeHasANameOfItsOwnAndAHandler(t *testing.T) {
	names := map[string]bool{}
	for _, upgrade := range upgrades.All {
		require.NotEmpty(t, upgrade.Name)
		require.False(t, names[upgrade.Name], upgrade.Name)
		names[upgrade.Name] = true
		require.NotNil(t, upgrade.Handler, upgrade.Name)
	}
}

func TestABinaryOfTheReleaseBeforeDoesNotKnowTheUpgrade(t *testing.T) {
	withUpgrade(t)
	upgrades.SetBefore(t, "v2")
	k := keeper{handled: map[string]bool{}, plan: upgradetypes.Plan{Name: "v2", Height: 9}}
	upgrades.Register(k, nil, nil)
	require.Empty(t, k.handled)
	_, _, pending, err := upgrades.PendingStores(k)
	require.NoError(t, err)
	require.False(t, pending)
}
