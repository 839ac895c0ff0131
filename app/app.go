// SPDX-License-Identifier: Apache-2.0

// Package app wires the modules into the application that CometBFT drives. It decides
// nothing: state lives in x/, arithmetic in pkg/.
package app

import (
	"encoding/json"
	"fmt"
	"sync"

	abci "github.com/cometbft/cometbft/abci/types"
	dbm "github.com/cosmos/cosmos-db"

	"cosmossdk.io/client/v2/autocli"
	"cosmossdk.io/core/appmodule"
	"cosmossdk.io/log/v2"

	"github.com/cosmos/cosmos-sdk/baseapp"
	"github.com/cosmos/cosmos-sdk/baseapp/blockexec"
	"github.com/cosmos/cosmos-sdk/client"
	"github.com/cosmos/cosmos-sdk/client/flags"
	"github.com/cosmos/cosmos-sdk/codec"
	addresscodec "github.com/cosmos/cosmos-sdk/codec/address"
	codectypes "github.com/cosmos/cosmos-sdk/codec/types"
	servertypes "github.com/cosmos/cosmos-sdk/server/types"
	storetypes "github.com/cosmos/cosmos-sdk/store/v2/types"
	sdk "github.com/cosmos/cosmos-sdk/types"
	"github.com/cosmos/cosmos-sdk/types/module"
	"github.com/cosmos/cosmos-sdk/types/msgservice"
	"github.com/cosmos/cosmos-sdk/version"
	upgradetypes "github.com/cosmos/cosmos-sdk/x/upgrade/types"
	"github.com/cosmos/gogoproto/proto"
	"github.com/spf13/cast"

	"github.com/weal-network/weal/app/ante"
	"github.com/weal-network/weal/app/limits"
	"github.com/weal-network/weal/app/preview"
	"github.com/weal-network/weal/app/upgrades"
)

var _ servertypes.Application = (*App)(nil)

// App is the Weal application.
type App struct {
	*baseapp.BaseApp
	Keepers

	// ModuleManager runs the modules' hooks in the orders of modules.go.
	ModuleManager *module.Manager
	// BasicManager knows each module's codecs, default genesis and REST routes.
	BasicManager module.BasicManager

	enc          encoding
	keys         storeKeys
	configurator module.Configurator

	closeOnce sync.Once
	closeErr  error
}

// New builds the application on db. With load it loads the latest committed state;
// without, the caller loads a version or only wants the wiring. It panics if the wiring
// is wrong, and returns an error if what is on disk can't be used.
func New(logger log.Logger, db dbm.DB, appOpts servertypes.AppOptions, load bool, options ...func(*baseapp.BaseApp)) (*App, error) {
	Seal()
	enc, err := newEncoding()
	if err != nil {
		return nil, err
	}
	keys := newStoreKeys()
	app := &App{
		BaseApp: baseapp.NewBaseApp(Name, logger, db, enc.txConfig.TxDecoder(), options...),
		enc:     enc,
		keys:    keys,
	}
	app.SetVersion(version.Version)
	app.SetInterfaceRegistry(enc.registry)
	app.SetTxEncoder(enc.txConfig.TxEncoder())
	if err := app.RegisterStreamingServices(appOpts, keys.kv); err != nil {
		return nil, err
	}
	blockexec.Apply(app.BaseApp, appOpts, keys.all(), enc.txConfig.TxDecoder(),
		func(storetypes.MultiStore) string { return BaseDenom })

	app.Keepers = newKeepers(enc, keys, app.BaseApp, appOpts, logger)
	if err := app.addModules(); err != nil {
		return nil, err
	}
	if err := app.setHandlers(cast.ToString(appOpts.Get(flags.FlagHome))); err != nil {
		return nil, err
	}
	if load {
		if err := app.LoadLatestVersion(); err != nil {
			return nil, fmt.Errorf("load the latest state: %w", err)
		}
	}
	return app, nil
}

// addModules registers the modules' types, services and orders.
func (app *App) addModules() error {
	app.ModuleManager = newManager(newModules(app.enc, app.Keepers, app))
	app.BasicManager = module.NewBasicManagerFromManager(app.ModuleManager, genesisBasics())
	app.BasicManager.RegisterLegacyAminoCodec(app.enc.amino)
	app.BasicManager.RegisterInterfaces(app.enc.registry)

	app.configurator = module.NewConfigurator(app.enc.codec, limits.NewGuard(app.MsgServiceRouter(), app.Limits), app.GRPCQueryRouter())
	if err := app.ModuleManager.RegisterServices(app.configurator); err != nil {
		return err
	}
	upgrades.Register(app.Upgrade, app.ModuleManager, app.configurator)
	preview.RegisterQueryServer(app.GRPCQueryRouter(), app.newPreview())
	if err := registerReflection(app.GRPCQueryRouter(), app.ModuleManager); err != nil {
		return err
	}
	files, err := proto.MergedRegistry()
	if err != nil {
		return err
	}
	return msgservice.ValidateProtoAnnotations(files)
}

// setHandlers mounts the stores and tells BaseApp what to call when. home is where the
// old binary leaves its note about an upgrade; empty for an app without a disk.
func (app *App) setHandlers(home string) error {
	app.MountKVStores(app.keys.kv)
	app.MountObjectStores(app.keys.object)
	app.SetInitChainer(app.initChain)
	app.SetPreBlocker(func(ctx sdk.Context, _ *abci.RequestFinalizeBlock) (*sdk.ResponsePreBlock, error) {
		return app.ModuleManager.PreBlock(ctx)
	})
	app.SetBeginBlocker(func(ctx sdk.Context) (sdk.BeginBlock, error) { return app.ModuleManager.BeginBlock(ctx) })
	app.SetEndBlocker(func(ctx sdk.Context) (sdk.EndBlock, error) { return app.ModuleManager.EndBlock(ctx) })

	handler, err := ante.NewHandler(ante.Options{
		Account:     app.Account,
		Bank:        app.Bank,
		FeeGrant:    app.FeeGrant,
		SignModes:   app.enc.txConfig.SignModeHandler(),
		FeeExempter: app.Scoring,
		IBC:         app.IBC,
	})
	if err != nil {
		return err
	}
	app.SetAnteHandler(handler)
	if home == "" {
		return nil
	}
	stores, height, pending, err := upgrades.PendingStores(app.Upgrade)
	if err != nil {
		return err
	}
	if pending {
		app.SetStoreLoader(upgradetypes.UpgradeStoreLoader(height, &stores))
	}
	return nil
}

// initChain writes the genesis state and the versions of the modules that did so. It
// refuses a genesis that gives the authority to anybody else than the people.
func (app *App) initChain(ctx sdk.Context, req *abci.RequestInitChain) (*abci.ResponseInitChain, error) {
	if above := req.ConsensusParams.GetAuthority().GetAuthority(); above != "" {
		return nil, fmt.Errorf("consensus.params.authority of the genesis file is %s: leave it empty, as no account stands above the people's votes", above)
	}
	var state GenesisState
	if err := json.Unmarshal(req.AppStateBytes, &state); err != nil {
		return nil, fmt.Errorf("app_state of the genesis file is not a JSON object of modules: %w", err)
	}
	if err := app.Upgrade.SetModuleVersionMap(ctx, app.ModuleManager.GetVersionMap()); err != nil {
		return nil, err
	}
	return app.ModuleManager.InitGenesis(ctx, app.enc.codec, state)
}

// Close releases the stores. The server calls it twice at shutdown, which some databases
// answer with a panic, so only the first call does anything.
func (app *App) Close() error {
	app.closeOnce.Do(func() { app.closeErr = app.BaseApp.Close() })
	return app.closeErr
}

// AppCodec returns the codec of messages, state and genesis.
func (app *App) AppCodec() codec.Codec { return app.enc.codec }

// LegacyAmino returns the codec of the amino sign mode.
func (app *App) LegacyAmino() *codec.LegacyAmino { return app.enc.amino }

// InterfaceRegistry returns the registry of message types.
func (app *App) InterfaceRegistry() codectypes.InterfaceRegistry { return app.enc.registry }

// TxConfig returns what builds, signs, encodes and decodes transactions.
func (app *App) TxConfig() client.TxConfig { return app.enc.txConfig }

// DefaultGenesis returns the genesis state that `weald init` writes.
func (app *App) DefaultGenesis() GenesisState { return app.BasicManager.DefaultGenesis(app.enc.codec) }

// StoreKeys returns the keys of the persistent stores by module name.
func (app *App) StoreKeys() map[string]*storetypes.KVStoreKey { return app.keys.kv }

// AutoCLI returns what the command line needs to offer every message and query.
func (app *App) AutoCLI(clientCtx client.Context) autocli.AppOptions {
	modules := make(map[string]appmodule.AppModule, len(app.ModuleManager.Modules))
	for name, m := range app.ModuleManager.Modules { //weal:allow nomaprange it only builds another map
		if appModule, ok := m.(appmodule.AppModule); ok {
			modules[name] = appModule
		}
	}
	return autocli.AppOptions{
		Modules:               modules,
		ModuleOptions:         autoCLIOptions(app.ModuleManager),
		AddressCodec:          addresscodec.NewBech32Codec(Bech32Prefix),
		ValidatorAddressCodec: addresscodec.NewBech32Codec(ValidatorPrefix),
		ConsensusAddressCodec: addresscodec.NewBech32Codec(ConsensusPrefix),
		ClientCtx:             clientCtx,
	}
}
