// SPDX-License-Identifier: Apache-2.0

package scoring_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	autocliv1 "cosmossdk.io/api/cosmos/autocli/v1"

	gogoproto "github.com/cosmos/gogoproto/proto"
	"google.golang.org/protobuf/reflect/protoreflect"

	"github.com/weal-network/weal/x/scoring"
	_ "github.com/weal-network/weal/x/scoring/types"
)

func TestEveryMethodHasACommandWhoseArgumentsExist(t *testing.T) {
	options := scoring.AppModule{}.AutoCLIOptions()
	for _, commands := range []*autocliv1.ServiceCommandDescriptor{options.Query, options.Tx} {
		descriptor, err := gogoproto.HybridResolver.FindDescriptorByName(protoreflect.FullName(commands.Service))
		require.NoError(t, err)
		methods := descriptor.(protoreflect.ServiceDescriptor).Methods()
		require.Equal(t, methods.Len(), len(commands.RpcCommandOptions))
		for _, command := range commands.RpcCommandOptions {
			method := methods.ByName(protoreflect.Name(command.RpcMethod))
			require.NotNil(t, method, command.RpcMethod)
			require.NotEqual(t, command.Skip, command.Short != "", "a command, or one elsewhere")
			for _, argument := range command.PositionalArgs {
				require.NotNil(t, method.Input().Fields().ByName(protoreflect.Name(argument.ProtoField)), argument.ProtoField)
			}
		}
	}
}
