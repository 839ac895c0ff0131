// SPDX-License-Identifier: Apache-2.0

package submit

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/weal-network/weal/evaluator/chain"
	"github.com/weal-network/weal/evaluator/onnxfile"
	"github.com/weal-network/weal/evaluator/onnxwrite"
	"github.com/weal-network/weal/evaluator/sandbox"
	"github.com/weal-network/weal/evaluator/shards"
	"github.com/weal-network/weal/evaluator/spec"
	contributiontypes "github.com/weal-network/weal/x/contribution/types"
	topictypes "github.com/weal-network/weal/x/topic/types"
)

// fakeChain keeps the rules of x/contribution; each query of the height is a
// block later, and what was sent is in the block after it.
type fakeChain struct {
	height  int64
	topic   topictypes.Topic
	byID    map[uint64]*contributiontypes.Contribution
	commits int
	reveals int
	price   uint64
	bond    uint64
	refusal contributiontypes.QueryCanSubmitResponse
	// hooks of a test
	onSend  func(msg sdk.Msg) error
	lose    bool // takes transactions and puts none into a block
	failure error
}

func (c *fakeChain) Height(context.Context) (int64, error) { c.height++; return c.height, nil }

func (c *fakeChain) Topic(_ context.Context, name string) (topictypes.Topic, error) {
	if name != c.topic.Slug && name != "1" {
		return topictypes.Topic{}, fmt.Errorf("%w: topic %s", chain.ErrNotFound, name)
	}
	return c.topic, nil
}

func (c *fakeChain) Contribution(_ context.Context, id uint64) (contributiontypes.Contribution, error) {
	if found, ok := c.byID[id]; ok {
		return *found, nil
	}
	return contributiontypes.Contribution{}, chain.ErrNotFound
}

func (c *fakeChain) ByDigest(_ context.Context, _ uint64, digest string) (contributiontypes.Contribution, error) {
	for _, found := range c.byID {
		if hex.EncodeToString(found.Artifact.Sha256) == digest {
			return *found, nil
		}
	}
	return contributiontypes.Contribution{}, chain.ErrNotFound
}

func (c *fakeChain) ByHash(_ context.Context, contributor string, hash []byte) (contributiontypes.Contribution, error) {
	for _, found := range c.byID {
		if found.Contributor == contributor && string(found.Hash) == string(hash) {
			return *found, nil
		}
	}
	return contributiontypes.Contribution{}, chain.ErrNotFound
}

func (c *fakeChain) Price(_ context.Context, _, maxPrice uint64) (contributiontypes.QueryPriceResponse, error) {
	r := contributiontypes.QueryPriceResponse{Price: c.price, PriceAfter: c.price, Bond: c.bond, Affordable: maxPrice == 0 || maxPrice >= c.price/2}
	if maxPrice > 0 && maxPrice < c.price {
		r.WaitSeconds = 60
	}
	return r, nil
}

func (c *fakeChain) CanSubmit(context.Context, uint64, string) (contributiontypes.QueryCanSubmitResponse, error) {
	return contributiontypes.QueryCanSubmitResponse{CanSubmit: c.refusal.Reason == "", Reason: c.refusal.Reason, Height: c.refusal.Height}, nil
}

func (c *fakeChain) Outcome(context.Context, string) (bool, error) { return false, c.failure }

func (c *fakeChain) Send(_ context.Context, msg sdk.Msg, _ uint64) (string, error) {
	if c.onSend != nil {
		if err := c.onSend(msg); err != nil {
			return "", err
		}
	}
	if c.lose {
		return "HASH", nil
	}
	switch m := msg.(type) {
	case *contributiontypes.MsgCommitContribution:
		if m.MaxPrice < c.price {
			return "", fmt.Errorf("%w: price is above max_price", chain.ErrRefused)
		}
		c.commits++
		id := uint64(len(c.byID) + 1)
		c.byID[id] = &contributiontypes.Contribution{
			Id: id, TopicId: m.TopicId, Contributor: m.Contributor, Hash: m.Hash, CommittedHeight: c.height,
			RevealDeadline: c.height + 10, Status: contributiontypes.STATUS_COMMITTED, Price: c.price, BondDue: c.bond,
		}
	case *contributiontypes.MsgRevealContribution:
		found := c.byID[m.ContributionId]
		if c.height <= found.CommittedHeight {
			return "", fmt.Errorf("%w: too early", chain.ErrRefused)
		}
		r := record{ChainID: "weal-test", TopicID: found.TopicId, SHA256: hex.EncodeToString(m.Artifact.Sha256), Salt: m.Salt}
		if string(r.hash(account)) != string(found.Hash) {
			return "", fmt.Errorf("%w: not what was committed", chain.ErrRefused)
		}
		c.reveals++
		found.Artifact, found.Status, found.VersionOf, found.Endpoint = m.Artifact, contributiontypes.STATUS_REVEALED, m.VersionOf, m.Endpoint
	}
	return "HASH", nil
}

type fakeRunner struct{ err error }

func (r fakeRunner) Measure(context.Context, string, int64, int, []shards.Shard, [][]byte) (sandbox.Measurement, error) {
	return sandbox.Measurement{MicroBitsPerByte: 2_500_000}, r.err
}

var account = sdk.AccAddress("contributor-address!")

// world is a contributor's surroundings.
type world struct {
	chain     *fakeChain
	submitter *Submitter
	request   Request
	store     string
}

func newWorld(t *testing.T) *world {
	t.Helper()
	dir := t.TempDir()
	sampleDir := filepath.Join(dir, "sample")
	require.NoError(t, os.MkdirAll(sampleDir, 0o700))
	require.NoError(t, os.WriteFile(filepath.Join(sampleDir, "a.go"), []byte(strings.Repeat("package a\n", 99)), 0o600))
	corpus, err := spec.NewCorpus(sampleDir, []string{"a.go"}, nil)
	require.NoError(t, err)
	document, err := spec.New(corpus, corpus).Encode()
	require.NoError(t, err)
	specPath := filepath.Join(dir, "spec.json")
	require.NoError(t, os.WriteFile(specPath, document, 0o600))
	digest := sha256.Sum256(document)

	model := filepath.Join(dir, "model.onnx")
	g := onnxwrite.New("m")
	g.Input("context", onnxfile.Int64, onnxwrite.Open, 1)
	g.Float32("t", make([]float32, 256*256), 256, 256)
	g.Int64("at", []int64{0})
	g.Node("Gather", []string{"context", "at"}, []string{"b"}, onnxwrite.Int("axis", 1))
	g.Node("Gather", []string{"t", "b"}, []string{"logits"})
	g.Output("logits", onnxfile.Float32, onnxwrite.Open, 256)
	require.NoError(t, os.WriteFile(model, g.Bytes(), 0o600))

	c := &fakeChain{height: 5, byID: map[uint64]*contributiontypes.Contribution{}, topic: topictypes.Topic{
		Id: 1, Slug: "lm", Status: topictypes.STATUS_ACTIVE,
		ArtifactRules: topictypes.ArtifactRules{MediaTypes: []string{MediaType}, MaxBytes: 1 << 20},
		Evaluation:    topictypes.Evaluation{Kind: spec.KindBitsPerByte, SpecUri: "file://" + specPath, SpecSha256: digest[:]},
	}}
	store := filepath.Join(dir, "store")
	return &world{
		chain: c, store: store,
		submitter: &Submitter{
			Chain: c, Runner: fakeRunner{}, ChainID: "weal-test", Account: account, Home: filepath.Join(dir, "home"),
			Progress: func(string, ...any) {}, Poll: time.Millisecond, Wait: 100 * time.Millisecond, TTL: 50 * time.Millisecond,
		},
		request: Request{Model: model, Topic: "lm", Stores: []string{"file://" + store}, CorpusDirs: []string{sampleDir}},
	}
}

func (w *world) submit() (Receipt, error) {
	return w.submitter.Submit(context.Background(), w.request)
}

func (w *world) records(t *testing.T) int {
	t.Helper()
	found, err := filepath.Glob(filepath.Join(w.submitter.Home, "submissions", "*", "*.json"))
	require.NoError(t, err)
	return len(found)
}

func TestAModelIsCheckedCopiedCommittedAndRevealed(t *testing.T) {
	w := newWorld(t)
	receipt, err := w.submit()
	require.NoError(t, err)
	require.Equal(t, uint64(1), receipt.ContributionID)
	require.Equal(t, int64(2_500_000), receipt.SampleMicroBits)
	require.Equal(t, "HASH", receipt.TxReveal)
	require.FileExists(t, filepath.Join(w.store, receipt.SHA256))
	require.Equal(t, contributiontypes.STATUS_REVEALED, w.chain.byID[1].Status)
	require.Equal(t, []string{"file://" + w.store + "/" + receipt.SHA256}, w.chain.byID[1].Artifact.Uris)
	require.Zero(t, w.records(t), "a finished submission leaves no record")
}

func TestWhatTheChainWouldRefuseCostsNothing(t *testing.T) {
	for text, edit := range map[string]func(w *world){
		"takes no contributions": func(w *world) { w.chain.topic.Status = topictypes.STATUS_PAUSED },
		"takes [text/plain]":     func(w *world) { w.chain.topic.ArtifactRules.MediaTypes = []string{"text/plain"} },
		"takes 1 to 10":          func(w *world) { w.chain.topic.ArtifactRules.MaxBytes = 10 },
		"name a store":           func(w *world) { w.request.Stores = nil },
		`of kind "exec"`:         func(w *world) { w.chain.topic.Evaluation.Kind = "exec" },
		"NaN":                    func(w *world) { w.submitter.Runner = fakeRunner{fmt.Errorf("%w: NaN", sandbox.ErrModel)} },
		"--skip-measure":         func(w *world) { w.request.CorpusDirs = nil },
		`scheme "s3"`:            func(w *world) { w.request.Stores = []string{"s3://bucket"} },
		"no such file":           func(w *world) { w.request.Model += ".missing" },
		"Python pickle": func(w *world) {
			w.request.Model = filepath.Join(filepath.Dir(w.request.Model), "p")
			_ = os.WriteFile(w.request.Model, []byte("\x80\x04p"), 0o600)
		},
	} {
		w := newWorld(t)
		edit(w)
		_, err := w.submit()
		require.ErrorIs(t, err, ErrRefused, text)
		require.ErrorContains(t, err, text)
		require.Zero(t, w.chain.commits, text)
	}
	w := newWorld(t)
	w.request.Topic = "other"
	_, err := w.submit()
	require.ErrorIs(t, err, chain.ErrNotFound)
	require.ErrorContains(t, err, "weald query topic list")
}

func TestThePriceIsSaidAndBoundedBeforeItIsPaid(t *testing.T) {
	w := newWorld(t)
	var said []string
	w.submitter.Progress = func(format string, args ...any) { said = append(said, fmt.Sprintf(format, args...)) }
	w.chain.price, w.chain.bond = 1_500_000, 10_000_000
	w.request.VersionOf, w.request.Endpoint = 3, "https://example.org/v1"
	w.chain.onSend = func(msg sdk.Msg) error {
		if m, ok := msg.(*contributiontypes.MsgCommitContribution); ok {
			require.Contains(t, strings.Join(said, "\n"), "the commit costs 1.500000 WEAL, at most 3.000000 WEAL, and is burnt; the bond of 10.000000 WEAL is given back")
			require.Equal(t, uint64(3_000_000), m.MaxPrice)
		}
		return nil
	}
	receipt, err := w.submit()
	require.NoError(t, err)
	require.Equal(t, []uint64{1_500_000, 10_000_000}, []uint64{receipt.Price, receipt.Bond})
	require.Equal(t, uint64(3), w.chain.byID[1].VersionOf)
	require.Equal(t, "https://example.org/v1", w.chain.byID[1].Endpoint)
}

func TestAPriceAboveTheContributorsIsNotPaid(t *testing.T) {
	for text, edit := range map[string]func(w *world){
		"it is at most that in 60 seconds": func(w *world) { w.request.MaxPrice = 1_000_000 },
		"raise --max-price":                func(w *world) { w.request.MaxPrice = 1 },
		"topic is full (from block 91 on)": func(w *world) {
			w.chain.refusal = contributiontypes.QueryCanSubmitResponse{Reason: "topic is full", Height: 91}
		},
		"not admitted": func(w *world) { w.chain.refusal.Reason = "not admitted" },
	} {
		w := newWorld(t)
		w.chain.price = 1_500_000
		edit(w)
		_, err := w.submit()
		require.ErrorIs(t, err, ErrRefused, text)
		require.ErrorContains(t, err, text)
		require.Zero(t, w.chain.commits, text)
	}
}

func TestAPriceThatRoseMeanwhileIsAskedForAgain(t *testing.T) {
	w := newWorld(t)
	w.chain.price, w.request.MaxPrice = 100, 100
	w.chain.onSend = func(sdk.Msg) error { w.chain.price = 125; return nil }
	_, err := w.submit()
	require.ErrorIs(t, err, chain.ErrRefused)
	w.chain.onSend, w.request.MaxPrice = nil, 125
	receipt, err := w.submit()
	require.NoError(t, err)
	require.Equal(t, uint64(125), receipt.Price)
}

func TestBytesThatAreOnTheChainAlreadyAreRefusedWithTheirOwner(t *testing.T) {
	w := newWorld(t)
	b, err := os.ReadFile(w.request.Model)
	require.NoError(t, err)
	digest := sha256.Sum256(b)
	w.chain.byID[7] = &contributiontypes.Contribution{Id: 7, Contributor: "weal1other", Artifact: contributiontypes.Artifact{Sha256: digest[:]}}
	_, err = w.submit()
	require.ErrorIs(t, err, ErrRefused)
	require.ErrorContains(t, err, "contribution 7 of weal1other")
}

func TestMeasuringCanBeLeftOut(t *testing.T) {
	w := newWorld(t)
	w.request.SkipMeasure, w.request.CorpusDirs = true, nil
	receipt, err := w.submit()
	require.NoError(t, err)
	require.Zero(t, receipt.SampleMicroBits)
}

// Stopped at any message, the same command goes on and pays once.
func TestStoppedAtAnyPointItGoesOn(t *testing.T) {
	stop := errors.New("the process was killed")
	for name, at := range map[string]func(w *world, msg sdk.Msg) error{
		"before the commit is sent": func(w *world, msg sdk.Msg) error {
			if _, ok := msg.(*contributiontypes.MsgCommitContribution); ok {
				return stop
			}
			return nil
		},
		"before the reveal is sent": func(w *world, msg sdk.Msg) error {
			if _, ok := msg.(*contributiontypes.MsgRevealContribution); ok {
				return stop
			}
			return nil
		},
	} {
		w := newWorld(t)
		w.chain.onSend = func(msg sdk.Msg) error { return at(w, msg) }
		_, err := w.submit()
		require.ErrorIs(t, err, stop, name)
		require.Equal(t, 1, w.records(t))
		w.chain.onSend = nil
		receipt, err := w.submit()
		require.NoError(t, err, name)
		require.Equal(t, 1, w.chain.commits, name)
		require.Equal(t, 1, w.chain.reveals, name)
		require.Equal(t, uint64(1), receipt.ContributionID)
	}
}

func TestACommitThatMayStillComeThroughIsNotSentTwice(t *testing.T) {
	w := newWorld(t)
	w.submitter.TTL, w.submitter.Wait = time.Hour, 20*time.Millisecond
	w.chain.lose = true
	_, err := w.submit()
	require.ErrorIs(t, err, ErrUnfinished)
	w.chain.lose = false
	_, err = w.submit()
	require.ErrorIs(t, err, ErrUnfinished, "it waits for the first one")
	require.Zero(t, w.chain.commits)
}

func TestACommitThatWasLostIsSentAgainWithTheSameSalt(t *testing.T) {
	w := newWorld(t)
	var hashes []string
	w.chain.onSend = func(msg sdk.Msg) error {
		if m, ok := msg.(*contributiontypes.MsgCommitContribution); ok {
			hashes = append(hashes, string(m.Hash))
			w.chain.lose = len(hashes) == 1
		}
		return nil
	}
	_, err := w.submit()
	require.NoError(t, err)
	require.Len(t, hashes, 2)
	require.Equal(t, hashes[0], hashes[1])
}

func TestACommitThatExpiredIsMadeAnew(t *testing.T) {
	w := newWorld(t)
	w.chain.onSend = func(msg sdk.Msg) error {
		if _, ok := msg.(*contributiontypes.MsgRevealContribution); ok {
			return errors.New("the machine is off for a day")
		}
		return nil
	}
	_, err := w.submit()
	require.Error(t, err)
	first := w.chain.byID[1]
	delete(w.chain.byID, 1)
	w.chain.byID[9] = &contributiontypes.Contribution{Id: 9}
	w.chain.onSend = nil
	receipt, err := w.submit()
	require.NoError(t, err)
	require.NotEqual(t, first.Hash, w.chain.byID[receipt.ContributionID].Hash, "with a new salt")
}

func TestACommitThatTheChainRefusesIsForgotten(t *testing.T) {
	for name, edit := range map[string]func(w *world){
		"by the node": func(w *world) {
			w.chain.onSend = func(sdk.Msg) error { return fmt.Errorf("%w: topic is full", chain.ErrRefused) }
		},
		"in its block": func(w *world) {
			w.chain.lose, w.chain.failure = true, fmt.Errorf("%w: topic is full", chain.ErrRefused)
		},
	} {
		w := newWorld(t)
		edit(w)
		_, err := w.submit()
		require.ErrorIs(t, err, chain.ErrRefused, name)
		require.ErrorContains(t, err, "topic is full")
		require.Zero(t, w.records(t), name)
	}
}

func TestAnEarlierCommitOfTheSameBytesIsTold(t *testing.T) {
	w := newWorld(t)
	w.chain.onSend = func(msg sdk.Msg) error {
		if _, ok := msg.(*contributiontypes.MsgRevealContribution); ok {
			w.chain.byID[1].Status = contributiontypes.STATUS_DUPLICATE
			w.chain.lose = true
		}
		return nil
	}
	_, err := w.submit()
	require.ErrorContains(t, err, "an earlier commit owns these bytes")
	require.Zero(t, w.records(t))
}
