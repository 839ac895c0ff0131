// SPDX-License-Identifier: Apache-2.0

package keeper

import (
	"context"

	"cosmossdk.io/collections"
	errorsmod "cosmossdk.io/errors"

	"github.com/weal-network/weal/x/emission/types"
	topictypes "github.com/weal-network/weal/x/topic/types"
)

// InitGenesis begins a new chain from the bank's supply, or goes on with what another
// exported. The bank and x/topic must be initialised before it. A state whose money is not
// what the bank holds is refused.
func (k *Keeper) InitGenesis(ctx context.Context, state types.GenesisState) error {
	if err := state.Validate(); err != nil {
		return err
	}
	// Creates the account, so that it exists before the first coin.
	k.account.GetModuleAccount(ctx, types.ModuleName)
	if err := k.initParams(ctx, state); err != nil {
		return err
	}
	if err := k.initIssuance(ctx, &state); err != nil {
		return err
	}
	if err := k.initTopicAccounts(ctx, state.TopicAccounts); err != nil {
		return err
	}
	if err := k.initRewards(ctx, state); err != nil {
		return err
	}
	if err := k.initPayments(ctx, state); err != nil {
		return err
	}
	if err := k.initVoting(ctx, state); err != nil {
		return err
	}
	if err := k.initSponsoring(ctx, state.Sponsoring); err != nil {
		return err
	}
	return k.checkGenesis(ctx)
}

func (k *Keeper) initParams(ctx context.Context, state types.GenesisState) error {
	if err := k.Params.Set(ctx, state.Params); err != nil {
		return err
	}
	if state.PendingParams != nil {
		if err := k.PendingParams.Set(ctx, *state.PendingParams); err != nil {
			return err
		}
	}
	for _, pinned := range state.PinnedParams {
		if err := k.PinnedParams.Set(ctx, pinned.TopicId, pinned); err != nil {
			return err
		}
	}
	return nil
}

// initIssuance starts from the bank's supply on a new chain.
func (k *Keeper) initIssuance(ctx context.Context, state *types.GenesisState) error {
	if state.Issuance != nil {
		return k.Issuance.Set(ctx, *state.Issuance)
	}
	supply, err := k.supply(ctx)
	if err != nil {
		return err
	}
	issuance := types.NewIssuance(supply)
	for i := range state.TopicAccounts {
		topic, err := k.getTopic(ctx, state.TopicAccounts[i].TopicId)
		if err != nil {
			return err
		}
		given := state.TopicAccounts[i]
		account := types.NewTopicAccount(topic.Id, issuance.TopicIndex, topic.Status == topictypes.STATUS_PAUSED)
		account.ShareBp, account.FloorBp, account.Closed = given.ShareBp, given.FloorBp, given.Closed
		state.TopicAccounts[i] = account
	}
	return k.Issuance.Set(ctx, issuance)
}

func (k *Keeper) initTopicAccounts(ctx context.Context, accounts []types.TopicAccount) error {
	var totals types.ShareTotals
	for _, account := range accounts {
		if err := k.checkMayHaveShare(ctx, types.TopicShare{TopicId: account.TopicId, ShareBp: account.ShareBp}); err != nil {
			return err
		}
		totals.Replace(types.TopicAccount{}, account)
		if err := k.TopicAccounts.Set(ctx, account.TopicId, account); err != nil {
			return err
		}
		if err := k.indexHolder(ctx, account); err != nil {
			return err
		}
	}
	return k.setShareTotals(ctx, totals)
}

func (k *Keeper) initRewards(ctx context.Context, state types.GenesisState) error {
	for _, tile := range state.RewardTiles {
		if err := k.storeTile(ctx, tile); err != nil {
			return err
		}
	}
	for _, home := range state.Homes {
		if err := k.Homes.Set(ctx, collections.Join(home.ContributionId, home.TopicId)); err != nil {
			return err
		}
	}
	for _, account := range state.SettledAccounts {
		if err := k.SettledAccounts.Set(ctx, account.ContributionId, account); err != nil {
			return err
		}
	}
	for _, account := range state.HeldAccounts {
		if err := k.HeldAccounts.Set(ctx, account.ContributionId, account); err != nil {
			return err
		}
	}
	for _, account := range state.StewardAccounts {
		steward, err := k.accounts.StringToBytes(account.Steward)
		if err != nil {
			return errorsmod.Wrapf(types.ErrInvalidGenesis, "steward %q: %s", account.Steward, err)
		}
		if err := k.StewardAccounts.Set(ctx, collections.Join(steward, account.TopicId), account); err != nil {
			return err
		}
	}
	return nil
}

func (k *Keeper) initPayments(ctx context.Context, state types.GenesisState) error {
	for _, payment := range state.Payments {
		if err := k.Payments.Set(ctx, collections.Join(payment.TopicId, payment.Epoch), payment); err != nil {
			return err
		}
	}
	for _, paid := range state.PaidEpochs {
		if err := k.PaidEpochs.Set(ctx, paid.TopicId, paid); err != nil {
			return err
		}
	}
	for _, work := range state.PaymentWorks {
		if err := k.PaymentWorks.Set(ctx, work.TopicId, work); err != nil {
			return err
		}
	}
	return nil
}

// checkGenesis refuses a state that the bank contradicts.
func (k *Keeper) checkGenesis(ctx context.Context) error {
	checks, err := k.audit(ctx)
	if err != nil {
		return err
	}
	for _, check := range checks {
		if !check.Ok {
			return errorsmod.Wrapf(types.ErrInvalidGenesis, "%s does not hold: %s", check.Name, check.Detail)
		}
	}
	return nil
}

// ExportGenesis returns everything that the module keeps; what is derived is rebuilt.
func (k *Keeper) ExportGenesis(ctx context.Context) (*types.GenesisState, error) {
	params, err := k.Params.Get(ctx)
	if err != nil {
		return nil, err
	}
	issuance, err := k.Issuance.Get(ctx)
	if err != nil {
		return nil, err
	}
	state := &types.GenesisState{Params: params, Issuance: &issuance}
	if state.PendingParams, err = k.changes().Waiting(ctx); err != nil {
		return nil, err
	}
	if state.PinnedParams, err = values(ctx, k.PinnedParams); err != nil {
		return nil, err
	}
	if state.TopicAccounts, err = values(ctx, k.TopicAccounts); err != nil {
		return nil, err
	}
	if state.RewardTiles, err = values(ctx, k.RewardTiles); err != nil {
		return nil, err
	}
	err = k.Homes.Walk(ctx, nil, func(key collections.Pair[uint64, uint64]) (bool, error) {
		state.Homes = append(state.Homes, types.Home{ContributionId: key.K1(), TopicId: key.K2()})
		return false, nil
	})
	if err != nil {
		return nil, err
	}
	if state.SettledAccounts, err = values(ctx, k.SettledAccounts); err != nil {
		return nil, err
	}
	if state.HeldAccounts, err = values(ctx, k.HeldAccounts); err != nil {
		return nil, err
	}
	if state.StewardAccounts, err = values(ctx, k.StewardAccounts); err != nil {
		return nil, err
	}
	if state.Payments, err = values(ctx, k.Payments); err != nil {
		return nil, err
	}
	if state.PaidEpochs, err = values(ctx, k.PaidEpochs); err != nil {
		return nil, err
	}
	if state.PaymentWorks, err = values(ctx, k.PaymentWorks); err != nil {
		return nil, err
	}
	if err := k.exportVoting(ctx, state); err != nil {
		return nil, err
	}
	state.Sponsoring, err = k.exportSponsoring(ctx)
	return state, err
}

// values are all of a map, in the order of their keys.
func values[K, V any](ctx context.Context, m collections.Map[K, V]) ([]V, error) {
	var all []V
	err := m.Walk(ctx, nil, func(_ K, value V) (bool, error) {
		all = append(all, value)
		return false, nil
	})
	return all, err
}
