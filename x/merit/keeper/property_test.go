// SPDX-License-Identifier: Apache-2.0

package keeper_test

import (
	"fmt"
	"math/big"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/weal-network/weal/pkg/halving"
	"github.com/weal-network/weal/pkg/split"
	"github.com/weal-network/weal/x/merit/types"
)

// grant is a reward that an account was given, as the oracle remembers it: a rational that nothing was ever rounded of.
type grant struct {
	contribution uint64
	account      string
	// weight is what it will be worth at the end of half-life 0, in 2^-63 uweal.
	weight *big.Rat
}

// oracle keeps every grant, and adds all of them up when it is asked.
type oracle struct {
	clock    halving.Clock
	halfLife uint64
	grants   []grant
	// removals are how many contributions an account lost.
	removals map[string]int64
}

func twoTo(n uint64) *big.Rat { return new(big.Rat).SetInt(new(big.Int).Lsh(big.NewInt(1), uint(n))) }

// weigh is exact: an integer times the moment's factor.
func (o *oracle) weigh(at halving.Moment, amount uint64) *big.Rat {
	weight := new(big.Rat).SetInt(at.Weigh(amount).BigInt())
	return weight.Mul(weight, twoTo(at.Period))
}

// has is an account's weight at the end of a half-life.
func (o *oracle) has(account string, period uint64) *big.Rat {
	sum := new(big.Rat)
	for _, g := range o.grants {
		if g.account == account {
			sum.Add(sum, g.weight)
		}
	}
	return sum.Quo(sum, twoTo(period))
}

func (o *oracle) remove(contribution uint64) {
	lost := map[string]bool{}
	o.grants = slices.DeleteFunc(o.grants, func(g grant) bool {
		if g.contribution == contribution && !lost[g.account] {
			lost[g.account] = true
			o.removals[g.account]++
		}
		return g.contribution == contribution
	})
}

var people = []string{"alice", "bob", "carol", "dave", "erin"}

// TestMeritIsWhatRationalsSay plays random rewards, teams, removals, pauses and half-lives beside an oracle that never rounds.
// What an account has is less than 2 units of 2^-63 uweal below it, and less than 2 above it for each contribution that it lost;
// the total is the exact sum of what accounts have.
func TestMeritIsWhatRationalsSay(t *testing.T) {
	outer := t
	rapid.Check(t, func(t *rapid.T) {
		f := newFixture(outer)
		f.t = t
		o := &oracle{clock: halving.Clock{At: start.UnixMilli()}, halfLife: types.DefaultParams().HalfLifeMs(), removals: map[string]int64{}}
		removed := map[uint64]bool{}
		for epoch := uint64(1); epoch <= uint64(rapid.IntRange(1, 25).Draw(t, "epochs")); epoch++ {
			f.wait(time.Duration(rapid.Int64Range(1, 400*24*3_600_000).Draw(t, "pause")) * time.Millisecond)
			if rapid.IntRange(0, 5).Draw(t, "new half-life") == 0 {
				params := types.DefaultParams()
				params.HalfLifeSeconds = rapid.Uint64Range(types.MinHalfLifeSeconds, types.MaxHalfLifeSeconds).Draw(t, "half-life")
				_, err := f.msg.UpdateParams(f.ctx, &types.MsgUpdateParams{Authority: authority, Params: params})
				require.NoError(t, err)
				if half := params.HalfLifeMs(); half != o.halfLife {
					o.clock, o.halfLife = o.clock.Set(f.ctx.BlockTime().UnixMilli(), o.halfLife), half
				}
			}
			at := o.clock.Now(f.ctx.BlockTime().UnixMilli(), o.halfLife)
			var rewards []reward
			for id := uint64(1); id <= 4; id++ {
				amount := rapid.Uint64Range(0, 21_000_000_000_000).Draw(t, "amount") >> rapid.IntRange(0, 44).Draw(t, "smaller")
				from := rapid.IntRange(0, len(people)-1).Draw(t, "first of the team")
				team := people[from : from+rapid.IntRange(1, len(people)-from).Draw(t, "team")]
				if !removed[id] {
					f.contribution(id, team...)
					shares := make([]uint32, len(team))
					for i := range team {
						shares[i] = uint32(10_000 / len(team))
					}
					shares[0] += uint32(10_000 % len(team))
					for i, part := range split.BasisPoints(amount, shares...) {
						if part > 0 {
							o.grants = append(o.grants, grant{id, team[i], o.weigh(at, part)})
						}
					}
				}
				rewards = append(rewards, reward{id, amount})
			}
			f.pay(epoch, rewards...)
			if id := rapid.Uint64Range(1, 12).Draw(t, "removed"); id <= 4 && !removed[id] {
				f.remove(id)
				o.remove(id)
				removed[id] = true
			}
			compare(t, f, o)
		}
		again := bare(outer)
		g, err := f.k.ExportGenesis(f.ctx)
		require.NoError(t, err)
		require.NoError(t, again.k.InitGenesis(f.ctx.WithMultiStore(again.ctx.MultiStore()), *g))
		copied, err := again.k.ExportGenesis(again.ctx)
		require.NoError(t, err)
		require.Equal(t, g, copied)
		require.NoError(t, again.k.Audit(again.ctx))
	})
}

func compare(t *rapid.T, f *fixture, o *oracle) {
	at := o.clock.Now(f.ctx.BlockTime().UnixMilli(), o.halfLife)
	sum := new(big.Int)
	type ranked struct {
		address string
		exact   *big.Int
	}
	var ranks []ranked
	for _, name := range people {
		holding, err := f.k.Holdings.Get(f.ctx, account(name))
		if err != nil {
			require.Zero(t, o.has(name, at.Period).Sign(), "%s has nothing left", name)
			continue
		}
		exact := holding.Merit().Exact(at.Period)
		sum.Add(sum, exact)
		ranks = append(ranks, ranked{text(name), exact})
		off := new(big.Rat).Quo(new(big.Rat).SetInt(exact), twoTo(halving.Window))
		off.Sub(off, o.has(name, at.Period))
		require.Negative(t, off.Cmp(big.NewRat(2*o.removals[name]+1, 1)), "%s has %s too much", name, off.FloatString(3))
		require.Positive(t, off.Cmp(big.NewRat(-2, 1)), "%s has %s too little", name, off.FloatString(3))
	}
	require.Equal(t, at.WorthExact(sum).String(), f.total().Amount.String())
	slices.SortStableFunc(ranks, func(a, b ranked) int { return b.exact.Cmp(a.exact) })
	top, err := f.query.Top(f.ctx, &types.QueryTopRequest{})
	require.NoError(t, err)
	require.Len(t, top.Accounts, len(ranks))
	for i, merit := range top.Accounts {
		holding, err := f.k.Holdings.Get(f.ctx, mustBytes(merit.Address))
		require.NoError(t, err)
		require.Zero(t, ranks[i].exact.Cmp(holding.Merit().Exact(at.Period)), fmt.Sprint("rank ", i))
	}
}

func mustBytes(address string) []byte {
	bytes, err := accounts.StringToBytes(address)
	if err != nil {
		panic(err)
	}
	return bytes
}
