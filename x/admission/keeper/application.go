// SPDX-License-Identifier: Apache-2.0

package keeper

import (
	"context"
	"errors"
	"time"

	"cosmossdk.io/collections"
	errorsmod "cosmossdk.io/errors"

	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/weal-network/weal/x/admission/types"
)

// apply stores an application and takes its deposit.
func (k *Keeper) apply(ctx context.Context, m *types.MsgApply) (uint64, error) {
	key, err := k.accounts().key(m.Key())
	if err != nil {
		return 0, err
	}
	params, err := k.params.Get(ctx)
	if err != nil {
		return 0, err
	}
	if err := k.mayApply(ctx, m.Key(), key); err != nil {
		return 0, err
	}
	if err := k.takePlace(ctx, key.K3(), params); err != nil {
		return 0, err
	}
	id, err := k.applicationID.Next(ctx)
	if err != nil {
		return 0, err
	}
	application := types.NewApplication(id, *m, params, blockTime(ctx))
	if err := k.applications.Set(ctx, id, application); err != nil {
		return 0, err
	}
	if err := k.bank.SendCoinsFromAccountToModule(ctx, key.K3(), types.ModuleName, types.Coins(application.Deposit)); err != nil {
		return 0, errorsmod.Wrapf(err, "an application holds a deposit of %d%s, which comes back when it is closed", application.Deposit, types.Denom)
	}
	return id, emit(ctx, &types.EventApplied{Application: application})
}

// mayApply refuses an application for what the account has, or has applied for. An
// admission with an end leaves room to apply for the time behind it.
func (k *Keeper) mayApply(ctx context.Context, key types.AdmissionKey, stored admissionKey) error {
	admission, found, err := k.find(ctx, stored)
	if err != nil {
		return err
	}
	if found && admission.ExpiresAt == nil {
		return errorsmod.Wrapf(types.ErrAlreadyAdmitted, "%s is admitted as %s without an end: there is nothing to apply for", key.Address, describe(key))
	}
	id, err := k.applications.Indexes.key.MatchExact(ctx, stored)
	if errors.Is(err, collections.ErrNotFound) {
		return nil
	}
	if err != nil {
		return err
	}
	return errorsmod.Wrapf(types.ErrApplicationExists, "%s has application %d open for %s: wait for the decision, or withdraw it first", key.Address, id, describe(key))
}

// takePlace counts one more application, of an account and of all. The bound on an
// account bounds the walk.
func (k *Keeper) takePlace(ctx context.Context, applicant []byte, params types.Params) error {
	own := uint32(0)
	err := k.applications.Indexes.applicant.Walk(ctx, collections.NewPrefixedPairRange[[]byte, uint64](applicant), func([]byte, uint64) (bool, error) {
		own++
		return own >= params.MaxApplicationsPerAccount, nil
	})
	if err != nil {
		return err
	}
	if own >= params.MaxApplicationsPerAccount {
		return errorsmod.Wrapf(types.ErrTooManyApplications, "the account has %d open, as many as it may: withdraw one first", own)
	}
	open, err := k.countApplications(ctx)
	if err != nil {
		return err
	}
	if open >= uint64(params.MaxApplications) {
		return errorsmod.Wrapf(types.ErrTooManyApplications, "%d are open, as many as there may be: try again when one is closed", open)
	}
	return k.openApplications.Set(ctx, open+1)
}

// withdraw closes an application for its applicant.
func (k *Keeper) withdraw(ctx context.Context, m *types.MsgWithdrawApplication) error {
	application, err := k.application(ctx, m.ApplicationId)
	if err != nil {
		return err
	}
	if application.Key.Address != m.Applicant {
		return errorsmod.Wrapf(types.ErrNotApplicant, "application %d is of %s: sign with its key", application.Id, application.Key.Address)
	}
	return k.closeApplication(ctx, application, types.OUTCOME_WITHDRAWN, "")
}

// reject closes a batch of applications.
func (k *Keeper) reject(ctx context.Context, applications []types.Application, reason string) error {
	for _, application := range applications {
		if err := k.closeApplication(ctx, application, types.OUTCOME_REJECTED, reason); err != nil {
			return err
		}
	}
	return nil
}

// settle closes the application for an admission that was granted, if there is one.
func (k *Keeper) settle(ctx context.Context, key admissionKey, reason string) error {
	id, err := k.applications.Indexes.key.MatchExact(ctx, key)
	if errors.Is(err, collections.ErrNotFound) {
		return nil
	}
	if err != nil {
		return err
	}
	application, err := k.applications.Get(ctx, id)
	if err != nil {
		return err
	}
	return k.closeApplication(ctx, application, types.OUTCOME_ADMITTED, reason)
}

// closeApplication removes an application and gives the deposit back.
func (k *Keeper) closeApplication(ctx context.Context, application types.Application, outcome types.Outcome, reason string) error {
	applicant, err := k.addressCodec.StringToBytes(application.Key.Address)
	if err != nil {
		return err
	}
	if err := k.applications.Remove(ctx, application.Id); err != nil {
		return err
	}
	open, err := k.countApplications(ctx)
	if err != nil {
		return err
	}
	if err := k.openApplications.Set(ctx, open-1); err != nil {
		return err
	}
	if err := k.bank.SendCoinsFromModuleToAccount(ctx, types.ModuleName, applicant, types.Coins(application.Deposit)); err != nil {
		return err
	}
	return emit(ctx, &types.EventApplicationClosed{
		Id: application.Id, Key: application.Key, Outcome: outcome, Deposit: application.Deposit, ReasonUri: reason,
	})
}

// expireApplications closes up to MaxExpiries applications about which nobody decided. A
// deposit that cannot be given back is tried again a day later.
func (k *Keeper) expireApplications(ctx context.Context) error {
	var due []uint64
	over := collections.NewPrefixUntilPairRange[time.Time, uint64](blockTime(ctx))
	err := k.applications.Indexes.due.Walk(ctx, over, func(_ time.Time, id uint64) (bool, error) {
		due = append(due, id)
		return len(due) == types.MaxExpiries, nil
	})
	if err != nil {
		return err
	}
	for _, id := range due {
		application, err := k.applications.Get(ctx, id)
		if err != nil {
			return err
		}
		branch, write := sdk.UnwrapSDKContext(ctx).CacheContext()
		cause := k.closeApplication(branch, application, types.OUTCOME_EXPIRED, "")
		if cause == nil {
			write()
			continue
		}
		application.ExpiresAt = blockTime(ctx).Add(retryAfter)
		if err := k.applications.Set(ctx, id, application); err != nil {
			return err
		}
		if err := emit(ctx, &types.EventExpiryDeferred{Key: application.Key, Until: application.ExpiresAt, Why: cause.Error()}); err != nil {
			return err
		}
	}
	return nil
}

// application returns an open application, or ErrApplicationNotFound.
func (k *Keeper) application(ctx context.Context, id uint64) (types.Application, error) {
	application, err := k.applications.Get(ctx, id)
	if errors.Is(err, collections.ErrNotFound) {
		return application, errorsmod.Wrapf(types.ErrApplicationNotFound, "%d: it never was, or is closed; the query applications lists those that are open", id)
	}
	return application, err
}

func (k *Keeper) countApplications(ctx context.Context) (uint64, error) {
	open, err := k.openApplications.Get(ctx)
	if errors.Is(err, collections.ErrNotFound) {
		return 0, nil
	}
	return open, err
}
