// SPDX-License-Identifier: Apache-2.0

package keeper_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/cosmos/cosmos-sdk/codec"
	addresscodec "github.com/cosmos/cosmos-sdk/codec/address"
	codectypes "github.com/cosmos/cosmos-sdk/codec/types"
	"github.com/cosmos/cosmos-sdk/runtime"
	storetypes "github.com/cosmos/cosmos-sdk/store/v2/types"
	"github.com/cosmos/cosmos-sdk/testutil"
	sdk "github.com/cosmos/cosmos-sdk/types"

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
}

func (r *recorder) note(what string, id uint64) error {
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

// fixture is the module alone, over a real store.
type fixture struct {
	t      testing.TB
	ctx    sdk.Context
	cdc    codec.Codec
	keeper *keeper.Keeper
	msg    types.MsgServer
	query  types.QueryServer
	hooks  *recorder
}

// newEmpty returns the module before its genesis.
func newEmpty(t testing.TB) *fixture {
	t.Helper()
	key := storetypes.NewKVStoreKey(types.StoreKey)
	f := &fixture{
		t:     t,
		ctx:   testutil.DefaultContextWithDB(t, key, storetypes.NewTransientStoreKey("transient")).Ctx.WithBlockHeight(1),
		cdc:   codec.NewProtoCodec(codectypes.NewInterfaceRegistry()),
		hooks: &recorder{},
	}
	f.keeper = keeper.NewKeeper(f.cdc, runtime.NewKVStoreService(key), authority, accounts)
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
			RewardRule: types.REWARD_RULE_PROPORTIONAL,
		},
		Pricing: types.DefaultPricing(),
	}
}

// create opens a topic by message.
func (f *fixture) create(slug string) uint64 {
	f.t.Helper()
	resp, err := f.msg.CreateTopic(f.ctx, &types.MsgCreateTopic{Authority: authority, Spec: spec(slug)})
	require.NoError(f.t, err)
	return resp.TopicId
}

// attempt runs what a transaction would run: an error leaves nothing behind.
func (f *fixture) attempt(run func(ctx sdk.Context) error) error {
	ctx, write := f.ctx.CacheContext()
	err := run(ctx)
	if err == nil {
		write()
	}
	return err
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
