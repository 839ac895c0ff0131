// SPDX-License-Identifier: Apache-2.0

package keeper

import (
	"context"

	errorsmod "cosmossdk.io/errors"

	"github.com/weal-network/weal/x/topic/types"
)

// takeDeposit moves a topic's deposit from its creator to the module's account.
func (k *Keeper) takeDeposit(ctx context.Context, topic types.Topic) error {
	if topic.Deposit == 0 {
		return nil
	}
	creator, err := k.addressCodec.StringToBytes(topic.Creator)
	if err != nil {
		return err
	}
	if err := k.bank.SendCoinsFromAccountToModule(ctx, creator, types.ModuleName, types.Coins(topic.Deposit)); err != nil {
		return errorsmod.Wrapf(types.ErrDeposit, "%d uweal are held while the topic lives, and given back when it is retired: %s", topic.Deposit, err)
	}
	return nil
}

// returnDeposit gives a topic's creator back what it left.
func (k *Keeper) returnDeposit(ctx context.Context, topic types.Topic) error {
	if topic.Deposit == 0 {
		return nil
	}
	creator, err := k.addressCodec.StringToBytes(topic.Creator)
	if err != nil {
		return err
	}
	return k.bank.SendCoinsFromModuleToAccount(ctx, types.ModuleName, creator, types.Coins(topic.Deposit))
}

// checkDeposits refuses a genesis in which the module's account does not hold what the
// topics' creators are owed. The account takes no coins but deposits.
func (k *Keeper) checkDeposits(ctx context.Context, g *types.GenesisState) error {
	// Creates the account, so that it exists before the first coin.
	k.account.GetModuleAccount(ctx, types.ModuleName)
	held := k.bank.GetBalance(ctx, k.account.GetModuleAddress(types.ModuleName), types.Denom)
	if owed := types.Coins(g.Deposits()); !owed.AmountOf(types.Denom).Equal(held.Amount) {
		return errorsmod.Wrapf(types.ErrInvalidGenesis, "the module's account holds %s and the topics' deposits are %q: make them equal", held, owed)
	}
	return nil
}
