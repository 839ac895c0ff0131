// SPDX-License-Identifier: Apache-2.0

package integration_test

import (
	"fmt"

	abci "github.com/cometbft/cometbft/abci/types"
	"github.com/stretchr/testify/require"

	"github.com/cosmos/cosmos-sdk/types/query"

	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/weal-network/weal/pkg/row"
	"github.com/weal-network/weal/testutil/chain"
	contributiontypes "github.com/weal-network/weal/x/contribution/types"
	emissiontypes "github.com/weal-network/weal/x/emission/types"
)

// claimEvery is how many blocks lie between two claims of a history.
const claimEvery = 3

// batch collects the transactions of one block, with the sequences that accounts have used
// up in it.
type batch struct {
	w    *world
	used map[string]uint64
	txs  [][]byte
}

func (b *batch) add(fee int64, signer chain.Account, msg sdk.Msg) {
	b.txs = append(b.txs, b.w.SignAt(fee, b.used[signer.Name], msg))
	b.used[signer.Name]++
}

// busyBlock is the block that a busy network makes next, a function of its state alone:
// everyone sends, somebody commits a model, what was committed two blocks ago is revealed,
// validators do their duties in every topic, one of them at a time failing to, and every
// few blocks somebody claims.
func (w *world) busyBlock() [][]byte {
	w.t.Helper()
	b := &batch{w: w, used: map[string]uint64{}}
	height := w.Height() + 1
	for i, from := range w.Accounts {
		b.add(chain.TxFee, from, send(from, w.Accounts[(i+1)%len(w.Accounts)].Address))
	}
	author := w.Accounts[int(height)%len(w.Accounts)]
	b.add(chain.TxFee, author, historic(author, height).commit(1+uint64(height)%2))
	for _, topicID := range []uint64{goTopic, proseTopic} {
		b.reveals(topicID, height)
		b.duties(topicID, height)
	}
	if height%claimEvery == 0 {
		account := w.Accounts[int(height/claimEvery)%len(w.Accounts)]
		b.add(chain.TxFee, account, &emissiontypes.MsgClaim{Contributor: account.String()})
	}
	return b.txs
}

// historic is the model that an account commits at a height.
func historic(author chain.Account, height int64) model {
	return model{owner: author, bytes: fmt.Sprintf("%s at %d", author.Name, height)}
}

// reveals shows what was committed two blocks ago, but for every fifth commit, which is
// left to expire.
func (b *batch) reveals(topicID uint64, height int64) {
	res, err := contributiontypes.NewQueryClient(b.w.Queries()).Contributions(b.w.Ctx(), &contributiontypes.QueryContributionsRequest{
		TopicId: topicID, Status: contributiontypes.STATUS_COMMITTED, Pagination: &query.PageRequest{Limit: 1000},
	})
	require.NoError(b.w.t, err)
	for _, c := range res.Contributions {
		if c.CommittedHeight != height-2 || c.Id%5 == 0 {
			continue
		}
		author := b.w.Accounts[int(c.CommittedHeight)%len(b.w.Accounts)]
		m := historic(author, c.CommittedHeight)
		m.id = c.Id
		b.add(chain.TxFee, author, m.reveal())
	}
}

// duties are what the validators owe a topic at a height.
func (b *batch) duties(topicID uint64, height int64) {
	clock, err := b.w.App.Scoring.Clocks.Get(b.w.Ctx(), topicID)
	require.NoError(b.w.t, err)
	if clock.Epoch == 0 {
		return
	}
	epoch, ids := b.w.epoch(topicID)
	if len(ids) == 0 {
		return
	}
	for i := range b.w.scorers {
		scores := make([]row.Entry, len(ids))
		for j, id := range ids {
			// All agree but for a little noise, by which some stand out.
			scores[j] = row.Entry{ID: id, Score: uint16(1000*(id%37) + epoch.Number + uint64(i))}
		}
		ballot := b.w.scores(epoch, i, scores...)
		switch height {
		case epoch.StartHeight:
			b.add(0, ballot.signer, ballot.commit())
		case epoch.RevealHeight:
			if epoch.Number%5 != uint64(i) {
				b.add(0, ballot.signer, ballot.reveal())
			}
		}
	}
}

// tally counts what became of the transactions of a history.
type tally struct{ taken, refused int }

func (t *tally) count(results []*abci.ExecTxResult) {
	for _, res := range results {
		if res.Code == 0 {
			t.taken++
		} else {
			t.refused++
		}
	}
}
