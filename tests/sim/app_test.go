// SPDX-License-Identifier: Apache-2.0

package sim_test

import (
	"errors"
	"time"

	abci "github.com/cometbft/cometbft/abci/types"
	dbm "github.com/cosmos/cosmos-db"

	"cosmossdk.io/core/comet"
	"cosmossdk.io/log/v2"

	"github.com/cosmos/cosmos-sdk/baseapp"
	servertypes "github.com/cosmos/cosmos-sdk/server/types"
	storetypes "github.com/cosmos/cosmos-sdk/store/v2/types"
	"github.com/cosmos/cosmos-sdk/testutil/simsx"
	sdk "github.com/cosmos/cosmos-sdk/types"
	"github.com/cosmos/cosmos-sdk/types/module"
	govtypes "github.com/cosmos/cosmos-sdk/x/gov/types"
	stakingtypes "github.com/cosmos/cosmos-sdk/x/staking/types"
	ratelimittypes "github.com/cosmos/ibc-go/v11/modules/apps/rate-limiting/types"
	ibcexported "github.com/cosmos/ibc-go/v11/modules/core/exported"

	"github.com/weal-network/weal/app"
)

var _ simsx.SimulationApp = (*simApp)(nil)

// simApp is the application as the simulator wants to see it.
type simApp struct {
	*app.App
	manager *module.SimulationManager
	// hashes are the app hashes before each block.
	hashes [][]byte
	// last is the time of the last block.
	last time.Time
}

// newSimApp builds the application that checks the invariants at the end of every block.
func newSimApp(logger log.Logger, db dbm.DB, _ bool, appOpts servertypes.AppOptions, options ...func(*baseapp.BaseApp)) *simApp {
	inner, err := app.New(logger, db, appOpts, false, options...)
	if err != nil {
		panic(err)
	}
	modules := inner.ModuleManager.Modules
	a := &simApp{App: inner, manager: module.NewSimulationManagerFromAppModules(modules, map[string]module.AppModuleSimulation{
		stakingtypes.ModuleName:   gatedStaking{modules[stakingtypes.ModuleName].(stakingModule)},
		govtypes.ModuleName:       guardedGov{modules[govtypes.ModuleName].(govModule)},
		ibcexported.ModuleName:    unproposed{modules[ibcexported.ModuleName].(module.AppModuleSimulation)},
		ratelimittypes.ModuleName: rateLimits{},
	})}
	a.manager.RegisterStoreDecoders()
	rules := newInvariants(inner)
	inner.SetPrecommiter(func(ctx sdk.Context) {
		a.hashes, a.last = append(a.hashes, inner.LastCommitID().Hash), ctx.BlockTime()
		a.settle(ctx)
		check(ctx, rules)
	})
	inner.SetBeginBlocker(func(ctx sdk.Context) (sdk.BeginBlock, error) { return a.BeginBlocker(withLittleEvidence(ctx)) })
	if err := inner.LoadLatestVersion(); err != nil {
		panic(err)
	}
	return a
}

// evidenceEvery is how many blocks pass from one in which evidence counts to the next.
const evidenceEvery = 10

// innocent is a block in which nobody is accused.
type innocent struct{ comet.BlockInfo }

// GetEvidence implements comet.BlockInfo.
func (innocent) GetEvidence() comet.EvidenceList { return noEvidence{} }

type noEvidence struct{}

// Len implements comet.EvidenceList.
func (noEvidence) Len() int { return 0 }

// Get implements comet.EvidenceList; there is nothing to get.
func (noEvidence) Get(int) comet.Evidence { return nil }

// withLittleEvidence leaves evidence in one block of ten. The simulator invents so much of it that nobody is left to make blocks after a
// few, and then it ends a run without a word: no epoch would ever be scored.
func withLittleEvidence(ctx sdk.Context) sdk.Context {
	if ctx.BlockHeight()%evidenceEvery == 0 {
		return ctx
	}
	return ctx.WithCometInfo(innocent{ctx.CometInfo()})
}

// settle credits the fees of a block. The simulator runs its transactions behind the end
// of the block, where x/bank has been already; without this their fees would be lost.
func (a *simApp) settle(ctx sdk.Context) {
	if err := a.Bank.CreditVirtualAccounts(ctx); err != nil {
		panic(err)
	}
	ctx.MultiStore().(storetypes.CacheMultiStore).Write()
}

// GetBaseApp implements simsx.SimulationApp.
func (a *simApp) GetBaseApp() *baseapp.BaseApp { return a.BaseApp }

// SimulationManager implements runtime.AppI.
func (a *simApp) SimulationManager() *module.SimulationManager { return a.manager }

// BeginBlocker implements runtime.AppI.
func (a *simApp) BeginBlocker(ctx sdk.Context) (sdk.BeginBlock, error) {
	return a.ModuleManager.BeginBlock(ctx)
}

// EndBlocker implements runtime.AppI.
func (a *simApp) EndBlocker(ctx sdk.Context) (sdk.EndBlock, error) {
	return a.ModuleManager.EndBlock(ctx)
}

// LoadHeight implements runtime.AppI.
func (a *simApp) LoadHeight(height int64) error { return a.LoadVersion(height) }

// InitChainer implements runtime.AppI.
func (a *simApp) InitChainer(sdk.Context, *abci.RequestInitChain) (*abci.ResponseInitChain, error) {
	return nil, errors.New("the application has its own")
}
