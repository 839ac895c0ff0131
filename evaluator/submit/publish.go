// SPDX-License-Identifier: Apache-2.0

package submit

import (
	"context"
	"errors"
	"fmt"
	"time"

	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/weal-network/weal/evaluator/chain"
	contributiontypes "github.com/weal-network/weal/x/contribution/types"
)

// unknownTx stands for a transaction that was about to be sent when the process
// was stopped.
const unknownTx = "unknown"

// commit sees that the chain has the commit. What the chain has decides: a
// commit that is found is not sent again, and one that may still enter a block
// is waited for first.
func (s *Submitter) commit(ctx context.Context, r *record) error {
	for {
		found, err := s.Chain.ByHash(ctx, r.Contributor, r.hash(s.Account))
		if err == nil {
			r.ContributionID, r.RevealDeadline = found.Id, found.RevealDeadline
			r.Price, r.Bond = found.Price, found.Bond+found.BondDue
			s.Progress("committed as contribution %d; the reveal is taken until block %d", found.Id, found.RevealDeadline)
			return s.save(r)
		}
		if !errors.Is(err, chain.ErrNotFound) {
			return err
		}
		if r.ContributionID != 0 {
			s.Progress("the commit of contribution %d expired before its reveal: committing anew", r.ContributionID)
			if err := r.forgetCommit(); err != nil {
				return err
			}
		}
		if err := s.sendCommit(ctx, r); err != nil {
			return err
		}
	}
}

// sendCommit sends the commit, unless one is under way, and waits for a block.
func (s *Submitter) sendCommit(ctx context.Context, r *record) error {
	if r.CommitTx == "" || time.Now().After(r.CommitVoidAt) {
		// Saved before it is sent: the salt, and until when it may come through.
		r.CommitTx, r.CommitVoidAt = unknownTx, time.Now().Add(s.TTL)
		if err := s.save(r); err != nil {
			return err
		}
		hash, err := s.Chain.Send(ctx, &contributiontypes.MsgCommitContribution{
			Contributor: r.Contributor, TopicId: r.TopicID, Hash: r.hash(s.Account), MaxPrice: r.MaxPrice,
		}, 0)
		if err != nil {
			if errors.Is(err, chain.ErrRefused) {
				return errors.Join(fmt.Errorf("commit: %w", err), s.drop(r))
			}
			return fmt.Errorf("commit: %w", err)
		}
		r.CommitTx = hash
		if err := s.save(r); err != nil {
			return err
		}
	}
	s.Progress("waiting for the commit's block")
	err := s.await(ctx, r.CommitTx, func() (bool, error) {
		_, err := s.Chain.ByHash(ctx, r.Contributor, r.hash(s.Account))
		if errors.Is(err, chain.ErrNotFound) {
			return time.Now().After(r.CommitVoidAt), nil
		}
		return err == nil, err
	})
	if errors.Is(err, chain.ErrRefused) {
		return errors.Join(fmt.Errorf("commit: %w", err), s.drop(r))
	}
	return err
}

// reveal sees that the chain has the reveal.
func (s *Submitter) reveal(ctx context.Context, req Request, r *record, size uint64) error {
	for {
		c, err := s.Chain.Contribution(ctx, r.ContributionID)
		if err != nil {
			return fmt.Errorf("contribution %d: %w", r.ContributionID, err)
		}
		switch c.Status {
		case contributiontypes.STATUS_COMMITTED:
		case contributiontypes.STATUS_DUPLICATE:
			return errors.Join(fmt.Errorf("contribution %d: an earlier commit owns these bytes", c.Id), s.drop(r))
		default:
			s.Progress("revealed %s", short(r.digest()))
			return s.drop(r)
		}
		if err := s.awaitBlockAfter(ctx, c.CommittedHeight); err != nil {
			return err
		}
		if r.RevealTx == "" || time.Now().After(r.RevealVoidAt) {
			if err := s.sendReveal(ctx, req, r, size); err != nil {
				return err
			}
		}
		s.Progress("waiting for the reveal's block")
		err = s.await(ctx, r.RevealTx, func() (bool, error) {
			c, err := s.Chain.Contribution(ctx, r.ContributionID)
			return err == nil && c.Status != contributiontypes.STATUS_COMMITTED || time.Now().After(r.RevealVoidAt), err
		})
		if err != nil {
			return err
		}
	}
}

// awaitBlockAfter waits until the commit's block has a successor: a reveal is
// not taken in the commit's own block, and a node judges by its last one.
func (s *Submitter) awaitBlockAfter(ctx context.Context, height int64) error {
	return s.await(ctx, unknownTx, func() (bool, error) {
		now, err := s.Chain.Height(ctx)
		return now > height, err
	})
}

func (s *Submitter) sendReveal(ctx context.Context, req Request, r *record, size uint64) error {
	hash, err := s.Chain.Send(ctx, &contributiontypes.MsgRevealContribution{
		Contributor: r.Contributor, ContributionId: r.ContributionID, Salt: r.Salt,
		Artifact: contributiontypes.Artifact{Sha256: r.digest(), Size_: size, MediaType: MediaType, Uris: r.URIs},
		Parents:  req.Parents, Payout: req.Payout, License: req.License, MetadataUri: req.MetadataURI,
		Endpoint: req.Endpoint, VersionOf: req.VersionOf,
	}, 0)
	if err != nil {
		return fmt.Errorf("reveal of contribution %d, open until block %d: %w", r.ContributionID, r.RevealDeadline, err)
	}
	r.RevealTx, r.RevealVoidAt = hash, time.Now().Add(s.TTL)
	return s.save(r)
}

// await polls until there, or until the transaction failed in a block.
func (s *Submitter) await(ctx context.Context, txHash string, there func() (bool, error)) error {
	ctx, cancel := context.WithTimeout(ctx, s.Wait)
	defer cancel()
	ticker := time.NewTicker(s.Poll)
	defer ticker.Stop()
	for {
		if ok, err := there(); ok || err != nil {
			return err
		}
		if txHash != unknownTx {
			// A node without an index cannot tell, and need not: the state does.
			if _, err := s.Chain.Outcome(ctx, txHash); errors.Is(err, chain.ErrRefused) {
				return err
			}
		}
		select {
		case <-ctx.Done():
			return fmt.Errorf("%w: no block had the transaction yet", ErrUnfinished)
		case <-ticker.C:
		}
	}
}

// SignedChain is a Chain over a node and a signer.
type SignedChain struct {
	*chain.Client
	Signer *chain.Signer
}

// Send signs and sends.
func (c SignedChain) Send(ctx context.Context, msg sdk.Msg, gas uint64) (string, error) {
	return c.Signer.Send(ctx, msg, gas)
}

// Outcome asks for a transaction.
func (c SignedChain) Outcome(ctx context.Context, hash string) (bool, error) {
	return c.Signer.Outcome(ctx, hash)
}
