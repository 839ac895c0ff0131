// SPDX-License-Identifier: Apache-2.0

package ibc_test

import (
	"bytes"
	"encoding/hex"
	"slices"
	"testing"
	"time"

	abci "github.com/cometbft/cometbft/abci/types"
	cmted25519 "github.com/cometbft/cometbft/crypto/ed25519"
	"github.com/cometbft/cometbft/crypto/tmhash"
	cmtproto "github.com/cometbft/cometbft/proto/tendermint/types"
	cmtversion "github.com/cometbft/cometbft/proto/tendermint/version"
	cmttypes "github.com/cometbft/cometbft/types"
	"github.com/cometbft/cometbft/version"
	"github.com/stretchr/testify/require"

	sdk "github.com/cosmos/cosmos-sdk/types"
	stakingtypes "github.com/cosmos/cosmos-sdk/x/staking/types"
	clienttypes "github.com/cosmos/ibc-go/v11/modules/core/02-client/types"
	commitmenttypes "github.com/cosmos/ibc-go/v11/modules/core/23-commitment/types"
	ibcexported "github.com/cosmos/ibc-go/v11/modules/core/exported"
	ibctm "github.com/cosmos/ibc-go/v11/modules/light-clients/07-tendermint"

	"github.com/weal-network/weal/app"
	"github.com/weal-network/weal/testutil/chain"
	emissiontypes "github.com/weal-network/weal/x/emission/types"
)

// node is a chain, what it calls its ends of the link to the other, and the headers that
// its validators sign.
type node struct {
	*chain.Chain
	t     testing.TB
	id    string
	other *node

	client, connection, channel string

	validators *cmttypes.ValidatorSet
	// signers are in the order of validators.
	signers []cmttypes.PrivValidator
	// hashes and times of the blocks, by height: the app hash is that after the block.
	hashes map[int64][]byte
	times  map[int64]time.Time
}

func newNode(t testing.TB, id string, opts ...chain.Option) *node {
	t.Helper()
	opts = append([]chain.Option{chain.WithChainID(id), chain.WithValidators(2), chain.WithAccounts(2)}, opts...)
	n := &node{Chain: chain.New(t, opts...), t: t, id: id, hashes: map[int64][]byte{}, times: map[int64]time.Time{}}
	n.AfterBlock = func(*abci.ResponseFinalizeBlock) { n.hashes[n.Height()], n.times[n.Height()] = n.AppHash(), n.Now() }
	n.AfterBlock(nil)

	bonded, err := n.App.Staking.GetBondedValidatorsByPower(n.Ctx())
	require.NoError(t, err)
	var members []*cmttypes.Validator
	for _, v := range n.Validators {
		i := slices.IndexFunc(bonded, func(b stakingtypes.Validator) bool { return b.GetOperator() == v.Operator.String() })
		key := cmted25519.PrivKey(v.Consensus.Bytes())
		members = append(members, cmttypes.NewValidator(key.PubKey(), bonded[i].ConsensusPower(sdk.DefaultPowerReduction)))
	}
	n.validators = cmttypes.NewValidatorSet(members)
	for _, member := range n.validators.Validators {
		i := slices.IndexFunc(n.Validators, func(v chain.Validator) bool { return bytes.Equal(v.ConsAddress(), member.Address) })
		n.signers = append(n.signers, cmttypes.NewMockPVWithParams(cmted25519.PrivKey(n.Validators[i].Consensus.Bytes()), false, false))
	}
	return n
}

// block makes a block that is later than the other chain's last one: light clients refuse
// headers from the future.
func (n *node) block(txs ...[]byte) *abci.ResponseFinalizeBlock {
	n.t.Helper()
	return n.NextBlockAfter(max(time.Second, n.other.Now().Sub(n.Now())+time.Second), txs...)
}

// try delivers the messages in a block of their own.
func (n *node) try(msgs ...sdk.Msg) *abci.ExecTxResult {
	n.t.Helper()
	return n.block(n.Sign(chain.TxFee, msgs...)).TxResults[0]
}

// must is try that fails the test if the transaction fails.
func (n *node) must(msgs ...sdk.Msg) *abci.ExecTxResult {
	n.t.Helper()
	res := n.try(msgs...)
	require.Zero(n.t, res.Code, "%s: %s", sdk.MsgTypeURL(msgs[0]), res.Log)
	return res
}

// relayer pays for what goes from chain to chain.
func (n *node) relayer() string { return n.Accounts[1].String() }

// balance is what the first account has of a coin.
func (n *node) balance(denom string) int64 {
	return n.App.Bank.GetBalance(n.Ctx(), n.Accounts[0].Address, denom).Amount.Int64()
}

// audit fails the test unless the books of x/emission hold: whatever comes or goes, the
// chain's own supply is what was issued.
func (n *node) audit() {
	n.t.Helper()
	res, err := emissiontypes.NewQueryClient(n.Queries()).Audit(n.Ctx(), &emissiontypes.QueryAuditRequest{})
	require.NoError(n.t, err)
	require.True(n.t, res.Ok, "%v", res.Checks)
}

// height writes a height of this chain as other chains do.
func (n *node) heightOf(height int64) clienttypes.Height {
	return clienttypes.NewHeight(clienttypes.ParseChainID(n.id), uint64(height)) //nolint:gosec // heights are positive
}

// header is that of the block at height, signed by all validators, for a client that trusts
// this chain up to another height.
func (n *node) header(height int64, trusted clienttypes.Height) *ibctm.Header {
	n.t.Helper()
	unused := tmhash.Sum([]byte("not used"))
	header := cmttypes.Header{
		Version:            cmtversion.Consensus{Block: version.BlockProtocol},
		ChainID:            n.id,
		Height:             height,
		Time:               n.times[height],
		LastBlockID:        blockID(unused),
		LastCommitHash:     unused,
		DataHash:           unused,
		ValidatorsHash:     n.validators.Hash(),
		NextValidatorsHash: n.validators.Hash(),
		ConsensusHash:      unused,
		AppHash:            n.hashes[height-1],
		LastResultsHash:    unused,
		EvidenceHash:       unused,
		ProposerAddress:    n.validators.Proposer.Address,
	}
	votes := cmttypes.NewVoteSet(n.id, height, 1, cmtproto.PrecommitType, n.validators)
	commit, err := cmttypes.MakeExtCommit(blockID(header.Hash()), height, 1, votes, n.signers, header.Time, false)
	require.NoError(n.t, err)
	set, err := n.validators.ToProto()
	require.NoError(n.t, err)
	set.TotalVotingPower = n.validators.TotalVotingPower()
	return &ibctm.Header{
		SignedHeader:      &cmtproto.SignedHeader{Header: header.ToProto(), Commit: commit.ToCommit().ToProto()},
		ValidatorSet:      set,
		TrustedHeight:     trusted,
		TrustedValidators: set,
	}
}

func blockID(hash []byte) cmttypes.BlockID {
	return cmttypes.BlockID{Hash: hash, PartSetHeader: cmttypes.PartSetHeader{Total: 1, Hash: hash}}
}

// knows is the last height of the other chain that this one's client has seen.
func (n *node) knows() clienttypes.Height {
	return n.App.IBC.ClientKeeper.GetClientLatestHeight(n.Ctx(), n.client)
}

// update shows this chain's client the state of the other as it is now.
func (n *node) update() {
	n.t.Helper()
	n.other.block()
	msg, err := clienttypes.NewMsgUpdateClient(n.client, n.other.header(n.other.Height(), n.knows()), n.relayer())
	require.NoError(n.t, err)
	n.must(msg)
}

// proof shows the other chain, as far as its client has seen this one, what stands under a
// key of IBC's store, or that nothing does.
func (n *node) proof(key []byte) ([]byte, clienttypes.Height) {
	n.t.Helper()
	height := n.other.knows()
	res, err := n.App.Query(n.Ctx(), &abci.RequestQuery{
		Path: "store/" + ibcexported.StoreKey + "/key", Data: key, Prove: true,
		Height: int64(height.RevisionHeight) - 1, //nolint:gosec // heights are small
	})
	require.NoError(n.t, err)
	merkle, err := commitmenttypes.ConvertProofs(res.ProofOps)
	require.NoError(n.t, err)
	bz, err := n.App.AppCodec().Marshal(&merkle)
	require.NoError(n.t, err)
	return bz, height
}

// attribute is the value of the first event of a kind that has the key.
func attribute(t testing.TB, res *abci.ExecTxResult, kind, key string) string {
	t.Helper()
	for _, event := range res.Events {
		for _, a := range event.Attributes {
			if event.Type == kind && a.Key == key {
				return a.Value
			}
		}
	}
	require.FailNow(t, "no "+key+" in an event "+kind)
	return ""
}

// bytesOf is an attribute in hexadecimal.
func bytesOf(t testing.TB, res *abci.ExecTxResult, kind, key string) []byte {
	t.Helper()
	bz, err := hex.DecodeString(attribute(t, res, kind, key))
	require.NoError(t, err)
	return bz
}

func uweal(n int64) sdk.Coin { return sdk.NewInt64Coin(app.BaseDenom, n) }

// txResult is what became of a transaction.
type txResult = abci.ExecTxResult
