// SPDX-License-Identifier: Apache-2.0

package chain

import (
	"time"

	"cosmossdk.io/log/v2"

	"github.com/cosmos/gogoproto/proto"

	"github.com/weal-network/weal/app"
)

const (
	// DefaultBalance is what each account owns at genesis, in uweal: 10,000 WEAL.
	DefaultBalance = 10_000 * app.UnitsPerWeal

	// DefaultStake is what each validator bonds in its genesis transaction, in uweal:
	// 1,000 WEAL.
	DefaultStake = 1_000 * app.UnitsPerWeal

	// DefaultVotingPeriod is the voting period at genesis, short so that Govern is quick.
	DefaultVotingPeriod = 20 * time.Second
)

// DefaultStart is the genesis time.
var DefaultStart = time.Date(2026, time.January, 1, 0, 0, 0, 0, time.UTC)

// options are what Option functions set.
type options struct {
	validators int
	stakes     []int64
	accounts   int
	balance    int64
	executor   string
	chainID    string
	start      time.Time
	blockTime  time.Duration
	mutate     []func(*Chain, app.GenesisState)
	logger     log.Logger
}

// Option changes how New builds a chain.
type Option func(*options)

// defaults are the options of a chain that says nothing.
func defaults() options {
	return options{
		validators: 1,
		accounts:   2,
		balance:    DefaultBalance,
		chainID:    app.LocalChainID,
		start:      DefaultStart,
		blockTime:  time.Second,
		logger:     log.NewNopLogger(),
	}
}

// WithValidators starts n validators, 1 by default.
func WithValidators(n int) Option { return func(o *options) { o.validators = n } }

// WithStakes starts one validator for each stake, given in uweal.
func WithStakes(stakes ...int64) Option {
	return func(o *options) { o.validators, o.stakes = len(stakes), stakes }
}

// WithAccounts funds n accounts beside the validators, 2 by default.
func WithAccounts(n int) Option { return func(o *options) { o.accounts = n } }

// WithBalance gives every account and validator so many uweal, DefaultBalance by
// default; validators bond from it.
func WithBalance(uweal int64) Option { return func(o *options) { o.balance = uweal } }

// WithExecutor runs blocks by "sequential", the default, or "block-stm".
func WithExecutor(name string) Option { return func(o *options) { o.executor = name } }

// WithChainID names the chain, app.LocalChainID by default.
func WithChainID(id string) Option { return func(o *options) { o.chainID = id } }

// WithBlockTime sets the time between blocks, one second by default.
func WithBlockTime(d time.Duration) Option { return func(o *options) { o.blockTime = d } }

// WithGenesis lets the test change the genesis state by module, after the accounts and
// validators are in it. It may be given several times.
func WithGenesis(mutate func(app.GenesisState)) Option {
	return func(o *options) {
		o.mutate = append(o.mutate, func(_ *Chain, state app.GenesisState) { mutate(state) })
	}
}

// WithModuleGenesis lets the test change the genesis of one module, decoded:
//
//	chain.WithModuleGenesis(slashingtypes.ModuleName, func(g *slashingtypes.GenesisState) { ... })
func WithModuleGenesis[T any, P interface {
	*T
	proto.Message
}](module string, edit func(P),
) Option {
	return func(o *options) {
		o.mutate = append(o.mutate, func(c *Chain, state app.GenesisState) { editGenesis(c, state, module, edit) })
	}
}

// WithLogger shows the application's log, which is silent by default.
func WithLogger(logger log.Logger) Option { return func(o *options) { o.logger = logger } }
