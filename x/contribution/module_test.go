// SPDX-License-Identifier: Apache-2.0

package contribution_test

import (
	"context"
	"encoding/json"
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
	"github.com/cosmos/cosmos-sdk/types/msgservice"

	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/weal-network/weal/x/contribution"
	"github.com/weal-network/weal/x/contribution/keeper"
	"github.com/weal-network/weal/x/contribution/types"
)

func TestEveryCommandIsARealMethodWithRealArguments(t *testing.T) {
	options := contribution.AppModule{}.AutoCLIOptions()
	for _, service := range []*autocliv1.ServiceCommandDescriptor{options.Query, options.Tx} {
		desc, err := gogoproto.HybridResolver.FindDescriptorByName(protoreflect.FullName(service.Service))
		require.NoError(t, err)
		methods := desc.(protoreflect.ServiceDescriptor).Methods()
		require.Len(t, service.RpcCommandOptions, methods.Len(), "every method has a command")
		for _, command := range service.RpcCommandOptions {
			method := methods.ByName(protoreflect.Name(command.RpcMethod))
			require.NotNil(t, method, command.RpcMethod)
			require.NotEmpty(t, command.Short)
			for _, arg := range command.PositionalArgs {
				require.NotNil(t, method.Input().Fields().ByName(protoreflect.Name(arg.ProtoField)), "%s %s", command.RpcMethod, arg.ProtoField)
			}
		}
	}
}

func TestEveryMessageIsSignedByAKnownField(t *testing.T) {
	registry := codectypes.NewInterfaceRegistry()
	contribution.AppModule{}.RegisterInterfaces(registry)
	require.NoError(t, msgservice.ValidateProtoAnnotations(registry))
	for _, msg := range []string{"MsgCommitContribution", "MsgRevealContribution", "MsgWithdrawContribution", "MsgUpdateContribution", "MsgSetSplit", "MsgEndorse", "MsgQuarantine", "MsgGuardianQuarantine", "MsgGuardianPauseTopic", "MsgSetGuardians", "MsgRelease", "MsgRemove", "MsgUpdateParams"} {
		_, err := registry.Resolve("/weal.contribution.v1." + msg)
		require.NoError(t, err)
	}
	contribution.AppModule{}.RegisterLegacyAminoCodec(codec.NewLegacyAmino())
}

// emptyBank has nothing.
type emptyBank struct{ types.BankKeeper }

func (emptyBank) GetBalance(context.Context, sdk.AccAddress, string) sdk.Coin { return types.Coin(0) }

func TestTheModuleBeginsFromItsGenesisAndExportsTheSameBytes(t *testing.T) {
	cdc := codec.NewProtoCodec(codectypes.NewInterfaceRegistry())
	key := storetypes.NewKVStoreKey(types.StoreKey)
	ctx := testutil.DefaultContext(key, storetypes.NewTransientStoreKey("transient"))
	k := keeper.NewKeeper(cdc, runtime.NewKVStoreService(key), "", addresscodec.NewBech32Codec("weal"), nil, nil, emptyBank{})
	am := contribution.NewAppModule(k)

	genesis := am.DefaultGenesis(cdc)
	require.NoError(t, am.ValidateGenesis(cdc, nil, genesis))
	am.InitGenesis(ctx, cdc, genesis)
	require.NoError(t, am.EndBlock(ctx))
	require.Equal(t, string(genesis), string(am.ExportGenesis(ctx, cdc)))

	require.ErrorIs(t, am.ValidateGenesis(cdc, nil, json.RawMessage(`{"params":{}}`)), types.ErrInvalidParams)
	require.ErrorContains(t, am.ValidateGenesis(cdc, nil, json.RawMessage(`{"typo":1}`)), "contribution")
	require.Panics(t, func() { am.InitGenesis(ctx, cdc, json.RawMessage(`{"params":{}}`)) })
}
