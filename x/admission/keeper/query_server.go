// SPDX-License-Identifier: Apache-2.0

package keeper

import (
	"context"

	"cosmossdk.io/collections"
	errorsmod "cosmossdk.io/errors"

	"github.com/cosmos/cosmos-sdk/types/query"

	"github.com/weal-network/weal/x/admission/types"
)

// maxPage is the most entries that one page of an answer holds.
const maxPage = 1000

var errEmptyRequest = errorsmod.Wrap(types.ErrInvalidRequest, "the request is empty")

type queryServer struct {
	keeper *Keeper
}

var _ types.QueryServer = queryServer{}

// NewQueryServer returns the server of the module's queries.
func NewQueryServer(keeper *Keeper) types.QueryServer {
	return queryServer{keeper: keeper}
}

// Params implements types.QueryServer.
func (s queryServer) Params(ctx context.Context, _ *types.QueryParamsRequest) (*types.QueryParamsResponse, error) {
	params, err := s.keeper.GetParams(ctx)
	if err != nil {
		return nil, err
	}
	return &types.QueryParamsResponse{Params: params}, nil
}

// Admission implements types.QueryServer. An account that is not admitted is an answer;
// a key that nobody could be admitted under is an error.
func (s queryServer) Admission(ctx context.Context, req *types.QueryAdmissionRequest) (*types.QueryAdmissionResponse, error) {
	if req == nil {
		return nil, errEmptyRequest
	}
	key := types.AdmissionKey{Role: req.Role, TopicId: req.TopicId, Address: req.Address}
	if err := key.Validate(); err != nil {
		return nil, err
	}
	addr, err := s.keeper.addressCodec.StringToBytes(req.Address)
	if err != nil {
		return nil, err
	}
	admission, found, err := s.keeper.find(ctx, storeKey(req.Role, req.TopicId, addr))
	if err != nil {
		return nil, err
	}
	if !found || !admission.HoldsAt(blockTime(ctx)) {
		return &types.QueryAdmissionResponse{}, nil
	}
	return &types.QueryAdmissionResponse{Admitted: true, Admission: &admission}, nil
}

// Admissions implements types.QueryServer.
func (s queryServer) Admissions(ctx context.Context, req *types.QueryAdmissionsRequest) (*types.QueryAdmissionsResponse, error) {
	if req == nil {
		return nil, errEmptyRequest
	}
	if err := checkList(req.Role, req.TopicId, req.Pagination); err != nil {
		return nil, err
	}
	admissions, page, err := query.CollectionPaginate(ctx, s.keeper.admissions, req.Pagination,
		func(_ admissionKey, admission types.Admission) (types.Admission, error) { return admission, nil },
		under(req.Role, req.TopicId))
	if err != nil {
		return nil, err
	}
	return &types.QueryAdmissionsResponse{Admissions: admissions, Pagination: page}, nil
}

// under narrows a page to a role and, unless it is 0, to a topic.
func under(role types.Role, topicID uint64) func(*query.CollectionsPaginateOptions[admissionKey]) {
	prefix := collections.TriplePrefix[uint32, uint64, []byte](uint32(role))
	if topicID != 0 {
		prefix = collections.TripleSuperPrefix[uint32, uint64, []byte](uint32(role), topicID)
	}
	return func(o *query.CollectionsPaginateOptions[admissionKey]) { o.Prefix = &prefix }
}

// checkList refuses a role that there is not, a topic that it has not, and a page that is
// too long.
func checkList(role types.Role, topicID uint64, page *query.PageRequest) error {
	if err := role.Validate(); err != nil {
		return err
	}
	if topicID != 0 && role != types.ROLE_CONTRIBUTOR {
		return errorsmod.Wrapf(types.ErrInvalidTopic, "%s of topic %d: only %s is for one topic, leave topic_id out", role, topicID, types.ROLE_CONTRIBUTOR)
	}
	return checkPage(page)
}

// checkPage refuses a page that is longer than maxPage: a shorter answer than was asked
// for would look like the end of the list.
func checkPage(page *query.PageRequest) error {
	if page == nil {
		return nil
	}
	if page.Limit > maxPage {
		return errorsmod.Wrapf(types.ErrInvalidRequest, "a page of %d, expected at most %d: ask for the next page by pagination.key", page.Limit, maxPage)
	}
	if page.Offset > 0 && len(page.Key) > 0 {
		return errorsmod.Wrap(types.ErrInvalidRequest, "pagination has an offset and a key: give one of them")
	}
	return nil
}
