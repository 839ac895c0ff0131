// SPDX-License-Identifier: Apache-2.0

package admission_test

import (
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

	"github.com/weal-network/weal/x/admission"
	"github.com/weal-network/weal/x/admission/keeper"
	"github.com/weal-network/weal/x/admission/types"
)

func TestEveryCommandIsARealMethodWithRealArguments(t *testing.T) {
	options := admission.AppModule{}.AutoCLIOptions()
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
	admission.AppModule{}.RegisterInterfaces(registry)
	require.NoError(t, msgservice.ValidateProtoAnnotations(registry))
	for _, msg := range []string{
		"MsgAdmit", "MsgRevoke", "MsgApply", "MsgWithdrawApplication", "MsgReject", "MsgResign", "MsgSetRegistrar", "MsgUpdateParams",
	} {
		_, err := registry.Resolve("/weal.admission.v1." + msg)
		require.NoError(t, err)
	}
	admission.AppModule{}.RegisterLegacyAminoCodec(codec.NewLegacyAmino())
}

func TestTheModuleBeginsFromItsGenesisAndExportsTheSameBytes(t *testing.T) {
	cdc := codec.NewProtoCodec(codectypes.NewInterfaceRegistry())
	key := storetypes.NewKVStoreKey(types.StoreKey)
	ctx := testutil.DefaultContext(key, storetypes.NewTransientStoreKey("transient"))
	k := keeper.NewKeeper(cdc, runtime.NewKVStoreService(key), "", addresscodec.NewBech32Codec("weal"), addresscodec.NewBech32Codec("wealvaloper"), nil, nil, nil)
	am := admission.NewAppModule(k)

	params := string(cdc.MustMarshalJSON(&types.DefaultGenesisState().Params))
	genesis := am.DefaultGenesis(cdc)
	require.NoError(t, am.ValidateGenesis(cdc, nil, genesis))
	am.InitGenesis(ctx, cdc, genesis)
	exported := am.ExportGenesis(ctx, cdc)
	require.NoError(t, am.ValidateGenesis(cdc, nil, exported))
	am.InitGenesis(ctx, cdc, exported)
	require.Equal(t, string(exported), string(am.ExportGenesis(ctx, cdc)))

	wrong := json.RawMessage(`{"params":` + params + `,"admissions":[{"role":"ROLE_STEWARD","topic_id":"1"}]}`)
	require.ErrorIs(t, am.ValidateGenesis(cdc, nil, wrong), types.ErrInvalidTopic)
	require.ErrorContains(t, am.ValidateGenesis(cdc, nil, json.RawMessage(`{"typo":1}`)), "admission")
	require.Panics(t, func() { am.InitGenesis(ctx, cdc, wrong) })
}
