// SPDX-License-Identifier: Apache-2.0

package keeper

import (
	"bytes"
	"context"
	"slices"

	errorsmod "cosmossdk.io/errors"

	sdk "github.com/cosmos/cosmos-sdk/types"
	stakingtypes "github.com/cosmos/cosmos-sdk/x/staking/types"

	"github.com/weal-network/weal/x/emission/types"
)

// tally begins to count the votes when a period is over, and goes on where the last block
// stopped. What fails in it is dropped and said in an event: shares stay as they are until
// the next tally, and the block goes on.
func (k *Keeper) tally(ctx context.Context) error {
	clock, err := k.VoteClock.Get(ctx)
	if err != nil {
		return err
	}
	params, err := k.Params.Get(ctx)
	if err != nil {
		return err
	}
	now := sdk.UnwrapSDKContext(ctx).BlockTime().UnixMilli()
	if clock.StartedMs == 0 {
		return k.VoteClock.Set(ctx, types.VoteClock{StartedMs: now})
	}
	if !clock.Running && !clock.IsDue(params, now) {
		return nil
	}
	cached, write := sdk.UnwrapSDKContext(ctx).CacheContext()
	if err := k.stepTally(cached, params, clock, now); err != nil {
		return k.dropTally(ctx, clock, now, err)
	}
	write()
	return nil
}

// stepTally does one block's work of a tally.
func (k *Keeper) stepTally(ctx context.Context, params types.Params, clock types.VoteClock, now int64) error {
	if !clock.Running {
		var err error
		if clock, err = k.startTally(ctx, now); err != nil {
			return err
		}
	}
	run, err := k.TallyRun.Get(ctx)
	if err != nil {
		return err
	}
	if clock.Counting {
		return k.countBallots(ctx, params, clock, run)
	}
	return k.setTalliedShares(ctx, clock, run)
}

// startTally fixes what is counted with.
func (k *Keeper) startTally(ctx context.Context, now int64) (types.VoteClock, error) {
	clock := types.VoteClock{StartedMs: now, Running: true, Counting: true}
	basis, err := k.standings(ctx)
	if err != nil {
		return clock, err
	}
	tally := types.NewTopicTally(basis, now, sdk.UnwrapSDKContext(ctx).BlockHeight())
	if err := k.TallyBasis.Set(ctx, basis); err != nil {
		return clock, err
	}
	if err := k.TallyRun.Set(ctx, types.TallyRun{Tally: tally}); err != nil {
		return clock, err
	}
	if err := k.VoteClock.Set(ctx, clock); err != nil {
		return clock, err
	}
	return clock, emit(ctx, &types.EventTopicTallyStarted{
		StartedMs: now, Validators: uint32(len(basis.Standings)), Bonded: tally.Bonded, //nolint:gosec // as many as make blocks
	})
}

// standings are the validators that make blocks and their stake, by rising operator.
func (k *Keeper) standings(ctx context.Context) (types.TallyBasis, error) {
	var (
		basis  types.TallyBasis
		failed error
	)
	err := k.staking.IterateBondedValidatorsByPower(ctx, func(_ int64, v stakingtypes.ValidatorI) bool {
		if !v.GetTokens().IsUint64() {
			failed = errorsmod.Wrapf(types.ErrAccounting, "%s uweal are bonded to %s", v.GetTokens(), v.GetOperator())
			return true
		}
		basis.Standings = append(basis.Standings, types.Standing{
			Operator: v.GetOperator(), Tokens: v.GetTokens().Uint64(), Shares: types.ShareBits(v.GetDelegatorShares()),
		})
		return false
	})
	if err != nil {
		return basis, err
	}
	if failed != nil {
		return basis, failed
	}
	return basis, k.sortByOperator(basis.Standings)
}

// sortByOperator sorts by the operators' bytes, as the cursor goes.
func (k *Keeper) sortByOperator(standings []types.Standing) error {
	var failed error
	slices.SortFunc(standings, func(a, b types.Standing) int {
		left, err := k.operators.StringToBytes(a.Operator)
		if err != nil {
			failed = err
		}
		right, err := k.operators.StringToBytes(b.Operator)
		if err != nil {
			failed = err
		}
		return bytes.Compare(left, right)
	})
	return failed
}

// countBallots counts ballots as they were when the tally began, at least one and not many
// more cells than tally_cells, and ends the count behind the last.
func (k *Keeper) countBallots(ctx context.Context, params types.Params, clock types.VoteClock, run types.TallyRun) error {
	basis, err := k.TallyBasis.Get(ctx)
	if err != nil {
		return err
	}
	work, counted := 0, 0
	for _, standing := range basis.Standings {
		operator, err := k.operators.StringToBytes(standing.Operator)
		if err != nil {
			return err
		}
		if bytes.Compare(operator, clock.Counted) <= 0 {
			counted++
			continue
		}
		if work >= int(params.TallyCells) {
			break
		}
		ballot, err := k.ballotAtStart(ctx, operator)
		if err != nil {
			return err
		}
		run.Tally.Add(ballot, standing)
		if err := k.FrozenBallots.Remove(ctx, operator); err != nil {
			return err
		}
		clock.Counted = operator
		work, counted = work+ballot.Work(), counted+1
	}
	if counted == len(basis.Standings) {
		return k.conclude(ctx, params, clock, run)
	}
	if err := k.TallyRun.Set(ctx, run); err != nil {
		return err
	}
	return k.VoteClock.Set(ctx, clock)
}

// conclude finds the shares that follow from all that was counted.
func (k *Keeper) conclude(ctx context.Context, params types.Params, clock types.VoteClock, run types.TallyRun) error {
	candidates, err := k.candidates(ctx, &run.Tally)
	if err != nil {
		return err
	}
	run.Tally.Conclude(params, candidates)
	run.Changes = run.Tally.Changes(candidates)
	if err := emit(ctx, &types.EventTopicsTallied{Tally: run.Tally}); err != nil {
		return err
	}
	// Those that were not bonded have been kept for nothing.
	if err := k.FrozenBallots.Clear(ctx, nil); err != nil {
		return err
	}
	if err := k.TallyBasis.Remove(ctx); err != nil {
		return err
	}
	clock.Counting, clock.Counted = false, nil
	return k.setTalliedShares(ctx, clock, run)
}

// candidates are the topics that were voted for, and those that have a share, in the order
// of the tally, which is made to have both. Their number is bounded by MinVotedShareBp.
func (k *Keeper) candidates(ctx context.Context, tally *types.TopicTally) ([]types.Candidate, error) {
	err := k.Holders.Walk(ctx, nil, func(id uint64) (bool, error) {
		tally.Include(id)
		return false, nil
	})
	if err != nil {
		return nil, err
	}
	candidates := make([]types.Candidate, len(tally.Topics))
	for i, stake := range tally.Topics {
		topic, err := k.getTopic(ctx, stake.TopicId)
		if err != nil {
			return nil, err
		}
		account, err := k.topicAccount(ctx, stake.TopicId)
		if err != nil {
			return nil, err
		}
		candidates[i] = types.Candidate{Account: account, Eligible: topic.IsLive() && !topic.Sandbox}
	}
	return candidates, nil
}

// setTalliedShares sets shares that a tally has found, at most MaxSharesSetPerBlock, and
// ends the tally behind the last.
func (k *Keeper) setTalliedShares(ctx context.Context, clock types.VoteClock, run types.TallyRun) error {
	set := min(len(run.Changes), types.MaxSharesSetPerBlock)
	totals, err := k.shareTotals(ctx)
	if err != nil {
		return err
	}
	for _, change := range run.Changes[:set] {
		if err := k.setTalliedShare(ctx, &totals, change); err != nil {
			return err
		}
	}
	if err := k.setShareTotals(ctx, totals); err != nil {
		return err
	}
	run.Changes = run.Changes[set:]
	if len(run.Changes) > 0 {
		if err := k.TallyRun.Set(ctx, run); err != nil {
			return err
		}
		return k.VoteClock.Set(ctx, clock)
	}
	run.Tally.FinishedMs = sdk.UnwrapSDKContext(ctx).BlockTime().UnixMilli()
	if err := k.LastTally.Set(ctx, run.Tally); err != nil {
		return err
	}
	if err := k.TallyRun.Remove(ctx); err != nil {
		return err
	}
	return k.VoteClock.Set(ctx, types.VoteClock{StartedMs: clock.StartedMs})
}

// setTalliedShare sets one share. The topic may have been retired or given another floor
// since the count, and others may have been given what it was to have.
func (k *Keeper) setTalliedShare(ctx context.Context, totals *types.ShareTotals, change types.ShareChange) error {
	topic, err := k.getTopic(ctx, change.TopicId)
	if err != nil || !topic.IsLive() {
		return err
	}
	account, err := k.topicAccount(ctx, change.TopicId)
	if err != nil {
		return err
	}
	before := account
	account.ShareBp = max(account.FloorBp, min(change.ShareBp, totals.Room(account)))
	totals.Replace(before, account)
	return k.storeShare(ctx, account)
}

// dropChanges lets what the authority has set stand against a tally whose shares are still being set.
func (k *Keeper) dropChanges(ctx context.Context, shares []types.TopicShare) error {
	clock, err := k.VoteClock.Get(ctx)
	if err != nil || !clock.Running || clock.Counting {
		return err
	}
	run, err := k.TallyRun.Get(ctx)
	if err != nil {
		return err
	}
	run.Changes = slices.DeleteFunc(run.Changes, func(change types.ShareChange) bool {
		return slices.ContainsFunc(shares, func(share types.TopicShare) bool { return share.TopicId == change.TopicId })
	})
	return k.TallyRun.Set(ctx, run)
}

// dropTally ends a tally that failed, as if it had found nothing.
func (k *Keeper) dropTally(ctx context.Context, clock types.VoteClock, now int64, reason error) error {
	if err := k.TallyRun.Remove(ctx); err != nil {
		return err
	}
	if err := k.TallyBasis.Remove(ctx); err != nil {
		return err
	}
	if err := k.FrozenBallots.Clear(ctx, nil); err != nil {
		return err
	}
	started := clock.StartedMs
	if !clock.Running {
		started = now
	}
	if err := k.VoteClock.Set(ctx, types.VoteClock{StartedMs: started}); err != nil {
		return err
	}
	return emit(ctx, &types.EventTopicTallyFailed{StartedMs: started, Reason: reason.Error()})
}
