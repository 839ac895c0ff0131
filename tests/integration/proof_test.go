// SPDX-License-Identifier: Apache-2.0

package integration_test

import (
	"context"
	"testing"

	abci "github.com/cometbft/cometbft/abci/types"
	"github.com/stretchr/testify/require"

	"github.com/weal-network/weal/app"
	"github.com/weal-network/weal/pkg/row"
	scoringtypes "github.com/weal-network/weal/x/scoring/types"
	"github.com/weal-network/weal/x/scoring/verify"
)

// proved is a chain on which three models were scored and paid.
func proved(t *testing.T) (*world, scoringtypes.Epoch, []*model) {
	t.Helper()
	w := newWorld(t, quick)
	models := []*model{{owner: w.Accounts[0], bytes: "a"}, {owner: w.Accounts[1], bytes: "b"}, {owner: w.Accounts[2], bytes: "c"}}
	w.commitAll(goTopic, models...)
	w.revealAll(models...)
	epoch := w.play(goTopic, w.unanimous(row.Entry{ID: models[0].id, Score: 30_000}, row.Entry{ID: models[1].id, Score: 60_000}, row.Entry{ID: models[2].id, Score: 10_000}))
	require.Equal(t, scoringtypes.EPOCH_STATUS_SCORED, epoch.Status, epoch.VoidReason)
	w.NextBlock()
	return w, epoch, models
}

// proof asks the chain for a document, as the command does.
func (w *world) proof(epoch scoringtypes.Epoch, id uint64) (verify.Document, error) {
	w.t.Helper()
	res, err := scoringtypes.NewQueryClient(w.Queries()).Proof(w.Ctx(), &scoringtypes.QueryProofRequest{TopicId: epoch.TopicId, Epoch: epoch.Number, ContributionId: id})
	if err != nil {
		return verify.Document{}, err
	}
	stored, err := w.App.Query(w.Ctx(), &abci.RequestQuery{Path: "/store/scoring/key", Data: res.Key, Height: w.Height(), Prove: true})
	require.NoError(w.t, err)
	require.Zero(w.t, stored.Code, stored.Log)
	require.Equal(w.t, res.Root, stored.Value)
	return verify.NewDocument(app.LocalChainID, w.Height(), res, stored.ProofOps)
}

func TestAResultIsProvedAgainstTheAppHash(t *testing.T) {
	w, epoch, models := proved(t)
	payment := w.payment(goTopic, epoch.Number)
	for _, m := range models {
		document, err := w.proof(epoch, m.id)
		require.NoError(t, err)
		data, err := document.Bytes()
		require.NoError(t, err)
		again, err := verify.ParseDocument(data)
		require.NoError(t, err)
		require.NoError(t, again.Prove(w.AppHash()))
		require.Equal(t, payment.RewardOf(m.id), again.Result.Reward)
		require.Positive(t, again.Result.Reward)
		require.ErrorIs(t, again.Prove(make([]byte, 32)), verify.ErrUnproved, "another state")
	}
	_, err := w.proof(epoch, 99)
	require.ErrorIs(t, err, scoringtypes.ErrNotFound)
}

// Each byte of the file in turn is another one: none of them passes.
func TestNoByteOfAProofCanBeChanged(t *testing.T) {
	w, epoch, models := proved(t)
	document, err := w.proof(epoch, models[1].id)
	require.NoError(t, err)
	data, err := document.Bytes()
	require.NoError(t, err)
	appHash := w.AppHash()
	check := func(data []byte) error {
		d, err := verify.ParseDocument(data)
		if err != nil {
			return err
		}
		return d.Prove(appHash)
	}
	require.NoError(t, check(data))
	for i := range data {
		for _, flip := range []byte{1, 0x20} {
			data[i] ^= flip
			require.Error(t, check(data), "byte %d", i)
			data[i] ^= flip
		}
	}
	require.Error(t, check(data[:len(data)-1]))
	require.Error(t, check(append(data, ' ')))
}

// Whoever changes a number and writes the file anew, checksum and all, is found out by the hashes.
func TestNoNumberOfAProofCanBeChangedOnPurpose(t *testing.T) {
	w, epoch, models := proved(t)
	tests := map[string]func(d *verify.Document){
		"topic":             func(d *verify.Document) { d.Result.TopicID++ },
		"epoch":             func(d *verify.Document) { d.Result.Epoch-- },
		"contribution":      func(d *verify.Document) { d.Result.ContributionID++ },
		"quality":           func(d *verify.Document) { d.Result.Quality++ },
		"quality in 2^16":   func(d *verify.Document) { d.Result.Quality += 1 << 16 },
		"consensus":         func(d *verify.Document) { d.Result.Consensus++ },
		"incentive":         func(d *verify.Document) { d.Result.Incentive-- },
		"reward":            func(d *verify.Document) { d.Result.Reward++ },
		"index":             func(d *verify.Document) { d.Index++ },
		"leaves":            func(d *verify.Document) { d.Leaves++ },
		"path":              func(d *verify.Document) { d.Path[0][0]++ },
		"short path":        func(d *verify.Document) { d.Path = d.Path[1:] },
		"long path":         func(d *verify.Document) { d.Path = make([]verify.Hex, 1_000) },
		"short hash":        func(d *verify.Document) { d.Path[0] = d.Path[0][1:] },
		"root":              func(d *verify.Document) { d.Root[0]++ },
		"short root":        func(d *verify.Document) { d.Root = d.Root[1:] },
		"store proof":       func(d *verify.Document) { d.Store[0].Data[len(d.Store[0].Data)/2]++ },
		"store key":         func(d *verify.Document) { d.Store[0].Key[1]++ },
		"store":             func(d *verify.Document) { d.Store[1].Key = []byte("emission") },
		"half of the store": func(d *verify.Document) { d.Store = d.Store[:1] },
		"no store":          func(d *verify.Document) { d.Store = nil },
		"long store":        func(d *verify.Document) { d.Store = make([]verify.StoreProof, 1_000) },
		"unknown step":      func(d *verify.Document) { d.Store[0].Type = "x" },
		"no steps' data":    func(d *verify.Document) { d.Store[0].Data = nil },
	}
	for name, change := range tests {
		t.Run(name, func(t *testing.T) {
			document, err := w.proof(epoch, models[1].id)
			require.NoError(t, err)
			change(&document)
			require.ErrorIs(t, document.Prove(w.AppHash()), verify.ErrUnproved)
		})
	}
}

func TestAnEpochOfTheChainIsComputedAgain(t *testing.T) {
	w, epoch, models := proved(t)
	next := w.play(goTopic, w.unanimous(row.Entry{ID: models[0].id, Score: 50_000}, row.Entry{ID: models[2].id, Score: 20_000}))
	w.NextBlock()
	for _, e := range []scoringtypes.Epoch{epoch, next} {
		report, err := w.check(e)
		require.NoError(t, err)
		require.Equal(t, scoringtypes.EPOCH_STATUS_SCORED, report.Epoch.Status)
		require.Equal(t, len(w.Validators), report.Revealed)
		require.Positive(t, report.Numbers)
	}
	_, err := verify.Checker{
		Queries: scoringtypes.NewQueryClient(w.Queries()), ChainID: "another-chain", Operators: w.App.InterfaceRegistry().SigningContext().ValidatorAddressCodec(),
	}.Epoch(w.Ctx(), next.TopicId, next.Number)
	require.ErrorIs(t, err, verify.ErrDiffers, "commitments are bound to the chain")
}

// check computes an epoch again from what the chain's queries say.
func (w *world) check(epoch scoringtypes.Epoch) (verify.Report, error) {
	return verify.Checker{
		Queries: scoringtypes.NewQueryClient(w.Queries()), ChainID: app.LocalChainID, Operators: w.App.InterfaceRegistry().SigningContext().ValidatorAddressCodec(),
		Contributor: func(_ context.Context, id uint64) (string, error) { return w.contribution(id).Contributor, nil },
	}.Epoch(w.Ctx(), epoch.TopicId, epoch.Number)
}
