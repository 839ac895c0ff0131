// SPDX-License-Identifier: Apache-2.0

package integration_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"cosmossdk.io/math"

	"github.com/cosmos/cosmos-sdk/crypto/keys/ed25519"
	sdk "github.com/cosmos/cosmos-sdk/types"
	"github.com/cosmos/cosmos-sdk/x/authz"
	govv1 "github.com/cosmos/cosmos-sdk/x/gov/types/v1"
	slashingtypes "github.com/cosmos/cosmos-sdk/x/slashing/types"
	stakingtypes "github.com/cosmos/cosmos-sdk/x/staking/types"

	"github.com/weal-network/weal/app"
	"github.com/weal-network/weal/testutil/chain"
	admissiontypes "github.com/weal-network/weal/x/admission/types"
)

// route is a way by which a message reaches its module. It returns the codespace, code
// and text of what became of it.
type route struct {
	name string
	send func(w *gate, msg sdk.Msg) (codespace string, code uint32, log string)
}

// gate is a chain with somebody outside: newcomer has handed its rights down a row of
// friends, each of whom may do for the one before whatever that one could do.
type gate struct {
	*chain.Chain
	t        *testing.T
	newcomer chain.Account
	friends  []chain.Account
}

func newGate(t *testing.T) *gate {
	t.Helper()
	c := chain.New(t, chain.WithValidators(4), chain.WithAccounts(4))
	g := &gate{Chain: c, t: t, newcomer: c.Accounts[0], friends: c.Accounts[1:]}
	for i, friend := range g.friends {
		for _, message := range []sdk.Msg{&stakingtypes.MsgCreateValidator{}, &slashingtypes.MsgUnjail{}, &authz.MsgExec{}} {
			grant, err := authz.NewMsgGrant(c.Accounts[i].Address, friend.Address, authz.NewGenericAuthorization(sdk.MsgTypeURL(message)), nil)
			require.NoError(t, err)
			c.MustDeliver(grant)
		}
	}
	return g
}

// nested wraps a message in so many authz executions, each signed by the next friend.
func (g *gate) nested(msg sdk.Msg, depth int) sdk.Msg {
	for i := range depth {
		exec := authz.NewMsgExec(g.friends[i].Address, []sdk.Msg{msg})
		msg = &exec
	}
	return msg
}

func (g *gate) deliver(msg sdk.Msg) (string, uint32, string) {
	res := g.Deliver(msg)
	return res.Codespace, res.Code, res.Log
}

// routes are all ways that there are. A genesis transaction begins a chain, so it has a
// test of its own below; accounts of other chains come through authz's router, or not at
// all, until there is such a module.
var routes = []route{
	{"a transaction", func(g *gate, msg sdk.Msg) (string, uint32, string) { return g.deliver(msg) }},
	{"authz", func(g *gate, msg sdk.Msg) (string, uint32, string) { return g.deliver(g.nested(msg, 1)) }},
	{"authz in authz", func(g *gate, msg sdk.Msg) (string, uint32, string) { return g.deliver(g.nested(msg, 2)) }},
	{"authz in authz in authz", func(g *gate, msg sdk.Msg) (string, uint32, string) { return g.deliver(g.nested(msg, 3)) }},
}

func TestTheGateHoldsOnEveryRouteOfATransaction(t *testing.T) {
	for _, route := range routes {
		t.Run(route.name, func(t *testing.T) {
			g := newGate(t)
			operator, create := sdk.ValAddress(g.newcomer.Address), createValidator(t, g.newcomer)
			space, code, log := route.send(g, create)
			requireError(t, admissiontypes.ErrValidatorNotAdmitted, space, code, log)
			require.Contains(t, log, "weald tx admission apply validator")
			_, err := g.App.Staking.GetValidator(g.Ctx(), operator)
			require.ErrorIs(t, err, stakingtypes.ErrNoValidatorFound)

			g.MustGovern(admit(g.newcomer))
			_, code, log = route.send(g, create)
			require.Zero(t, code, log)
			g.NextBlock()
			require.True(t, validatorOf(g.Chain, t, operator).IsBonded())

			g.MustGovern(revoke(g.newcomer))
			require.True(t, validatorOf(g.Chain, t, operator).IsJailed())
			g.NextBlockAfter(100 * 24 * time.Hour)
			space, code, log = route.send(g, slashingtypes.NewMsgUnjail(operator.String()))
			requireError(t, slashingtypes.ErrValidatorJailed, space, code, log)

			g.MustGovern(admit(g.newcomer))
			_, code, log = route.send(g, slashingtypes.NewMsgUnjail(operator.String()))
			require.Zero(t, code, log)
			g.NextBlock()
			require.True(t, validatorOf(g.Chain, t, operator).IsBonded())
		})
	}
}

// A proposal's messages are signed by the authority, which would be the operator.
func TestTheGateHoldsForProposals(t *testing.T) {
	c := chain.New(t, chain.WithValidators(4))
	authority := sdk.MustAccAddressFromBech32(app.Authority())
	create, err := stakingtypes.NewMsgCreateValidator(sdk.ValAddress(authority).String(), ed25519.GenPrivKeyFromSecret([]byte("gov")).PubKey(),
		sdk.NewInt64Coin(app.BaseDenom, 2_000_000), stakingtypes.Description{Moniker: "gov"},
		stakingtypes.NewCommissionRates(math.LegacyZeroDec(), math.LegacyOneDec(), math.LegacyOneDec()), math.OneInt())
	require.NoError(t, err)
	c.MustDeliver(send(c.Accounts[0], authority))
	for _, depth := range []int{0, 1, 2, 3} {
		var msg sdk.Msg = create
		for range depth {
			exec := authz.NewMsgExec(authority, []sdk.Msg{msg})
			msg = &exec
		}
		proposal := c.Govern(msg)
		require.Equal(t, govv1.StatusFailed, proposal.Status)
		require.Contains(t, proposal.FailedReason, admissiontypes.ErrValidatorNotAdmitted.Error(), "depth %d", depth)
	}
	_, err = c.App.Staking.GetValidator(c.Ctx(), sdk.ValAddress(authority))
	require.ErrorIs(t, err, stakingtypes.ErrNoValidatorFound)
}

func TestTheGateHoldsForGenesisTransactions(t *testing.T) {
	defer func() {
		began, isError := recover().(error)
		require.True(t, isError, "the chain has begun")
		require.ErrorContains(t, began, admissiontypes.ErrValidatorNotAdmitted.Error())
	}()
	chain.New(t, chain.WithValidators(2), chain.WithModuleGenesis(admissiontypes.ModuleName, func(g *admissiontypes.GenesisState) {
		g.Admissions = g.Admissions[:1]
	}))
}
