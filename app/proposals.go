// SPDX-License-Identifier: Apache-2.0

package app

import (
	"context"

	"cosmossdk.io/collections"
	errorsmod "cosmossdk.io/errors"

	sdk "github.com/cosmos/cosmos-sdk/types"
	"github.com/cosmos/cosmos-sdk/x/authz"
	govtypes "github.com/cosmos/cosmos-sdk/x/gov/types"
	govv1 "github.com/cosmos/cosmos-sdk/x/gov/types/v1"

	"github.com/weal-network/weal/app/limits"
)

// refusedInProposals lists the messages that no proposal may carry, with what to use
// instead.
var refusedInProposals = []struct {
	typeURL string
	instead string
}{
	{
		typeURL: sdk.MsgTypeURL(&govv1.MsgExecLegacyContent{}),
		instead: "legacy content runs outside the message router, where its authority is not checked: submit the messages themselves, or, for a text to vote on, none but metadata",
	},
}

// proposalGuard refuses proposals by what they carry. It is a gov hook, which runs inside
// the submitting transaction whatever way the message came: by a transaction, through
// authz, or from another proposal.
type proposalGuard struct {
	proposals collections.Map[uint64, govv1.Proposal]
	// limits is what no message may pass when it is carried out. A proposal is held
	// against it before people look at it, by the parameters as they are.
	limits limits.Limits
}

var _ govtypes.GovHooks = proposalGuard{}

// AfterProposalSubmission fails the submission if the proposal carries, directly or
// inside an authz execution, a message of refusedInProposals or one beyond the limits.
func (g proposalGuard) AfterProposalSubmission(ctx context.Context, id uint64, _ sdk.AccAddress) error {
	proposal, err := g.proposals.Get(ctx, id)
	if err != nil {
		return errorsmod.Wrapf(err, "proposal %d", id)
	}
	messages, err := proposal.GetMsgs()
	if err != nil {
		return errorsmod.Wrapf(err, "messages of proposal %d", id)
	}
	return g.check(ctx, messages)
}

// check walks the messages and those nested in authz executions. The depth is bounded by
// the codec, which refuses deeply nested messages.
func (g proposalGuard) check(ctx context.Context, messages []sdk.Msg) error {
	for _, message := range messages {
		typeURL := sdk.MsgTypeURL(message)
		for _, refused := range refusedInProposals {
			if refused.typeURL == typeURL {
				return errorsmod.Wrapf(govtypes.ErrInvalidProposalMsg, "%s is not allowed in a proposal: %s", typeURL, refused.instead)
			}
		}
		if err := g.limits.Check(ctx, message); err != nil {
			return err
		}
		exec, ok := message.(*authz.MsgExec)
		if !ok {
			continue
		}
		nested, err := exec.GetMessages()
		if err != nil {
			return errorsmod.Wrap(govtypes.ErrInvalidProposalMsg, err.Error())
		}
		if err := g.check(ctx, nested); err != nil {
			return err
		}
	}
	return nil
}

// AfterProposalDeposit does nothing.
func (proposalGuard) AfterProposalDeposit(context.Context, uint64, sdk.AccAddress) error { return nil }

// AfterProposalVote does nothing.
func (proposalGuard) AfterProposalVote(context.Context, uint64, sdk.AccAddress) error { return nil }

// AfterProposalFailedMinDeposit does nothing.
func (proposalGuard) AfterProposalFailedMinDeposit(context.Context, uint64) error { return nil }

// AfterProposalVotingPeriodEnded does nothing.
func (proposalGuard) AfterProposalVotingPeriodEnded(context.Context, uint64) error { return nil }
