// SPDX-License-Identifier: Apache-2.0

package contribution

import (
	autocliv1 "cosmossdk.io/api/cosmos/autocli/v1"

	"github.com/weal-network/weal/x/contribution/types"
)

// AutoCLIOptions gives the module's commands the names that people expect.
func (AppModule) AutoCLIOptions() *autocliv1.ModuleOptions {
	return &autocliv1.ModuleOptions{
		Query: &autocliv1.ServiceCommandDescriptor{
			Service:           types.Query_serviceDesc.ServiceName,
			RpcCommandOptions: queryCommands(),
		},
		Tx: &autocliv1.ServiceCommandDescriptor{
			Service:           types.Msg_serviceDesc.ServiceName,
			RpcCommandOptions: txCommands(),
		},
	}
}

func queryCommands() []*autocliv1.RpcCommandOptions {
	return []*autocliv1.RpcCommandOptions{
		{
			RpcMethod: "Params",
			Use:       "params",
			Short:     "Show the module's parameters",
		},
		{
			RpcMethod:      "Contribution",
			Use:            "show [contribution-id]",
			Short:          "Show a contribution",
			Example:        "weald query contribution show 1",
			PositionalArgs: args("contribution_id"),
		},
		{
			RpcMethod:      "Contributions",
			Use:            "list [topic-id]",
			Short:          "List a topic's contributions by id",
			Example:        "weald query contribution list 1 --status active",
			PositionalArgs: args("topic_id"),
		},
		{
			RpcMethod:      "ContributionsByContributor",
			Use:            "by-contributor [address]",
			Short:          "List an account's contributions by id",
			PositionalArgs: args("contributor"),
		},
		{
			RpcMethod:      "ContributionByDigest",
			Use:            "by-digest [topic-id] [sha256]",
			Short:          "Show the contribution that owns an artifact in a topic",
			Example:        "weald query contribution by-digest 1 $(sha256sum model.onnx | cut -d' ' -f1)",
			PositionalArgs: args("topic_id", "sha256"),
		},
		{
			RpcMethod:      "ActiveSet",
			Use:            "active [topic-id]",
			Short:          "Show the contributions that a topic measures",
			PositionalArgs: args("topic_id"),
		},
	}
}

func txCommands() []*autocliv1.RpcCommandOptions {
	return []*autocliv1.RpcCommandOptions{
		{
			RpcMethod:      "CommitContribution",
			Use:            "commit [topic-id] [hash]",
			Short:          "Commit to an artifact without showing it (`weald submit` does this and the rest)",
			PositionalArgs: args("topic_id", "hash"),
		},
		{
			RpcMethod:      "RevealContribution",
			Use:            "reveal [contribution-id] [artifact] [salt]",
			Short:          "Show the artifact that was committed",
			Example:        `weald tx contribution reveal 1 '{"sha256":"...base64...","size":"1024","media_type":"application/onnx","uris":["https://example.org/m.onnx"]}' 00ff... --from alice`,
			PositionalArgs: args("contribution_id", "artifact", "salt"),
		},
		{
			RpcMethod:      "WithdrawContribution",
			Use:            "withdraw [contribution-id]",
			Short:          "Take a contribution out of the competition for good",
			Example:        "weald tx contribution withdraw 1 --from alice",
			PositionalArgs: args("contribution_id"),
		},
		{
			RpcMethod:      "UpdateParams",
			Use:            "update-params-proposal [params]",
			Short:          "Propose to replace all parameters of the module",
			Example:        `weald tx contribution update-params-proposal '{"reveal_period":"600","max_pending":256,"incentive_smoothing_bp":2000,"max_expiries_per_block":100}' --from alice`,
			PositionalArgs: args("params"),
			GovProposal:    true,
		},
	}
}

func args(fields ...string) []*autocliv1.PositionalArgDescriptor {
	descriptors := make([]*autocliv1.PositionalArgDescriptor, len(fields))
	for i, field := range fields {
		descriptors[i] = &autocliv1.PositionalArgDescriptor{ProtoField: field}
	}
	return descriptors
}
