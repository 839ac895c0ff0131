// SPDX-License-Identifier: Apache-2.0

package keeper

import (
	"context"

	errorsmod "cosmossdk.io/errors"

	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/weal-network/weal/x/contribution/types"
	topictypes "github.com/weal-network/weal/x/topic/types"
)

// checkPrice returns what a commit costs now, if that is at most max. A sandbox
// costs nothing.
func checkPrice(ctx context.Context, topic topictypes.Topic, state types.TopicState, highest uint64) (uint64, error) {
	if topic.Sandbox {
		return 0, nil
	}
	now := nowMs(ctx)
	price := state.Level(topic.Pricing, now).Price()
	if price <= highest {
		return price, nil
	}
	wait, ok := state.SecondsUntil(topic.Pricing, now, highest)
	if !ok {
		return 0, errorsmod.Wrapf(types.ErrPriceTooHigh, "a commit to topic %d costs %d%s, above max_price %d, and never less than %d: raise max_price",
			topic.Id, price, types.Denom, highest, topic.Pricing.BasePrice)
	}
	half, _ := state.SecondsUntil(topic.Pricing, now, max(price/2, topic.Pricing.BasePrice))
	return 0, errorsmod.Wrapf(types.ErrPriceTooHigh, "a commit to topic %d costs %d%s, above max_price %d: without further commits it is at most that in %d seconds, and has halved, or is at its base of %d, in %d; wait, or raise max_price",
		topic.Id, price, types.Denom, highest, wait, topic.Pricing.BasePrice, half)
}

// payPrice burns the price of a commit. What is burnt can be issued again, to all.
func (k Keeper) payPrice(ctx context.Context, contributor string, price uint64) error {
	if price == 0 {
		return nil
	}
	if err := k.take(ctx, contributor, price, "the commit's price"); err != nil {
		return err
	}
	return k.bank.BurnCoins(ctx, types.ModuleName, types.Coins(price))
}

// take moves coins from an account to the module's.
func (k Keeper) take(ctx context.Context, from string, amount uint64, what string) error {
	addr, err := k.addressCodec.StringToBytes(from)
	if err != nil {
		return err
	}
	if err := k.bank.SendCoinsFromAccountToModule(ctx, addr, types.ModuleName, types.Coins(amount)); err != nil {
		return errorsmod.Wrapf(types.ErrCannotPay, "%s needs %d%s for %s: %s; fund the account and send it again", from, amount, types.Denom, what, err)
	}
	return nil
}

// nowMs is the block's time, in milliseconds since 1970.
func nowMs(ctx context.Context) int64 { return sdk.UnwrapSDKContext(ctx).BlockTime().UnixMilli() }

// bondOf is what a reveal in a topic costs now.
func bondOf(topic topictypes.Topic) uint64 {
	if topic.Sandbox {
		return 0
	}
	return topic.Pricing.Bond
}
