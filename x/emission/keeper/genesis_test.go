// SPDX-License-Identifier: Apache-2.0

package keeper_test

import (
	"maps"
	"testing"

	"github.com/stretchr/testify/require"

	contributiontypes "github.com/weal-network/weal/x/contribution/types"
	"github.com/weal-network/weal/x/emission/types"
	topictypes "github.com/weal-network/weal/x/topic/types"
)

// lived is a chain on which everything has happened that leaves a trace in the state.
func lived(t testing.TB) *fixture {
	f := newFixture(t)
	params := types.DefaultParams()
	params.MaturityEpochs, params.KeepEpochs, params.CarryEpochs = 2, 5, 4
	require.NoError(t, f.k.Params.Set(f.ctx, params))
	a := f.contribution(1, "alice", "alice")
	b := f.contribution(1, "bob", "safe", contributiontypes.Parent{Id: a, ShareBp: 3333})
	c := f.contribution(2, "carol", "carol", contributiontypes.Parent{Id: a, ShareBp: 1})
	f.steward(1, "sam", 300)
	f.issue(3)
	for epoch := uint64(1); epoch <= 9; epoch++ {
		f.pay(scored(1, epoch, []uint64{b}, one))
		if epoch < 5 {
			f.pay(scored(2, epoch, []uint64{c}, one/3))
		}
		f.issue(1)
	}
	f.pay(scored(3, 1, nil))
	_, err := f.claim("bob")
	require.NoError(t, err)
	require.NoError(t, f.k.TopicHooks().AfterTopicPaused(f.ctx, 2))
	f.issue(2)
	f.bank.burn(holder, 12_345)
	f.audit()
	return f
}

// resumed is a second chain that begins with what the first exported.
func resumed(t testing.TB, f *fixture) *fixture {
	genesis, err := f.k.ExportGenesis(f.ctx)
	require.NoError(t, err)
	bz, err := f.cdc.MarshalJSON(genesis)
	require.NoError(t, err)
	var state types.GenesisState
	require.NoError(t, f.cdc.UnmarshalJSON(bz, &state))

	g := bare(t)
	*g.bank = *f.bank.clone()
	g.contributions.list, g.contributions.lineage = f.contributions.list, f.contributions.lineage
	maps.Copy(g.staking, f.staking)
	maps.Copy(g.stake.tokens, f.stake.tokens)
	for operator, shares := range f.stake.shares {
		g.stake.shares[operator] = maps.Clone(shares)
	}
	maps.Copy(g.topics, f.topics)
	g.ctx = g.ctx.WithBlockTime(f.ctx.BlockTime()).WithBlockHeight(f.ctx.BlockHeight())
	require.NoError(t, g.k.InitGenesis(g.ctx, state))
	again, err := g.k.ExportGenesis(g.ctx)
	require.NoError(t, err)
	second, err := g.cdc.MarshalJSON(again)
	require.NoError(t, err)
	require.Equal(t, string(bz), string(second))
	return g
}

func TestAnExportedChainGoesOnAsTheFirstOne(t *testing.T) {
	f := lived(t)
	g := resumed(t, f)
	for _, chain := range []*fixture{f, g} {
		require.NoError(t, chain.k.TopicHooks().AfterTopicResumed(chain.ctx, 2))
		chain.issue(3)
		chain.pay(scored(1, 10, []uint64{1, 2}, one/7, one/2))
		chain.pay(scored(2, 5, []uint64{3}, one))
		_, err := chain.claim("alice")
		require.NoError(t, err)
		chain.audit()
	}
	first, err := f.k.ExportGenesis(f.ctx)
	require.NoError(t, err)
	second, err := g.k.ExportGenesis(g.ctx)
	require.NoError(t, err)
	require.Equal(t, first, second)
	require.Equal(t, f.bank.balances, g.bank.balances)
	require.Equal(t, derived(f), derived(g))
}

// derived is what genesis rebuilds.
func derived(f *fixture) [][]string {
	f.t.Helper()
	var all [][]string
	homes, err := f.k.Homes.Iterate(f.ctx, nil)
	require.NoError(f.t, err)
	keys, err := homes.Keys()
	require.NoError(f.t, err)
	for _, key := range keys {
		all = append(all, []string{"home", f.k.Homes.KeyCodec().Stringify(key)})
	}
	return all
}

func TestANewChainStartsFromTheBanksSupplyAndTheTopicsStatus(t *testing.T) {
	f := bare(t)
	f.bank.fund(holder, 42)
	topic := f.topics[2]
	topic.Status = topictypes.STATUS_PAUSED
	f.topics[2] = topic
	require.NoError(t, f.k.InitGenesis(f.ctx, types.GenesisState{
		Params:        types.DefaultParams(),
		TopicAccounts: []types.TopicAccount{{TopicId: 1, ShareBp: 1}, {TopicId: 2, ShareBp: 9_999}},
	}))
	response, err := f.query.Issuance(f.ctx, &types.QueryIssuanceRequest{})
	require.NoError(t, err)
	require.Equal(t, uint64(42), response.Supply)
	require.Equal(t, uint64(42), response.Issuance.GenesisSupply)
	require.Equal(t, types.CapUweal, response.Cap)
	require.True(t, f.topicAccount(2).Paused)
	require.False(t, f.topicAccount(1).Paused)
	f.audit()
}

func TestGenesisThatTheOtherModulesContradictIsRefused(t *testing.T) {
	cases := map[string]struct {
		prepare func(f *fixture)
		state   types.GenesisState
		want    error
	}{
		"a supply above the cap": {
			prepare: func(f *fixture) { f.bank.fund(holder, types.CapUweal+1) },
			state:   *types.DefaultGenesis(),
			want:    types.ErrInvalidGenesis,
		},
		"coins in the module's account that nobody earned": {
			prepare: func(f *fixture) { f.bank.fund(fakeAccounts{}.GetModuleAddress(types.ModuleName), 1) },
			state:   *types.DefaultGenesis(),
			want:    types.ErrInvalidGenesis,
		},
		"a share of a topic that does not exist": {
			state: types.GenesisState{Params: types.DefaultParams(), TopicAccounts: []types.TopicAccount{{TopicId: 9, ShareBp: 1}}},
			want:  types.ErrUnknownTopic,
		},
		"parameters that are not set": {state: types.GenesisState{}, want: types.ErrInvalidGenesis},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			f := bare(t)
			f.bank.fund(holder, 1)
			if c.prepare != nil {
				c.prepare(f)
			}
			require.ErrorIs(t, f.k.InitGenesis(f.ctx, c.state), c.want)
		})
	}
}

func TestAnExportWithAnotherBankIsRefused(t *testing.T) {
	f := lived(t)
	genesis, err := f.k.ExportGenesis(f.ctx)
	require.NoError(t, err)
	for name, amount := range map[string]uint64{"supply": 1_000_000, "balance": 0} {
		t.Run(name, func(t *testing.T) {
			g := bare(t)
			*g.bank = *f.bank.clone()
			g.bank.supply += amount
			if amount == 0 {
				g.bank.balances[string(fakeAccounts{}.GetModuleAddress(types.ModuleName))]--
			}
			require.ErrorIs(t, g.k.InitGenesis(g.ctx, *genesis), types.ErrInvalidGenesis)
		})
	}
}

// tampered changes an export in one place each; none of them may pass.
var tampered = map[string]func(g *types.GenesisState){
	"parameters out of bounds":         func(g *types.GenesisState) { g.Params.MaxGapMs = 1 },
	"rewards without issuance":         func(g *types.GenesisState) { g.Issuance = nil },
	"a carry of another length":        func(g *types.GenesisState) { g.Issuance.Carry = nil },
	"a time before 1970":               func(g *types.GenesisState) { g.Issuance.LastTimeMs = -1 },
	"more minted than the supply says": func(g *types.GenesisState) { g.Issuance.Minted++ },
	"a supply above the cap": func(g *types.GenesisState) {
		g.Issuance.GenesisSupply += types.CapUweal
		g.Issuance.LastSupply += types.CapUweal
	},
	"an index below what a topic has seen":   func(g *types.GenesisState) { g.Issuance.TopicIndex = g.Issuance.TopicIndex.QuoRaw(1000) },
	"a negative index":                       func(g *types.GenesisState) { g.Issuance.TopicIndex = g.Issuance.TopicIndex.Neg() },
	"another topic carry":                    func(g *types.GenesisState) { g.Issuance.TopicCarryBp++ },
	"a topic carry of a whole unit":          func(g *types.GenesisState) { g.Issuance.TopicCarryBp += 10_000 },
	"a topic account twice":                  func(g *types.GenesisState) { g.TopicAccounts[1].TopicId = 1 },
	"topic 0":                                func(g *types.GenesisState) { g.TopicAccounts[0].TopicId = 0 },
	"shares above the whole together":        func(g *types.GenesisState) { g.TopicAccounts[2].ShareBp = 1001 },
	"a share above the whole":                func(g *types.GenesisState) { g.TopicAccounts[2].ShareBp = 10_001 },
	"an account's carry of a whole unit":     func(g *types.GenesisState) { g.TopicAccounts[0].AccruedCarryBp += 10_000 },
	"an account's carry that was not minted": func(g *types.GenesisState) { g.TopicAccounts[0].AccruedCarryBp ^= 1 },
	"tiles out of order": func(g *types.GenesisState) {
		g.RewardTiles[0], g.RewardTiles[1] = g.RewardTiles[1], g.RewardTiles[0]
	},
	"an empty tile":                 func(g *types.GenesisState) { g.RewardTiles[0].Rewards = nil },
	"a tile of no epoch":            func(g *types.GenesisState) { g.RewardTiles[0].Epoch = 0 },
	"settled accounts out of order": func(g *types.GenesisState) { g.SettledAccounts = append(g.SettledAccounts, types.SettledAccount{}) },
	"homes out of order":            func(g *types.GenesisState) { g.Homes = append(g.Homes, types.Home{}) },
	"a total that is not the sum":   func(g *types.GenesisState) { lastTile(g).Rewards[0].Total++ },
	"a total of another contribution": func(g *types.GenesisState) {
		r := lastTile(g).Rewards
		r[0].Total--
		r[1].Total++
	},
	"a reward that entered later":        func(g *types.GenesisState) { lastTile(g).Rewards[0].EnteredEpoch-- },
	"a reward of an epoch to come":       func(g *types.GenesisState) { lastTile(g).Rewards[0].RewardedEpoch++ },
	"a reward that left with what waits": func(g *types.GenesisState) { lastTile(g).Rewards[0].Settled = true },
	"more claimed than was mature": func(g *types.GenesisState) {
		for i := range g.SettledAccounts {
			g.SettledAccounts[i].Claimed += 1 << 40
			g.SettledAccounts[i].Settled += 0
		}
	},
	"a topic paid up to an epoch that is not there":   func(g *types.GenesisState) { g.PaidEpochs[0].Last++ },
	"a topic mature up to an epoch that is not there": func(g *types.GenesisState) { g.PaidEpochs[0].Mature = 1 },
	"a topic mature beyond what is paid":              func(g *types.GenesisState) { g.PaidEpochs[1].Mature = g.PaidEpochs[1].Last + 1 },
	"a payment after the last":                        func(g *types.GenesisState) { g.PaidEpochs = g.PaidEpochs[1:] },
	"a payment work without a division":               func(g *types.GenesisState) { g.PaymentWorks = []types.PaymentWork{{TopicId: 1, Epoch: 10, Below: 9}} },
	"a royalty that waits behind": func(g *types.GenesisState) {
		g.PaymentWorks = []types.PaymentWork{{TopicId: 1, Epoch: 10, Below: 2, Division: make([]byte, 48), Royalties: []types.WaitingRoyalty{{ContributionId: 2, Amount: 1}}}}
	},
	"a payment twice":                func(g *types.GenesisState) { g.Payments = append(g.Payments[:1], g.Payments...) },
	"a payment of topic 0":           func(g *types.GenesisState) { g.Payments[0].TopicId = 0 },
	"a payment of epoch 0":           func(g *types.GenesisState) { g.Payments[0].Epoch = 0 },
	"another total of all epochs":    func(g *types.GenesisState) { g.Payments[1].ContributorsTotal++ },
	"another total of all that left": func(g *types.GenesisState) { g.Payments[1].LeftTotal++ },
	"a burn that was not":            func(g *types.GenesisState) { g.Payments[0].Burnt++ },
	"a budget that was not spent":    func(g *types.GenesisState) { g.Payments[0].Budget++ },
	"rewards that are not the sum":   func(g *types.GenesisState) { g.Payments[0].ContributorsSpent++ },
	"dividends that are not the sum": func(g *types.GenesisState) { g.Payments[0].ScoringSpent++ },
	"a reward that does not add up":  func(g *types.GenesisState) { g.RewardTiles[0].Rewards[0].Amount++ },
	"royalties that came from nowhere": func(g *types.GenesisState) {
		r := &g.RewardTiles[0].Rewards[0]
		r.RoyaltiesIn++
		r.RoyaltiesOut++
		r.RoyaltiesOut--
		r.Earned--
	},
	"rewards out of order":  func(g *types.GenesisState) { r := g.RewardTiles[0].Rewards; r[0], r[1] = r[1], r[0] },
	"a dividend of nobody":  func(g *types.GenesisState) { g.Payments[0].Dividends[0].Operator = "" },
	"a dividend of nothing": func(g *types.GenesisState) { g.Payments[0].Dividends[0].Amount = 0 },
}

// lastTile is the tile of topic 1's last payment.
func lastTile(g *types.GenesisState) *types.RewardTile {
	for i := range g.RewardTiles {
		if tile := &g.RewardTiles[i]; tile.TopicId == 1 && tile.Epoch == g.PaidEpochs[0].Last {
			return tile
		}
	}
	return nil
}

func TestAnExportThatWasTamperedWithIsRefused(t *testing.T) {
	for name, tamper := range tampered {
		t.Run(name, func(t *testing.T) {
			f := lived(t)
			genesis, err := f.k.ExportGenesis(f.ctx)
			require.NoError(t, err)
			require.NoError(t, genesis.Validate())
			tamper(genesis)
			require.ErrorIs(t, genesis.Validate(), types.ErrInvalidGenesis)
			require.ErrorIs(t, bare(t).k.InitGenesis(f.ctx, *genesis), types.ErrInvalidGenesis)
		})
	}
}

func TestANewChainWithMoreThanSharesIsRefused(t *testing.T) {
	cases := map[string][]types.TopicAccount{
		"an accrued amount":          {{TopicId: 1, Accrued: 1}},
		"a carry":                    {{TopicId: 1, AccruedCarryBp: 1}},
		"a pause":                    {{TopicId: 1, Paused: true}},
		"a share above the whole":    {{TopicId: 1, ShareBp: 10_001}},
		"shares above it together":   {{TopicId: 1, ShareBp: 6_000}, {TopicId: 2, ShareBp: 4_001}},
		"a topic twice":              {{TopicId: 1, ShareBp: 1}, {TopicId: 1, ShareBp: 1}},
		"topics in falling order":    {{TopicId: 2, ShareBp: 1}, {TopicId: 1, ShareBp: 1}},
		"topic 0, which is no topic": {{TopicId: 0, ShareBp: 1}},
	}
	for name, topicAccounts := range cases {
		t.Run(name, func(t *testing.T) {
			state := types.GenesisState{Params: types.DefaultParams(), TopicAccounts: topicAccounts}
			require.ErrorIs(t, state.Validate(), types.ErrInvalidGenesis)
		})
	}
}
