// SPDX-License-Identifier: Apache-2.0

package merit

import (
	autocliv1 "cosmossdk.io/api/cosmos/autocli/v1"

	"github.com/weal-network/weal/x/merit/types"
)

// AutoCLIOptions names the module's commands.
func (AppModule) AutoCLIOptions() *autocliv1.ModuleOptions {
	return &autocliv1.ModuleOptions{Query: queryCommands(), Tx: txCommands()}
}

func queryCommands() *autocliv1.ServiceCommandDescriptor {
	return &autocliv1.ServiceCommandDescriptor{
		Service: types.Query_serviceDesc.ServiceName,
		RpcCommandOptions: []*autocliv1.RpcCommandOptions{
			{RpcMethod: "Params", Use: "params", Short: "Show what merit weighs in a vote, and how fast it goes"},
			{
				RpcMethod: "Account", Use: "account ADDRESS", Short: "Show the merit of an account, and what it weighs in a vote",
				Example:        "weald query merit account $(weald keys show alice --address)",
				PositionalArgs: []*autocliv1.PositionalArgDescriptor{{ProtoField: "address"}},
			},
			{RpcMethod: "Top", Use: "top", Short: "List those that have merit, the most first", Example: "weald query merit top --page-limit 20"},
			{RpcMethod: "Total", Use: "total", Short: "Show all merit, what it weighs beside stake, and what waits to be recorded"},
			{
				RpcMethod: "Contribution", Use: "contribution CONTRIBUTION", Short: "List who has merit from a contribution",
				PositionalArgs: []*autocliv1.PositionalArgDescriptor{{ProtoField: "contribution_id"}},
			},
			{
				RpcMethod: "Tally", Use: "tally PROPOSAL", Short: "Show what both houses, stake and merit, say about a proposal, and what would become of it now",
				Long: "Count the votes on a proposal as they are: stake, merit, and both together, which decides. While voting runs, projection says whether the proposal\n" +
					"would pass now, and why. After that it shows what was counted in the end. `weald query gov tally` has both together.",
				Example:        "weald query merit tally 1",
				PositionalArgs: []*autocliv1.PositionalArgDescriptor{{ProtoField: "proposal_id"}},
			},
		},
	}
}

func txCommands() *autocliv1.ServiceCommandDescriptor {
	return &autocliv1.ServiceCommandDescriptor{
		Service: types.Msg_serviceDesc.ServiceName,
		RpcCommandOptions: []*autocliv1.RpcCommandOptions{
			{
				RpcMethod: "UpdateParams", Use: "update-params PARAMS", Short: "Propose new parameters; all of them must be given",
				Example:        `weald tx merit update-params '{"merit_share_bp":2500,"half_life_seconds":"15552000","records_per_block":512}' --from alice --deposit 10000000uweal`,
				PositionalArgs: []*autocliv1.PositionalArgDescriptor{{ProtoField: "params"}},
				GovProposal:    true,
			},
		},
	}
}
