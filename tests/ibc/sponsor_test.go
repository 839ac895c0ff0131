// SPDX-License-Identifier: Apache-2.0

package ibc_test

import (
	"crypto/sha256"
	"testing"

	"github.com/stretchr/testify/require"

	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/weal-network/weal/app"
	"github.com/weal-network/weal/testutil/chain"
	emissiontypes "github.com/weal-network/weal/x/emission/types"
	topictypes "github.com/weal-network/weal/x/topic/types"
)

// withTopic gives both chains a topic with all that is issued.
var withTopic = []chain.Option{
	chain.WithModuleGenesis(topictypes.ModuleName, func(g *topictypes.GenesisState) {
		digest := sha256.Sum256([]byte("prose"))
		g.Topics = []topictypes.Topic{{
			Id: 1, Slug: "prose-lm", Title: "Models of prose", Steward: chain.NewAccount("steward").String(),
			Status: topictypes.STATUS_ACTIVE, Access: topictypes.ACCESS_OPEN,
			Metric: topictypes.Metric{Name: "bits_per_byte", Unit: "bit/B", Direction: topictypes.DIRECTION_LOWER_IS_BETTER, Worst: 8_000_000, Exponent: 6},
			Evaluation: topictypes.Evaluation{
				Kind: "onnx-bits-per-byte", SpecUri: "https://example.org/spec.json", SpecSha256: digest[:], CorpusSha256: digest[:],
			},
			ArtifactRules: topictypes.ArtifactRules{MediaTypes: []string{"application/onnx"}, MaxBytes: 1 << 20},
			Schedule:      topictypes.Schedule{EpochBlocks: 10, RevealBlocks: 4, MaxActive: 8, ImmunityEpochs: 1},
			Scoring: topictypes.Scoring{
				Rule: topictypes.RULE_YUMA3, KappaBp: 5000, BondPenaltyBp: 10_000, BondsMovingAverageBp: 9000,
				RewardRule: topictypes.REWARD_RULE_PROPORTIONAL, ScoreRule: topictypes.SCORE_RULE_CLIPPED_SUM, DividendRule: topictypes.DIVIDEND_RULE_BONDS,
			},
			Pricing: topictypes.DefaultPricing(),
		}}
		g.NextTopicId = 2
	}),
	chain.WithModuleGenesis(emissiontypes.ModuleName, func(g *emissiontypes.GenesisState) {
		g.TopicAccounts = []emissiontypes.TopicAccount{{TopicId: 1, ShareBp: 10_000}}
	}),
}

// TestATopicIsSponsoredInACoinOfTheOtherChain: how a contributor is paid in it stands in
// tests/integration.
func TestATopicIsSponsoredInACoinOfTheOtherChain(t *testing.T) {
	byEach(t, func(t *testing.T, p protocol) {
		a, b := opened(t, withTopic...)
		had, voucher := a.balance(app.BaseDenom), p.voucher(a, app.BaseDenom)
		require.True(t, p.deliver(a, uweal(50*weal), b.Accounts[0].String()))

		b.must(&emissiontypes.MsgFundTopic{
			Sponsor: b.Accounts[0].String(), TopicId: 1, Coins: sdk.NewCoins(sdk.NewInt64Coin(voucher, 20*weal)), Epochs: 10,
		})
		require.EqualValues(t, 30*weal, b.balance(voucher))
		b.audit()

		b.MustGovern(&emissiontypes.MsgEndStreams{Authority: app.Authority(), TopicId: 1, StreamIds: []uint64{1}})
		require.EqualValues(t, 50*weal, b.balance(voucher), "what the topic did not need goes back to its sponsor")
		b.audit()

		require.True(t, p.deliver(b, sdk.NewInt64Coin(voucher, 50*weal), a.Accounts[0].String()))
		require.Equal(t, had-fee, a.balance(app.BaseDenom), "and home")
		require.True(t, b.App.Bank.GetSupply(b.Ctx(), voucher).IsZero())
	})
}
