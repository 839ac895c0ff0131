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
			{RpcMethod: "PendingParams", Use: "pending-params", Short: "Show the parameters of the economy that wait, and from when they hold"},
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
			{
				RpcMethod: "Explain", Use: "explain", Short: "Show the whole way of what an epoch gave a contribution, from what blocks were due to its account",
				Example: "weald query emission explain --contribution 7 --epoch 42\nweald query emission explain --contribution 7 --epoch 3 --topic 2",
				FlagOptions: map[string]*autocliv1.FlagOptions{
					"contribution_id": {Name: "contribution", Usage: "the contribution's id"},
					"epoch":           {Name: "epoch", Usage: "the topic's epoch; the last one paid unless told"},
					"topic_id":        {Name: "topic", Usage: "a topic of which royalties reached it; its own unless told"},
				},
			},
			{
				RpcMethod: "StewardAccounts", Use: "steward STEWARD", Short: "List what a steward can claim, by topic",
				PositionalArgs: []*autocliv1.PositionalArgDescriptor{{ProtoField: "steward"}},
			},
			{
				RpcMethod: "TopicVote", Use: "vote VOTER", Short: "Show how an account votes for topics, and the stake behind it",
				PositionalArgs: []*autocliv1.PositionalArgDescriptor{{ProtoField: "voter"}},
			},
			{RpcMethod: "TopicVotes", Use: "votes", Short: "List the votes for topics"},
			{RpcMethod: "TopicTally", Use: "tally", Short: "Show what a tally of the votes for topics would find now, and when the next one begins"},
			{RpcMethod: "LastTopicTally", Use: "last-tally", Short: "Show the last tally of the votes for topics, and how far a running one is"},
			{
				RpcMethod: "Streams", Use: "streams TOPIC", Short: "List what sponsors give to a topic's contributors, and what waits to be shared",
				PositionalArgs: []*autocliv1.PositionalArgDescriptor{{ProtoField: "topic_id"}},
			},
			{
				RpcMethod: "Sponsored", Use: "sponsored CONTRIBUTION", Short: "Show what a contribution can claim of sponsors' coins",
				PositionalArgs: []*autocliv1.PositionalArgDescriptor{{ProtoField: "contribution_id"}},
			},
			{
				RpcMethod: "Concentration", Use: "concentration TOPIC", Short: "Show how concentrated stake, scoring power and a topic's rewards are; topic 0 is none",
				PositionalArgs: []*autocliv1.PositionalArgDescriptor{{ProtoField: "topic_id"}},
			},
			{
				RpcMethod: "Ledger", Use: "ledger TOPIC", Short: "Show who raised a topic's frontier, what that is paid, and what is under measurement",
				Example:        "weald query emission ledger 1",
				PositionalArgs: []*autocliv1.PositionalArgDescriptor{{ProtoField: "topic_id"}},
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
				RpcMethod: "VoteTopics", Use: "vote-topics [WEIGHTS...]", Short: "Vote with your stake for the shares of topics; without weights, withdraw the vote",
				Long: "Vote for up to 16 topics, by rising id, with weights that sum to 10000 basis points. The vote counts with all that you have delegated, and, if you\n" +
					"operate a validator, with all stake behind it whose holder does not vote. It stands until you replace or withdraw it, and follows your stake.\n" +
					"`weald query emission tally` shows what a tally would find now, and when the next one is.",
				Example: `weald tx emission vote-topics '{"topic_id":1,"weight_bp":7000}' '{"topic_id":2,"weight_bp":3000}' --from alice` + "\n" +
					"weald tx emission vote-topics --from alice",
				PositionalArgs: []*autocliv1.PositionalArgDescriptor{{ProtoField: "weights", Varargs: true}},
			},
			{
				RpcMethod: "FundTopic", Use: "fund-topic TOPIC EPOCHS COINS...", Short: "Give coins of any denom to a topic's contributors, an equal part with each paid epoch",
				Long: "Up to 8 coins, at least 1000 of each for every epoch, and a fee for each coin and epoch that goes to the community pool. Each paid epoch takes its part\n" +
					"and shares it by incentive. You cannot take coins back; what is left when the topic is retired comes back by itself.",
				Example:        "weald tx emission fund-topic 1 100 50000000uweal --from alice",
				PositionalArgs: []*autocliv1.PositionalArgDescriptor{{ProtoField: "topic_id"}, {ProtoField: "epochs"}, {ProtoField: "coins", Varargs: true}},
			},
			{
				RpcMethod: "EndStreams", Use: "end-streams TOPIC STREAMS...", Short: "Propose to end sponsors' streams; what is left goes back to them",
				Example:        "weald tx emission end-streams 1 7 8 --from alice --deposit 10000000uweal",
				PositionalArgs: []*autocliv1.PositionalArgDescriptor{{ProtoField: "topic_id"}, {ProtoField: "stream_ids", Varargs: true}},
				GovProposal:    true,
			},
			{
				RpcMethod: "SetTopicShares", Use: "set-topic-shares SHARES...", Short: "Propose shares, floors and closings of topics in what is issued to topics",
				Long: "A share holds from the decision until the next tally of votes with a quorum. No vote takes a topic below floor_bp, which is at most share_bp. A topic\n" +
					"that is closed is out of the vote: a tally gives it its floor.",
				Example: `weald tx emission set-topic-shares '{"topic_id":1,"share_bp":6000,"floor_bp":1000}' --from alice --deposit 10000000uweal` + "\n" +
					`weald tx emission set-topic-shares '{"topic_id":2,"closed":true}' --from alice --deposit 10000000uweal`,
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
