// SPDX-License-Identifier: Apache-2.0

package integration_test

import (
	"crypto/sha256"
	"fmt"
	"testing"

	abci "github.com/cometbft/cometbft/abci/types"
	"github.com/stretchr/testify/require"

	"github.com/cosmos/gogoproto/proto"

	sdk "github.com/cosmos/cosmos-sdk/types"
	banktypes "github.com/cosmos/cosmos-sdk/x/bank/types"

	"github.com/weal-network/weal/app"
	"github.com/weal-network/weal/pkg/commitment"
	"github.com/weal-network/weal/pkg/row"
	"github.com/weal-network/weal/testutil/chain"
	contributiontypes "github.com/weal-network/weal/x/contribution/types"
	emissiontypes "github.com/weal-network/weal/x/emission/types"
	scoringtypes "github.com/weal-network/weal/x/scoring/types"
	topictypes "github.com/weal-network/weal/x/topic/types"
)

// The topics of every world, and how many validators score them.
const (
	goTopic    = uint64(1)
	proseTopic = uint64(2)
	validators = 4
)

// world is a chain with two topics, contributors and validators with hot keys. The books
// of x/emission are audited after every block.
type world struct {
	*chain.Chain
	t testing.TB
	// scorers are the validators' hot keys, without a coin.
	scorers []chain.Account
}

// clock is the schedule of a world's topics.
type clock = topictypes.Schedule

// quick is an epoch of ten blocks, four of them to reveal.
var quick = clock{EpochBlocks: 10, RevealBlocks: 4, MaxActive: 8, ImmunityEpochs: 1}

// newWorld starts a chain, and names the hot keys in its second block.
func newWorld(t testing.TB, schedule clock, opts ...chain.Option) *world {
	t.Helper()
	opts = append([]chain.Option{
		chain.WithValidators(validators), chain.WithAccounts(6),
		chain.WithModuleGenesis(topictypes.ModuleName, func(g *topictypes.GenesisState) {
			g.Topics = []topictypes.Topic{topic(goTopic, "go-source-lm", schedule), topic(proseTopic, "prose-lm", schedule)}
			g.NextTopicId = 3
		}),
		chain.WithModuleGenesis(emissiontypes.ModuleName, func(g *emissiontypes.GenesisState) {
			g.Params.MaturityEpochs = 1
			g.TopicAccounts = []emissiontypes.TopicAccount{share(goTopic, 6000), share(proseTopic, 4000)}
		}),
	}, opts...)
	w := wrap(t, chain.New(t, opts...))
	var txs [][]byte
	for i, validator := range w.Validators {
		txs = append(txs, w.Sign(chain.TxFee, &scoringtypes.MsgSetScorer{Operator: validator.Operator.String(), Scorer: w.scorers[i].String()}))
	}
	w.mustBlock(txs...)
	return w
}

// wrap gives a chain the hot keys and the auditor.
func wrap(t testing.TB, c *chain.Chain) *world {
	t.Helper()
	w := &world{Chain: c, t: t}
	for i := range c.Validators {
		w.scorers = append(w.scorers, chain.NewAccount(fmt.Sprintf("scorer-%d", i)))
	}
	c.Know(w.scorers...)
	c.AfterBlock = func(*abci.ResponseFinalizeBlock) { w.audit() }
	return w
}

func topic(id uint64, slug string, schedule clock) topictypes.Topic {
	digest := sha256.Sum256([]byte(slug))
	return topictypes.Topic{
		Id: id, Slug: slug, Title: "Models of " + slug, Steward: chain.NewAccount("steward").String(),
		Status: topictypes.STATUS_ACTIVE, Access: topictypes.ACCESS_OPEN,
		Metric: topictypes.Metric{Name: "bits_per_byte", Unit: "bit/B", Direction: topictypes.DIRECTION_LOWER_IS_BETTER, Worst: 8_000_000, Exponent: 6},
		Evaluation: topictypes.Evaluation{
			Kind: "onnx-bits-per-byte", SpecUri: "https://example.org/spec.json", SpecSha256: digest[:], CorpusSha256: digest[:],
		},
		ArtifactRules: topictypes.ArtifactRules{MediaTypes: []string{"application/onnx"}, MaxBytes: 1 << 20},
		Schedule:      schedule,
		Scoring: topictypes.Scoring{
			Rule: topictypes.RULE_YUMA3, KappaBp: 5000, BondPenaltyBp: 10_000, BondsMovingAverageBp: 9000,
			RewardRule: topictypes.REWARD_RULE_PROPORTIONAL, ScoreRule: topictypes.SCORE_RULE_CLIPPED_SUM, DividendRule: topictypes.DIVIDEND_RULE_BONDS,
		},
		Pricing: topictypes.DefaultPricing(),
	}
}

func share(topicID uint64, bp uint32) emissiontypes.TopicAccount {
	return emissiontypes.TopicAccount{TopicId: topicID, ShareBp: bp}
}

// audit fails the test unless every identity of x/emission's books holds.
func (w *world) audit() {
	w.t.Helper()
	res, err := emissiontypes.NewQueryClient(w.Queries()).Audit(w.Ctx(), &emissiontypes.QueryAuditRequest{})
	require.NoError(w.t, err)
	require.True(w.t, res.Ok, "height %d: %v", w.Height(), res.Checks)
}

// mustBlock makes a block with the transactions, all of which must succeed.
func (w *world) mustBlock(txs ...[]byte) []*abci.ExecTxResult {
	w.t.Helper()
	res := w.NextBlock(txs...)
	for i, tx := range res.TxResults {
		require.Zero(w.t, tx.Code, "transaction %d of block %d: %s", i, w.Height(), tx.Log)
	}
	return res.TxResults
}

// answer decodes what the first message of a transaction returned.
func answer[T any, P interface {
	*T
	proto.Message
}](t testing.TB, res *abci.ExecTxResult,
) P {
	t.Helper()
	var data sdk.TxMsgData
	require.NoError(t, proto.Unmarshal(res.Data, &data))
	require.NotEmpty(t, data.MsgResponses)
	out := P(new(T))
	require.NoError(t, proto.Unmarshal(data.MsgResponses[0].Value, out))
	return out
}

// model is a contribution as its contributor knows it.
type model struct {
	owner   chain.Account
	bytes   string
	parents []contributiontypes.Parent
	payout  string
	id      uint64
}

func (m model) digest() [32]byte { return sha256.Sum256([]byte(m.bytes)) }

func (m model) salt() [32]byte { return sha256.Sum256([]byte(m.owner.Name + " salts " + m.bytes)) }

// commit is the message that claims the model.
func (m model) commit(topicID uint64) *contributiontypes.MsgCommitContribution {
	hash := commitment.Contribution(app.LocalChainID, topicID, m.owner.Address, m.salt(), m.digest())
	return &contributiontypes.MsgCommitContribution{Contributor: m.owner.String(), TopicId: topicID, Hash: hash[:], MaxPrice: topictypes.MaxPrice}
}

// reveal is the message that shows the model under the id of its commit.
func (m model) reveal() *contributiontypes.MsgRevealContribution {
	digest, salt := m.digest(), m.salt()
	return &contributiontypes.MsgRevealContribution{
		Contributor: m.owner.String(), ContributionId: m.id, Salt: salt[:], Parents: m.parents, Payout: m.payout,
		Artifact: contributiontypes.Artifact{
			Sha256: digest[:], Size_: uint64(len(m.bytes)), MediaType: "application/onnx", Uris: []string{fmt.Sprintf("https://example.org/%x", digest)},
		},
	}
}

// commitAll commits the models of different owners in one block, and notes their ids.
func (w *world) commitAll(topicID uint64, models ...*model) {
	w.t.Helper()
	txs := make([][]byte, len(models))
	for i, m := range models {
		txs[i] = w.Sign(chain.TxFee, m.commit(topicID))
	}
	for i, res := range w.mustBlock(txs...) {
		models[i].id = answer[contributiontypes.MsgCommitContributionResponse](w.t, res).ContributionId
	}
}

// revealAll reveals the models of different owners in one block.
func (w *world) revealAll(models ...*model) {
	w.t.Helper()
	txs := make([][]byte, len(models))
	for i, m := range models {
		txs[i] = w.Sign(chain.TxFee, m.reveal())
	}
	w.mustBlock(txs...)
}

// contribution reads a record.
func (w *world) contribution(id uint64) contributiontypes.Contribution {
	w.t.Helper()
	c, err := w.App.Contribution.GetContribution(w.Ctx(), id)
	require.NoError(w.t, err)
	return c
}

// epoch is the last epoch of a topic that was opened, and its set.
func (w *world) epoch(topicID uint64) (scoringtypes.Epoch, []uint64) {
	w.t.Helper()
	res, err := scoringtypes.NewQueryClient(w.Queries()).Epoch(w.Ctx(), &scoringtypes.QueryEpochRequest{TopicId: topicID})
	require.NoError(w.t, err)
	return res.Epoch, res.ContributionIds
}

// open makes blocks until the next one is the first of an epoch of the topic.
func (w *world) open(topicID uint64) scoringtypes.Epoch {
	w.t.Helper()
	clock, err := w.App.Scoring.Clocks.Get(w.Ctx(), topicID)
	require.NoError(w.t, err)
	if clock.Epoch > 0 {
		if epoch, _ := w.epoch(topicID); epoch.StartHeight == w.Height()+1 {
			return epoch
		}
	}
	w.RunTo(clock.NextStart - 1)
	epoch, _ := w.epoch(topicID)
	for waited := 0; epoch.StartHeight != w.Height()+1; waited++ {
		require.Less(w.t, waited, patience, "epoch %d of topic %d does not begin", clock.Epoch+1, topicID)
		w.NextBlock()
		epoch, _ = w.epoch(topicID)
	}
	return epoch
}

// patience is for how many blocks an epoch may be late to begin or to be closed, where a block may do little.
const patience = 200

// ballot is what one validator says in an epoch: its row and the salt that hides it.
type ballot struct {
	epoch     scoringtypes.Epoch
	validator chain.Validator
	signer    chain.Account
	row       []byte
}

// scores is the ballot of validator i with a score for each id, signed by its hot key.
func (w *world) scores(epoch scoringtypes.Epoch, i int, entries ...row.Entry) ballot {
	w.t.Helper()
	packed, err := row.Encode(entries)
	require.NoError(w.t, err)
	return ballot{epoch: epoch, validator: w.Validators[i], signer: w.scorers[i], row: packed}
}

func (b ballot) salt() [32]byte {
	return sha256.Sum256(fmt.Appendf(nil, "%s %d %d", b.validator.Operator, b.epoch.TopicId, b.epoch.Number))
}

func (b ballot) commit() *scoringtypes.MsgCommitScores {
	hash := commitment.Scores(app.LocalChainID, b.epoch.TopicId, b.epoch.Number, b.validator.Operator, b.salt(), b.row)
	return &scoringtypes.MsgCommitScores{Signer: b.signer.String(), TopicId: b.epoch.TopicId, Epoch: b.epoch.Number, Hash: hash[:]}
}

func (b ballot) reveal() *scoringtypes.MsgRevealScores {
	salt := b.salt()
	return &scoringtypes.MsgRevealScores{Signer: b.signer.String(), TopicId: b.epoch.TopicId, Epoch: b.epoch.Number, Row: b.row, Salt: salt[:]}
}

// play runs the next epoch of a topic to its end: every ballot is committed in its first
// block and revealed in the first that takes reveals, all free of fee.
func (w *world) play(topicID uint64, say func(scoringtypes.Epoch) []ballot) scoringtypes.Epoch {
	w.t.Helper()
	epoch := w.open(topicID)
	ballots := say(epoch)
	commits, reveals := make([][]byte, len(ballots)), make([][]byte, len(ballots))
	for i, b := range ballots {
		commits[i] = w.Sign(0, b.commit())
	}
	w.mustBlock(commits...)
	w.RunTo(epoch.RevealHeight - 1)
	for i, b := range ballots {
		reveals[i] = w.Sign(0, b.reveal())
	}
	w.mustBlock(reveals...)
	w.RunTo(epoch.EndHeight)
	closed := w.closed(topicID, epoch.Number)
	for waited := 0; closed.Status == scoringtypes.EPOCH_STATUS_OPEN || closed.Status == scoringtypes.EPOCH_STATUS_CLOSING; waited++ {
		require.Less(w.t, waited, patience, "epoch %d of topic %d is not closed", epoch.Number, topicID)
		w.NextBlock()
		closed = w.closed(topicID, epoch.Number)
	}
	return closed
}

// unanimous lets every validator that scores give the same scores.
func (w *world) unanimous(entries ...row.Entry) func(scoringtypes.Epoch) []ballot {
	return func(epoch scoringtypes.Epoch) []ballot {
		var ballots []ballot
		for i, v := range w.Validators {
			if epoch.Scores(v.Operator.String()) {
				ballots = append(ballots, w.scores(epoch, i, entries...))
			}
		}
		return ballots
	}
}

// paidEpoch is how an epoch's budget was spent, with its rewards.
type paidEpoch struct {
	emissiontypes.EpochPayment
	Matured bool
	Rewards []emissiontypes.Reward
}

// RewardOf is what the payment gave a contribution, or 0.
func (p paidEpoch) RewardOf(id uint64) uint64 {
	for _, reward := range p.Rewards {
		if reward.ContributionId == id {
			return reward.Amount
		}
	}
	return 0
}

// payment is how an epoch's budget was spent.
func (w *world) payment(topicID, epoch uint64) paidEpoch {
	w.t.Helper()
	res, err := emissiontypes.NewQueryClient(w.Queries()).EpochPayment(w.Ctx(), &emissiontypes.QueryEpochPaymentRequest{TopicId: topicID, Epoch: epoch})
	require.NoError(w.t, err)
	return paidEpoch{res.Payment, res.Matured, res.Rewards}
}

// balance is what an account owns, in uweal.
func (w *world) balance(address sdk.AccAddress) uint64 {
	return w.App.Bank.GetBalance(w.Ctx(), address, app.BaseDenom).Amount.Uint64()
}

// enter takes models into the active set of a topic: the next block is the first of the
// epoch that measures them.
func (w *world) enter(topicID uint64, models ...*model) scoringtypes.Epoch {
	w.t.Helper()
	w.commitAll(topicID, models...)
	return w.enterRevealed(topicID, models...)
}

// enterRevealed is enter for models that are committed.
func (w *world) enterRevealed(topicID uint64, models ...*model) scoringtypes.Epoch {
	w.t.Helper()
	w.revealAll(models...)
	epoch := w.open(topicID)
	_, ids := w.epoch(topicID)
	for _, m := range models {
		require.Contains(w.t, ids, m.id)
	}
	return epoch
}

// send is a transfer of one unit.
func send(from chain.Account, to sdk.AccAddress) *banktypes.MsgSend {
	return banktypes.NewMsgSend(from.Address, to, uweal(1))
}

func uweal(n int64) sdk.Coins { return sdk.NewCoins(sdk.NewInt64Coin(app.BaseDenom, n)) }

// entry is a score for a model.
func entry(m *model, score uint16) row.Entry { return row.Entry{ID: m.id, Score: score} }
