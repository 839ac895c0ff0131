// SPDX-License-Identifier: Apache-2.0

package chain

import (
	"encoding/json"
	"fmt"
	"testing"
	"time"

	abci "github.com/cometbft/cometbft/abci/types"
	cmtproto "github.com/cometbft/cometbft/proto/tendermint/types"
	dbm "github.com/cosmos/cosmos-db"
	"github.com/stretchr/testify/require"

	"cosmossdk.io/core/header"

	"github.com/cosmos/cosmos-sdk/baseapp"
	"github.com/cosmos/cosmos-sdk/server"
	servertypes "github.com/cosmos/cosmos-sdk/server/types"
	simtestutil "github.com/cosmos/cosmos-sdk/testutil/sims"
	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/weal-network/weal/app"
)

// Chain is a running application with the keys of everyone on it.
type Chain struct {
	App        *app.App
	Validators []Validator
	Accounts   []Account

	// Absent validators, by index, sign no blocks.
	Absent map[int]bool

	// AfterBlock, when a test sets it, is called after every committed block: for what
	// must hold at all times.
	AfterBlock func(*abci.ResponseFinalizeBlock)

	// Stopwatch says what time it is for Finalizing and Committing, since whenever; a test may set another.
	Stopwatch func() time.Duration
	// Finalizing and Committing are how long the last block took to execute and to commit.
	Finalizing, Committing time.Duration

	t      testing.TB
	opts   options
	keys   map[string]Account
	height int64
	now    time.Time
	// signers are the validators of the block at height, next those of the block after it,
	// after those of the one after that: CometBFT lets a change of the set count two blocks
	// later.
	signers, next, after powers
	// fresh is true until the first block is committed.
	fresh bool
}

// New builds a chain at genesis and makes its first block.
func New(t testing.TB, opts ...Option) *Chain {
	t.Helper()
	c := blank(t, opts...)
	state := c.genesisState()
	for _, mutate := range c.opts.mutate {
		mutate(c, state)
	}
	c.initChain(state, app.DefaultConsensusParams().ToProto(), nil, 1)
	c.NextBlock()
	return c
}

// Import builds a chain that goes on from an exported state, with the keys of from. No
// block is made yet, so that Export right after it shows what was imported.
func Import(t testing.TB, from *Chain, exported servertypes.ExportedApp, opts ...Option) *Chain {
	t.Helper()
	c := blank(t, opts...)
	c.opts.validators, c.opts.accounts, c.opts.chainID = from.opts.validators, from.opts.accounts, from.opts.chainID
	c.Validators, c.Accounts, c.keys = from.Validators, from.Accounts, from.keys
	c.now = from.now
	c.App = c.newApp()
	var state app.GenesisState
	require.NoError(t, json.Unmarshal(exported.AppState, &state))
	c.initChain(state, exported.ConsensusParams, from.after.updates(), exported.Height)
	return c
}

// blank builds a chain with its keys and an application that has no state yet.
func blank(t testing.TB, opts ...Option) *Chain {
	t.Helper()
	app.Seal()
	o := defaults()
	for _, opt := range opts {
		opt(&o)
	}
	c := &Chain{t: t, opts: o, now: o.start, keys: map[string]Account{}, Absent: map[int]bool{}, fresh: true}
	began := time.Now()
	c.Stopwatch = func() time.Duration { return time.Since(began) }
	for i := range o.validators {
		validator := newValidator(i)
		c.Validators = append(c.Validators, validator)
		c.Know(validator.Account)
	}
	for i := range o.accounts {
		account := NewAccount(fmt.Sprintf("account-%d", i))
		c.Accounts = append(c.Accounts, account)
		c.Know(account)
	}
	c.App = c.newApp()
	return c
}

// newApp builds the application on a database in memory.
func (c *Chain) newApp() *app.App {
	c.t.Helper()
	appOpts := simtestutil.AppOptionsMap{server.FlagBlockExecutor: c.opts.executor, server.FlagBlockSTMWorkers: 4}
	a, err := app.New(c.opts.logger, dbm.NewMemDB(), appOpts, true,
		baseapp.SetChainID(c.opts.chainID), baseapp.SetMinGasPrices("0.001"+app.BaseDenom))
	require.NoError(c.t, err)
	c.t.Cleanup(func() { _ = a.Close() })
	return a
}

// initChain hands the genesis to the application.
func (c *Chain) initChain(state app.GenesisState, params cmtproto.ConsensusParams, validators []abci.ValidatorUpdate, initialHeight int64) {
	c.t.Helper()
	bz, err := json.Marshal(state)
	require.NoError(c.t, err)
	res, err := c.App.InitChain(&abci.RequestInitChain{
		Time:            c.now,
		ChainId:         c.opts.chainID,
		ConsensusParams: &params,
		Validators:      validators,
		AppStateBytes:   bz,
		InitialHeight:   initialHeight,
	})
	require.NoError(c.t, err)
	c.height = initialHeight - 1
	c.signers = powers{}
	c.next = powers{}.apply(res.Validators)
	c.after = c.next
	if initialHeight > 1 {
		c.signers = c.next
	}
}

// Know gives the chain the key of an account, so that it can sign for it.
func (c *Chain) Know(accounts ...Account) {
	for _, account := range accounts {
		c.keys[string(account.Address)] = account
	}
}

// Height is the height of the last block.
func (c *Chain) Height() int64 { return c.height }

// Now is the time of the last block.
func (c *Chain) Now() time.Time { return c.now }

// Ctx reads the state after the last block; before the first, that of the genesis. What
// is written to it is lost.
func (c *Chain) Ctx() sdk.Context {
	ctx := c.App.NewContextLegacy(!c.fresh, cmtproto.Header{ChainID: c.opts.chainID, Height: c.height, Time: c.now})
	ctx = ctx.WithHeaderInfo(header.Info{ChainID: c.opts.chainID, Height: c.height, Time: c.now})
	cached, _ := ctx.CacheContext()
	return cached.WithConsensusParams(c.App.GetConsensusParams(cached))
}

// Tamper writes to the state between two blocks, as a fault in the code would: the next
// block finds it so. No transaction can do that, and no test of what users can do needs it.
func (c *Chain) Tamper(write func(sdk.Context)) {
	c.t.Helper()
	write(sdk.NewContext(c.App.CommitMultiStore(), cmtproto.Header{ChainID: c.opts.chainID, Height: c.height, Time: c.now}, false, c.opts.logger))
}

// Queries connects a module's query client to the state after the last block.
func (c *Chain) Queries() *baseapp.QueryServiceTestHelper {
	return &baseapp.QueryServiceTestHelper{GRPCQueryRouter: c.App.GRPCQueryRouter(), Ctx: c.Ctx()}
}

// Export writes the state after the last block as a genesis for the next height.
func (c *Chain) Export() servertypes.ExportedApp {
	c.t.Helper()
	if !c.fresh {
		exported, err := c.App.ExportAppStateAndValidators(false, nil, nil)
		require.NoError(c.t, err)
		return exported
	}
	state, err := c.App.ExportState(c.Ctx(), nil)
	require.NoError(c.t, err)
	return servertypes.ExportedApp{AppState: state, Height: c.height + 1, ConsensusParams: c.App.GetConsensusParams(c.Ctx())}
}

// AppHash is the hash of the state after the last block.
func (c *Chain) AppHash() []byte { return c.App.LastCommitID().Hash }
