// SPDX-License-Identifier: Apache-2.0

package topic_test

import (
	"context"
	"os"
	"testing"

	gogoproto "github.com/cosmos/gogoproto/proto"
	"github.com/stretchr/testify/require"
	"google.golang.org/protobuf/reflect/protoreflect"

	autocliv1 "cosmossdk.io/api/cosmos/autocli/v1"

	"github.com/cosmos/cosmos-sdk/codec"
	addresscodec "github.com/cosmos/cosmos-sdk/codec/address"
	codectypes "github.com/cosmos/cosmos-sdk/codec/types"
	"github.com/cosmos/cosmos-sdk/runtime"
	storetypes "github.com/cosmos/cosmos-sdk/store/v2/types"
	"github.com/cosmos/cosmos-sdk/testutil"
	sdk "github.com/cosmos/cosmos-sdk/types"
	"github.com/cosmos/cosmos-sdk/types/msgservice"
	authtypes "github.com/cosmos/cosmos-sdk/x/auth/types"

	"github.com/weal-network/weal/x/topic"
	"github.com/weal-network/weal/x/topic/keeper"
	"github.com/weal-network/weal/x/topic/types"
)

func TestMain(m *testing.M) {
	sdk.GetConfig().SetBech32PrefixForAccount("weal", "wealpub")
	os.Exit(m.Run())
}

// noAccounts has the module's address.
type noAccounts struct{ types.AccountKeeper }

func (noAccounts) GetModuleAddress(name string) sdk.AccAddress {
	return authtypes.NewModuleAddress(name)
}

func (noAccounts) GetModuleAccount(context.Context, string) sdk.ModuleAccountI { return nil }

// noBank has no coins.
type noBank struct{ types.BankKeeper }

func (noBank) GetBalance(_ context.Context, _ sdk.AccAddress, denom string) sdk.Coin {
	return sdk.NewInt64Coin(denom, 0)
}

func newModule(t *testing.T) (topic.AppModule, sdk.Context, codec.Codec) {
	t.Helper()
	registry := codectypes.NewInterfaceRegistry()
	topic.AppModule{}.RegisterInterfaces(registry)
	cdc, key := codec.NewProtoCodec(registry), storetypes.NewKVStoreKey(types.StoreKey)
	ctx := testutil.DefaultContextWithDB(t, key, storetypes.NewTransientStoreKey("transient")).Ctx
	k := keeper.NewKeeper(cdc, runtime.NewKVStoreService(key), "", addresscodec.NewBech32Codec("weal"), noAccounts{}, noBank{}, nil)
	return topic.NewAppModule(k), ctx, cdc
}

func TestTheModuleBeginsFromItsDefaultGenesisAndExportsIt(t *testing.T) {
	module, ctx, cdc := newModule(t)
	genesis := module.DefaultGenesis(cdc)
	require.NoError(t, module.ValidateGenesis(cdc, nil, genesis))
	module.InitGenesis(ctx, cdc, genesis)
	require.Equal(t, string(genesis), string(module.ExportGenesis(ctx, cdc)))
}

func TestTheModuleRefusesAGenesisThatIsWrong(t *testing.T) {
	module, ctx, cdc := newModule(t)
	const unknownField, noParams = `{"topic":[]}`, `{"next_topic_id":"1"}`
	require.ErrorContains(t, module.ValidateGenesis(cdc, nil, []byte(unknownField)), "genesis of topic is not what its proto says")
	require.ErrorIs(t, module.ValidateGenesis(cdc, nil, []byte(noParams)), types.ErrInvalidParams)
	require.Panics(t, func() { module.InitGenesis(ctx, cdc, []byte(noParams)) })
}

func TestEveryMessageAndQueryHasACommandWithRealArguments(t *testing.T) {
	options := topic.AppModule{}.AutoCLIOptions()
	requireCommands(t, options.Query)
	requireCommands(t, options.Tx)
	requireCommands(t, options.Tx.SubCommands["propose"])
	for _, command := range options.Tx.RpcCommandOptions {
		require.False(t, command.GovProposal, "%s: a proposal stands below propose", command.RpcMethod)
	}
	for _, command := range options.Tx.SubCommands["propose"].RpcCommandOptions {
		require.NotEqual(t, command.Skip, command.GovProposal, command.RpcMethod)
	}
}

// requireCommands checks that every method of a service is spoken for, and that arguments
// are fields.
func requireCommands(t *testing.T, service *autocliv1.ServiceCommandDescriptor) {
	t.Helper()
	desc, err := gogoproto.HybridResolver.FindDescriptorByName(protoreflect.FullName(service.Service))
	require.NoError(t, err)
	methods := desc.(protoreflect.ServiceDescriptor).Methods()
	require.Len(t, service.RpcCommandOptions, methods.Len())
	for _, command := range service.RpcCommandOptions {
		method := methods.ByName(protoreflect.Name(command.RpcMethod))
		require.NotNil(t, method, command.RpcMethod)
		for _, arg := range command.PositionalArgs {
			require.NotNil(t, method.Input().Fields().ByName(protoreflect.Name(arg.ProtoField)), "%s %s", command.RpcMethod, arg.ProtoField)
		}
	}
}

func TestEveryMessageTravelsInATransaction(t *testing.T) {
	module, _, cdc := newModule(t)
	module.RegisterLegacyAminoCodec(codec.NewLegacyAmino())
	require.NoError(t, msgservice.ValidateProtoAnnotations(cdc.InterfaceRegistry()))
	account := sdk.AccAddress(make([]byte, 20))
	for _, message := range []sdk.Msg{
		&types.MsgCreateTopic{Creator: account.String()},
		&types.MsgUpdateTopic{Sender: account.String()},
		&types.MsgPauseTopic{Authority: account.String()},
		&types.MsgResumeTopic{Authority: account.String()},
		&types.MsgRetireTopic{Sender: account.String()},
		&types.MsgOfferStewardship{Steward: account.String()},
		&types.MsgWithdrawOffer{Steward: account.String()},
		&types.MsgAcceptStewardship{Account: account.String()},
		&types.MsgUpdateParams{Authority: account.String()},
	} {
		packed, err := codectypes.NewAnyWithValue(message)
		require.NoError(t, err)
		var unpacked sdk.Msg
		require.NoError(t, cdc.UnpackAny(packed, &unpacked), "%T is not registered", message)
		require.Equal(t, message, unpacked)
	}
}
