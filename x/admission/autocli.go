// SPDX-License-Identifier: Apache-2.0

package admission

import (
	autocliv1 "cosmossdk.io/api/cosmos/autocli/v1"

	"github.com/weal-network/weal/x/admission/types"
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
			RpcMethod:      "Admission",
			Use:            "show [role] [topic-id] [address]",
			Short:          "Show whether an account holds a role; topic-id is 0 unless the role is contributor",
			Example:        "weald query admission show validator 0 $(weald keys show alice --address)",
			PositionalArgs: args("role", "topic_id", "address"),
		},
		{
			RpcMethod:      "Admissions",
			Use:            "list [role]",
			Short:          "List the accounts that hold a role: validator, contributor or steward",
			Example:        "weald query admission list contributor --topic-id 1",
			PositionalArgs: args("role"),
		},
	}
}

func txCommands() []*autocliv1.RpcCommandOptions {
	return []*autocliv1.RpcCommandOptions{
		{
			RpcMethod: "Admit",
			Use:       "admit",
			Short:     "Propose to admit accounts",
			Long:      "Propose to admit accounts: 1 to 100 grants, all or none.",
			Example: `weald tx admission admit --grants '{"key":{"role":"ROLE_VALIDATOR","address":"'$(weald keys show alice --address)'"},` +
				`"reason_uri":"https://example.org/minutes"}' --from alice`,
			GovProposal: true,
		},
		{
			RpcMethod: "Revoke",
			Use:       "revoke",
			Short:     "Propose to take roles from accounts",
			Long:      "Propose to take roles from accounts: 1 to 100 keys, all or none. A validator is jailed at once.",
			Example: `weald tx admission revoke --keys '{"role":"ROLE_VALIDATOR","address":"'$(weald keys show alice --address)'"}' ` +
				`--reason-uri https://example.org/minutes --from alice`,
			GovProposal: true,
		},
		{
			RpcMethod:      "UpdateParams",
			Use:            "update-params-proposal [params]",
			Short:          "Propose to replace all parameters of the module",
			Example:        `weald tx admission update-params-proposal '{"validators_permissioned":true}' --from alice`,
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
