// SPDX-License-Identifier: Apache-2.0

package keeper_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"os"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"cosmossdk.io/math"

	"github.com/cosmos/cosmos-sdk/codec"
	addresscodec "github.com/cosmos/cosmos-sdk/codec/address"
	codectypes "github.com/cosmos/cosmos-sdk/codec/types"
	"github.com/cosmos/cosmos-sdk/runtime"
	storetypes "github.com/cosmos/cosmos-sdk/store/v2/types"
	"github.com/cosmos/cosmos-sdk/testutil"
	sdk "github.com/cosmos/cosmos-sdk/types"
	sdkerrors "github.com/cosmos/cosmos-sdk/types/errors"
	authtypes "github.com/cosmos/cosmos-sdk/x/auth/types"

	admissiontypes "github.com/weal-network/weal/x/admission/types"
	"github.com/weal-network/weal/x/topic/keeper"
	"github.com/weal-network/weal/x/topic/types"
)

func TestMain(m *testing.M) {
	sdk.GetConfig().SetBech32PrefixForAccount("weal", "wealpub")
	os.Exit(m.Run())
}

var (
	accounts  = addresscodec.NewBech32Codec("weal")
	authority = account(1)
	steward   = account(7)
)

func account(n byte) string {
	text, err := accounts.BytesToString(bytes.Repeat([]byte{n}, 20))
	if err != nil {
		panic(err)
	}
	return text
}

var errHook = errors.New("the hook refuses")

// recorder is a hook that writes down what it was told, and refuses when it is told to.
type recorder struct {
	calls   []string
	refuses bool
	panics  bool
}

func (r *recorder) note(what string, id uint64) error {
	if r.panics {
		panic(errHook)
	}
	if r.refuses {
		return errHook
	}
	r.calls = append(r.calls, fmt.Sprintf("%s %d", what, id))
	return nil
}

func (r *recorder) AfterTopicCreated(_ context.Context, id uint64) error {
	return r.note("created", id)
}

func (r *recorder) AfterTopicPaused(_ context.Context, id uint64) error {
	return r.note("paused", id)
}

func (r *recorder) AfterTopicResumed(_ context.Context, id uint64) error {
	return r.note("resumed", id)
}

func (r *recorder) BeforeStewardRetires(_ context.Context, id uint64) error {
	return r.note("asked about", id)
}

func (r *recorder) AfterTopicRetired(_ context.Context, id uint64) error {
	return r.note("retired", id)
}

// fakeBank has what everybody owns. It is a book in the test, so an attempt that fails
// must put it back itself.
type fakeBank map[string]uint64

func (b fakeBank) GetBalance(_ context.Context, addr sdk.AccAddress, denom string) sdk.Coin {
	return sdk.NewCoin(denom, math.NewIntFromUint64(b[string(addr)]))
}

func (b fakeBank) SendCoinsFromAccountToModule(_ context.Context, sender sdk.AccAddress, module string, coins sdk.Coins) error {
	return b.move(sender, authtypes.NewModuleAddress(module), coins)
}

func (b fakeBank) SendCoinsFromModuleToAccount(_ context.Context, module string, to sdk.AccAddress, coins sdk.Coins) error {
	return b.move(authtypes.NewModuleAddress(module), to, coins)
}

func (b fakeBank) move(from, to sdk.AccAddress, coins sdk.Coins) error {
	amount := coins.AmountOf(types.Denom).Uint64()
	if b[string(from)] < amount {
		return sdkerrors.ErrInsufficientFunds
	}
	b[string(from)] -= amount
	b[string(to)] += amount
	return nil
}

// fakeAccounts has the module's account.
type fakeAccounts struct{}

func (fakeAccounts) GetModuleAddress(name string) sdk.AccAddress {
	return authtypes.NewModuleAddress(name)
}

func (fakeAccounts) GetModuleAccount(context.Context, string) sdk.ModuleAccountI { return nil }

// fakeAdmission knows the accounts that are admitted as stewards.
type fakeAdmission map[string]bool

func (a fakeAdmission) IsAdmitted(_ context.Context, role admissiontypes.Role, topicID uint64, addr sdk.AccAddress) (bool, error) {
	return role == admissiontypes.ROLE_STEWARD && topicID == 0 && a[string(addr)], nil
}

// fixture is the module alone, over a real store.
type fixture struct {
	t         testing.TB
	ctx       sdk.Context
	cdc       codec.Codec
	keeper    *keeper.Keeper
	msg       types.MsgServer
	query     types.QueryServer
	hooks     *recorder
	key       storetypes.StoreKey
	bank      fakeBank
	admission fakeAdmission
}

// newEmpty returns the module before its genesis.
func newEmpty(t testing.TB) *fixture {
	t.Helper()
	key := storetypes.NewKVStoreKey(types.StoreKey)
	f := &fixture{
		t:     t,
		ctx:   testutil.DefaultContextWithDB(t, key, storetypes.NewTransientStoreKey("transient")).Ctx.WithBlockHeight(1).WithBlockTime(time.UnixMilli(1_800_000_000_000).UTC()),
		cdc:   codec.NewProtoCodec(codectypes.NewInterfaceRegistry()),
		hooks: &recorder{},
		key:   key,

		bank:      fakeBank{},
		admission: fakeAdmission{},
	}
	f.keeper = keeper.NewKeeper(f.cdc, runtime.NewKVStoreService(key), authority, accounts, fakeAccounts{}, f.bank, f.admission)
	f.keeper.SetHooks(types.NewMultiTopicHooks(f.hooks))
	f.msg, f.query = keeper.NewMsgServer(f.keeper), keeper.NewQueryServer(f.keeper)
	return f
}

func newFixture(t testing.TB) *fixture {
	t.Helper()
	f := newEmpty(t)
	require.NoError(t, f.keeper.InitGenesis(f.ctx, types.DefaultGenesisState()))
	return f
}

// spec is a topic that lacks nothing.
func spec(slug string) types.TopicSpec {
	return types.TopicSpec{
		Slug:    slug,
		Title:   "Models of " + slug,
		Steward: steward,
		Access:  types.ACCESS_OPEN,
		Metric: types.Metric{
			Name: "bits_per_byte", Unit: "bit/B", Direction: types.DIRECTION_LOWER_IS_BETTER, Worst: 8_000_000, Exponent: 6,
		},
		Evaluation: types.Evaluation{
			Kind: "onnx-bits-per-byte", SpecUri: "https://example.org/spec.json",
			SpecSha256: bytes.Repeat([]byte{1}, 32), CorpusSha256: bytes.Repeat([]byte{2}, 32),
		},
		ArtifactRules: types.ArtifactRules{MediaTypes: []string{"application/onnx"}, MaxBytes: 16 << 20},
		Schedule:      types.Schedule{EpochBlocks: 24, RevealBlocks: 6, MaxActive: 64, ImmunityEpochs: 3},
		Scoring: types.Scoring{
			Rule: types.RULE_YUMA3, KappaBp: 5_000, BondPenaltyBp: 10_000, BondsMovingAverageBp: 9_000,
			RewardRule: types.REWARD_RULE_PROPORTIONAL, ScoreRule: types.SCORE_RULE_CLIPPED_SUM, DividendRule: types.DIVIDEND_RULE_BONDS,
		},
		Pricing: types.DefaultPricing(),
	}
}

// sandbox is a place to practise, answered for by an account.
func sandbox(slug, steward string) types.TopicSpec {
	s := spec(slug)
	s.Sandbox, s.Pricing, s.Steward = true, types.Pricing{}, steward
	return s
}

// create opens a topic of the authority's by message.
func (f *fixture) create(slug string) uint64 {
	f.t.Helper()
	return f.mustCreate(authority, spec(slug))
}

func (f *fixture) mustCreate(creator string, s types.TopicSpec) uint64 {
	f.t.Helper()
	resp, err := f.msg.CreateTopic(f.ctx, &types.MsgCreateTopic{Creator: creator, Spec: s})
	require.NoError(f.t, err)
	return resp.TopicId
}

// topic reads a topic.
func (f *fixture) topic(id uint64) types.Topic {
	f.t.Helper()
	topic, err := f.keeper.GetTopic(f.ctx, id)
	require.NoError(f.t, err)
	return topic
}

// fund gives an account coins.
func (f *fixture) fund(text string, amount uint64) {
	f.t.Helper()
	f.bank[string(f.address(text))] += amount
}

// balance is what an account owns.
func (f *fixture) balance(text string) uint64 {
	f.t.Helper()
	return f.bank[string(f.address(text))]
}

// held is what the module's account holds.
func (f *fixture) held() uint64 { return f.bank[string(authtypes.NewModuleAddress(types.ModuleName))] }

func (f *fixture) address(text string) []byte {
	f.t.Helper()
	address, err := accounts.StringToBytes(text)
	require.NoError(f.t, err)
	return address
}

// attempt runs what a transaction would run: an error leaves nothing behind.
func (f *fixture) attempt(run func(ctx sdk.Context) error) error {
	ctx, write := f.ctx.CacheContext()
	balances := maps.Clone(f.bank)
	err := run(ctx)
	if err == nil {
		write()
		return nil
	}
	clear(f.bank)
	maps.Copy(f.bank, balances)
	return err
}

// dump is every key of the module's store with its value, in order.
func (f *fixture) dump() (list []string) {
	f.t.Helper()
	iterator := f.ctx.KVStore(f.key).Iterator(nil, nil)
	defer func() { require.NoError(f.t, iterator.Close()) }()
	for ; iterator.Valid(); iterator.Next() {
		list = append(list, fmt.Sprintf("%X=%X", iterator.Key(), iterator.Value()))
	}
	return list
}

// state is everything that the module keeps, as JSON.
func (f *fixture) state() string {
	f.t.Helper()
	g, err := f.keeper.ExportGenesis(f.ctx)
	require.NoError(f.t, err)
	bz, err := f.cdc.MarshalJSON(g)
	require.NoError(f.t, err)
	return string(bz)
}

// params returns the parameters as the query shows them.
func (f *fixture) params() types.Params {
	f.t.Helper()
	resp, err := f.query.Params(f.ctx, &types.QueryParamsRequest{})
	require.NoError(f.t, err)
	return resp.Params
}

// events lists the typed events of the block, by name and attributes.
func (f *fixture) events() (list []string) {
	for _, e := range f.ctx.EventManager().Events() {
		attributes := map[string]string{}
		for _, a := range e.Attributes {
			attributes[a.Key] = a.Value
		}
		bz, err := json.Marshal(attributes)
		require.NoError(f.t, err)
		list = append(list, e.Type+" "+string(bz))
	}
	return list
}
