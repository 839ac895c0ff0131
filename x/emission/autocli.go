// SPDX-License-Identifier: Apache-2.0

package emission

import (
	autocliv1 "cosmossdk.io/api/cosmos/autocli/v1"

	"github.com/weal-network/weal/x/emission/types"
)

// AutoCLIOptions names the module's commands.
func (AppModule) AutoCLIOptions() *autocliv1.ModuleOptions {
	return &autocliv1.ModuleOptions{Query: queryCommands(), Tx: txCommands()}
}

func queryCommands() *autocliv1.ServiceCommandDescriptor {
	return &autocliv1.ServiceCommandDescriptor{
		Service: types.Query_serviceDesc.ServiceName,
		RpcCommandOptions: []*autocliv1.RpcCommandOptions{
			{RpcMethod: "Params", Use: "params", Short: "Show the parameters of the economy"},
			{RpcMethod: "Issuance", Use: "issuance", Short: "Show what has been issued and burnt, the supply and the cap"},
			{RpcMethod: "TopicAccounts", Use: "topics", Short: "List the shares of topics and what their next epoch has to spend"},
			{
				RpcMethod: "EpochPayment", Use: "payment TOPIC EPOCH", Short: "Show how an epoch's budget was spent; epoch 0 is the last one paid",
				Example:        "weald query emission payment 1 0",
				PositionalArgs: []*autocliv1.PositionalArgDescriptor{{ProtoField: "topic_id"}, {ProtoField: "epoch"}},
			},
			{
				RpcMethod: "Reward", Use: "reward CONTRIBUTION", Short: "Show what a contribution was given: immature, mature and claimed",
				PositionalArgs: []*autocliv1.PositionalArgDescriptor{{ProtoField: "contribution_id"}},
			},
			{
				RpcMethod: "Rewards", Use: "rewards CONTRIBUTOR", Short: "List what each contribution of a contributor was given",
				PositionalArgs: []*autocliv1.PositionalArgDescriptor{{ProtoField: "contributor"}},
			},
			{RpcMethod: "Audit", Use: "audit", Short: "Recount all money and say which identities hold"},
		},
	}
}

func txCommands() *autocliv1.ServiceCommandDescriptor {
	return &autocliv1.ServiceCommandDescriptor{
		Service: types.Msg_serviceDesc.ServiceName,
		RpcCommandOptions: []*autocliv1.RpcCommandOptions{
			{
				RpcMethod: "Claim", Use: "claim", Short: "Claim all mature rewards of the signer's contributions",
				Example: "weald tx emission claim --from alice\nweald tx emission claim --topic-ids 1,2 --from alice",
			},
			{
				RpcMethod: "SetTopicShares", Use: "set-topic-shares SHARES...", Short: "Propose new shares of topics in what is issued to topics",
				Example:        `weald tx emission set-topic-shares '{"topic_id":1,"share_bp":6000}' --from alice --deposit 10000000uweal`,
				PositionalArgs: []*autocliv1.PositionalArgDescriptor{{ProtoField: "shares", Varargs: true}},
				GovProposal:    true,
			},
			{
				RpcMethod: "UpdateParams", Use: "update-params PARAMS", Short: "Propose new parameters; all of them must be given",
				PositionalArgs: []*autocliv1.PositionalArgDescriptor{{ProtoField: "params"}},
				GovProposal:    true,
			},
		},
	}
}
