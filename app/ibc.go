// SPDX-License-Identifier: Apache-2.0

package app

import (
	"context"
	"encoding/json"
	"strings"
	"time"

	"cosmossdk.io/core/address"
	errorsmod "cosmossdk.io/errors"

	"github.com/cosmos/cosmos-sdk/baseapp"
	"github.com/cosmos/cosmos-sdk/codec"
	sdk "github.com/cosmos/cosmos-sdk/types"
	sdkerrors "github.com/cosmos/cosmos-sdk/types/errors"
	bankkeeper "github.com/cosmos/cosmos-sdk/x/bank/keeper"
	ratelimiting "github.com/cosmos/ibc-go/v11/modules/apps/rate-limiting"
	ratelimitkeeper "github.com/cosmos/ibc-go/v11/modules/apps/rate-limiting/keeper"
	ratelimittypes "github.com/cosmos/ibc-go/v11/modules/apps/rate-limiting/types"
	ratelimitingv2 "github.com/cosmos/ibc-go/v11/modules/apps/rate-limiting/v2"
	"github.com/cosmos/ibc-go/v11/modules/apps/transfer"
	transferkeeper "github.com/cosmos/ibc-go/v11/modules/apps/transfer/keeper"
	transfertypes "github.com/cosmos/ibc-go/v11/modules/apps/transfer/types"
	transferv2 "github.com/cosmos/ibc-go/v11/modules/apps/transfer/v2"
	ibc "github.com/cosmos/ibc-go/v11/modules/core"
	clienttypes "github.com/cosmos/ibc-go/v11/modules/core/02-client/types"
	porttypes "github.com/cosmos/ibc-go/v11/modules/core/05-port/types"
	ibcapi "github.com/cosmos/ibc-go/v11/modules/core/api"
	ibcexported "github.com/cosmos/ibc-go/v11/modules/core/exported"
	ibckeeper "github.com/cosmos/ibc-go/v11/modules/core/keeper"
	ibctypes "github.com/cosmos/ibc-go/v11/modules/core/types"
	ibctm "github.com/cosmos/ibc-go/v11/modules/light-clients/07-tendermint"
)

// IBCKeepers are the keepers of what connects this chain to others.
type IBCKeepers struct {
	// IBC knows other chains: clients, connections, channels.
	IBC *ibckeeper.Keeper
	// Transfer moves coins to them and back.
	Transfer *transferkeeper.Keeper
	// RateLimit bounds how much of a coin comes and goes in a time, where the people say so.
	RateLimit *ratelimitkeeper.Keeper
}

// newIBCKeepers wires IBC on top of the SDK's keepers in k. A packet that is sent passes
// transfer, rate limiting, IBC, and one that is received passes them the other way round,
// in the first version of the protocol and in the second.
func newIBCKeepers(cdc codec.Codec, keys storeKeys, k Keepers, router *baseapp.MsgServiceRouter, authority string, accounts address.Codec) IBCKeepers {
	var i IBCKeepers
	i.IBC = ibckeeper.NewKeeper(cdc, storeService(keys.kv[ibcexported.StoreKey]), k.Upgrade, authority)
	i.Transfer = transferkeeper.NewKeeper(cdc, accounts, storeService(keys.kv[transfertypes.StoreKey]), i.IBC.ChannelKeeper,
		router, k.Account, newTransferBank(k.Bank), authority)
	i.RateLimit = ratelimitkeeper.NewKeeper(cdc, accounts, storeService(keys.kv[ratelimittypes.StoreKey]), i.IBC.ChannelKeeper,
		i.IBC.ClientKeeper, k.Bank, authority)

	first := porttypes.NewIBCStackBuilder(i.IBC.ChannelKeeper).
		Base(transfer.NewIBCModule(i.Transfer)).
		Next(ratelimiting.NewIBCMiddleware(i.RateLimit)).
		Build()
	i.IBC.SetRouter(porttypes.NewRouter().AddRoute(transfertypes.ModuleName, first))

	second := ratelimitingv2.NewIBCMiddleware(*i.RateLimit, transferv2.NewIBCModule(i.Transfer), i.IBC.ChannelKeeperV2, i.IBC.ChannelKeeperV2)
	i.IBC.SetRouterV2(ibcapi.NewRouter().AddRoute(transfertypes.PortID, second))

	client := i.lightClient(cdc)
	i.IBC.ClientKeeper.AddRoute(ibctm.ModuleName, &client)
	return i
}

// lightClient verifies what chains of CometBFT say of themselves.
func (i IBCKeepers) lightClient(cdc codec.Codec) ibctm.LightClientModule {
	return ibctm.NewLightClientModule(cdc, i.IBC.ClientKeeper.GetStoreProvider())
}

// newIBCModules builds the modules of IBC.
func newIBCModules(cdc codec.Codec, k IBCKeepers) []namedModule {
	return []namedModule{
		ibc.NewAppModule(k.IBC),
		ibctm.NewAppModule(k.lightClient(cdc)),
		transfer.NewAppModule(k.Transfer),
		rateLimiting{ratelimiting.NewAppModule(k.RateLimit)},
	}
}

// transferBank is x/bank as transfers may use it. Whatever another chain says, they create
// and destroy nothing but vouchers for coins of other chains, and a module account that
// refuses gifts refuses them from there as well.
type transferBank struct {
	bankkeeper.Keeper
}

func newTransferBank(bank bankkeeper.Keeper) transferBank {
	return transferBank{bank.WithMintCoinsRestriction(func(_ context.Context, coins sdk.Coins) error { return onlyVouchers(coins) })}
}

// BurnCoins destroys vouchers; it returns ErrUnauthorized for any other coin.
func (b transferBank) BurnCoins(ctx context.Context, module string, coins sdk.Coins) error {
	if err := onlyVouchers(coins); err != nil {
		return err
	}
	return b.Keeper.BurnCoins(ctx, module, coins)
}

// SendCoins returns ErrUnauthorized if the receiver is a module account that refuses
// gifts. Transfers ask before, but let their own account through.
func (b transferBank) SendCoins(ctx context.Context, from, to sdk.AccAddress, coins sdk.Coins) error {
	if b.BlockedAddr(to) {
		return errorsmod.Wrapf(sdkerrors.ErrUnauthorized, "%s is the account of a module and takes no coins from another chain: send them to the account of a person", to)
	}
	return b.Keeper.SendCoins(ctx, from, to, coins)
}

// onlyVouchers returns ErrUnauthorized unless every coin is a voucher for one of another chain.
func onlyVouchers(coins sdk.Coins) error {
	for _, coin := range coins {
		if !strings.HasPrefix(coin.Denom, transfertypes.DenomPrefix+"/") {
			return errorsmod.Wrapf(sdkerrors.ErrUnauthorized, "a transfer would create or destroy %s: it may do so with vouchers only, whose names begin with %s/", coin, transfertypes.DenomPrefix)
		}
	}
	return nil
}

type ibcBasic struct{ ibc.AppModuleBasic }

// DefaultGenesis allows light clients of CometBFT only, the kind that this binary verifies.
func (ibcBasic) DefaultGenesis(cdc codec.JSONCodec) json.RawMessage {
	genesis := ibctypes.DefaultGenesisState()
	genesis.ClientGenesis.Params = clienttypes.NewParams(ibctm.ModuleName)
	return cdc.MustMarshalJSON(genesis)
}

type transferBasic struct{ transfer.AppModuleBasic }

// DefaultGenesis sends and receives nothing until the people open it.
func (transferBasic) DefaultGenesis(cdc codec.JSONCodec) json.RawMessage {
	genesis := transfertypes.DefaultGenesisState()
	genesis.Params = transfertypes.NewParams(false, false)
	return cdc.MustMarshalJSON(genesis)
}

// rateLimiting is the module of ibc-go with a clock that survives an export.
type rateLimiting struct{ ratelimiting.AppModule }

// InitGenesis starts the count of hours at 1. The module itself starts it at the hour of
// the day, which is 0 after midnight, and takes a 0 for a clock that never ran: a chain
// exported in that hour would begin it anew.
func (m rateLimiting) InitGenesis(ctx sdk.Context, cdc codec.JSONCodec, bz json.RawMessage) {
	var genesis ratelimittypes.GenesisState
	cdc.MustUnmarshalJSON(bz, &genesis)
	if hours := &genesis.HourEpoch; hours.EpochNumber == 0 {
		hours.EpochNumber, hours.EpochStartTime, hours.EpochStartHeight = 1, ctx.BlockTime().Truncate(time.Hour), ctx.BlockHeight()
	}
	m.AppModule.InitGenesis(ctx, cdc, cdc.MustMarshalJSON(&genesis))
}
