// SPDX-License-Identifier: Apache-2.0

package simulation

import (
	"context"
	"errors"
	"fmt"

	"github.com/cosmos/cosmos-sdk/testutil/simsx"
	sdk "github.com/cosmos/cosmos-sdk/types"
	sdkerrors "github.com/cosmos/cosmos-sdk/types/errors"

	"github.com/weal-network/weal/x/contribution/types"
	topictypes "github.com/weal-network/weal/x/topic/types"
)

// source draws messages from what is there.
type source struct {
	query types.QueryServer
}

// Operations are what accounts send: messages that are taken or refused for what the
// state is, and messages that are never taken.
func Operations(weights simsx.WeightSource, reg simsx.Registry, query types.QueryServer) {
	s := source{query: query}
	reg.Add(weights.Get("contribution_commit", 100), may(s.commit,
		topictypes.ErrTopicNotFound, types.ErrTopicNotActive, types.ErrNotAdmitted, types.ErrTooManyPending, types.ErrTopicFull, types.ErrPriceTooHigh, types.ErrCannotPay))
	reg.Add(weights.Get("contribution_reveal", 100), may(s.reveal,
		types.ErrContributionNotFound, types.ErrNotCommitted, types.ErrRevealTooEarly, types.ErrRevealTooLate, types.ErrDigestOwned, types.ErrTopicNotActive,
		types.ErrInvalidArtifact, types.ErrInvalidVersion, types.ErrInvalidParents, types.ErrCannotPay))
	reg.Add(weights.Get("contribution_withdraw", 20), may(s.withdraw, types.ErrContributionNotFound, types.ErrNotWithdrawable))
	reg.Add(weights.Get("contribution_update", 30), may(s.update, types.ErrContributionNotFound, types.ErrWrongStatus, types.ErrSplitStands))
	reg.Add(weights.Get("contribution_set_split", 30), may(s.setSplit, types.ErrContributionNotFound, types.ErrWrongStatus))
	reg.Add(weights.Get("contribution_guard", 40), may(s.guard,
		types.ErrContributionNotFound, types.ErrNotGuardian, types.ErrWrongStatus, types.ErrGuardBound, types.ErrGuardCooldown))
	reg.Add(weights.Get("contribution_guardian_pause", 10), may(s.pause,
		topictypes.ErrTopicNotFound, topictypes.ErrRetired, topictypes.ErrNotPaid, topictypes.ErrAlreadyPaused, topictypes.ErrGuardCooldown, types.ErrNotGuardian, types.ErrGuardBound))

	reg.Add(weights.Get("contribution_commit_for_nothing", 5), must(s.commitForNothing, types.ErrInvalidHash))
	reg.Add(weights.Get("contribution_reveal_anothers", 5), must(s.revealAnothers, types.ErrNotContributor))
	reg.Add(weights.Get("contribution_withdraw_anothers", 5), must(s.withdrawAnothers, types.ErrNotContributor))
	reg.Add(weights.Get("contribution_update_nothing", 5), must(s.updateNothing, types.ErrNothingToUpdate))
	reg.Add(weights.Get("contribution_split_too_much", 5), must(s.splitTooMuch, types.ErrInvalidSplit))
	reg.Add(weights.Get("contribution_endorse_unasked", 5), must(s.endorseUnasked, sdkerrors.ErrUnauthorized))
	reg.Add(weights.Get("contribution_quarantine_unasked", 5), must(s.quarantineUnasked, sdkerrors.ErrUnauthorized))
	reg.Add(weights.Get("contribution_release_unasked", 5), must(s.releaseUnasked, sdkerrors.ErrUnauthorized))
	reg.Add(weights.Get("contribution_remove_unasked", 5), must(s.removeUnasked, sdkerrors.ErrUnauthorized))
	reg.Add(weights.Get("contribution_guardians_unasked", 5), must(s.guardiansUnasked, sdkerrors.ErrUnauthorized))
	reg.Add(weights.Get("contribution_params_unasked", 5), must(s.paramsUnasked, sdkerrors.ErrUnauthorized))
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
