// SPDX-License-Identifier: Apache-2.0

package scoring

import (
	autocliv1 "cosmossdk.io/api/cosmos/autocli/v1"
)

// AutoCLIOptions names the module's commands as people say them.
func (AppModule) AutoCLIOptions() *autocliv1.ModuleOptions {
	return &autocliv1.ModuleOptions{
		Query: &autocliv1.ServiceCommandDescriptor{
			Service:           "weal.scoring.v1.Query",
			RpcCommandOptions: queryCommands(),
		},
		Tx: &autocliv1.ServiceCommandDescriptor{
			Service:           "weal.scoring.v1.Msg",
			RpcCommandOptions: txCommands(),
		},
	}
}

func queryCommands() []*autocliv1.RpcCommandOptions {
	return []*autocliv1.RpcCommandOptions{
		{RpcMethod: "Params", Use: "params", Short: "Show the scoring parameters"},
		{RpcMethod: "PendingParams", Use: "pending-params", Short: "Show the scoring parameters that wait, and from when they hold"},
		{
			RpcMethod: "Scorer", Use: "scorer OPERATOR", Short: "Show a validator's scorer key",
			Example:        "weald query scoring scorer wealvaloper1...",
			PositionalArgs: arguments("operator"),
		},
		{
			RpcMethod: "Epoch", Use: "epoch TOPIC [EPOCH]", Short: "Show an epoch, its windows, seed, validators and contributions; the last one opened unless told",
			Example:        "weald query scoring epoch 1 42",
			PositionalArgs: optionalLast("topic_id", "epoch"),
		},
		{
			RpcMethod: "Assignment", Use: "assignment TOPIC OPERATOR", Short: "Show what a validator is to score in the topic's running epoch; --epoch names another",
			Example:        "weald query scoring assignment 1 wealvaloper1...",
			PositionalArgs: arguments("topic_id", "operator"),
		},
		{
			RpcMethod: "Reliability", Use: "reliability TOPIC [OPERATOR]", Short: "Show how validators have scored a topic; of one, why it was not paid in full",
			Example:        "weald query scoring reliability 1 wealvaloper1...",
			PositionalArgs: optionalLast("topic_id", "operator"),
		},
		{
			RpcMethod: "Result", Use: "result TOPIC [EPOCH]", Short: "Show the consensus of a scored epoch; the last one unless told",
			Example:        "weald query scoring result 1 42",
			PositionalArgs: optionalLast("topic_id", "epoch"),
		},
		{
			RpcMethod: "Row", Use: "row TOPIC EPOCH OPERATOR", Short: "Show what a validator committed and revealed in an epoch",
			Example:        "weald query scoring row 1 42 wealvaloper1...",
			PositionalArgs: arguments("topic_id", "epoch", "operator"),
		},
		{
			RpcMethod: "Rows", Use: "rows TOPIC EPOCH [TILE]", Short: "Show what all validators revealed of one tile of an epoch; of the first one unless told",
			Example:        "weald query scoring rows 1 42",
			PositionalArgs: optionalLast("topic_id", "epoch", "tile"),
		},
		{
			RpcMethod: "Bonds", Use: "bonds TOPIC EPOCH [TILE]", Short: "Show the bonds that a scored epoch left, in one tile; in the first one unless told",
			Example:        "weald query scoring bonds 1 42",
			PositionalArgs: optionalLast("topic_id", "epoch", "tile"),
		},
		{
			RpcMethod: "Commits", Use: "commits TOPIC EPOCH", Short: "Show the commitments of an epoch, and the salts of those that were opened",
			Example:        "weald query scoring commits 1 42",
			PositionalArgs: arguments("topic_id", "epoch"),
		},
		{
			RpcMethod: "Tally", Use: "tally TOPIC EPOCH", Short: "Show who counts in an epoch and for how much, and how far its close has come",
			Example:        "weald query scoring tally 1 42",
			PositionalArgs: arguments("topic_id", "epoch"),
		},
		{
			RpcMethod: "Frontier", Use: "frontier TOPIC [EPOCH]", Short: "Show what an epoch left of a topic's frontier, and what it decided; the last one unless told",
			Example:        "weald query scoring frontier 1 42",
			PositionalArgs: optionalLast("topic_id", "epoch"),
		},
		{RpcMethod: "Explain", Skip: true}, // cmd/weald says it in plain words
		{RpcMethod: "Proof", Skip: true},   // cmd/weald adds the store's proof
		{
			RpcMethod: "Metagraph", Use: "metagraph TOPIC", Short: "Show a topic's epoch, contributions and validators in one call",
			Example:        "weald query scoring metagraph 1",
			PositionalArgs: arguments("topic_id"),
		},
	}
}

func txCommands() []*autocliv1.RpcCommandOptions {
	return []*autocliv1.RpcCommandOptions{
		{
			RpcMethod: "SetScorer", Use: "set-scorer [SCORER]", Short: "Name the hot key that scores for your validator; without SCORER take it away",
			Long:           "Name the hot key that commits and reveals for the validator of --from, and can do nothing else. Its account need not exist or hold anything. Without SCORER the key is taken away.",
			Example:        "weald tx scoring set-scorer weal1... --from operator",
			PositionalArgs: []*autocliv1.PositionalArgDescriptor{{ProtoField: "scorer", Optional: true}},
		},
		{
			RpcMethod: "CommitScores", Use: "commit TOPIC EPOCH HASH", Short: "Commit to a row of scores; the last commit counts, and the first is free of fee",
			Long:           "Commit to a row of scores. HASH is base64 or hex. The evaluator does this by itself; the command is for those who write their own.",
			Example:        "weald tx scoring commit 1 42 $HASH --from scorer",
			PositionalArgs: arguments("topic_id", "epoch", "hash"),
		},
		{
			RpcMethod: "RevealScores", Use: "reveal TOPIC EPOCH ROW SALT", Short: "Reveal the row that was committed; free of fee",
			Long:           "Reveal the row that was committed. ROW and SALT are base64 or hex.",
			Example:        "weald tx scoring reveal 1 42 $ROW $SALT --from scorer",
			PositionalArgs: arguments("topic_id", "epoch", "row", "salt"),
		},
		{
			RpcMethod: "UpdateParams", Use: "update-params-proposal PARAMS", Short: "Propose other scoring parameters; all of them, as `weald query scoring params` shows them",
			Example:        "weald tx scoring update-params-proposal \"$(jq -c .params params.json)\" --from proposer",
			PositionalArgs: arguments("params"),
			GovProposal:    true,
		},
	}
}

// arguments are positional arguments in order, all of them needed.
func arguments(fields ...string) []*autocliv1.PositionalArgDescriptor {
	args := make([]*autocliv1.PositionalArgDescriptor, len(fields))
	for i, field := range fields {
		args[i] = &autocliv1.PositionalArgDescriptor{ProtoField: field}
	}
	return args
}

// optionalLast is arguments of which the last may be left out.
func optionalLast(fields ...string) []*autocliv1.PositionalArgDescriptor {
	args := arguments(fields...)
	args[len(args)-1].Optional = true
	return args
}
