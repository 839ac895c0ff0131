// SPDX-License-Identifier: Apache-2.0

package service

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"slices"
	"time"

	"github.com/weal-network/weal/evaluator/chain"
	"github.com/weal-network/weal/evaluator/journal"
	scoringtypes "github.com/weal-network/weal/x/scoring/types"
)

// resendAfter is how many blocks a transaction is waited for before it is sent
// once more.
const resendAfter = 3

// follower carries one topic through its epochs. All that it holds can be lost:
// what must be kept is in the journal and on the chain.
type follower struct {
	service *Service
	id      uint64
	slug    string
	log     *slog.Logger

	epoch uint64
	entry *entry
	job   *job
	// sentAt is the height at which the last transaction was sent; 0 for none.
	sentAt int64
	// settled: nothing is left to do in this epoch.
	settled   bool
	committed bool
	// retryAt is when a job that failed may start again.
	retryAt time.Time
	failure error
}

// tick does what is due at a height. Its order is the order of an epoch:
// measure, save, commit, reveal.
func (f *follower) tick(ctx context.Context, height int64) error {
	epoch, ids, err := f.service.chain.Epoch(ctx, f.id)
	if errors.Is(err, chain.ErrNotFound) {
		return nil // the topic's first epoch is still to come
	}
	if err != nil {
		return err
	}
	if epoch.Number != f.epoch {
		f.begin(epoch)
	}
	if f.settled {
		return nil
	}
	if epoch.Status != scoringtypes.EPOCH_STATUS_OPEN || height >= epoch.EndHeight {
		f.miss(ctx, epoch)
		return nil
	}
	if f.entry == nil {
		if err := f.load(epoch); err != nil {
			return err
		}
	}
	if f.entry == nil {
		return f.measure(ctx, height, epoch, ids)
	}
	return f.publish(ctx, height, epoch, len(ids))
}

// begin turns to a new epoch.
func (f *follower) begin(epoch scoringtypes.Epoch) {
	if !f.settled && f.epoch != 0 {
		f.log.Warn("the epoch ended before its scores were revealed", "epoch", f.epoch)
		f.service.metrics.missed.WithLabelValues(f.slug).Inc()
	}
	f.stop()
	f.epoch, f.entry, f.sentAt, f.committed, f.failure = epoch.Number, nil, 0, false, nil
	f.settled = !slices.ContainsFunc(epoch.Validators, f.service.isMe)
	if f.settled {
		f.log.Info("not a validator of this epoch", "epoch", epoch.Number)
	}
	if err := f.service.settings.prune(f.id, epoch.Number); err != nil {
		f.log.Warn("cannot remove old records", "error", err)
	}
}

// miss gives up an epoch in which nothing can be done any more.
func (f *follower) miss(ctx context.Context, epoch scoringtypes.Epoch) {
	f.stop()
	f.settled = true
	// It may have been revealed before a restart: the chain tells.
	_, revealed, err := f.service.chain.Row(ctx, f.id, epoch.Number, f.service.settings.Operator)
	if err == nil && revealed {
		return
	}
	f.log.Warn("nothing was revealed in this epoch", "epoch", epoch.Number)
	f.service.metrics.missed.WithLabelValues(f.slug).Inc()
}

// load takes up the row that an earlier run of the process saved.
func (f *follower) load(epoch scoringtypes.Epoch) error {
	e, err := f.service.settings.loadEntry(f.id, epoch.Number)
	if errors.Is(err, journal.ErrNone) {
		return nil
	}
	if err != nil {
		return err
	}
	f.entry = &e
	f.log.Info("going on with the saved row", "epoch", epoch.Number)
	return nil
}

// measure starts, awaits or repeats the measuring, and saves the row.
func (f *follower) measure(ctx context.Context, height int64, epoch scoringtypes.Epoch, ids []uint64) error {
	if height+1 >= epoch.RevealHeight {
		f.log.Warn("the commit window closed before the models were measured", "epoch", epoch.Number)
		f.service.metrics.missed.WithLabelValues(f.slug).Inc()
		f.stop()
		f.settled = true
		return nil
	}
	if len(ids) == 0 {
		f.settled = true
		return nil
	}
	if f.job == nil {
		if time.Now().Before(f.retryAt) {
			return f.failure
		}
		assigned, err := f.assigned(epoch, ids)
		if err != nil {
			return err
		}
		if f.settled = len(assigned) == 0; !f.settled {
			f.job = f.service.startJob(ctx, f, epoch, assigned)
		}
		return nil
	}
	if height+1+slack(epoch) >= epoch.RevealHeight {
		f.job.finishSoon()
	}
	measured, err, done := f.job.result()
	if !done {
		return f.failure
	}
	f.job, f.failure = nil, err
	if err != nil {
		f.retryAt = time.Now().Add(retryPause)
		return err // what was measured is kept
	}
	e, err := newEntry(f.service.settings, f.id, epoch.Number, measured)
	if err != nil {
		return err
	}
	if err := journal.Save(f.service.settings.entryPath(f.id, epoch.Number), e); err != nil {
		return err
	}
	f.entry = &e
	f.service.board.set(f.id, epoch.Number, measured)
	return f.publish(ctx, height, epoch, len(ids))
}

// assigned are those of an epoch's contributions that the validator is to score: others would be ignored.
func (f *follower) assigned(epoch scoringtypes.Epoch, ids []uint64) ([]uint64, error) {
	i := slices.IndexFunc(epoch.Validators, f.service.isMe)
	assignment, err := epoch.Assignment()
	if err != nil {
		return nil, err
	}
	assigned, err := assignment.Of(i, ids)
	if err == nil && !assignment.All {
		f.log.Info("the topic shares out the scoring", "epoch", epoch.Number, "contributions", len(ids), "assigned", len(assigned))
	}
	return assigned, err
}

// isMe says whether a validator of an epoch is the one that this evaluator scores for.
func (s *Service) isMe(v scoringtypes.PinnedValidator) bool { return v.Operator == s.settings.Operator }

// publish commits in the commit window and reveals in the reveal window, in an
// epoch of so many contributions. What the chain has decides, not what was sent.
func (f *follower) publish(ctx context.Context, height int64, epoch scoringtypes.Epoch, contributions int) error {
	s := f.service
	onChain, revealed, err := s.chain.Row(ctx, f.id, epoch.Number, s.settings.Operator)
	if err != nil {
		return err
	}
	hash := f.entry.hash(s.settings.OperatorBytes)
	ours := bytes.Equal(onChain, hash[:])
	if ours && !f.committed {
		f.committed, f.sentAt = true, 0
		s.metrics.committed.WithLabelValues(f.slug).Inc()
		f.log.Info("committed", "epoch", epoch.Number, "height", height)
	}
	next := height + 1 // the first block that can have what is sent now
	switch {
	case revealed:
		f.settled = true
		s.metrics.revealed.WithLabelValues(f.slug).Inc()
		s.metrics.lastReveal.WithLabelValues(f.slug).Set(float64(epoch.Number))
		f.log.Info("revealed", "epoch", epoch.Number, "height", height)
	case len(onChain) > 0 && !ours:
		f.settled = true
		f.log.Error("another evaluator committed for this operator: run only one", "epoch", epoch.Number)
	case next < epoch.RevealHeight && !ours && next >= epoch.StartHeight && f.due(height):
		return f.sent(height, epoch.StartHeight, s.chain.Commit(ctx, f.id, epoch.Number, hash[:]))
	case next >= epoch.RevealHeight && ours && f.due(height):
		err := s.chain.Reveal(ctx, f.id, epoch.Number, f.entry.Row, [32]byte(f.entry.Salt), contributions)
		return f.sent(height, epoch.RevealHeight, err)
	case next >= epoch.RevealHeight && !ours:
		f.miss(ctx, epoch)
	}
	return nil
}

// slack is how many blocks before the end of the commit window a job is told to
// come to an end: a quarter of the window, and at least two.
func slack(epoch scoringtypes.Epoch) int64 {
	return max(2, (epoch.RevealHeight-epoch.StartHeight)/4)
}

func (f *follower) due(height int64) bool { return f.sentAt == 0 || height >= f.sentAt+resendAfter }

// sent notes a transaction that the node took; one that it refused is tried
// again at the next tick. A node may judge by its last block and not by the
// next one: a refusal in the block before the window is nothing to tell of.
func (f *follower) sent(height, opens int64, err error) error {
	if err == nil {
		f.sentAt = height
	}
	if height < opens && errors.Is(err, chain.ErrRefused) {
		f.log.Debug("the window is not open yet", "height", height, "error", err)
		return nil
	}
	return err
}

func (f *follower) stop() {
	if f.job != nil {
		f.job.cancel()
		f.job = nil
	}
}

// retryPause is how long a job waits before it asks again for what failed.
const retryPause = 2 * time.Second
