// SPDX-License-Identifier: Apache-2.0

package integration_test

import (
	"testing"
	"time"

	abci "github.com/cometbft/cometbft/abci/types"
	"github.com/stretchr/testify/require"

	"cosmossdk.io/math"

	sdk "github.com/cosmos/cosmos-sdk/types"
	distrkeeper "github.com/cosmos/cosmos-sdk/x/distribution/keeper"
	distrtypes "github.com/cosmos/cosmos-sdk/x/distribution/types"
	stakingtypes "github.com/cosmos/cosmos-sdk/x/staking/types"

	"github.com/weal-network/weal/app"
	"github.com/weal-network/weal/testutil/chain"
	emissiontypes "github.com/weal-network/weal/x/emission/types"
	scoringtypes "github.com/weal-network/weal/x/scoring/types"
)

// dust is how far x/distribution's numbers may be from the exact ones, in uweal: it keeps what a unit of stake has earned to
// 18 decimals, and a validator here has some 10^12 units.
var dust = math.LegacyNewDecWithPrec(1, 5)

// bond is a delegation.
type bond struct {
	delegator sdk.AccAddress
	operator  sdk.ValAddress
}

// shared is what x/distribution's own queries say of everybody, in uweal.
type shared struct {
	commission map[string]math.LegacyDec
	rewards    map[string]math.LegacyDec
}

func (b bond) String() string { return b.delegator.String() + " at " + b.operator.String() }

// shared asks for the commission of all validators and the rewards of the bonds.
func (w *world) shared(bonds []bond) shared {
	w.t.Helper()
	queries := distrkeeper.NewQuerier(w.App.Distribution)
	s := shared{map[string]math.LegacyDec{}, map[string]math.LegacyDec{}}
	for _, v := range w.Validators {
		res, err := queries.ValidatorCommission(w.Ctx(), &distrtypes.QueryValidatorCommissionRequest{ValidatorAddress: v.Operator.String()})
		require.NoError(w.t, err)
		s.commission[v.Operator.String()] = res.Commission.Commission.AmountOf(app.BaseDenom)
	}
	for _, b := range bonds {
		res, err := queries.DelegationRewards(w.Ctx(), &distrtypes.QueryDelegationRewardsRequest{DelegatorAddress: b.delegator.String(), ValidatorAddress: b.operator.String()})
		require.NoError(w.t, err)
		s.rewards[b.String()] = res.Rewards.AmountOf(app.BaseDenom)
	}
	return s
}

// delegated is a world in which nothing but dividends reaches validators: none of what is issued goes to security, and hot
// keys pay no fees. Commissions differ, and everybody has a few delegators.
func delegated(t *testing.T) (*world, []bond) {
	w := newWorld(t, quick, chain.WithBalance(plenty/10), chain.WithModuleGenesis(emissiontypes.ModuleName, func(g *emissiontypes.GenesisState) {
		g.Params.SecurityBp, g.Params.TopicsBp = 0, 9_500
	}))
	w.NextBlockAfter(25 * time.Hour)
	var bonds []bond
	for i, v := range w.Validators {
		rate := math.LegacyNewDecWithPrec(int64(1_000+[]int{-100, -33, 0, 77}[i]), 4)
		unchanged := stakingtypes.NewDescription(stakingtypes.DoNotModifyDesc, stakingtypes.DoNotModifyDesc, stakingtypes.DoNotModifyDesc, stakingtypes.DoNotModifyDesc, stakingtypes.DoNotModifyDesc)
		if i != 2 {
			w.MustDeliver(stakingtypes.NewMsgEditValidator(v.Operator.String(), unchanged, &rate, nil))
		}
		bonds = append(bonds, bond{v.Address, v.Operator})
		for j, delegator := range w.Accounts[:3] {
			if (i+j)%4 == 3 {
				continue
			}
			amount := uweal(int64((i+1)*(j+2))*31*app.UnitsPerWeal + int64(7*i+j))[0]
			w.MustDeliver(stakingtypes.NewMsgDelegate(delegator.String(), v.Operator.String(), amount))
			bonds = append(bonds, bond{delegator.Address, v.Operator})
		}
	}
	return w, bonds
}

func TestCommissionAndDelegatorsShareDividendsAsTheSDKsOwnQueriesSay(t *testing.T) {
	w, bonds := delegated(t)
	m := &model{owner: w.Accounts[5], bytes: "m"}
	w.enter(goTopic, m)
	opened := w.open(goTopic)
	var before shared
	w.AfterBlock = func(*abci.ResponseFinalizeBlock) {
		w.audit()
		if w.Height() == opened.EndHeight-1 {
			before = w.shared(bonds)
		}
	}
	epoch := w.play(goTopic, w.unanimous(entry(m, 7)))
	require.Equal(t, scoringtypes.EPOCH_STATUS_SCORED, epoch.Status, epoch.VoidReason)
	after, payment := w.shared(bonds), w.payment(goTopic, epoch.Number)
	require.Len(t, payment.Dividends, validators)
	require.Greater(t, payment.ScoringSpent, uint64(1_000_000))

	rates := map[string]bool{}
	for _, dividend := range payment.Dividends {
		operator, err := sdk.ValAddressFromBech32(dividend.Operator)
		require.NoError(t, err)
		validator, whole := validatorOf(w.Chain, t, operator), math.LegacyNewDecFromInt(math.NewIntFromUint64(dividend.Amount))
		rates[validator.Commission.Rate.String()] = true
		commission := whole.Mul(validator.Commission.Rate)
		require.Equal(t, commission, after.commission[dividend.Operator].Sub(before.commission[dividend.Operator]), "commission of %s", dividend.Operator)

		together := commission
		for _, b := range bonds {
			if !b.operator.Equals(operator) {
				continue
			}
			delegation, err := w.App.Staking.GetDelegation(w.Ctx(), b.delegator, operator)
			require.NoError(t, err)
			want := whole.Sub(commission).Mul(delegation.Shares).Quo(validator.DelegatorShares)
			got := after.rewards[b.String()].Sub(before.rewards[b.String()])
			require.Truef(t, want.Sub(got).Abs().LT(dust), "%s: %s, expected %s", b, got, want)
			require.True(t, got.GT(math.LegacyOneDec()))
			together = together.Add(got)
		}
		require.Truef(t, whole.Sub(together).Abs().LT(dust.MulInt64(4)), "%s of %s were shared", together, whole)
	}
	require.Len(t, rates, validators, "commissions differ")
	w.requireWithdrawn(after, bonds[1])
}

// requireWithdrawn lets a delegator take its rewards, which are what the query said in whole units.
func (w *world) requireWithdrawn(s shared, b bond) {
	w.t.Helper()
	balance := w.balance(b.delegator)
	w.MustDeliver(distrtypes.NewMsgWithdrawDelegatorReward(b.delegator.String(), b.operator.String()))
	require.Equal(w.t, balance+s.rewards[b.String()].TruncateInt().Uint64()-chain.TxFee, w.balance(b.delegator))
}
