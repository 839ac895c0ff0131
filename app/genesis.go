// SPDX-License-Identifier: Apache-2.0

package app

import (
	"encoding/json"
	"time"

	cmttypes "github.com/cometbft/cometbft/types"

	"cosmossdk.io/math"

	"github.com/cosmos/cosmos-sdk/codec"
	sdk "github.com/cosmos/cosmos-sdk/types"
	"github.com/cosmos/cosmos-sdk/types/module"
	"github.com/cosmos/cosmos-sdk/x/bank"
	banktypes "github.com/cosmos/cosmos-sdk/x/bank/types"
	"github.com/cosmos/cosmos-sdk/x/distribution"
	distrtypes "github.com/cosmos/cosmos-sdk/x/distribution/types"
	"github.com/cosmos/cosmos-sdk/x/genutil"
	genutiltypes "github.com/cosmos/cosmos-sdk/x/genutil/types"
	"github.com/cosmos/cosmos-sdk/x/gov"
	govtypes "github.com/cosmos/cosmos-sdk/x/gov/types"
	govv1 "github.com/cosmos/cosmos-sdk/x/gov/types/v1"
	"github.com/cosmos/cosmos-sdk/x/slashing"
	slashingtypes "github.com/cosmos/cosmos-sdk/x/slashing/types"
	transfertypes "github.com/cosmos/ibc-go/v11/modules/apps/transfer/types"
	ibcexported "github.com/cosmos/ibc-go/v11/modules/core/exported"
)

const (
	// MaxBlockBytes bounds a block, and so what a validator must download in a round. The
	// largest row of scores is 128 KiB, so 30 of them fit.
	MaxBlockBytes = 4 << 20

	// MaxBlockGas bounds what a block may compute: about a second on two cores.
	MaxBlockGas = 100_000_000
)

// GenesisState is the application's part of the genesis document: one JSON object a
// module.
type GenesisState = map[string]json.RawMessage

// DefaultConsensusParams returns CometBFT's parameters with bounded blocks: its own
// defaults allow blocks of 55 MB and unlimited gas.
func DefaultConsensusParams() *cmttypes.ConsensusParams {
	params := cmttypes.DefaultConsensusParams()
	params.Block.MaxBytes = MaxBlockBytes
	params.Block.MaxGas = MaxBlockGas
	return params
}

// genesisBasics are the modules whose default genesis differs from what they come with.
func genesisBasics() map[string]module.AppModuleBasic {
	return map[string]module.AppModuleBasic{
		banktypes.ModuleName:     bankBasic{},
		distrtypes.ModuleName:    distributionBasic{},
		govtypes.ModuleName:      govBasic{},
		slashingtypes.ModuleName: slashingBasic{},
		ibcexported.ModuleName:   ibcBasic{},
		transfertypes.ModuleName: transferBasic{},
		genutiltypes.ModuleName:  genutil.NewAppModuleBasic(genutiltypes.DefaultMessageValidator),
	}
}

type bankBasic struct{ bank.AppModuleBasic }

// DefaultGenesis describes the coin, so that wallets show WEAL.
func (bankBasic) DefaultGenesis(cdc codec.JSONCodec) json.RawMessage {
	genesis := banktypes.DefaultGenesisState()
	genesis.DenomMetadata = []banktypes.Metadata{CoinMetadata()}
	return cdc.MustMarshalJSON(genesis)
}

// CoinMetadata describes the chain's coin to wallets and explorers.
func CoinMetadata() banktypes.Metadata {
	return banktypes.Metadata{
		Description: "The staking, fee and reward coin of the Weal network",
		DenomUnits: []*banktypes.DenomUnit{
			{Denom: BaseDenom, Exponent: 0},
			{Denom: DisplayDenom, Exponent: DenomExponent},
		},
		Base:    BaseDenom,
		Display: DisplayDenom,
		Name:    DisplayDenom,
		Symbol:  DisplayDenom,
	}
}

type distributionBasic struct{ distribution.AppModuleBasic }

// DefaultGenesis takes no community tax: x/emission gives the community pool its share
// of what is issued, and a tax would take from the validators' share a second time.
func (distributionBasic) DefaultGenesis(cdc codec.JSONCodec) json.RawMessage {
	genesis := distrtypes.DefaultGenesisState()
	genesis.Params.CommunityTax = math.LegacyZeroDec()
	return cdc.MustMarshalJSON(genesis)
}

type govBasic struct{ gov.AppModuleBasic }

// DefaultGenesis asks for a fifth of the deposit with the proposal, so that the queue
// can't be filled for nothing, keeps expedited proposals at a higher deposit and
// threshold, and burns the deposits of vetoed ones.
func (govBasic) DefaultGenesis(cdc codec.JSONCodec) json.RawMessage {
	var (
		genesis   = govv1.DefaultGenesisState()
		params    = genesis.Params
		deposit   = 3 * 24 * time.Hour
		voting    = 5 * 24 * time.Hour
		expedited = 24 * time.Hour
	)
	params.MinDeposit = weal(100)
	params.ExpeditedMinDeposit = weal(500)
	params.MaxDepositPeriod = &deposit
	params.VotingPeriod = &voting
	params.ExpeditedVotingPeriod = &expedited
	params.MinInitialDepositRatio = math.LegacyNewDecWithPrec(20, 2).String()
	params.BurnVoteVeto = true
	return cdc.MustMarshalJSON(genesis)
}

type slashingBasic struct{ slashing.AppModuleBasic }

// DefaultGenesis gives a validator hours, not a minute, to come back: at one block a
// second the SDK's window of 100 blocks jails whoever restarts slowly. Equivocation
// costs 5%, downtime a hundredth of a percent and ten minutes of jail.
func (slashingBasic) DefaultGenesis(cdc codec.JSONCodec) json.RawMessage {
	genesis := slashingtypes.DefaultGenesisState()
	genesis.Params.SignedBlocksWindow = 10_000
	genesis.Params.MinSignedPerWindow = math.LegacyNewDecWithPrec(5, 2)
	genesis.Params.SlashFractionDowntime = math.LegacyNewDecWithPrec(1, 4)
	return cdc.MustMarshalJSON(genesis)
}

// weal returns n WEAL as coins in the base denom.
func weal(n int64) sdk.Coins { return sdk.NewCoins(sdk.NewInt64Coin(BaseDenom, n*UnitsPerWeal)) }
