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
		{
			RpcMethod:      "AdmissionsOf",
			Use:            "of [address]",
			Short:          "List what an account is admitted for",
			Example:        "weald query admission of $(weald keys show alice --address)",
			PositionalArgs: args("address"),
		},
		{
			RpcMethod:      "Application",
			Use:            "application [application-id]",
			Short:          "Show an open application",
			Example:        "weald query admission application 1",
			PositionalArgs: args("application_id"),
		},
		{
			RpcMethod:      "Applications",
			Use:            "applications [role]",
			Short:          "List the open applications for a role: validator, contributor or steward",
			Example:        "weald query admission applications validator",
			PositionalArgs: args("role"),
		},
		{
			RpcMethod:      "ApplicationsOf",
			Use:            "applications-of [address]",
			Short:          "List the open applications of an account",
			Example:        "weald query admission applications-of $(weald keys show alice --address)",
			PositionalArgs: args("address"),
		},
		{
			RpcMethod: "Registrars",
			Use:       "registrars",
			Short:     "List who admits and revokes beside governance, and for which roles",
		},
		{
			RpcMethod:      "History",
			Use:            "history [role] [topic-id] [address]",
			Short:          "Show when an account was admitted and revoked, by whom and why; topic-id is 0 unless the role is contributor",
			Example:        "weald query admission history validator 0 $(weald keys show alice --address)",
			PositionalArgs: args("role", "topic_id", "address"),
		},
		{
			RpcMethod: "RevokedPower",
			Use:       "revoked-power",
			Short:     "Show how much voting power may still be revoked today",
		},
	}
}

func txCommands() []*autocliv1.RpcCommandOptions {
	return append(applicantCommands(), []*autocliv1.RpcCommandOptions{
		{
			RpcMethod: "Admit",
			Use:       "admit",
			Short:     "Propose to admit accounts; a registrar adds --no-proposal and does it at once",
			Long:      "Propose to admit accounts: 1 to 100 grants, all or none. An application for one of them is closed, its deposit given back.",
			Example: `weald tx admission admit --grants '{"key":{"role":"ROLE_VALIDATOR","address":"'$(weald keys show alice --address)'"},` +
				`"reason_uri":"https://example.org/minutes","expires_at":"2030-01-01T00:00:00Z"}' --from alice`,
			GovProposal: true,
		},
		{
			RpcMethod: "Revoke",
			Use:       "revoke",
			Short:     "Propose to take roles from accounts; a registrar adds --no-proposal and does it at once",
			Long:      "Propose to take roles from accounts: 1 to 100 keys, all or none. A validator is jailed at once.",
			Example: `weald tx admission revoke --keys '{"role":"ROLE_VALIDATOR","address":"'$(weald keys show alice --address)'"}' ` +
				`--reason-uri https://example.org/minutes --from alice`,
			GovProposal: true,
		},
		{
			RpcMethod:      "Reject",
			Use:            "reject [application-id]...",
			Short:          "Propose to turn applications down; a registrar adds --no-proposal and does it at once",
			Example:        "weald tx admission reject 1 2 --reason-uri https://example.org/minutes --from alice",
			PositionalArgs: []*autocliv1.PositionalArgDescriptor{{ProtoField: "application_ids", Varargs: true}},
			GovProposal:    true,
		},
		{
			RpcMethod:      "SetRegistrar",
			Use:            "set-registrar [account]",
			Short:          "Propose a registrar with all its --roles, or without any to dismiss it",
			Example:        "weald tx admission set-registrar $(weald keys show bob --address) --roles contributor --roles steward --from alice",
			PositionalArgs: args("registrar"),
			GovProposal:    true,
		},
		{
			RpcMethod: "UpdateParams",
			Use:       "update-params-proposal [params]",
			Short:     "Propose to replace all parameters of the module",
			Example: `weald tx admission update-params-proposal '{"validators_permissioned":true,"application_deposit":10000000,` +
				`"application_period":"2592000s","max_applications":1000,"max_applications_per_account":5,"max_revoked_power_bp":3333}' --from alice`,
			PositionalArgs: args("params"),
			GovProposal:    true,
		},
	}...)
}

func applicantCommands() []*autocliv1.RpcCommandOptions {
	return []*autocliv1.RpcCommandOptions{
		{
			RpcMethod:      "Apply",
			Use:            "apply [role] [statement-uri]",
			Short:          "Apply for a role: validator, contributor (with --topic-id) or steward",
			Long:           "Apply for a role, for the account that signs. The deposit comes back when the application is closed, however that is.",
			Example:        "weald tx admission apply validator https://example.org/who-we-are --from operator",
			PositionalArgs: args("role", "statement_uri"),
		},
		{
			RpcMethod:      "WithdrawApplication",
			Use:            "withdraw-application [application-id]",
			Short:          "Withdraw an application; the deposit comes back",
			Example:        "weald tx admission withdraw-application 1 --from operator",
			PositionalArgs: args("application_id"),
		},
		{
			RpcMethod:      "Resign",
			Use:            "resign [role]",
			Short:          "Give up a role: validator, contributor (with --topic-id) or steward; a validator is jailed at once",
			Example:        "weald tx admission resign validator --from operator",
			PositionalArgs: args("role"),
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
