// SPDX-License-Identifier: Apache-2.0

package submit

import (
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/weal-network/weal/evaluator/corpus"
	"github.com/weal-network/weal/evaluator/onnxfile"
	"github.com/weal-network/weal/evaluator/sandbox"
	"github.com/weal-network/weal/evaluator/shards"
	"github.com/weal-network/weal/evaluator/spec"
	"github.com/weal-network/weal/evaluator/store"
	topictypes "github.com/weal-network/weal/x/topic/types"
)

// fetchTimeout bounds one attempt to fetch the spec or a file of the sample.
const fetchTimeout = time.Minute

// cacheBytes bounds what is kept of specs and samples.
const cacheBytes = 1 << 30

// preflight checks the model as validators will, and measures it on the topic's
// public sample: on as much text as in an epoch, drawn by the spec's digest.
func (s *Submitter) preflight(ctx context.Context, topic topictypes.Topic, req Request) (int64, error) {
	maxBytes := int64(topic.ArtifactRules.MaxBytes) //nolint:gosec // bounded by the chain's params
	_, info, err := onnxfile.Read(req.Model, onnxfile.DefaultLimits().WithFileBytes(maxBytes))
	if err != nil {
		return 0, fmt.Errorf("%w: %w", ErrRefused, err)
	}
	if topic.Evaluation.Kind != spec.KindBitsPerByte {
		return 0, refusedf("topic %s is of kind %q, this program knows %q: update it", topic.Slug, topic.Evaluation.Kind, spec.KindBitsPerByte)
	}
	if req.SkipMeasure {
		_, err := info.ContextLength(onnxfile.MaxContext)
		if err != nil {
			return 0, fmt.Errorf("%w: %w", ErrRefused, err)
		}
		s.Progress("the file is sound; it was not measured")
		return 0, nil
	}
	document, text, err := s.sample(ctx, topic, req.CorpusDirs)
	if err != nil {
		return 0, fmt.Errorf("%w: the public sample cannot be had: %w: name a directory that holds it with --corpus, or leave the measuring out with --skip-measure", ErrRefused, err)
	}
	bits, err := s.measure(ctx, topic, req.Model, maxBytes, document, text)
	if err != nil {
		return 0, err
	}
	s.Progress("measured %d.%06d bits per byte on the public sample", bits/1_000_000, bits%1_000_000)
	return bits, nil
}

func (s *Submitter) measure(ctx context.Context, topic topictypes.Topic, model string, maxBytes int64, d spec.Document, text corpus.Text) (int64, error) {
	seed := [32]byte(topic.Evaluation.SpecSha256)
	pieces, err := shards.Draw(text, seed, d.Shards.Count, d.Shards.Bytes, d.MaxContext)
	if err != nil {
		return 0, err
	}
	probes, err := shards.Probes(text, seed, d.Probes.Count, d.MaxContext)
	if err != nil {
		return 0, err
	}
	path, err := filepath.Abs(model)
	if err != nil {
		return 0, err
	}
	m, err := s.Runner.Measure(ctx, path, maxBytes, d.MaxContext, pieces, probes)
	if errors.Is(err, sandbox.ErrModel) {
		return 0, fmt.Errorf("%w: %w", ErrRefused, err)
	}
	return m.MicroBitsPerByte, err
}

// sample returns the topic's spec and its public text.
func (s *Submitter) sample(ctx context.Context, topic topictypes.Topic, dirs []string) (spec.Document, corpus.Text, error) {
	if len(topic.Evaluation.SpecSha256) != 32 {
		return spec.Document{}, corpus.Text{}, fmt.Errorf("%w: the topic names no spec", spec.ErrInvalid)
	}
	cache, err := store.Open(filepath.Join(s.Home, "cache"), cacheBytes, true)
	if err != nil {
		return spec.Document{}, corpus.Text{}, err
	}
	// The addresses are those that the topic's authority named, fetched once for
	// the person at this machine: they may be local.
	fetcher := &store.Fetcher{Cache: cache, FileRoots: []string{"/"}, PrivateNetworks: true, Timeout: fetchTimeout}
	digest := store.Digest(topic.Evaluation.SpecSha256)
	path, err := fetcher.Fetch(ctx, digest, spec.MaxDocumentBytes, []string{topic.Evaluation.SpecUri})
	if err != nil {
		return spec.Document{}, corpus.Text{}, fmt.Errorf("fetch the topic's spec: %w", err)
	}
	b, err := os.ReadFile(path) //nolint:gosec // from our own cache
	if err != nil {
		return spec.Document{}, corpus.Text{}, err
	}
	document, err := spec.Decode(b, digest)
	if err != nil {
		return spec.Document{}, corpus.Text{}, err
	}
	failures := []error{errors.New("no directory and no address has it")}
	for _, dir := range dirs {
		text, err := corpus.Load(dir, document.Sample.Files)
		if err == nil {
			return document, text, nil
		}
		failures = append(failures, err)
	}
	text, err := download(ctx, fetcher, document.Sample)
	if err == nil {
		return document, text, nil
	}
	return spec.Document{}, corpus.Text{}, errors.Join(append(failures, err)...)
}

// download fetches each file of the sample by its digest.
func download(ctx context.Context, fetcher *store.Fetcher, sample spec.Corpus) (corpus.Text, error) {
	if len(sample.URIs) == 0 {
		return corpus.Text{}, errors.New("the spec names no address for the sample")
	}
	text := corpus.Text{Files: corpus.Sorted(sample.Files)}
	for _, f := range text.Files {
		digest, err := hex.DecodeString(f.SHA256)
		if err != nil || len(digest) != 32 {
			return corpus.Text{}, fmt.Errorf("%w: digest of %s", spec.ErrInvalid, f.Path)
		}
		uris := make([]string, 0, len(sample.URIs))
		for _, base := range sample.URIs {
			uris = append(uris, base+"/"+f.SHA256)
		}
		path, err := fetcher.Fetch(ctx, store.Digest(digest), f.Bytes, uris)
		if err != nil {
			return corpus.Text{}, err
		}
		b, err := os.ReadFile(path) //nolint:gosec // from our own cache
		if err != nil {
			return corpus.Text{}, err
		}
		text.Contents = append(text.Contents, b)
	}
	return text, nil
}

// copies puts the model into each store and returns all of its addresses.
func (s *Submitter) copies(ctx context.Context, req Request, digest store.Digest) ([]string, error) {
	uris := append([]string{}, req.URIs...)
	for _, base := range req.Stores {
		s.Progress("copying to %s", base)
		uri, err := store.Upload(ctx, base, req.Model, digest)
		if err != nil {
			return nil, fmt.Errorf("%w: %w", ErrRefused, err)
		}
		uris = append(uris, uri)
	}
	return uris, nil
}
