// SPDX-License-Identifier: Apache-2.0

package simulation

import (
	"context"
	"errors"
	"fmt"

	"github.com/cosmos/cosmos-sdk/testutil/simsx"
	sdk "github.com/cosmos/cosmos-sdk/types"
	sdkerrors "github.com/cosmos/cosmos-sdk/types/errors"

	"github.com/weal-network/weal/x/admission/types"
)

// Keeper is what the operations read.
type Keeper interface {
	GetParams(ctx context.Context) (types.Params, error)
	IsAdmitted(ctx context.Context, role types.Role, topicID uint64, addr sdk.AccAddress) (bool, error)
}

// source draws messages.
type source struct {
	keeper Keeper
	query  types.QueryServer
}

// Operations are what accounts send: messages that are taken or refused for what the
// state is, and messages that are never taken.
func Operations(weights simsx.WeightSource, reg simsx.Registry, k Keeper, query types.QueryServer) {
	s := source{keeper: k, query: query}
	reg.Add(weights.Get("admission_admit", 80), may(s.admit, types.ErrAlreadyAdmitted))
	reg.Add(weights.Get("admission_revoke", 20), may(s.revoke, types.ErrNotAdmitted, types.ErrLastValidator, types.ErrRevokedPower))
	reg.Add(weights.Get("admission_apply", 60), may(s.apply, types.ErrAlreadyAdmitted, types.ErrApplicationExists, types.ErrTooManyApplications, sdkerrors.ErrInsufficientFunds))
	reg.Add(weights.Get("admission_withdraw_application", 15), may(s.withdraw))
	reg.Add(weights.Get("admission_reject", 15), may(s.reject))
	reg.Add(weights.Get("admission_resign", 10), may(s.resign, types.ErrLastValidator, types.ErrRevokedPower))

	reg.Add(weights.Get("admission_admit_unasked", 5), must(s.admitUnasked, sdkerrors.ErrUnauthorized))
	reg.Add(weights.Get("admission_revoke_unasked", 5), must(s.revokeUnasked, sdkerrors.ErrUnauthorized))
	reg.Add(weights.Get("admission_params_unasked", 5), must(s.paramsUnasked, sdkerrors.ErrUnauthorized))
	reg.Add(weights.Get("admission_registrar_unasked", 5), must(s.registrarUnasked, sdkerrors.ErrUnauthorized))
	reg.Add(weights.Get("admission_apply_without_words", 5), must(s.applyWithoutWords, types.ErrInvalidStatement))
	reg.Add(weights.Get("admission_withdraw_anothers", 5), must(s.withdrawAnothers, types.ErrNotApplicant))
}

// may makes an operation of a message that may fail with one of some errors.
func may[M sdk.Msg](f simsx.SimMsgFactoryFn[M], with ...error) simsx.SimMsgFactoryX {
	return expecting(f, func(err error) error {
		for _, allowed := range with {
			if errors.Is(err, allowed) {
				return nil
			}
		}
		return err
	})
}

// must makes an operation of a message that has to fail with one error.
func must[M sdk.Msg](f simsx.SimMsgFactoryFn[M], with error) simsx.SimMsgFactoryX {
	return expecting(f, func(err error) error {
		if errors.Is(err, with) {
			return nil
		}
		return fmt.Errorf("expected %w, got: %w", with, err)
	})
}

func expecting[M sdk.Msg](f simsx.SimMsgFactoryFn[M], judge simsx.SimDeliveryResultHandler) simsx.SimMsgFactoryX {
	return simsx.NewSimMsgFactoryWithDeliveryResultHandler(
		func(ctx context.Context, data *simsx.ChainDataSource, reporter simsx.SimulationReporter) ([]simsx.SimAccount, M, simsx.SimDeliveryResultHandler) {
			signers, msg := f(ctx, data, reporter)
			return signers, msg, judge
		})
}
