// SPDX-License-Identifier: Apache-2.0

package keeper

import (
	"context"

	"cosmossdk.io/collections"
	errorsmod "cosmossdk.io/errors"

	"github.com/cosmos/cosmos-sdk/types/query"

	"github.com/weal-network/weal/x/admission/types"
)

// AdmissionsOf implements types.QueryServer.
func (s queryServer) AdmissionsOf(ctx context.Context, req *types.QueryAdmissionsOfRequest) (*types.QueryAdmissionsOfResponse, error) {
	if req == nil {
		return nil, errEmptyRequest
	}
	addr, err := s.account(req.Address, req.Pagination)
	if err != nil {
		return nil, err
	}
	admissions, page, err := query.CollectionPaginate(ctx, s.keeper.admissions.Indexes.account, req.Pagination,
		func(key collections.Pair[[]byte, admissionKey], _ collections.NoValue) (types.Admission, error) {
			return s.keeper.admissions.Get(ctx, key.K2())
		}, query.WithCollectionPaginationPairPrefix[[]byte, admissionKey](addr))
	if err != nil {
		return nil, err
	}
	return &types.QueryAdmissionsOfResponse{Admissions: admissions, Pagination: page}, nil
}

// Application implements types.QueryServer.
func (s queryServer) Application(ctx context.Context, req *types.QueryApplicationRequest) (*types.QueryApplicationResponse, error) {
	if req == nil {
		return nil, errEmptyRequest
	}
	application, err := s.keeper.application(ctx, req.ApplicationId)
	if err != nil {
		return nil, err
	}
	return &types.QueryApplicationResponse{Application: application}, nil
}

// Applications implements types.QueryServer.
func (s queryServer) Applications(ctx context.Context, req *types.QueryApplicationsRequest) (*types.QueryApplicationsResponse, error) {
	if req == nil {
		return nil, errEmptyRequest
	}
	if err := checkList(req.Role, req.TopicId, req.Pagination); err != nil {
		return nil, err
	}
	applications, page, err := query.CollectionPaginate(ctx, s.keeper.applications.Indexes.topic, req.Pagination,
		func(key collections.Pair[topicKey, uint64], _ collections.NoValue) (types.Application, error) {
			return s.keeper.applications.Get(ctx, key.K2())
		}, underTopic(req.Role, req.TopicId))
	if err != nil {
		return nil, err
	}
	return &types.QueryApplicationsResponse{Applications: applications, Pagination: page}, nil
}

// ApplicationsOf implements types.QueryServer.
func (s queryServer) ApplicationsOf(ctx context.Context, req *types.QueryApplicationsOfRequest) (*types.QueryApplicationsOfResponse, error) {
	if req == nil {
		return nil, errEmptyRequest
	}
	addr, err := s.account(req.Address, req.Pagination)
	if err != nil {
		return nil, err
	}
	applications, page, err := query.CollectionPaginate(ctx, s.keeper.applications.Indexes.applicant, req.Pagination,
		func(key collections.Pair[[]byte, uint64], _ collections.NoValue) (types.Application, error) {
			return s.keeper.applications.Get(ctx, key.K2())
		}, query.WithCollectionPaginationPairPrefix[[]byte, uint64](addr))
	if err != nil {
		return nil, err
	}
	return &types.QueryApplicationsOfResponse{Applications: applications, Pagination: page}, nil
}

// Registrars implements types.QueryServer.
func (s queryServer) Registrars(ctx context.Context, req *types.QueryRegistrarsRequest) (*types.QueryRegistrarsResponse, error) {
	if req == nil {
		return nil, errEmptyRequest
	}
	if err := checkPage(req.Pagination); err != nil {
		return nil, err
	}
	registrars, page, err := query.CollectionPaginate(ctx, s.keeper.registrars, req.Pagination,
		func(_ []byte, registrar types.Registrar) (types.Registrar, error) { return registrar, nil })
	if err != nil {
		return nil, err
	}
	return &types.QueryRegistrarsResponse{Registrars: registrars, Pagination: page}, nil
}

// History implements types.QueryServer.
func (s queryServer) History(ctx context.Context, req *types.QueryHistoryRequest) (*types.QueryHistoryResponse, error) {
	if req == nil {
		return nil, errEmptyRequest
	}
	key := types.AdmissionKey{Role: req.Role, TopicId: req.TopicId, Address: req.Address}
	if err := key.Validate(); err != nil {
		return nil, err
	}
	addr, err := s.account(req.Address, req.Pagination)
	if err != nil {
		return nil, err
	}
	changes, page, err := query.CollectionPaginate(ctx, s.keeper.history.Indexes.key, req.Pagination,
		func(key collections.Pair[admissionKey, uint64], _ collections.NoValue) (types.Change, error) {
			return s.keeper.history.Get(ctx, key.K2())
		}, query.WithCollectionPaginationPairPrefix[admissionKey, uint64](storeKey(req.Role, req.TopicId, addr)))
	if err != nil {
		return nil, err
	}
	return &types.QueryHistoryResponse{Changes: changes, Pagination: page}, nil
}

// RevokedPower implements types.QueryServer.
func (s queryServer) RevokedPower(ctx context.Context, _ *types.QueryRevokedPowerRequest) (*types.QueryRevokedPowerResponse, error) {
	params, err := s.keeper.params.Get(ctx)
	if err != nil {
		return nil, err
	}
	bonded, err := s.keeper.bonded(ctx)
	if err != nil {
		return nil, err
	}
	total := int64(0)
	for _, member := range bonded {
		total += member.power
	}
	count, err := s.keeper.revokedToday(ctx, total)
	if err != nil {
		return nil, err
	}
	return &types.QueryRevokedPowerResponse{
		Total: count.Total, Revoked: count.Revoked, Left: count.Left(params.MaxRevokedPowerBp), Until: count.Until(),
	}, nil
}

// account reads the address of a list that is about one account.
func (s queryServer) account(address string, page *query.PageRequest) ([]byte, error) {
	if err := checkPage(page); err != nil {
		return nil, err
	}
	addr, err := s.keeper.addressCodec.StringToBytes(address)
	if err != nil {
		return nil, errorsmod.Wrapf(types.ErrInvalidAddress, "%q: %s; give the account's address", address, err)
	}
	return addr, nil
}

// underTopic narrows a page of applications to a role and, unless it is 0, to a topic.
func underTopic(role types.Role, topicID uint64) func(*query.CollectionsPaginateOptions[collections.Pair[topicKey, uint64]]) {
	topic := collections.PairPrefix[uint32, uint64](uint32(role))
	if topicID != 0 || role != types.ROLE_CONTRIBUTOR {
		topic = collections.Join(uint32(role), topicID)
	}
	prefix := collections.PairPrefix[topicKey, uint64](topic)
	return func(o *query.CollectionsPaginateOptions[collections.Pair[topicKey, uint64]]) { o.Prefix = &prefix }
}
