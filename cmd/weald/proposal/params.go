// SPDX-License-Identifier: Apache-2.0

package proposal

import (
	"context"
	"fmt"
	"strings"

	"github.com/cosmos/gogoproto/grpc"

	sdk "github.com/cosmos/cosmos-sdk/types"
	authtypes "github.com/cosmos/cosmos-sdk/x/auth/types"
	banktypes "github.com/cosmos/cosmos-sdk/x/bank/types"
	consensustypes "github.com/cosmos/cosmos-sdk/x/consensus/types"
	distrtypes "github.com/cosmos/cosmos-sdk/x/distribution/types"
	govv1 "github.com/cosmos/cosmos-sdk/x/gov/types/v1"
	slashingtypes "github.com/cosmos/cosmos-sdk/x/slashing/types"
	stakingtypes "github.com/cosmos/cosmos-sdk/x/staking/types"
	transfertypes "github.com/cosmos/ibc-go/v11/modules/apps/transfer/types"
	clienttypes "github.com/cosmos/ibc-go/v11/modules/core/02-client/types"
	connectiontypes "github.com/cosmos/ibc-go/v11/modules/core/03-connection/types"

	"github.com/weal-network/weal/app"
	"github.com/weal-network/weal/app/limits"
	admissiontypes "github.com/weal-network/weal/x/admission/types"
	contributiontypes "github.com/weal-network/weal/x/contribution/types"
	emissiontypes "github.com/weal-network/weal/x/emission/types"
	merittypes "github.com/weal-network/weal/x/merit/types"
	scoringtypes "github.com/weal-network/weal/x/scoring/types"
	topictypes "github.com/weal-network/weal/x/topic/types"
)

// current reads the parameters of a module, as the message that leaves them as they are.
type current struct {
	module string
	read   func(context.Context, grpc.ClientConn) (sdk.Msg, error)
}

// updates lists the modules whose parameters can be changed, by name. A message replaces all
// parameters, so a draft begins with those that stand, or with those that wait to take their place.
var updates = []current{
	{"admission", func(ctx context.Context, node grpc.ClientConn) (sdk.Msg, error) {
		res, err := admissiontypes.NewQueryClient(node).Params(ctx, &admissiontypes.QueryParamsRequest{})
		return &admissiontypes.MsgUpdateParams{Authority: app.Authority(), Params: res.GetParams()}, err
	}},
	{"auth", func(ctx context.Context, node grpc.ClientConn) (sdk.Msg, error) {
		res, err := authtypes.NewQueryClient(node).Params(ctx, &authtypes.QueryParamsRequest{})
		return &authtypes.MsgUpdateParams{Authority: app.Authority(), Params: res.GetParams()}, err
	}},
	{"bank", func(ctx context.Context, node grpc.ClientConn) (sdk.Msg, error) {
		res, err := banktypes.NewQueryClient(node).Params(ctx, &banktypes.QueryParamsRequest{})
		return &banktypes.MsgUpdateParams{Authority: app.Authority(), Params: res.GetParams()}, err
	}},
	{"consensus", func(ctx context.Context, node grpc.ClientConn) (sdk.Msg, error) {
		res, err := consensustypes.NewQueryClient(node).Params(ctx, &consensustypes.QueryParamsRequest{})
		p := res.GetParams()
		return &consensustypes.MsgUpdateParams{Authority: app.Authority(), Block: p.GetBlock(), Evidence: p.GetEvidence(), Validator: p.GetValidator(), Abci: p.GetAbci()}, err
	}},
	{"contribution", func(ctx context.Context, node grpc.ClientConn) (sdk.Msg, error) {
		res, err := contributiontypes.NewQueryClient(node).Params(ctx, &contributiontypes.QueryParamsRequest{})
		return &contributiontypes.MsgUpdateParams{Authority: app.Authority(), Params: res.GetParams()}, err
	}},
	{"distribution", func(ctx context.Context, node grpc.ClientConn) (sdk.Msg, error) {
		res, err := distrtypes.NewQueryClient(node).Params(ctx, &distrtypes.QueryParamsRequest{})
		return &distrtypes.MsgUpdateParams{Authority: app.Authority(), Params: res.GetParams()}, err
	}},
	{"emission", func(ctx context.Context, node grpc.ClientConn) (sdk.Msg, error) {
		queries := emissiontypes.NewQueryClient(node)
		coming, err := queries.PendingParams(ctx, &emissiontypes.QueryPendingParamsRequest{})
		if err != nil || coming.Pending != nil {
			return &emissiontypes.MsgUpdateParams{Authority: app.Authority(), Params: coming.GetPending().GetParams()}, err
		}
		res, err := queries.Params(ctx, &emissiontypes.QueryParamsRequest{})
		return &emissiontypes.MsgUpdateParams{Authority: app.Authority(), Params: res.GetParams()}, err
	}},
	{"gov", func(ctx context.Context, node grpc.ClientConn) (sdk.Msg, error) {
		params, err := GovParams(ctx, node)
		return &govv1.MsgUpdateParams{Authority: app.Authority(), Params: params}, err
	}},
	{limits.ClientModule, func(ctx context.Context, node grpc.ClientConn) (sdk.Msg, error) {
		res, err := clienttypes.NewQueryClient(node).ClientParams(ctx, &clienttypes.QueryClientParamsRequest{})
		if err != nil {
			return nil, err
		}
		return &clienttypes.MsgUpdateParams{Signer: app.Authority(), Params: *res.Params}, nil
	}},
	{limits.ConnectionModule, func(ctx context.Context, node grpc.ClientConn) (sdk.Msg, error) {
		res, err := connectiontypes.NewQueryClient(node).ConnectionParams(ctx, &connectiontypes.QueryConnectionParamsRequest{})
		if err != nil {
			return nil, err
		}
		return &connectiontypes.MsgUpdateParams{Signer: app.Authority(), Params: *res.Params}, nil
	}},
	{"merit", func(ctx context.Context, node grpc.ClientConn) (sdk.Msg, error) {
		res, err := merittypes.NewQueryClient(node).Params(ctx, &merittypes.QueryParamsRequest{})
		return &merittypes.MsgUpdateParams{Authority: app.Authority(), Params: res.GetParams()}, err
	}},
	{"scoring", func(ctx context.Context, node grpc.ClientConn) (sdk.Msg, error) {
		queries := scoringtypes.NewQueryClient(node)
		coming, err := queries.PendingParams(ctx, &scoringtypes.QueryPendingParamsRequest{})
		if err != nil || coming.Pending != nil {
			return &scoringtypes.MsgUpdateParams{Authority: app.Authority(), Params: coming.GetPending().GetParams()}, err
		}
		res, err := queries.Params(ctx, &scoringtypes.QueryParamsRequest{})
		return &scoringtypes.MsgUpdateParams{Authority: app.Authority(), Params: res.GetParams()}, err
	}},
	{"slashing", func(ctx context.Context, node grpc.ClientConn) (sdk.Msg, error) {
		res, err := slashingtypes.NewQueryClient(node).Params(ctx, &slashingtypes.QueryParamsRequest{})
		return &slashingtypes.MsgUpdateParams{Authority: app.Authority(), Params: res.GetParams()}, err
	}},
	{"staking", func(ctx context.Context, node grpc.ClientConn) (sdk.Msg, error) {
		res, err := stakingtypes.NewQueryClient(node).Params(ctx, &stakingtypes.QueryParamsRequest{})
		return &stakingtypes.MsgUpdateParams{Authority: app.Authority(), Params: res.GetParams()}, err
	}},
	{"topic", func(ctx context.Context, node grpc.ClientConn) (sdk.Msg, error) {
		res, err := topictypes.NewQueryClient(node).Params(ctx, &topictypes.QueryParamsRequest{})
		return &topictypes.MsgUpdateParams{Authority: app.Authority(), Params: res.GetParams()}, err
	}},
	{transfertypes.ModuleName, func(ctx context.Context, node grpc.ClientConn) (sdk.Msg, error) {
		res, err := transfertypes.NewQueryClient(node).Params(ctx, &transfertypes.QueryParamsRequest{})
		if err != nil {
			return nil, err
		}
		return &transfertypes.MsgUpdateParams{Signer: app.Authority(), Params: *res.Params}, nil
	}},
}

// params holds a module's parameters as they are, to be edited.
func params(ctx context.Context, node grpc.ClientConn, o Options) ([]sdk.Msg, error) {
	names := make([]string, len(updates))
	for i, u := range updates {
		if names[i] = u.module; u.module != o.Module {
			continue
		}
		message, err := u.read(ctx, node)
		if err != nil {
			return nil, err
		}
		return one(message)
	}
	return nil, fmt.Errorf("--module %q: choose among %s", o.Module, strings.Join(names, ", "))
}

// GovParams reads the parameters of governance.
func GovParams(ctx context.Context, node grpc.ClientConn) (govv1.Params, error) {
	res, err := govv1.NewQueryClient(node).Params(ctx, &govv1.QueryParamsRequest{})
	if err != nil {
		return govv1.Params{}, err
	}
	return *res.Params, nil
}
