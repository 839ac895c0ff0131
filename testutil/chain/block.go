// SPDX-License-Identifier: Apache-2.0

package chain

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"slices"
	"time"

	abci "github.com/cometbft/cometbft/abci/types"
	cryptoproto "github.com/cometbft/cometbft/proto/tendermint/crypto"
	cmtproto "github.com/cometbft/cometbft/proto/tendermint/types"
	"github.com/stretchr/testify/require"
)

// NextBlock executes and commits a block with the transactions. Its time is one block
// time after the last block's.
func (c *Chain) NextBlock(txs ...[]byte) *abci.ResponseFinalizeBlock {
	c.t.Helper()
	return c.NextBlockAfter(c.opts.blockTime, txs...)
}

// NextBlockAfter is NextBlock with the given time since the last block.
func (c *Chain) NextBlockAfter(d time.Duration, txs ...[]byte) *abci.ResponseFinalizeBlock {
	c.t.Helper()
	height, now := c.height+1, c.now.Add(d)
	began := c.Stopwatch()
	res, err := c.App.FinalizeBlock(&abci.RequestFinalizeBlock{
		Txs:                txs,
		DecidedLastCommit:  c.lastCommit(),
		Hash:               BlockHash(height),
		Height:             height,
		Time:               now,
		NextValidatorsHash: make([]byte, sha256.Size),
		ProposerAddress:    c.proposer(height),
	})
	require.NoError(c.t, err, "block %d", height)
	finalized := c.Stopwatch()
	_, err = c.App.Commit()
	require.NoError(c.t, err, "commit of block %d", height)
	c.Finalizing, c.Committing = finalized-began, c.Stopwatch()-finalized
	c.height, c.now, c.fresh = height, now, false
	c.signers, c.next, c.after = c.next, c.after, c.after.apply(res.ValidatorUpdates)
	if c.AfterBlock != nil {
		c.AfterBlock(res)
	}
	return res
}

// NextBlocks makes n blocks without transactions.
func (c *Chain) NextBlocks(n int) {
	c.t.Helper()
	for range n {
		c.NextBlock()
	}
}

// RunTo makes blocks without transactions until the last one has the given height.
func (c *Chain) RunTo(height int64) {
	c.t.Helper()
	require.GreaterOrEqual(c.t, height, c.height, "the chain is past that height")
	c.NextBlocks(int(height - c.height))
}

// BlockHash is the hash that the block at height claims. It depends on nothing else, so
// that a chain and its copy draw the same seeds.
func BlockHash(height int64) []byte {
	var bz [8]byte
	binary.BigEndian.PutUint64(bz[:], uint64(height))
	hash := sha256.Sum256(append([]byte("weal test block"), bz[:]...))
	return hash[:]
}

// lastCommit says who signed the last block: all but the absent.
func (c *Chain) lastCommit() abci.CommitInfo {
	absent := map[string]bool{}
	for i, validator := range c.Validators {
		absent[string(validator.ConsAddress())] = c.Absent[i]
	}
	var info abci.CommitInfo
	for _, p := range c.signers {
		flag := cmtproto.BlockIDFlagCommit
		if absent[string(p.address)] {
			flag = cmtproto.BlockIDFlagAbsent
		}
		info.Votes = append(info.Votes, abci.VoteInfo{Validator: abci.Validator{Address: p.address, Power: p.power}, BlockIdFlag: flag})
	}
	return info
}

// proposer takes turns.
func (c *Chain) proposer(height int64) []byte {
	if len(c.next) == 0 {
		return nil
	}
	return c.next[int(height)%len(c.next)].address
}

// power is one member of the validator set.
type power struct {
	key     cryptoproto.PublicKey
	address []byte
	power   int64
}

// powers is a validator set, sorted by address.
type powers []power

// apply returns the set after the updates; power 0 removes a member.
func (p powers) apply(updates []abci.ValidatorUpdate) powers {
	next := slices.Clone(p)
	for _, update := range updates {
		address := ed25519Address(update.PubKey)
		next = slices.DeleteFunc(next, func(m power) bool { return bytes.Equal(m.address, address) })
		if update.Power > 0 {
			next = append(next, power{key: update.PubKey, address: address, power: update.Power})
		}
	}
	slices.SortFunc(next, func(a, b power) int { return bytes.Compare(a.address, b.address) })
	return next
}

// updates lists the set as CometBFT hands it to InitChain.
func (p powers) updates() []abci.ValidatorUpdate {
	updates := make([]abci.ValidatorUpdate, len(p))
	for i, member := range p {
		updates[i] = abci.ValidatorUpdate{PubKey: member.key, Power: member.power}
	}
	return updates
}

// ed25519Address is the consensus address of a key.
func ed25519Address(key cryptoproto.PublicKey) []byte {
	hash := sha256.Sum256(key.GetEd25519())
	return hash[:20]
}
