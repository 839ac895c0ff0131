// SPDX-License-Identifier: Apache-2.0

package keeper

import (
	"context"

	"cosmossdk.io/collections"

	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/weal-network/weal/pkg/split"
	contributiontypes "github.com/weal-network/weal/x/contribution/types"
	"github.com/weal-network/weal/x/merit/types"
)

// enqueue has the rewards of a paid epoch recorded at the end of this block and the next ones.
func (k *Keeper) enqueue(ctx context.Context, topicID, epoch uint64) error {
	id, err := k.NextRecording.Get(ctx)
	if err != nil {
		return err
	}
	if err := k.NextRecording.Set(ctx, id+1); err != nil {
		return err
	}
	return k.Recordings.Set(ctx, id, types.Recording{Id: id, TopicId: topicID, Epoch: epoch})
}

// recordSome records the next rewards of those that wait, until so many accounts have had their part. An epoch that cannot be recorded leaves the queue
// with an event, so that it holds up none behind it.
func (k *Keeper) recordSome(ctx context.Context, limit int) error {
	for limit > 0 {
		recording, found, err := k.nextRecording(ctx)
		if err != nil || !found {
			return err
		}
		branch, write := sdk.UnwrapSDKContext(ctx).CacheContext()
		done, cause := k.record(branch, recording, limit)
		if cause == nil {
			write()
			limit -= done
			continue
		}
		if err := k.Recordings.Remove(ctx, recording.Id); err != nil {
			return err
		}
		if err := emit(ctx, &types.EventMeritRecordingFailed{TopicId: recording.TopicId, Epoch: recording.Epoch, Reason: cause.Error()}); err != nil {
			return err
		}
		limit--
	}
	return nil
}

// nextRecording is the one that has waited longest; false for none.
func (k *Keeper) nextRecording(ctx context.Context) (recording types.Recording, found bool, err error) {
	err = k.Recordings.Walk(ctx, nil, func(_ uint64, r types.Recording) (bool, error) {
		recording, found = r, true
		return true, nil
	})
	return recording, found, err
}

// record makes merit of an epoch's next rewards until the limit is reached, and returns how much of it that takes: one for each account, one for a
// reward that is nobody's, and one for an epoch that is whole. The team of the last reward may pass the limit by 15.
func (k *Keeper) record(ctx context.Context, r types.Recording, limit int) (done int, err error) {
	book, err := k.openLedger(ctx)
	if err != nil {
		return 0, err
	}
	whole := true
	err = k.emission.EpochRewards(ctx, r.TopicId, r.Epoch, r.From, func(id, amount uint64) (bool, error) {
		if done >= limit {
			whole = false
			return true, nil
		}
		r.From = id + 1
		earned, err := k.earn(ctx, book, id, amount)
		done += max(earned, 1)
		if earned > 0 {
			r.Amount += amount
			r.Contributions++
		}
		return false, err
	})
	if err != nil {
		return 0, err
	}
	if err := book.close(ctx); err != nil {
		return 0, err
	}
	if !whole {
		return done, k.Recordings.Set(ctx, r.Id, r)
	}
	if err := k.Recordings.Remove(ctx, r.Id); err != nil {
		return 0, err
	}
	return done + 1, emit(ctx, &types.EventMeritRecorded{TopicId: r.TopicId, Epoch: r.Epoch, Amount: r.Amount, Contributions: r.Contributions})
}

// earn gives the payees of a contribution merit for a reward, as a claim would share it, and returns how many had a part. A removed one
// gives none.
func (k *Keeper) earn(ctx context.Context, book *ledger, id, amount uint64) (earned int, err error) {
	if amount == 0 {
		return 0, nil
	}
	contribution, err := k.contribution.GetContribution(ctx, id)
	if err != nil || contribution.Status == contributiontypes.STATUS_REMOVED {
		return 0, err
	}
	payees := contribution.Payees()
	shares := make([]uint32, len(payees))
	for i, payee := range payees {
		shares[i] = payee.ShareBp
	}
	for i, part := range split.BasisPoints(amount, shares...) {
		if part == 0 {
			continue
		}
		if err := book.earn(ctx, id, payees[i].Address, part); err != nil {
			return 0, err
		}
		earned++
	}
	return earned, nil
}

// loseSome goes on with what removed contributions gave, at most so many accounts, and returns how many it did.
func (k *Keeper) loseSome(ctx context.Context, limit int) (done int, err error) {
	for done < limit {
		id, found, err := k.nextLosing(ctx)
		if err != nil || !found {
			return done, err
		}
		some, err := k.lose(ctx, id, limit-done)
		if err != nil {
			return done, err
		}
		done += max(some, 1)
	}
	return done, nil
}

// nextLosing is a contribution of which not all merit is taken away; false for none.
func (k *Keeper) nextLosing(ctx context.Context) (id uint64, found bool, err error) {
	err = k.Losing.Walk(ctx, nil, func(first uint64) (bool, error) {
		id, found = first, true
		return true, nil
	})
	return id, found, err
}

// lose takes away what a removed contribution gave, from at most so many accounts, and remembers whether there are more.
func (k *Keeper) lose(ctx context.Context, id uint64, limit int) (done int, err error) {
	var accounts [][]byte
	var sources []types.Source
	whole := true
	err = k.Sources.Walk(ctx, collections.NewPrefixedPairRange[uint64, []byte](id), func(key sourceKey, source types.Source) (bool, error) {
		if len(accounts) == limit {
			whole = false
			return true, nil
		}
		accounts, sources = append(accounts, key.K2()), append(sources, source)
		return false, nil
	})
	if err != nil {
		return 0, err
	}
	if whole {
		err = k.Losing.Remove(ctx, id)
	} else {
		err = k.Losing.Set(ctx, id)
	}
	if err != nil || len(accounts) == 0 {
		return 0, err
	}
	book, err := k.openLedger(ctx)
	if err != nil {
		return 0, err
	}
	event := types.EventMeritLost{ContributionId: id}
	for i, account := range accounts {
		if err := book.lose(ctx, id, account, sources[i]); err != nil {
			return 0, err
		}
		event.Addresses = append(event.Addresses, sources[i].Address)
		event.Amount += book.at.Worth(sources[i].Merit()).Uint64()
	}
	if err := book.close(ctx); err != nil {
		return 0, err
	}
	return len(accounts), emit(ctx, &event)
}
