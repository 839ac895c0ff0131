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
		{
			RpcMethod:      "Price",
			Use:            "price [topic-id]",
			Short:          "Show what a submission costs now, and how long until it costs at most --max-price uweal",
			Example:        "weald query contribution price 1 --max-price 2000000",
			PositionalArgs: args("topic_id"),
		},
		{
			RpcMethod:      "CanSubmit",
			Use:            "can-submit [topic-id] [address]",
			Short:          "Ask whether a topic would take a commit of an account now, and if not, why and until when",
			PositionalArgs: args("topic_id", "contributor"),
		},
		{
			RpcMethod:      "NextWindow",
			Use:            "next-window [topic-id]",
			Short:          "Show at which height the next contribution can be taken into scoring, and what it waits for",
			PositionalArgs: args("topic_id"),
		},
		{
			RpcMethod:      "Ancestors",
			Use:            "ancestors [contribution-id]",
			Short:          "List what a contribution was built on, the newest first",
			PositionalArgs: args("contribution_id"),
		},
		{
			RpcMethod:      "Children",
			Use:            "children [contribution-id]",
			Short:          "List what was built on a contribution",
			PositionalArgs: args("contribution_id"),
		},
		{
			RpcMethod: "Guardians",
			Use:       "guardians",
			Short:     "List the guardians, and what they hold of a topic",
			Example:   "weald query contribution guardians --topic-id 1",
		},
	}
}

func txCommands() []*autocliv1.RpcCommandOptions {
	return []*autocliv1.RpcCommandOptions{
		{
			RpcMethod:      "CommitContribution",
			Use:            "commit [topic-id] [hash]",
			Short:          "Commit to an artifact without showing it (`weald submit` does this and the rest)",
			Example:        "weald tx contribution commit 1 00ff... --max-price 2000000 --from alice",
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
			RpcMethod:      "UpdateContribution",
			Use:            "update [contribution-id]",
			Short:          "Change where a contribution is found and who is paid; what is not named stays",
			Example:        "weald tx contribution update 1 --endpoint https://example.org/v1 --metadata-uri - --payout ADDRESS --from alice",
			PositionalArgs: args("contribution_id"),
		},
		{
			RpcMethod:      "SetSplit",
			Use:            "set-split [contribution-id] [payees...]",
			Short:          "Share what a contribution earns among a team; with nobody named the payout receives it again",
			Example:        `weald tx contribution set-split 1 '{"address":"weal1...","share_bp":6000}' '{"address":"weal1...","share_bp":4000}' --from alice`,
			PositionalArgs: append(args("contribution_id"), &autocliv1.PositionalArgDescriptor{ProtoField: "split", Varargs: true}),
		},
		{
			RpcMethod:      "Endorse",
			Use:            "endorse-proposal [contribution-id]",
			Short:          "Propose that the people give their word for a contribution, or take it back",
			Example:        "weald tx contribution endorse-proposal 1 --reason-uri https://example.org/why --from alice",
			PositionalArgs: args("contribution_id"),
			GovProposal:    true,
		},
		{
			RpcMethod:      "Quarantine",
			Use:            "quarantine-proposal [contribution-id] [reason-uri]",
			Short:          "Propose to take a contribution out of scoring while it is looked into",
			PositionalArgs: args("contribution_id", "reason_uri"),
			GovProposal:    true,
		},
		{
			RpcMethod:      "GuardianQuarantine",
			Use:            "guardian-quarantine [contribution-id] [reason-uri]",
			Short:          "As a guardian, take a contribution out of scoring at once, until the people decide or 72 hours at most",
			Example:        "weald tx contribution guardian-quarantine 7 https://example.org/why --from guardian",
			PositionalArgs: args("contribution_id", "reason_uri"),
		},
		{
			RpcMethod:      "GuardianPauseTopic",
			Use:            "guardian-pause [topic-id] [reason-uri]",
			Short:          "As a guardian, stop a topic's contributions and epochs at once, until the people decide or 72 hours at most",
			Example:        "weald tx contribution guardian-pause 1 https://example.org/why --from guardian",
			PositionalArgs: args("topic_id", "reason_uri"),
		},
		{
			RpcMethod:      "SetGuardians",
			Use:            "set-guardians-proposal [guardians...]",
			Short:          "Propose who may quarantine and pause for a short time; with nobody named nobody may",
			Example:        "weald tx contribution set-guardians-proposal $(weald keys show alice --address) --from alice",
			PositionalArgs: []*autocliv1.PositionalArgDescriptor{{ProtoField: "guardians", Varargs: true}},
			GovProposal:    true,
		},
		{
			RpcMethod:      "Release",
			Use:            "release-proposal [contribution-id]",
			Short:          "Propose to end a quarantine without fault",
			PositionalArgs: args("contribution_id"),
			GovProposal:    true,
		},
		{
			RpcMethod:      "Remove",
			Use:            "remove-proposal [contribution-id] [reason-uri]",
			Short:          "Propose to end a quarantine with the bond burnt, for good",
			PositionalArgs: args("contribution_id", "reason_uri"),
			GovProposal:    true,
		},
		{
			RpcMethod:      "UpdateParams",
			Use:            "update-params-proposal [params]",
			Short:          "Propose to replace all parameters of the module",
			Example:        `weald tx contribution update-params-proposal '{"reveal_period":"600","max_pending":256,"incentive_smoothing_bp":2000,"max_expiries_per_block":100,"guardian_period_seconds":"259200","guardian_share_bp":1000,"guardian_cooldown_seconds":"2592000"}' --from alice`,
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
