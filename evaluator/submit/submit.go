// SPDX-License-Identifier: Apache-2.0

// Package submit brings a model onto the chain: it checks the file with the
// validators' own code, copies it to a store, commits to its digest and reveals
// it. A record on disk, written before each step that cannot be taken back,
// lets it go on where it was stopped.
package submit

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"slices"
	"time"

	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/weal-network/weal/evaluator/chain"
	"github.com/weal-network/weal/evaluator/shards"

	"github.com/weal-network/weal/evaluator/sandbox"
	contributiontypes "github.com/weal-network/weal/x/contribution/types"
	topictypes "github.com/weal-network/weal/x/topic/types"
)

// ErrRefused says why a model cannot be submitted; nothing was paid.
var ErrRefused = errors.New("the model cannot be submitted")

// ErrUnfinished says that a submission is under way; running it again goes on.
var ErrUnfinished = errors.New("the submission is not finished: run the same command again to go on")

// MediaType is the media type of ONNX models.
const MediaType = "application/onnx"

// Chain is what a submission needs of a node.
type Chain interface {
	Height(ctx context.Context) (int64, error)
	Topic(ctx context.Context, name string) (topictypes.Topic, error)
	Contribution(ctx context.Context, id uint64) (contributiontypes.Contribution, error)
	ByDigest(ctx context.Context, topic uint64, sha256 string) (contributiontypes.Contribution, error)
	ByHash(ctx context.Context, contributor string, hash []byte) (contributiontypes.Contribution, error)
	// Price and CanSubmit tell what a commit would cost, and whether it would be taken.
	Price(ctx context.Context, topic, maxPrice uint64) (contributiontypes.QueryPriceResponse, error)
	CanSubmit(ctx context.Context, topic uint64, contributor string) (contributiontypes.QueryCanSubmitResponse, error)
	// Send hands a transaction to the node; Outcome tells what became of it.
	Send(ctx context.Context, msg sdk.Msg, gas uint64) (hash string, err error)
	Outcome(ctx context.Context, hash string) (done bool, err error)
}

// Runner measures a model in a child process; see service.SandboxRunner.
type Runner interface {
	Measure(ctx context.Context, path string, maxBytes int64, maxContext int, pieces []shards.Shard, probes [][]byte) (sandbox.Measurement, error)
}

// Request is what a contributor asks for.
type Request struct {
	// Model is the file.
	Model string
	// Topic is the topic's slug or id.
	Topic string
	// Stores receive a copy each; URIs say where else copies are.
	Stores []string
	URIs   []string
	// MaxPrice is the most that the commit may cost, in uweal; 0 for twice of what it
	// costs when the submission begins.
	MaxPrice uint64
	// Parents, VersionOf, Payout, License, MetadataURI and Endpoint are said at the
	// reveal.
	Parents     []contributiontypes.Parent
	VersionOf   uint64
	Payout      string
	License     string
	MetadataURI string
	Endpoint    string
	// CorpusDirs may hold the topic's public sample.
	CorpusDirs []string
	// SkipMeasure leaves out measuring on the public sample.
	SkipMeasure bool
}

// Receipt says what came of a submission.
type Receipt struct {
	ContributionID uint64 `json:"contribution_id"`
	SHA256         string `json:"sha256"`
	// SampleMicroBits is what was measured on the public sample, in 10^-6 bits a
	// byte; 0 when that was left out.
	SampleMicroBits int64 `json:"sample_micro_bits_per_byte"`
	RevealDeadline  int64 `json:"reveal_deadline"`
	// Price was burnt and Bond is held until the contribution leaves, in uweal.
	Price    uint64 `json:"price"`
	Bond     uint64 `json:"bond"`
	TxCommit string `json:"tx_commit"`
	TxReveal string `json:"tx_reveal"`
}

// Submitter submits models for one account.
type Submitter struct {
	Chain   Chain
	Runner  Runner
	ChainID string
	// Account is the contributor.
	Account sdk.AccAddress
	// Home keeps the records and a cache.
	Home string
	// Progress is told each step.
	Progress func(format string, args ...any)
	// Poll is how often the node is asked, Wait how long a block is waited for,
	// TTL how long a transaction that was sent can still enter a block.
	Poll, Wait, TTL time.Duration
}

// Submit brings a model onto the chain, or goes on with it. Errors that match
// ErrRefused come before anything was paid.
func (s *Submitter) Submit(ctx context.Context, req Request) (Receipt, error) {
	topic, err := s.Chain.Topic(ctx, req.Topic)
	if err != nil {
		return Receipt{}, fmt.Errorf("topic %q: %w: see `weald query topic list`", req.Topic, err)
	}
	b, err := os.ReadFile(req.Model)
	if err != nil {
		return Receipt{}, fmt.Errorf("%w: %w", ErrRefused, err)
	}
	digest := sha256.Sum256(b)
	r, err := s.open(topic.Id, digest)
	if err != nil {
		return Receipt{}, err
	}
	if r.ContributionID == 0 && r.CommitTx == "" {
		if err := s.prepare(ctx, topic, req, r, int64(len(b))); err != nil {
			return Receipt{}, err
		}
	} else {
		s.Progress("going on with the submission of %s", r.SHA256)
		if req.MaxPrice > 0 {
			r.MaxPrice = req.MaxPrice
		}
	}
	if err := s.commit(ctx, r); err != nil {
		return Receipt{}, err
	}
	if err := s.reveal(ctx, req, r, uint64(len(b))); err != nil {
		return Receipt{}, err
	}
	return Receipt{
		ContributionID: r.ContributionID, SHA256: r.SHA256, SampleMicroBits: r.SampleMicroBits,
		RevealDeadline: r.RevealDeadline, Price: r.Price, Bond: r.Bond, TxCommit: r.CommitTx, TxReveal: r.RevealTx,
	}, nil
}

// prepare does all that costs nothing: checks, measures and copies.
func (s *Submitter) prepare(ctx context.Context, topic topictypes.Topic, req Request, r *record, size int64) error {
	if err := s.admissible(ctx, topic, req, r, size); err != nil {
		return err
	}
	bits, err := s.preflight(ctx, topic, req)
	if err != nil {
		return err
	}
	r.SampleMicroBits = bits
	uris, err := s.copies(ctx, req, [32]byte(r.digest()))
	if err != nil {
		return err
	}
	r.URIs = uris
	return s.save(r)
}

// admissible refuses what the chain would refuse, before it costs a fee.
func (s *Submitter) admissible(ctx context.Context, topic topictypes.Topic, req Request, r *record, size int64) error {
	switch {
	case topic.Status != topictypes.STATUS_ACTIVE:
		return refusedf("topic %s takes no contributions now: its status is %s", topic.Slug, topic.Status)
	case !slices.Contains(topic.ArtifactRules.MediaTypes, MediaType):
		return refusedf("topic %s takes %v, not %s", topic.Slug, topic.ArtifactRules.MediaTypes, MediaType)
	case size == 0 || size > int64(topic.ArtifactRules.MaxBytes): //nolint:gosec // bounded by the chain's params
		return refusedf("the file has %d bytes, topic %s takes 1 to %d", size, topic.Slug, topic.ArtifactRules.MaxBytes)
	case len(req.Stores)+len(req.URIs) == 0:
		return refusedf("nobody could fetch it: name a store with --store, or an address that serves it with --uri")
	}
	if err := s.affordable(ctx, topic, req, r); err != nil {
		return err
	}
	owner, err := s.Chain.ByDigest(ctx, topic.Id, r.SHA256)
	if errors.Is(err, chain.ErrNotFound) {
		return nil
	}
	if err != nil {
		return err
	}
	return refusedf("these bytes are contribution %d of %s already: train a model of your own", owner.Id, owner.Contributor)
}

func refusedf(format string, args ...any) error {
	return fmt.Errorf("%w: %s", ErrRefused, fmt.Sprintf(format, args...))
}

// short is a digest for people.
func short(b []byte) string { return hex.EncodeToString(b[:min(6, len(b))]) }
