// SPDX-License-Identifier: Apache-2.0

package merit_test

import (
	"testing"

	"github.com/stretchr/testify/require"
	"google.golang.org/protobuf/reflect/protoreflect"

	autocliv1 "cosmossdk.io/api/cosmos/autocli/v1"
	"github.com/cosmos/cosmos-sdk/codec"
	codectypes "github.com/cosmos/cosmos-sdk/codec/types"
	gogoproto "github.com/cosmos/gogoproto/proto"

	"github.com/weal-network/weal/x/merit"
	"github.com/weal-network/weal/x/merit/types"
)

func TestEveryMessageAndQueryHasACommandWithFieldsThatExist(t *testing.T) {
	files := gogoproto.HybridResolver
	options := merit.AppModule{}.AutoCLIOptions()
	for _, commands := range []*autocliv1.ServiceCommandDescriptor{options.Query, options.Tx} {
		found, err := files.FindDescriptorByName(protoreflect.FullName(commands.Service))
		require.NoError(t, err)
		methods := found.(protoreflect.ServiceDescriptor).Methods()
		require.Len(t, commands.RpcCommandOptions, methods.Len())
		for _, command := range commands.RpcCommandOptions {
			method := methods.ByName(protoreflect.Name(command.RpcMethod))
			require.NotNil(t, method, command.RpcMethod)
			require.NotEmpty(t, command.Short)
			for _, arg := range command.PositionalArgs {
				require.NotNil(t, method.Input().Fields().ByName(protoreflect.Name(arg.ProtoField)), arg.ProtoField)
			}
		}
	}
}

func TestTheModulesGenesisRefusesWhatIsMalformed(t *testing.T) {
	registry := codectypes.NewInterfaceRegistry()
	cdc, module := codec.NewProtoCodec(registry), merit.AppModule{}
	module.RegisterInterfaces(registry)
	module.RegisterLegacyAminoCodec(codec.NewLegacyAmino())
	require.NoError(t, module.ValidateGenesis(cdc, nil, module.DefaultGenesis(cdc)))
	require.Error(t, module.ValidateGenesis(cdc, nil, []byte(`{"params":1}`)))
	require.ErrorIs(t, module.ValidateGenesis(cdc, nil, []byte(`{"params":{"merit_share_bp":5001}}`)), types.ErrInvalidGenesis)
}
