// SPDX-License-Identifier: Apache-2.0

// Package upgrades holds what changes when the chain moves to a new version of the
// binary: one entry an upgrade, in the order in which they happened.
package upgrades

import (
	"context"
	"fmt"

	storetypes "github.com/cosmos/cosmos-sdk/store/v2/types"
	"github.com/cosmos/cosmos-sdk/types/module"
	upgradetypes "github.com/cosmos/cosmos-sdk/x/upgrade/types"
)

// Upgrade is one planned change of the binary.
type Upgrade struct {
	// Name is the name of the plan in the proposal that schedules it.
	Name string
	// Stores are the stores that it adds, renames or deletes.
	Stores storetypes.StoreUpgrades
	// Handler builds what runs at the upgrade's height, once.
	Handler func(mm *module.Manager, cfg module.Configurator) upgradetypes.UpgradeHandler
}

// All lists the upgrades that a binary can run: whatever stands in the first genesis needs
// none.
var All = []Upgrade{
	{Name: "v0.2.0", Handler: migrate},
}

// before is the first upgrade that this binary does not know. The linker sets it where a
// drill needs the release before an upgrade; a release has none.
var before string

// known lists the upgrades that this binary can run.
func known() []Upgrade {
	for i, upgrade := range All {
		if upgrade.Name == before {
			return All[:i]
		}
	}
	return All
}

// migrate brings each module's state to the version that the binary has, and does nothing
// for those that have it.
func migrate(mm *module.Manager, cfg module.Configurator) upgradetypes.UpgradeHandler {
	return func(ctx context.Context, _ upgradetypes.Plan, from module.VersionMap) (module.VersionMap, error) {
		return mm.RunMigrations(ctx, cfg, from)
	}
}

// Keeper is the part of the upgrade keeper that this package drives.
type Keeper interface {
	SetUpgradeHandler(name string, handler upgradetypes.UpgradeHandler)
	ReadUpgradeInfoFromDisk() (upgradetypes.Plan, error)
	IsSkipHeight(height int64) bool
}

// Register hands every upgrade's handler to the keeper.
func Register(keeper Keeper, mm *module.Manager, cfg module.Configurator) {
	for _, upgrade := range known() {
		keeper.SetUpgradeHandler(upgrade.Name, upgrade.Handler(mm, cfg))
	}
}

// PendingStores returns the store changes of the upgrade that the old binary stopped
// for, with its height, and false if there is none. It returns an error if the note
// that the old binary left in the data directory can't be read.
func PendingStores(keeper Keeper) (storetypes.StoreUpgrades, int64, bool, error) {
	plan, err := keeper.ReadUpgradeInfoFromDisk()
	if err != nil {
		return storetypes.StoreUpgrades{}, 0, false, fmt.Errorf("read %s in the data directory: %w", upgradetypes.UpgradeInfoFilename, err)
	}
	if plan.Name == "" || keeper.IsSkipHeight(plan.Height) {
		return storetypes.StoreUpgrades{}, 0, false, nil
	}
	for _, upgrade := range known() {
		if upgrade.Name == plan.Name {
			return upgrade.Stores, plan.Height, true, nil
		}
	}
	return storetypes.StoreUpgrades{}, 0, false, nil
}
