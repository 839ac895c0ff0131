// SPDX-License-Identifier: Apache-2.0

package keeper_test

import (
	"context"
	"crypto/sha256"
	"fmt"
	"maps"
	"os"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/cosmos/cosmos-sdk/codec"
	addresscodec "github.com/cosmos/cosmos-sdk/codec/address"
	codectypes "github.com/cosmos/cosmos-sdk/codec/types"
	"github.com/cosmos/cosmos-sdk/runtime"
	"github.com/cosmos/cosmos-sdk/store/v2"
	storetypes "github.com/cosmos/cosmos-sdk/store/v2/types"
	"github.com/cosmos/cosmos-sdk/testutil"
	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/weal-network/weal/pkg/commitment"
	admissiontypes "github.com/weal-network/weal/x/admission/types"
	"github.com/weal-network/weal/x/contribution/keeper"
	"github.com/weal-network/weal/x/contribution/types"
	topictypes "github.com/weal-network/weal/x/topic/types"
)

const (
	chainID  = "weal-test-1"
	openID   = uint64(1) // open topic
	closedID = uint64(2) // topic that needs admission
)

func TestMain(m *testing.M) {
	sdk.GetConfig().SetBech32PrefixForAccount("weal", "wealpub")
	os.Exit(m.Run())
}

// fakeTopics is a topic keeper of two topics that a test may change.
type fakeTopics map[uint64]*topictypes.Topic

func (f fakeTopics) GetTopic(_ context.Context, id uint64) (topictypes.Topic, error) {
	if t, ok := f[id]; ok {
		return *t, nil
	}
	return topictypes.Topic{}, errNoTopic
}

func (f fakeTopics) PauseByGuardian(_ context.Context, id uint64, guardian, reasonURI string, untilMs, nextMs int64) error {
	t, ok := f[id]
	if !ok {
		return errNoTopic
	}
	*t = t.Paused(topictypes.Pause{Guardian: guardian, ReasonUri: reasonURI, UntilMs: untilMs})
	t.GuardableFromMs = nextMs
	return nil
}

func (f fakeTopics) GuardedTopics(context.Context) (ids []uint64, err error) {
	for _, id := range slices.Sorted(maps.Keys(f)) {
		if f[id].IsGuarded() {
			ids = append(ids, id)
		}
	}
	return ids, nil
}

func (f fakeTopics) CountPaid(context.Context) (uint32, error) { return uint32(len(f)), nil }

var errNoTopic = fmt.Errorf("no such topic")

// fakeAdmission admits the accounts in it.
type fakeAdmission map[string]bool

func (f fakeAdmission) IsAdmitted(_ context.Context, role admissiontypes.Role, topicID uint64, addr sdk.AccAddress) (bool, error) {
	return role == admissiontypes.ROLE_CONTRIBUTOR && f[fmt.Sprintf("%d/%s", topicID, addr)], nil
}

// fakeBank is a bank of one denom in which everybody begins with a fortune.
type fakeBank struct {
	balances map[string]uint64
	blocked  map[string]bool
	burnt    uint64
}

const fortune = uint64(1_000_000_000_000_000)

var errPoor = fmt.Errorf("spendable balance is smaller")

func (b *fakeBank) balance(addr sdk.AccAddress) uint64 {
	if n, ok := b.balances[addr.String()]; ok || addr.Equals(types.ModuleAddress()) {
		return n
	}
	return fortune
}

func (b *fakeBank) move(from, to sdk.AccAddress, amount uint64) error {
	if b.balance(from) < amount {
		return errPoor
	}
	b.balances[from.String()] = b.balance(from) - amount
	b.balances[to.String()] = b.balance(to) + amount
	return nil
}

func (b *fakeBank) SendCoinsFromAccountToModule(_ context.Context, from sdk.AccAddress, _ string, amt sdk.Coins) error {
	return b.move(from, types.ModuleAddress(), amt.AmountOf(types.Denom).Uint64())
}

func (b *fakeBank) SendCoinsFromModuleToAccount(_ context.Context, _ string, to sdk.AccAddress, amt sdk.Coins) error {
	return b.move(types.ModuleAddress(), to, amt.AmountOf(types.Denom).Uint64())
}

func (b *fakeBank) BurnCoins(_ context.Context, _ string, amt sdk.Coins) error {
	amount := amt.AmountOf(types.Denom).Uint64()
	if b.balance(types.ModuleAddress()) < amount {
		return errPoor
	}
	b.balances[types.ModuleAddress().String()] -= amount
	b.burnt += amount
	return nil
}

func (b *fakeBank) GetBalance(_ context.Context, addr sdk.AccAddress, _ string) sdk.Coin {
	return types.Coin(b.balance(addr))
}

func (b *fakeBank) SpendableCoin(ctx context.Context, addr sdk.AccAddress, denom string) sdk.Coin {
	return b.GetBalance(ctx, addr, denom)
}

func (b *fakeBank) BlockedAddr(addr sdk.AccAddress) bool { return b.blocked[addr.String()] }

// fixture is the module alone, over a real IAVL store.
type fixture struct {
	t        require.TestingT
	tb       testing.TB
	ctx      sdk.Context
	cms      store.CommitMultiStore
	key      *storetypes.KVStoreKey
	cdc      codec.Codec
	keeper   *keeper.Keeper
	msg      types.MsgServer
	query    types.QueryServer
	topics   fakeTopics
	admitted fakeAdmission
	bank     *fakeBank
}

var authority = account("gov").String()

func newFixture(tb testing.TB) *fixture {
	tb.Helper()
	key := storetypes.NewKVStoreKey(types.StoreKey)
	tc := testutil.DefaultContextWithDB(tb, key, storetypes.NewTransientStoreKey("transient"))
	f := &fixture{
		t:        tb,
		tb:       tb,
		ctx:      tc.Ctx.WithChainID(chainID).WithBlockHeight(1),
		cms:      tc.CMS,
		key:      key,
		cdc:      codec.NewProtoCodec(codectypes.NewInterfaceRegistry()),
		topics:   fakeTopics{openID: newTopic(openID, topictypes.ACCESS_OPEN), closedID: newTopic(closedID, topictypes.ACCESS_ADMITTED)},
		admitted: fakeAdmission{},
		bank:     &fakeBank{balances: map[string]uint64{}, blocked: map[string]bool{account("a module").String(): true}},
	}
	f.rebuilt()
	require.NoError(tb, f.keeper.InitGenesis(f.ctx, types.DefaultGenesisState()))
	return f
}

// rebuilt gives the keeper the fixture's topics and bank.
func (f *fixture) rebuilt() *fixture {
	f.keeper = keeper.NewKeeper(f.cdc, runtime.NewKVStoreService(f.key), authority, addresscodec.NewBech32Codec("weal"), f.topics, f.admitted, f.bank)
	f.msg, f.query = keeper.NewMsgServer(f.keeper), keeper.NewQueryServer(f.keeper)
	return f
}

func newTopic(id uint64, access topictypes.Access) *topictypes.Topic {
	return &topictypes.Topic{
		Id:            id,
		Status:        topictypes.STATUS_ACTIVE,
		Access:        access,
		ArtifactRules: topictypes.ArtifactRules{MediaTypes: []string{"application/onnx"}, MaxBytes: 1 << 20},
		Schedule:      topictypes.Schedule{EpochBlocks: 20, RevealBlocks: 5, MaxActive: 3, ImmunityEpochs: 2},
		Pricing:       topictypes.Pricing{BasePrice: 1_000, MaxPrice: 100_000_000, MultiplierBp: 12_500, HalfLifeSeconds: 3_600, Bond: 500},
	}
}

func account(name string) sdk.AccAddress {
	sum := sha256.Sum256([]byte(name))
	return sum[:20]
}

func digest(model string) [32]byte { return sha256.Sum256([]byte(model)) }
func salt(name string) [32]byte    { return sha256.Sum256([]byte("salt of " + name)) }

// atHeight moves to a block.
func (f *fixture) atHeight(h int64) *fixture {
	f.ctx = f.ctx.WithBlockHeight(h).WithEventManager(sdk.NewEventManager())
	return f
}

// nextBlock ends the block and begins the next.
func (f *fixture) nextBlock() *fixture {
	require.NoError(f.t, f.keeper.EndBlock(f.ctx))
	return f.atHeight(f.ctx.BlockHeight() + 1)
}

func commitMsg(who, model string, topicID uint64) *types.MsgCommitContribution {
	hash := commitment.Contribution(chainID, topicID, account(who), salt(who), digest(model))
	return &types.MsgCommitContribution{Contributor: account(who).String(), TopicId: topicID, Hash: hash[:], MaxPrice: topictypes.MaxPrice}
}

func revealMsg(who, model string, id uint64) *types.MsgRevealContribution {
	d, s := digest(model), salt(who)
	return &types.MsgRevealContribution{
		Contributor:    account(who).String(),
		ContributionId: id,
		Artifact: types.Artifact{
			Sha256: d[:], Size_: 1000, MediaType: "application/onnx", Uris: []string{"https://example.org/" + model},
		},
		Salt: s[:],
	}
}

// commit commits who to a model in the open topic.
func (f *fixture) commit(who, model string) uint64 {
	resp, err := f.msg.CommitContribution(f.ctx, commitMsg(who, model, openID))
	require.NoError(f.t, err)
	return resp.ContributionId
}

func (f *fixture) reveal(who, model string, id uint64) {
	_, err := f.msg.RevealContribution(f.ctx, revealMsg(who, model, id))
	require.NoError(f.t, err)
}

// revealed commits, and reveals in the next block.
func (f *fixture) revealed(who, model string) uint64 {
	id := f.commit(who, model)
	f.nextBlock()
	f.reveal(who, model, id)
	return id
}

func (f *fixture) begin(epoch uint64) []uint64 {
	ids, err := f.keeper.BeginEpoch(f.ctx, *f.topics[openID], epoch, 0)
	require.NoError(f.t, err)
	return ids
}

func (f *fixture) end(epoch uint64, ids, incentive []uint64) {
	require.NoError(f.t, f.keeper.EndEpoch(f.ctx, openID, epoch, ids, incentive))
}

func (f *fixture) get(id uint64) types.Contribution {
	c, err := f.keeper.GetContribution(f.ctx, id)
	require.NoError(f.t, err)
	return c
}

func (f *fixture) status(id uint64) types.Status { return f.get(id).Status }

func (f *fixture) set() types.ActiveSet {
	resp, err := f.query.ActiveSet(f.ctx, &types.QueryActiveSetRequest{TopicId: openID})
	require.NoError(f.t, err)
	return resp.ActiveSet
}

func (f *fixture) ownedBy(who string) []uint64 {
	ids, err := f.keeper.ActiveOwnedBy(f.ctx, openID, account(who))
	require.NoError(f.t, err)
	return ids
}

// owner returns the owner of a model's digest in the open topic, 0 for none.
func (f *fixture) owner(model string) uint64 {
	resp, err := f.query.ContributionByDigest(f.ctx, &types.QueryContributionByDigestRequest{TopicId: openID, Sha256: fmt.Sprintf("%x", digest(model))})
	if err != nil {
		require.ErrorIs(f.t, err, types.ErrContributionNotFound)
		return 0
	}
	return resp.Contribution.Id
}

// dump is every key and value of the store.
func (f *fixture) dump() map[string]string {
	state := map[string]string{}
	it := f.ctx.KVStore(f.key).Iterator(nil, nil)
	defer it.Close()
	for ; it.Valid(); it.Next() {
		state[string(it.Key())] = string(it.Value())
	}
	return state
}

// refused checks that fn fails with want, saying each of the words, and has
// written and emitted nothing.
func (f *fixture) refused(fn func(context.Context) error, want error, words ...string) {
	before, coins, events := f.dump(), maps.Clone(f.bank.balances), len(f.ctx.EventManager().Events())
	err := fn(f.ctx)
	require.ErrorIs(f.t, err, want)
	for _, word := range words {
		require.ErrorContains(f.t, err, word)
	}
	require.Equal(f.t, before, f.dump(), "a refusal wrote something")
	require.Equal(f.t, coins, f.bank.balances, "a refusal moved a coin")
	require.Len(f.t, f.ctx.EventManager().Events(), events, "a refusal emitted something")
}

func (f *fixture) refusedCommit(m *types.MsgCommitContribution, want error, words ...string) {
	f.refused(func(ctx context.Context) error { _, err := f.msg.CommitContribution(ctx, m); return err }, want, words...)
}

func (f *fixture) refusedReveal(m *types.MsgRevealContribution, want error, words ...string) {
	f.refused(func(ctx context.Context) error { _, err := f.msg.RevealContribution(ctx, m); return err }, want, words...)
}

func (f *fixture) refusedWithdraw(who string, id uint64, want error, words ...string) {
	m := &types.MsgWithdrawContribution{Contributor: account(who).String(), ContributionId: id}
	f.refused(func(ctx context.Context) error { _, err := f.msg.WithdrawContribution(ctx, m); return err }, want, words...)
}

func (f *fixture) withdraw(who string, id uint64) {
	_, err := f.msg.WithdrawContribution(f.ctx, &types.MsgWithdrawContribution{Contributor: account(who).String(), ContributionId: id})
	require.NoError(f.t, err)
}

// revealedVersion is revealed, with an older contribution that it supersedes.
func (f *fixture) revealedVersion(who, model string, older uint64) uint64 {
	id := f.commit(who, model)
	f.nextBlock()
	m := revealMsg(who, model, id)
	m.VersionOf = older
	_, err := f.msg.RevealContribution(f.ctx, m)
	require.NoError(f.t, err)
	return id
}

const grounds = "https://example.org/grounds"

func (f *fixture) quarantine(id uint64) {
	_, err := f.msg.Quarantine(f.ctx, &types.MsgQuarantine{Authority: authority, ContributionId: id, ProposalId: 7, ReasonUri: grounds})
	require.NoError(f.t, err)
}

func (f *fixture) release(id uint64) {
	_, err := f.msg.Release(f.ctx, &types.MsgRelease{Authority: authority, ContributionId: id})
	require.NoError(f.t, err)
}

func (f *fixture) remove(id uint64) {
	_, err := f.msg.Remove(f.ctx, &types.MsgRemove{Authority: authority, ContributionId: id, ReasonUri: grounds})
	require.NoError(f.t, err)
}

func (f *fixture) endorse(id uint64) {
	_, err := f.msg.Endorse(f.ctx, &types.MsgEndorse{Authority: authority, ContributionId: id, ProposalId: 8, ReasonUri: grounds})
	require.NoError(f.t, err)
}

func (f *fixture) split(who string, id uint64, payees ...types.Payee) {
	_, err := f.msg.SetSplit(f.ctx, &types.MsgSetSplit{Contributor: account(who).String(), ContributionId: id, Split: payees})
	require.NoError(f.t, err)
}

// bonds is what the module's account holds.
func (f *fixture) bonds() uint64 { return f.bank.balance(types.ModuleAddress()) }

// spent is what an account has paid and not got back.
func (f *fixture) spent(who string) uint64 { return fortune - f.bank.balance(account(who)) }

// lastEvent returns the newest typed event.
func (f *fixture) lastEvent() any {
	events := f.ctx.EventManager().ABCIEvents()
	require.NotEmpty(f.t, events)
	msg, err := sdk.ParseTypedEvent(events[len(events)-1])
	require.NoError(f.t, err)
	return msg
}

// events returns all typed events of the block.
func (f *fixture) events() []any {
	var events []any
	for _, e := range f.ctx.EventManager().ABCIEvents() {
		msg, err := sdk.ParseTypedEvent(e)
		require.NoError(f.t, err)
		events = append(events, msg)
	}
	return events
}
