// SPDX-License-Identifier: Apache-2.0

package topic

import (
	autocliv1 "cosmossdk.io/api/cosmos/autocli/v1"

	"github.com/weal-network/weal/x/topic/types"
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
			RpcMethod:      "Topic",
			Use:            "show [topic-id]",
			Short:          "Show a topic",
			Example:        "weald query topic show 1",
			PositionalArgs: args("topic_id"),
		},
		{
			RpcMethod:      "TopicBySlug",
			Use:            "by-slug [slug]",
			Short:          "Show the topic of a name",
			Example:        "weald query topic by-slug go-source-lm",
			PositionalArgs: args("slug"),
		},
		{
			RpcMethod: "Topics",
			Use:       "list",
			Short:     "List topics by id",
			Example:   "weald query topic list --status active",
		},
	}
}

func txCommands() []*autocliv1.RpcCommandOptions {
	return []*autocliv1.RpcCommandOptions{
		{
			RpcMethod:      "CreateTopic",
			Use:            "create-proposal [spec]",
			Short:          "Propose to open a topic",
			Long:           "Propose to open a topic. spec is the topic as JSON; the module's README has a whole one.",
			PositionalArgs: args("spec"),
			GovProposal:    true,
		},
		{
			RpcMethod:      "UpdateTopic",
			Use:            "update-proposal [topic-id] [spec]",
			Short:          "Propose to replace what was decided about a topic",
			Long:           "Propose to replace what was decided about a topic, from its next epoch on. spec is all of the topic as JSON, with the slug that it has.",
			PositionalArgs: args("topic_id", "spec"),
			GovProposal:    true,
		},
		{
			RpcMethod:      "PauseTopic",
			Use:            "pause-proposal [topic-id]",
			Short:          "Propose to stop a topic's contributions and epochs",
			PositionalArgs: args("topic_id"),
			GovProposal:    true,
		},
		{
			RpcMethod:      "ResumeTopic",
			Use:            "resume-proposal [topic-id]",
			Short:          "Propose to end a topic's pause",
			PositionalArgs: args("topic_id"),
			GovProposal:    true,
		},
		{
			RpcMethod:      "UpdateParams",
			Use:            "update-params-proposal [params]",
			Short:          "Propose to replace all parameters of the module",
			Example:        `weald tx topic update-params-proposal '{"max_topics":256,"min_epoch_blocks":"10","max_epoch_blocks":"100000","max_active":256,"max_artifact_bytes":"16777216"}' --from alice`,
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
