// SPDX-License-Identifier: Apache-2.0

package integration_test

import (
	"errors"
	"fmt"
	"reflect"
	"strings"
	"testing"

	"github.com/cosmos/gogoproto/proto"
	"github.com/stretchr/testify/require"

	"cosmossdk.io/math"

	codectypes "github.com/cosmos/cosmos-sdk/codec/types"
	sdk "github.com/cosmos/cosmos-sdk/types"
	authtypes "github.com/cosmos/cosmos-sdk/x/auth/types"

	"github.com/weal-network/weal/app"
	"github.com/weal-network/weal/pkg/row"
	"github.com/weal-network/weal/testutil/chain"
	contributiontypes "github.com/weal-network/weal/x/contribution/types"
	emissionkeeper "github.com/weal-network/weal/x/emission/keeper"
	emissiontypes "github.com/weal-network/weal/x/emission/types"
	topictypes "github.com/weal-network/weal/x/topic/types"
)

// owed is a chain on which somebody has mature rewards and has not claimed them.
type owed struct {
	*world
	owner  chain.Account
	id     uint64
	mature uint64
}

func newOwed(t *testing.T) *owed {
	w := newWorld(t, quick)
	models := []*model{{owner: w.Accounts[0], bytes: "a"}, {owner: w.Accounts[1], bytes: "b"}}
	w.enter(goTopic, models...)
	say := w.unanimous(row.Entry{ID: models[0].id, Score: 60_000}, row.Entry{ID: models[1].id, Score: 30_000})
	for range 3 {
		w.play(goTopic, say)
	}
	o := &owed{world: w, owner: w.Accounts[0], id: models[0].id}
	o.mature = o.reward(w.Ctx()).Mature
	require.Positive(t, o.mature)
	return o
}

func (o *owed) reward(ctx sdk.Context) emissiontypes.RewardAccount {
	o.t.Helper()
	res, err := emissionkeeper.NewQueryServer(o.App.Emission).Reward(ctx, &emissiontypes.QueryRewardRequest{ContributionId: o.id})
	require.NoError(o.t, err)
	return res.Account
}

// carryOut runs a message as if whoever it names had signed it.
func (o *owed) carryOut(ctx sdk.Context, msg sdk.Msg) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("panic: %v", r)
		}
	}()
	handler := o.App.MsgServiceRouter().Handler(msg)
	if handler == nil {
		return errors.New("no handler")
	}
	_, err = handler(ctx, msg)
	return err
}

// try carries a message out in a branch that is dropped, and requires that afterwards the
// owner can claim all that was mature. It returns whether the message was taken.
func (o *owed) try(t *testing.T, msg sdk.Msg) bool {
	t.Helper()
	branch, _ := o.Ctx().CacheContext()
	inner, write := branch.CacheContext()
	taken := o.carryOut(inner, msg) == nil
	if taken {
		write()
	}
	after := o.reward(branch)
	require.GreaterOrEqual(t, after.Mature, o.mature, "%s: %v", sdk.MsgTypeURL(msg), msg)
	require.Zero(t, after.Claimed)

	had := o.App.Bank.GetBalance(branch, o.owner.Address, app.BaseDenom).Amount
	require.NoError(t, o.carryOut(branch, &emissiontypes.MsgClaim{Contributor: o.owner.String()}), "after %s: %v", sdk.MsgTypeURL(msg), msg)
	got := o.App.Bank.GetBalance(branch, o.owner.Address, app.BaseDenom).Amount.Sub(had)
	require.True(t, got.GTE(math.NewIntFromUint64(o.mature)), "after %s: %v: %s of %d", sdk.MsgTypeURL(msg), msg, got, o.mature)
	return taken
}

// TestNoMessageOfTheAppTouchesMatureRewards fills every message that any module serves with
// hostile values in many ways, the signature of anybody but the owner included, and carries
// out what the people may decide about the topic and the contribution.
func TestNoMessageOfTheAppTouchesMatureRewards(t *testing.T) {
	o := newOwed(t)
	mallory, authority := o.Accounts[2].String(), app.Authority()
	economy := authtypes.NewModuleAddress(emissiontypes.ModuleName).String()
	taken, tried := 0, 0
	for _, url := range o.App.InterfaceRegistry().ListImplementations(sdk.MsgInterfaceProtoName) {
		for _, first := range []string{authority, mallory, economy} {
			for _, other := range []string{mallory, economy, o.owner.String()} {
				msg, err := o.App.InterfaceRegistry().Resolve(url)
				require.NoError(t, err)
				f := filler{o: o, first: first, other: other}
				f.fill(reflect.ValueOf(msg).Elem())
				tried++
				if o.try(t, msg) {
					taken++
				}
			}
		}
	}
	require.Greater(t, tried, 500)
	require.Greater(t, taken, 20, "some of them are legal")

	o.MustGovern(&contributiontypes.MsgSetGuardians{Authority: authority, Guardians: []string{mallory}})
	guard := &contributiontypes.MsgGuardianQuarantine{Guardian: mallory, ContributionId: o.id, ReasonUri: "https://example.org/why"}
	require.True(t, o.try(t, guard), "a guardian holds what is immature, and nothing else")
	pause := &contributiontypes.MsgGuardianPauseTopic{Guardian: mallory, TopicId: goTopic, ReasonUri: "https://example.org/why"}
	require.True(t, o.try(t, pause), "and stops a topic, and nothing that was earned in it")

	decisions := authorityMessages(o.world, authority)
	for _, msg := range append(decisions, &topictypes.MsgRetireTopic{Sender: authority, TopicId: goTopic}) {
		t.Run("decided by the people: "+sdk.MsgTypeURL(msg), func(t *testing.T) { o.try(t, msg) })
	}
}

// filler gives every field of a message a value that is well formed for its name.
type filler struct {
	o            *owed
	first, other string
	addresses    int
}

func (f *filler) fill(v reflect.Value) {
	for i := range v.NumField() {
		if field := v.Field(i); field.CanSet() {
			f.set(v.Type().Field(i).Name, field)
		}
	}
}

func (f *filler) set(name string, field reflect.Value) {
	switch value := field.Addr().Interface().(type) {
	case *sdk.Coins:
		*value = uweal(int64(f.o.mature)) //nolint:gosec // small
		return
	case *sdk.Coin:
		*value = uweal(int64(f.o.mature))[0] //nolint:gosec // small
		return
	case *math.Int:
		*value = math.NewIntFromUint64(f.o.mature)
		return
	case *math.LegacyDec:
		*value = math.LegacyOneDec()
		return
	case *[]*codectypes.Any:
		*value = []*codectypes.Any{f.theft()}
		return
	}
	switch field.Kind() { //nolint:exhaustive // what else there is stays as it is
	case reflect.String:
		field.SetString(f.text(name))
	case reflect.Uint64:
		field.SetUint(1)
		if strings.HasPrefix(name, "Contribution") {
			field.SetUint(f.o.id)
		}
	case reflect.Uint32, reflect.Int32, reflect.Int64:
		field.Set(reflect.ValueOf(1).Convert(field.Type()))
	case reflect.Bool:
		field.SetBool(true)
	case reflect.Struct:
		f.fill(field)
	case reflect.Slice:
		if field.Type().Elem().Kind() != reflect.Uint8 {
			field.Set(reflect.MakeSlice(field.Type(), 1, 1))
			f.set(name, field.Index(0))
		}
	}
}

// text is an address where the name may be of one: the first of a message is who signs it.
func (f *filler) text(name string) string {
	switch {
	case strings.Contains(name, "Denom"):
		return app.BaseDenom
	case strings.Contains(name, "Uri") || strings.Contains(name, "Url"):
		return "https://example.org/why"
	case strings.Contains(name, "Validator") || strings.Contains(name, "Operator"):
		return f.o.Validators[0].Operator.String()
	}
	f.addresses++
	if f.addresses == 1 {
		return f.first
	}
	return f.other
}

// theft moves all that is mature out of the module's account.
func (f *filler) theft() *codectypes.Any {
	msg := send(f.o.Accounts[2], f.o.Accounts[2].Address)
	msg.FromAddress, msg.Amount = authtypes.NewModuleAddress(emissiontypes.ModuleName).String(), uweal(int64(f.o.mature)) //nolint:gosec // small
	packed, err := codectypes.NewAnyWithValue(proto.Message(msg))
	if err != nil {
		panic(err)
	}
	return packed
}
