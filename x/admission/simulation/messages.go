// SPDX-License-Identifier: Apache-2.0

package simulation

import (
	"context"
	"time"

	"github.com/cosmos/cosmos-sdk/testutil/simsx"

	"github.com/weal-network/weal/x/admission/types"
)

const reason = "https://example.org/minutes"

func (s source) admit(ctx context.Context, data *simsx.ChainDataSource, reporter simsx.SimulationReporter) ([]simsx.SimAccount, *types.MsgAdmit) {
	from := s.registrar(ctx, data, reporter)
	grant := types.Grant{Key: anyKey(data, reporter), ReasonUri: reason}
	if data.Rand().Intn(2) == 0 {
		// The simulator invents evidence against validators all the time, and needs new ones.
		grant.Key = types.AdmissionKey{Role: types.ROLE_VALIDATOR, Address: grant.Key.Address}
	}
	if data.Rand().Intn(4) == 0 {
		end := simsx.BlockTime(ctx).Add(time.Duration(data.Rand().IntInRange(1, 72)) * time.Hour)
		grant.ExpiresAt = &end
	}
	return []simsx.SimAccount{from}, &types.MsgAdmit{Authority: from.AddressBech32, Grants: []types.Grant{grant}}
}

func (s source) revoke(ctx context.Context, data *simsx.ChainDataSource, reporter simsx.SimulationReporter) ([]simsx.SimAccount, *types.MsgRevoke) {
	from := s.registrar(ctx, data, reporter)
	return []simsx.SimAccount{from}, &types.MsgRevoke{Authority: from.AddressBech32, Keys: []types.AdmissionKey{anyKey(data, reporter)}, ReasonUri: reason}
}

func (source) apply(_ context.Context, data *simsx.ChainDataSource, reporter simsx.SimulationReporter) ([]simsx.SimAccount, *types.MsgApply) {
	from := data.AnyAccount(reporter, simsx.WithSpendableBalance())
	key := keyOf(data, from.AddressBech32)
	return []simsx.SimAccount{from}, &types.MsgApply{Applicant: from.AddressBech32, Role: key.Role, TopicId: key.TopicId, StatementUri: reason}
}

func (s source) withdraw(ctx context.Context, data *simsx.ChainDataSource, reporter simsx.SimulationReporter) ([]simsx.SimAccount, *types.MsgWithdrawApplication) {
	application := s.anyApplication(ctx, data, reporter)
	from := data.GetAccount(reporter, application.Key.Address)
	return []simsx.SimAccount{from}, &types.MsgWithdrawApplication{Applicant: from.AddressBech32, ApplicationId: application.Id}
}

func (s source) reject(ctx context.Context, data *simsx.ChainDataSource, reporter simsx.SimulationReporter) ([]simsx.SimAccount, *types.MsgReject) {
	application, from := s.anyApplication(ctx, data, reporter), s.registrar(ctx, data, reporter)
	return []simsx.SimAccount{from}, &types.MsgReject{Authority: from.AddressBech32, ApplicationIds: []uint64{application.Id}, ReasonUri: reason}
}

func (s source) resign(ctx context.Context, data *simsx.ChainDataSource, reporter simsx.SimulationReporter) ([]simsx.SimAccount, *types.MsgResign) {
	key := anyKey(data, reporter)
	from := data.GetAccount(reporter, key.Address)
	admitted, err := s.keeper.IsAdmitted(ctx, key.Role, key.TopicId, from.Address)
	if err != nil || !admitted {
		reporter.Skip("not admitted")
		return nil, nil
	}
	return []simsx.SimAccount{from}, &types.MsgResign{Address: key.Address, Role: key.Role, TopicId: key.TopicId}
}

func (s source) admitUnasked(ctx context.Context, data *simsx.ChainDataSource, reporter simsx.SimulationReporter) ([]simsx.SimAccount, *types.MsgAdmit) {
	from := s.stranger(ctx, data, reporter)
	return []simsx.SimAccount{from}, &types.MsgAdmit{Authority: from.AddressBech32, Grants: []types.Grant{{Key: anyKey(data, reporter)}}}
}

func (s source) revokeUnasked(ctx context.Context, data *simsx.ChainDataSource, reporter simsx.SimulationReporter) ([]simsx.SimAccount, *types.MsgRevoke) {
	from := s.stranger(ctx, data, reporter)
	return []simsx.SimAccount{from}, &types.MsgRevoke{Authority: from.AddressBech32, Keys: []types.AdmissionKey{anyKey(data, reporter)}}
}

func (source) paramsUnasked(_ context.Context, data *simsx.ChainDataSource, reporter simsx.SimulationReporter) ([]simsx.SimAccount, *types.MsgUpdateParams) {
	from := data.AnyAccount(reporter, simsx.WithSpendableBalance())
	return []simsx.SimAccount{from}, &types.MsgUpdateParams{Authority: from.AddressBech32, Params: types.DefaultParams()}
}

func (source) registrarUnasked(_ context.Context, data *simsx.ChainDataSource, reporter simsx.SimulationReporter) ([]simsx.SimAccount, *types.MsgSetRegistrar) {
	from := data.AnyAccount(reporter, simsx.WithSpendableBalance())
	return []simsx.SimAccount{from}, &types.MsgSetRegistrar{Authority: from.AddressBech32, Registrar: from.AddressBech32, Roles: []types.Role{types.ROLE_STEWARD}}
}

func (source) applyWithoutWords(_ context.Context, data *simsx.ChainDataSource, reporter simsx.SimulationReporter) ([]simsx.SimAccount, *types.MsgApply) {
	from := data.AnyAccount(reporter, simsx.WithSpendableBalance())
	return []simsx.SimAccount{from}, &types.MsgApply{Applicant: from.AddressBech32, Role: types.ROLE_STEWARD}
}

func (s source) withdrawAnothers(ctx context.Context, data *simsx.ChainDataSource, reporter simsx.SimulationReporter) ([]simsx.SimAccount, *types.MsgWithdrawApplication) {
	application := s.anyApplication(ctx, data, reporter)
	from := data.AnyAccount(reporter, simsx.ExcludeAddresses(application.Key.Address))
	return []simsx.SimAccount{from}, &types.MsgWithdrawApplication{Applicant: from.AddressBech32, ApplicationId: application.Id}
}

// registrar is one of those that there are.
func (s source) registrar(ctx context.Context, data *simsx.ChainDataSource, reporter simsx.SimulationReporter) simsx.SimAccount {
	res, err := s.query.Registrars(ctx, &types.QueryRegistrarsRequest{})
	if err != nil || len(res.Registrars) == 0 {
		reporter.Skip("no registrar")
		return simsx.SimAccount{}
	}
	return data.GetAccount(reporter, simsx.OneOf(data.Rand(), res.Registrars).Address)
}

// stranger is nobody who decides.
func (s source) stranger(ctx context.Context, data *simsx.ChainDataSource, reporter simsx.SimulationReporter) simsx.SimAccount {
	res, err := s.query.Registrars(ctx, &types.QueryRegistrarsRequest{})
	if err != nil {
		reporter.Skip(err.Error())
		return simsx.SimAccount{}
	}
	addresses := make([]string, len(res.Registrars))
	for i, registrar := range res.Registrars {
		addresses[i] = registrar.Address
	}
	return data.AnyAccount(reporter, simsx.ExcludeAddresses(addresses...))
}

// anyApplication is one of those that are open for a role.
func (s source) anyApplication(ctx context.Context, data *simsx.ChainDataSource, reporter simsx.SimulationReporter) types.Application {
	res, err := s.query.Applications(ctx, &types.QueryApplicationsRequest{Role: anyRole(data)})
	if err != nil || len(res.Applications) == 0 {
		reporter.Skip("no open application")
		return types.Application{}
	}
	return simsx.OneOf(data.Rand(), res.Applications)
}

// anyKey names a role of somebody.
func anyKey(data *simsx.ChainDataSource, reporter simsx.SimulationReporter) types.AdmissionKey {
	return keyOf(data, data.AnyAccount(reporter).AddressBech32)
}

func keyOf(data *simsx.ChainDataSource, address string) types.AdmissionKey {
	key := types.AdmissionKey{Role: anyRole(data), Address: address}
	if key.Role == types.ROLE_CONTRIBUTOR {
		key.TopicId = data.Rand().Uint64InRange(1, 4)
	}
	return key
}

func anyRole(data *simsx.ChainDataSource) types.Role {
	return types.Role(data.Rand().IntInRange(int(types.ROLE_VALIDATOR), int(types.ROLE_STEWARD)+1))
}
