// SPDX-License-Identifier: Apache-2.0

package keeper_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/weal-network/weal/x/contribution/types"
	topictypes "github.com/weal-network/weal/x/topic/types"
)

// after moves the block time.
func (f *fixture) after(d time.Duration) *fixture {
	f.ctx = f.ctx.WithBlockTime(f.ctx.BlockTime().Add(d))
	return f
}

func (f *fixture) price(maxPrice uint64) *types.QueryPriceResponse {
	resp, err := f.query.Price(f.ctx, &types.QueryPriceRequest{TopicId: openID, MaxPrice: maxPrice})
	require.NoError(f.t, err)
	return resp
}

func TestEachCommitRaisesThePriceAndTimeLowersIt(t *testing.T) {
	f := newFixture(t)
	require.Equal(t, &types.QueryPriceResponse{Price: 1_000, PriceAfter: 1_250, Bond: 500, Affordable: true}, f.price(0))
	f.commit("alice", "a")
	f.commit("alice", "b")
	require.Equal(t, uint64(1_563), f.price(0).Price, "1000 * 1.25 * 1.25, rounded up")
	require.Equal(t, uint64(2_250), f.spent("alice"))
	require.Equal(t, uint64(2_250), f.bank.burnt, "nobody has it: it can be issued again")

	f.after(time.Hour)
	require.Equal(t, uint64(1_000), f.price(0).Price, "half of it is below the base")
	f.after(-2 * time.Hour)
	require.Equal(t, uint64(1_563), f.price(0).Price, "a clock that goes backwards stands still")
}

func TestACommitAboveMaxPriceIsRefusedAndSaysHowLongToWait(t *testing.T) {
	f := newFixture(t)
	for range 20 {
		f.commit("alice", "m")
	}
	now := f.price(0).Price
	m := commitMsg("bob", "b", openID)
	m.MaxPrice = now / 2
	f.refusedCommit(m, types.ErrPriceTooHigh, "costs 86737uweal, above max_price 43368", "at most that in 3601 seconds", "has halved", "in 3601")
	m.MaxPrice = 999
	f.refusedCommit(m, types.ErrPriceTooHigh, "never less than 1000: raise max_price")

	wait := f.price(now / 2)
	require.True(t, wait.Affordable)
	require.Equal(t, uint64(3_601), wait.WaitSeconds)
	require.False(t, f.price(999).Affordable)
	f.after(time.Duration(wait.WaitSeconds) * time.Second)
	m.MaxPrice = now / 2
	_, err := f.msg.CommitContribution(f.ctx, m)
	require.NoError(t, err, "what the refusal said was true")
}

func TestASandboxCostsNothing(t *testing.T) {
	f := newFixture(t)
	f.topics[openID].Sandbox, f.topics[openID].Pricing = true, topictypes.Pricing{}
	m := commitMsg("alice", "m", openID)
	m.MaxPrice = 0
	resp, err := f.msg.CommitContribution(f.ctx, m)
	require.NoError(t, err)
	f.nextBlock().reveal("alice", "m", resp.ContributionId)
	require.Zero(t, f.spent("alice"))
	require.Equal(t, &types.QueryPriceResponse{Affordable: true}, f.price(0))
}

// TestSybilsPayAHundredTimesWhatPatienceCosts registers 256 contributions in four
// epochs, as fast as the topic takes them, at what a paid topic begins with, and
// compares with the pace at which the price stays at its base.
func TestSybilsPayAHundredTimesWhatPatienceCosts(t *testing.T) {
	const registrations, epochs = 256, 4
	pricing := topictypes.DefaultPricing()
	run := func(pace time.Duration) uint64 {
		f := newFixture(t)
		f.topics[openID].Pricing = pricing
		f.topics[openID].Schedule.MaxActive = registrations
		for i := range registrations {
			if i%(registrations/epochs) == 0 {
				f.begin(uint64(i/(registrations/epochs)) + 1)
			}
			model := fmt.Sprint(i)
			id := f.commit("sybil", model)
			f.nextBlock().after(pace)
			f.reveal("sybil", model, id)
		}
		return f.bank.burnt
	}
	// half-life * log2(multiplier): the pace at which decay takes back a rise.
	patient := run(time.Duration(float64(pricing.HalfLifeSeconds)*0.32193) * time.Second * 101 / 100)
	require.Equal(t, registrations*pricing.BasePrice, patient, "at the target pace everybody pays the base")
	hasty := run(5 * time.Second)
	require.Greater(t, hasty, 100*patient)
	t.Logf("256 registrations cost %d uweal at the target pace, %d in four epochs: %d times as much", patient, hasty, hasty/patient)
}
