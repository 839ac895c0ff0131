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
			SubCommands: map[string]*autocliv1.ServiceCommandDescriptor{
				"propose": {
					Service:           types.Msg_serviceDesc.ServiceName,
					Short:             "Put what only the people decide to the vote",
					RpcCommandOptions: proposalCommands(),
				},
			},
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
			Short:     "List topics",
			Example:   "weald query topic list --status active --steward $(weald keys show alice --address)",
		},
	}
}

// txCommands are sent by those who sign them.
func txCommands() []*autocliv1.RpcCommandOptions {
	return []*autocliv1.RpcCommandOptions{
		{
			RpcMethod: "CreateTopic",
			Use:       "create [spec]",
			Short:     "Open a topic and leave its deposit",
			Long: "Open a topic: a sandbox, or, if you are admitted as a steward or the parameters say open, a paid one. You are its steward. The deposit " +
				"comes back when the topic is retired. spec is a .json file or the JSON itself; docs/guide/steward.md has a whole one.",
			Example:        "weald tx topic create topic.json --from alice",
			PositionalArgs: args("spec"),
		},
		{
			RpcMethod: "UpdateTopic",
			Use:       "update [topic-id] [spec]",
			Short:     "Change a topic that you answer for, from its next epoch on",
			Long: "Change a topic that you answer for, from its next epoch on. spec is all of the topic, as `weald query topic show` has it, with what is to be " +
				"different. Of a paid topic a steward changes title, description_uri and spec_uri; the rest takes `weald tx topic propose update`.",
			Example:        "weald tx topic update 1 topic.json --from alice",
			PositionalArgs: args("topic_id", "spec"),
		},
		{
			RpcMethod:      "RetireTopic",
			Use:            "retire [topic-id]",
			Short:          "End a topic that you answer for, for good",
			Long:           "End a topic that you answer for, for good. Its deposit goes back to who opened it. One that has a share of what is issued takes `weald tx topic propose retire`.",
			Example:        "weald tx topic retire 2 --from alice",
			PositionalArgs: args("topic_id"),
		},
		{
			RpcMethod:      "OfferStewardship",
			Use:            "offer-stewardship [topic-id] [account]",
			Short:          "Offer an account to answer for your topic",
			Example:        "weald tx topic offer-stewardship 2 $(weald keys show bob --address) --from alice",
			PositionalArgs: args("topic_id", "to"),
		},
		{
			RpcMethod:      "WithdrawOffer",
			Use:            "withdraw-offer [topic-id]",
			Short:          "Take the offer of a stewardship back",
			Example:        "weald tx topic withdraw-offer 2 --from alice",
			PositionalArgs: args("topic_id"),
		},
		{
			RpcMethod:      "AcceptStewardship",
			Use:            "accept-stewardship [topic-id]",
			Short:          "Answer for a topic that you were offered",
			Example:        "weald tx topic accept-stewardship 2 --from bob",
			PositionalArgs: args("topic_id"),
		},
		{RpcMethod: "PauseTopic", Skip: true},
		{RpcMethod: "ResumeTopic", Skip: true},
		{RpcMethod: "UpdateParams", Skip: true},
	}
}

// proposalCommands put a message to the vote.
func proposalCommands() []*autocliv1.RpcCommandOptions {
	return []*autocliv1.RpcCommandOptions{
		{
			RpcMethod:      "CreateTopic",
			Use:            "create [spec]",
			Short:          "Propose to open a topic",
			Long:           "Propose to open a topic. spec is a .json file or the JSON itself; docs/guide/steward.md has a whole one.",
			Example:        `weald tx topic propose create topic.json --title "A topic for Go" --summary "Models of Go source" --deposit 1000000uweal --from alice`,
			PositionalArgs: args("spec"),
			GovProposal:    true,
		},
		{
			RpcMethod:      "UpdateTopic",
			Use:            "update [topic-id] [spec]",
			Short:          "Propose to change a topic, from its next epoch on",
			Long:           "Propose to change a topic, from its next epoch on. spec is all of the topic, with the slug that it has.",
			PositionalArgs: args("topic_id", "spec"),
			GovProposal:    true,
		},
		{
			RpcMethod:      "PauseTopic",
			Use:            "pause [topic-id]",
			Short:          "Propose to stop a topic's contributions and epochs",
			PositionalArgs: args("topic_id"),
			GovProposal:    true,
		},
		{
			RpcMethod:      "ResumeTopic",
			Use:            "resume [topic-id]",
			Short:          "Propose to end a topic's pause",
			PositionalArgs: args("topic_id"),
			GovProposal:    true,
		},
		{
			RpcMethod:      "RetireTopic",
			Use:            "retire [topic-id]",
			Short:          "Propose to end a topic for good",
			PositionalArgs: args("topic_id"),
			GovProposal:    true,
		},
		{
			RpcMethod: "UpdateParams",
			Use:       "update-params [params]",
			Short:     "Propose to replace all parameters of the module",
			Example: `weald tx topic propose update-params '{"max_topics":256,"min_epoch_blocks":"10","max_epoch_blocks":"100000","max_active":256,` +
				`"max_artifact_bytes":"16777216","topic_deposit":"1000000000","sandbox_deposit":"10000000","max_sandboxes":64,"max_sandboxes_per_steward":3}' --from alice`,
			PositionalArgs: args("params"),
			GovProposal:    true,
		},
		{RpcMethod: "OfferStewardship", Skip: true},
		{RpcMethod: "WithdrawOffer", Skip: true},
		{RpcMethod: "AcceptStewardship", Skip: true},
	}
}

func args(fields ...string) []*autocliv1.PositionalArgDescriptor {
	descriptors := make([]*autocliv1.PositionalArgDescriptor, len(fields))
	for i, field := range fields {
		descriptors[i] = &autocliv1.PositionalArgDescriptor{ProtoField: field}
	}
	return descriptors
}
