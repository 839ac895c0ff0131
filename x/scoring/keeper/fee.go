// SPDX-License-Identifier: Apache-2.0

package keeper

import (
	"context"
	"slices"

	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/weal-network/weal/x/scoring/types"
)

// maxFreeMessages bounds what a transaction may ask for without a fee.
const maxFreeMessages = 8

// duty is what a validator owes an epoch, once: a commit or a reveal.
type duty struct {
	reveal   bool
	topicID  uint64
	epoch    uint64
	operator string
}

// FreeOfFee reports whether a transaction does nothing but a validator's duty: one to eight commits and
// reveals that would be taken now, each the first of its kind for its validator, topic and epoch. It
// runs before signatures are verified, so it reads little and believes nothing but the store.
func (k *Keeper) FreeOfFee(ctx sdk.Context, tx sdk.Tx) bool {
	msgs := tx.GetMsgs()
	if len(msgs) == 0 || len(msgs) > maxFreeMessages {
		return false
	}
	done := make([]duty, 0, len(msgs))
	for _, msg := range msgs {
		d, due := k.dutyOf(ctx, msg)
		if !due || slices.Contains(done, d) {
			return false
		}
		done = append(done, d)
	}
	return true
}

// dutyOf returns the duty that a message fulfils; false when it is none, cannot be taken or was fulfilled before.
func (k *Keeper) dutyOf(ctx context.Context, msg sdk.Msg) (duty, bool) {
	switch m := msg.(type) {
	case *types.MsgCommitScores:
		t, err := k.checkCommit(ctx, m)
		if err != nil {
			return duty{}, false
		}
		again, err := k.Commits.Has(ctx, t.key())
		return duty{false, m.TopicId, m.Epoch, t.name}, err == nil && !again
	case *types.MsgRevealScores:
		t, err := k.checkReveal(ctx, m)
		return duty{true, m.TopicId, m.Epoch, t.name}, err == nil
	}
	return duty{}, false
}
