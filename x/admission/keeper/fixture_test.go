// SPDX-License-Identifier: Apache-2.0

package keeper_test

import (
	"context"
	"crypto/sha256"
	"errors"
	"flag"
	"fmt"
	"os"
	"regexp"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"cosmossdk.io/core/address"
	errorsmod "cosmossdk.io/errors"
	"cosmossdk.io/math"

	"github.com/cosmos/cosmos-sdk/codec"
	addresscodec "github.com/cosmos/cosmos-sdk/codec/address"
	codectypes "github.com/cosmos/cosmos-sdk/codec/types"
	"github.com/cosmos/cosmos-sdk/crypto/keys/ed25519"
	"github.com/cosmos/cosmos-sdk/runtime"
	storetypes "github.com/cosmos/cosmos-sdk/store/v2/types"
	"github.com/cosmos/cosmos-sdk/testutil"
	sdk "github.com/cosmos/cosmos-sdk/types"
	slashingkeeper "github.com/cosmos/cosmos-sdk/x/slashing/keeper"
	slashingtypes "github.com/cosmos/cosmos-sdk/x/slashing/types"
	stakingtypes "github.com/cosmos/cosmos-sdk/x/staking/types"

	"github.com/weal-network/weal/x/admission/keeper"
	"github.com/weal-network/weal/x/admission/types"
)

func TestMain(m *testing.M) {
	config := sdk.GetConfig()
	config.SetBech32PrefixForAccount("weal", "wealpub")
	config.SetBech32PrefixForValidator("wealvaloper", "wealvaloperpub")
	config.SetBech32PrefixForConsensusNode("wealvalcons", "wealvalconspub")
	code := m.Run()
	if missed := unreached(); code == 0 && len(missed) > 0 && everythingRan() {
		fmt.Println("no test was refused with the errors of these codes:", missed)
		code = 1
	}
	os.Exit(code)
}

// reached are the codes of the module's errors that some refused message has met.
var reached sync.Map

var registered = regexp.MustCompile(`RegisterWithGRPCCode\(ModuleName, (\d+),`)

// unreached lists the codes of the module's errors that no test has met.
func unreached() (codes []string) {
	source, err := os.ReadFile("../types/errors.go")
	if err != nil {
		panic(err)
	}
	for _, match := range registered.FindAllStringSubmatch(string(source), -1) {
		if _, met := reached.Load(match[1]); !met {
			codes = append(codes, match[1])
		}
	}
	return codes
}

// everythingRan reports whether the tests were not narrowed by a flag.
func everythingRan() bool {
	for _, name := range []string{"test.run", "test.skip", "test.list", "test.fuzz"} {
		if flag.Lookup(name).Value.String() != "" {
			return false
		}
	}
	return true
}

var (
	errDisk   = errors.New("the disk is full")
	genesisAt = time.Date(2026, time.November, 24, 12, 0, 0, 0, time.UTC)
	authority = sdk.MustBech32ifyAddressBytes("weal", account("gov"))
	operators = addresscodec.NewBech32Codec("wealvaloper")
)

// fakeStaking holds validators in order of power. It is what the real slashing keeper
// talks to as well; what neither of us calls is nil.
type fakeStaking struct {
	slashingtypes.StakingKeeper
	validators []*stakingtypes.Validator
	fail       error
}

func (f *fakeStaking) find(matches func(*stakingtypes.Validator) bool) *stakingtypes.Validator {
	for _, validator := range f.validators {
		if matches(validator) {
			return validator
		}
	}
	return nil
}

func (f *fakeStaking) byConsAddr(consAddr sdk.ConsAddress) *stakingtypes.Validator {
	return f.find(func(v *stakingtypes.Validator) bool {
		addr, err := v.GetConsAddr()
		return err == nil && consAddr.Equals(sdk.ConsAddress(addr))
	})
}

func (f *fakeStaking) GetValidator(_ context.Context, operator sdk.ValAddress) (stakingtypes.Validator, error) {
	if f.fail != nil {
		return stakingtypes.Validator{}, f.fail
	}
	validator := f.find(func(v *stakingtypes.Validator) bool { return v.OperatorAddress == operator.String() })
	if validator == nil {
		return stakingtypes.Validator{}, stakingtypes.ErrNoValidatorFound
	}
	return *validator, nil
}

func (f *fakeStaking) GetBondedValidatorsByPower(context.Context) (bonded []stakingtypes.Validator, err error) {
	for _, validator := range f.validators {
		if validator.IsBonded() && !validator.IsJailed() {
			bonded = append(bonded, *validator)
		}
	}
	return bonded, f.fail
}

// Jail refuses what staking refuses.
func (f *fakeStaking) Jail(_ context.Context, consAddr sdk.ConsAddress) error {
	validator := f.byConsAddr(consAddr)
	if validator.Jailed {
		return stakingtypes.ErrValidatorJailed
	}
	validator.Jailed = true
	return nil
}

func (f *fakeStaking) Unjail(_ context.Context, consAddr sdk.ConsAddress) error {
	f.byConsAddr(consAddr).Jailed = false
	return nil
}

func (f *fakeStaking) PowerReduction(context.Context) math.Int { return sdk.DefaultPowerReduction }

func (f *fakeStaking) ValidatorAddressCodec() address.Codec { return operators }

func (f *fakeStaking) Validator(ctx context.Context, operator sdk.ValAddress) (stakingtypes.ValidatorI, error) {
	return f.GetValidator(ctx, operator)
}

func (f *fakeStaking) Delegation(_ context.Context, delegator sdk.AccAddress, operator sdk.ValAddress) (stakingtypes.DelegationI, error) {
	return stakingtypes.NewDelegation(delegator.String(), operator.String(), math.LegacyNewDec(5_000_000)), nil
}

// fixture is the module between a fake staking keeper and the real slashing keeper.
type fixture struct {
	t        testing.TB
	ctx      sdk.Context
	keys     map[string]*storetypes.KVStoreKey
	cdc      codec.Codec
	keeper   *keeper.Keeper
	msg      types.MsgServer
	query    types.QueryServer
	staking  *fakeStaking
	slashing slashingkeeper.Keeper
	bank     *fakeBank
}

func newFixture(tb testing.TB) *fixture {
	tb.Helper()
	keys := storetypes.NewKVStoreKeys(types.StoreKey, slashingtypes.StoreKey, bankStore)
	f := &fixture{
		t:       tb,
		ctx:     testutil.DefaultContextWithKeys(keys, nil, nil).WithBlockHeight(7).WithBlockTime(genesisAt),
		keys:    keys,
		cdc:     codec.NewProtoCodec(codectypes.NewInterfaceRegistry()),
		staking: &fakeStaking{},
		bank:    &fakeBank{key: keys[bankStore]},
	}
	f.slashing = slashingkeeper.NewKeeper(f.cdc, codec.NewLegacyAmino(), runtime.NewKVStoreService(keys[slashingtypes.StoreKey]), f.staking, authority)
	f.keeper = keeper.NewKeeper(f.cdc, runtime.NewKVStoreService(keys[types.StoreKey]), authority,
		addresscodec.NewBech32Codec("weal"), operators, f.bank, f.staking, f.slashing)
	f.msg, f.query = keeper.NewMsgServer(f.keeper), keeper.NewQueryServer(f.keeper)
	g := types.DefaultGenesisState()
	g.Params.MaxRevokedPowerBp = types.BasisPoints // bounded where a test is about the bound
	require.NoError(tb, f.keeper.InitGenesis(f.ctx, g))
	return f
}

func account(name string) sdk.AccAddress {
	sum := sha256.Sum256([]byte(name))
	return sum[:20]
}

func operator(name string) sdk.ValAddress { return sdk.ValAddress(account(name)) }

func consAddr(name string) sdk.ConsAddress {
	return sdk.ConsAddress(ed25519.GenPrivKeyFromSecret([]byte(name)).PubKey().Address())
}

// addValidator puts a validator of five units of power into staking's books.
func (f *fixture) addValidator(name string, status stakingtypes.BondStatus) *stakingtypes.Validator {
	validator, err := stakingtypes.NewValidator(operator(name).String(), ed25519.GenPrivKeyFromSecret([]byte(name)).PubKey(), stakingtypes.Description{})
	require.NoError(f.t, err)
	validator.Status, validator.Tokens, validator.DelegatorShares = status, math.NewInt(5_000_000), math.LegacyNewDec(5_000_000)
	f.staking.validators = append(f.staking.validators, &validator)
	if status == stakingtypes.Bonded {
		require.NoError(f.t, f.slashing.Hooks().AfterValidatorBonded(f.ctx, consAddr(name), operator(name)))
	}
	return &validator
}

// bonded admits an operator and bonds its validator.
func (f *fixture) bonded(names ...string) *fixture {
	for _, name := range names {
		f.admit(validatorKey(name))
		f.addValidator(name, stakingtypes.Bonded)
	}
	return f
}

func validatorKey(name string) types.AdmissionKey {
	return types.AdmissionKey{Role: types.ROLE_VALIDATOR, Address: account(name).String()}
}

func stewardKey(name string) types.AdmissionKey {
	return types.AdmissionKey{Role: types.ROLE_STEWARD, Address: account(name).String()}
}

func contributorKey(name string, topicID uint64) types.AdmissionKey {
	return types.AdmissionKey{Role: types.ROLE_CONTRIBUTOR, TopicId: topicID, Address: account(name).String()}
}

func admitMsg(keys ...types.AdmissionKey) *types.MsgAdmit {
	m := &types.MsgAdmit{Authority: authority}
	for _, key := range keys {
		m.Grants = append(m.Grants, types.Grant{Key: key, ReasonUri: "https://example.org/minutes"})
	}
	return m
}

func revokeMsg(keys ...types.AdmissionKey) *types.MsgRevoke {
	return &types.MsgRevoke{Authority: authority, Keys: keys, ReasonUri: "https://example.org/minutes"}
}

func (f *fixture) admit(keys ...types.AdmissionKey) {
	f.t.Helper()
	_, err := f.msg.Admit(f.ctx, admitMsg(keys...))
	require.NoError(f.t, err)
}

func (f *fixture) revoke(keys ...types.AdmissionKey) {
	f.t.Helper()
	_, err := f.msg.Revoke(f.ctx, revokeMsg(keys...))
	require.NoError(f.t, err)
}

// setPermissioned closes the validator set, or opens it.
func (f *fixture) setPermissioned(permissioned bool) {
	f.t.Helper()
	f.setParams(func(p *types.Params) { p.ValidatorsPermissioned = permissioned })
}

func (f *fixture) params() types.Params {
	f.t.Helper()
	params, err := f.keeper.GetParams(f.ctx)
	require.NoError(f.t, err)
	return params
}

func (f *fixture) setParams(edit func(*types.Params)) {
	f.t.Helper()
	m := &types.MsgUpdateParams{Authority: authority, Params: f.params()}
	edit(&m.Params)
	_, err := f.msg.UpdateParams(f.ctx, m)
	require.NoError(f.t, err)
}

// endBlock runs the end of a block.
func (f *fixture) endBlock() {
	f.t.Helper()
	require.NoError(f.t, f.keeper.EndBlock(f.ctx))
}

// unjail sends slashing's own message.
func (f *fixture) unjail(name string) error {
	_, err := slashingkeeper.NewMsgServerImpl(f.slashing).Unjail(f.ctx, slashingtypes.NewMsgUnjail(operator(name).String()))
	return err
}

func (f *fixture) jailed(name string) bool {
	f.t.Helper()
	validator, err := f.staking.GetValidator(f.ctx, operator(name))
	require.NoError(f.t, err)
	return validator.Jailed
}

func (f *fixture) jailedUntil(name string) time.Time {
	f.t.Helper()
	info, err := f.slashing.GetValidatorSigningInfo(f.ctx, consAddr(name))
	require.NoError(f.t, err)
	return info.JailedUntil
}

func (f *fixture) holds(key types.AdmissionKey) bool {
	f.t.Helper()
	admitted, err := f.keeper.IsAdmitted(f.ctx, key.Role, key.TopicId, sdk.MustAccAddressFromBech32(key.Address))
	require.NoError(f.t, err)
	return admitted
}

// later moves the clock.
func (f *fixture) later(d time.Duration) {
	f.ctx = f.ctx.WithBlockTime(f.ctx.BlockTime().Add(d)).WithBlockHeight(f.ctx.BlockHeight() + 1).WithEventManager(sdk.NewEventManager())
}

// dump returns all of the stores, ours and slashing's, and who is in jail.
func (f *fixture) dump() map[string]string {
	state := map[string]string{}
	for name, key := range f.keys {
		it := f.ctx.KVStore(key).Iterator(nil, nil)
		for ; it.Valid(); it.Next() {
			state[name+string(it.Key())] = string(it.Value())
		}
		require.NoError(f.t, it.Close())
	}
	for _, validator := range f.staking.validators {
		state["staking"+validator.OperatorAddress] = validator.String()
	}
	return state
}

// refused checks that fn fails with want and its code, saying each of the words, and has
// written and emitted nothing.
func (f *fixture) refused(fn func() error, want error, words ...string) {
	f.t.Helper()
	before, events := f.dump(), len(f.ctx.EventManager().Events())
	err := fn()
	require.ErrorIs(f.t, err, want)
	space, code, _ := errorsmod.ABCIInfo(err, false)
	wantSpace, wantCode, _ := errorsmod.ABCIInfo(want, false)
	require.Equal(f.t, fmt.Sprint(wantSpace, " ", wantCode), fmt.Sprint(space, " ", code))
	if space == types.ModuleName {
		reached.Store(fmt.Sprint(code), true)
	}
	for _, word := range words {
		require.ErrorContains(f.t, err, word)
	}
	require.Equal(f.t, before, f.dump(), "a refusal wrote something")
	require.Len(f.t, f.ctx.EventManager().Events(), events, "a refusal emitted something")
}

func (f *fixture) refusedAdmit(m *types.MsgAdmit, want error, words ...string) {
	f.t.Helper()
	f.refused(func() error { _, err := f.msg.Admit(f.ctx, m); return err }, want, words...)
}

func (f *fixture) refusedRevoke(m *types.MsgRevoke, want error, words ...string) {
	f.t.Helper()
	f.refused(func() error { _, err := f.msg.Revoke(f.ctx, m); return err }, want, words...)
}

func (f *fixture) refusedParams(m *types.MsgUpdateParams, want error, words ...string) {
	f.t.Helper()
	f.refused(func() error { _, err := f.msg.UpdateParams(f.ctx, m); return err }, want, words...)
}

// events returns the typed events since the last move of the clock.
func (f *fixture) events() (events []any) {
	f.t.Helper()
	for _, event := range f.ctx.EventManager().ABCIEvents() {
		typed, err := sdk.ParseTypedEvent(event)
		require.NoError(f.t, err)
		events = append(events, typed)
	}
	return events
}
