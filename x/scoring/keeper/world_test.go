// SPDX-License-Identifier: Apache-2.0

package keeper_test

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/cosmos/cosmos-sdk/codec"
	"github.com/cosmos/cosmos-sdk/codec/address"
	codectypes "github.com/cosmos/cosmos-sdk/codec/types"
	"github.com/cosmos/cosmos-sdk/runtime"
	storetypes "github.com/cosmos/cosmos-sdk/store/v2/types"
	"github.com/cosmos/cosmos-sdk/testutil"
	sdk "github.com/cosmos/cosmos-sdk/types"

	"cosmossdk.io/core/header"

	"github.com/weal-network/weal/pkg/commitment"
	"github.com/weal-network/weal/pkg/row"
	topictypes "github.com/weal-network/weal/x/topic/types"

	"github.com/weal-network/weal/x/scoring/keeper"
	"github.com/weal-network/weal/x/scoring/types"
)

const (
	chainID   = "weal-test-1"
	authority = "weal1authority"
)

// world is the module with everything around it made up.
type world struct {
	t             testing.TB
	ctx           sdk.Context
	key           *storetypes.KVStoreKey
	cdc           codec.Codec
	k             *keeper.Keeper
	msgs          types.MsgServer
	queries       types.QueryServer
	accounts      *fakeAccounts
	staking       *fakeStaking
	admission     *fakeAdmission
	topics        *fakeTopics
	contributions *fakeContributions
	hooks         *fakeHooks
}

// newWorld returns a world in block 1, after genesis, without topics.
func newWorld(t testing.TB) *world {
	t.Helper()
	w := &world{
		t:             t,
		key:           storetypes.NewKVStoreKey(types.StoreKey),
		cdc:           codec.NewProtoCodec(codectypes.NewInterfaceRegistry()),
		accounts:      &fakeAccounts{},
		staking:       &fakeStaking{codec: operatorNames},
		admission:     &fakeAdmission{},
		topics:        &fakeTopics{},
		contributions: &fakeContributions{sets: map[uint64][]uint64{}},
		hooks:         &fakeHooks{},
	}
	w.open()
	require.NoError(t, w.k.InitGenesis(w.ctx, *types.DefaultGenesis()))
	w.block(1)
	return w
}

// open gives the world an empty store and a keeper over it.
func (w *world) open() {
	w.ctx = testutil.DefaultContextWithDB(w.t, w.key, storetypes.NewTransientStoreKey("transient")).Ctx.WithChainID(chainID)
	w.k = keeper.NewKeeper(w.cdc, runtime.NewKVStoreService(w.key), authority, accountNames, operatorNames,
		w.accounts, w.staking, w.admission, w.topics, w.contributions)
	w.k.SetHooks(types.NewMultiScoringHooks(w.hooks))
	w.msgs, w.queries = keeper.NewMsgServer(w.k), keeper.NewQueryServer(w.k)
}

var (
	accountNames  = address.NewBech32Codec("weal")
	operatorNames = address.NewBech32Codec("wealvaloper")
)

// account is the account of that name; a validator's operator has the same bytes.
func account(name string) sdk.AccAddress {
	sum := sha256.Sum256([]byte(name))
	return sum[:20]
}

func accountName(name string) string {
	text, err := accountNames.BytesToString(account(name))
	if err != nil {
		panic(err)
	}
	return text
}

func operatorName(name string) string {
	text, err := operatorNames.BytesToString(account(name))
	if err != nil {
		panic(err)
	}
	return text
}

// block enters a block of that height.
func (w *world) block(height int64) {
	hash := sha256.Sum256(fmt.Append(nil, "block", height))
	w.ctx = w.ctx.WithBlockHeight(height).
		WithHeaderInfo(header.Info{ChainID: chainID, Height: height, Hash: hash[:]}).
		WithEventManager(sdk.NewEventManager())
}

// to ends blocks until the given one has begun.
func (w *world) to(height int64) {
	w.t.Helper()
	for w.ctx.BlockHeight() < height {
		require.NoError(w.t, w.k.EndBlock(w.ctx))
		w.block(w.ctx.BlockHeight() + 1)
	}
}

// topic creates an active topic with that schedule and starts its clock.
func (w *world) topic(id, epochBlocks, revealBlocks uint64) {
	w.t.Helper()
	w.topics.topics = append(w.topics.topics, newTopic(id, epochBlocks, revealBlocks))
	require.NoError(w.t, w.k.TopicHooks().AfterTopicCreated(w.ctx, id))
}

// pause pauses a topic.
func (w *world) pause(id uint64) {
	w.t.Helper()
	w.topics.find(id).Status = topictypes.STATUS_PAUSED
	require.NoError(w.t, w.k.TopicHooks().AfterTopicPaused(w.ctx, id))
}

func newTopic(id, epochBlocks, revealBlocks uint64) topictypes.Topic {
	return topictypes.Topic{
		Id: id, Status: topictypes.STATUS_ACTIVE,
		Schedule: topictypes.Schedule{EpochBlocks: epochBlocks, RevealBlocks: revealBlocks, MaxActive: 256},
		Scoring: topictypes.Scoring{
			Rule: topictypes.RULE_YUMA3, KappaBp: 5_000, BondPenaltyBp: 10_000, BondsMovingAverageBp: 9_000,
			RewardRule: topictypes.REWARD_RULE_PROPORTIONAL, ScoreRule: topictypes.SCORE_RULE_CLIPPED_SUM, DividendRule: topictypes.DIVIDEND_RULE_BONDS,
		},
	}
}

// running returns a world in block 3, in which epoch 1 of topic 1 begins: commits until block 9, reveals
// in blocks 10 to 12. It measures contributions 1, 2 and 3; ann, bob, cid and dan score with 400, 300, 200 and 100.
func running(t testing.TB) *world {
	t.Helper()
	w := newWorld(t)
	w.staking.bond(sdk.ValAddress(account("ann")), 400)
	w.staking.bond(sdk.ValAddress(account("bob")), 300)
	w.staking.bond(sdk.ValAddress(account("cid")), 200)
	w.staking.bond(sdk.ValAddress(account("dan")), 100)
	w.contributions.sets[1] = []uint64{1, 2, 3}
	w.topic(1, 10, 3)
	w.to(3)
	return w
}

// params changes the parameters, without any delay.
func (w *world) params(change func(*types.Params)) {
	w.t.Helper()
	params, err := w.k.Params.Get(w.ctx)
	require.NoError(w.t, err)
	change(&params)
	require.NoError(w.t, w.k.Params.Set(w.ctx, params))
}

// saltOf is the salt that the tests use in an epoch.
func saltOf(name string, epoch uint64) [32]byte { return sha256.Sum256(fmt.Append(nil, name, epoch)) }

// commitMsg binds a validator to a row.
func commitMsg(name string, topicID, epoch uint64, packed []byte) *types.MsgCommitScores {
	hash := commitment.Scores(chainID, topicID, epoch, account(name), saltOf(name, epoch), packed)
	return &types.MsgCommitScores{Signer: accountName(name), TopicId: topicID, Epoch: epoch, Hash: hash[:]}
}

// revealMsg shows the row of a validator.
func revealMsg(name string, topicID, epoch uint64, packed []byte) *types.MsgRevealScores {
	salt := saltOf(name, epoch)
	return &types.MsgRevealScores{Signer: accountName(name), TopicId: topicID, Epoch: epoch, Row: packed, Salt: salt[:]}
}

// scoreRow packs scores of the ids 1, 2, 3 ...
func scoreRow(scores ...uint16) []byte {
	entries := make([]row.Entry, len(scores))
	for i, s := range scores {
		entries[i] = row.Entry{ID: uint64(i + 1), Score: s}
	}
	packed, err := row.Encode(entries)
	if err != nil {
		panic(err)
	}
	return packed
}

func (w *world) commit(name string, topicID, epoch uint64, packed []byte) {
	w.t.Helper()
	_, err := w.msgs.CommitScores(w.ctx, commitMsg(name, topicID, epoch, packed))
	require.NoError(w.t, err)
}

func (w *world) reveal(name string, topicID, epoch uint64, packed []byte) {
	w.t.Helper()
	_, err := w.msgs.RevealScores(w.ctx, revealMsg(name, topicID, epoch, packed))
	require.NoError(w.t, err)
}

// dump is all that the module stores.
func (w *world) dump() []byte {
	w.t.Helper()
	var out bytes.Buffer
	iterator := w.ctx.KVStore(w.key).Iterator(nil, nil)
	defer iterator.Close()
	for ; iterator.Valid(); iterator.Next() {
		fmt.Fprintf(&out, "%x=%x\n", iterator.Key(), iterator.Value())
	}
	return out.Bytes()
}

// refuses asserts that an attempt fails with an error, that its text says something, and that it writes nothing.
func (w *world) refuses(expected error, says string, attempt func() error) {
	w.t.Helper()
	before, accounts := w.dump(), len(w.accounts.created)
	err := attempt()
	require.ErrorIs(w.t, err, expected)
	require.ErrorContains(w.t, err, says)
	require.Equal(w.t, string(before), string(w.dump()), "something was half written")
	require.Len(w.t, w.accounts.created, accounts, "an account was created")
	require.Empty(w.t, w.ctx.EventManager().Events(), "an event was emitted")
}
