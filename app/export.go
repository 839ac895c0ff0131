// SPDX-License-Identifier: Apache-2.0

package app

import (
	"encoding/json"
	"errors"
	"fmt"

	servertypes "github.com/cosmos/cosmos-sdk/server/types"
	sdk "github.com/cosmos/cosmos-sdk/types"
	"github.com/cosmos/cosmos-sdk/x/staking"
)

// ErrZeroHeight is returned when an export for height zero is asked for.
var ErrZeroHeight = errors.New("weal exports for the next height only: epochs, grants and evidence are counted in blocks, so state exported for height zero would lie about them; export without --for-zero-height and start the new chain from the initial_height in the file")

// ExportAppStateAndValidators writes the state at the loaded height as a genesis from
// which a chain goes on at the next height. It returns ErrZeroHeight if asked for
// height zero.
func (app *App) ExportAppStateAndValidators(forZeroHeight bool, _, modules []string) (servertypes.ExportedApp, error) {
	if forZeroHeight {
		return servertypes.ExportedApp{}, ErrZeroHeight
	}
	ctx := app.NewContext(true).WithBlockHeight(app.LastBlockHeight())
	state, err := app.ExportState(ctx, modules)
	if err != nil {
		return servertypes.ExportedApp{}, err
	}
	validators, err := staking.WriteValidators(ctx, app.Staking)
	if err != nil {
		return servertypes.ExportedApp{}, fmt.Errorf("export the validator set: %w", err)
	}
	return servertypes.ExportedApp{
		AppState:        state,
		Validators:      validators,
		Height:          app.LastBlockHeight() + 1,
		ConsensusParams: app.GetConsensusParams(ctx),
	}, nil
}

// ExportState writes the genesis of the named modules, of all if none are named, as the
// state behind ctx has it. Keys come out sorted, so equal states give equal bytes.
//
// Modules are exported one after the other: the module manager would run them side by
// side on the one context, and a branched store opens its parts as they are asked for,
// in a map that nothing guards.
func (app *App) ExportState(ctx sdk.Context, modules []string) (json.RawMessage, error) {
	if len(modules) == 0 {
		modules = app.ModuleManager.OrderExportGenesis
	}
	state := make(GenesisState, len(modules))
	for _, name := range modules {
		exported, err := app.ModuleManager.ExportGenesisForModules(ctx, app.enc.codec, []string{name})
		if err != nil {
			return nil, err
		}
		if genesis, ok := exported[name]; ok {
			state[name] = genesis
		}
	}
	return json.MarshalIndent(state, "", "  ")
}
