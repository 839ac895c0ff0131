// SPDX-License-Identifier: Apache-2.0

package integration_test

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/spf13/pflag"
	"github.com/stretchr/testify/require"

	sdk "github.com/cosmos/cosmos-sdk/types"
	govv1 "github.com/cosmos/cosmos-sdk/x/gov/types/v1"

	"github.com/weal-network/weal/app"
	"github.com/weal-network/weal/app/preview"
	"github.com/weal-network/weal/cmd/weald/proposal"
	"github.com/weal-network/weal/pkg/split"
	contributiontypes "github.com/weal-network/weal/x/contribution/types"
	emissiontypes "github.com/weal-network/weal/x/emission/types"
	scoringtypes "github.com/weal-network/weal/x/scoring/types"
	"github.com/weal-network/weal/x/scoring/verify"
	topictypes "github.com/weal-network/weal/x/topic/types"
)

// preview asks what a proposal would do.
func (w *world) preview(messages ...sdk.Msg) *preview.QueryPreviewResponse {
	w.t.Helper()
	res, err := proposal.Ask(w.Ctx(), w.Queries(), messages)
	require.NoError(w.t, err)
	return res
}

func TestAPreviewShowsWhatAProposalThenChanges(t *testing.T) {
	w := newWorld(t, quick)
	m := &model{owner: w.Accounts[0], bytes: "m"}
	w.enter(goTopic, m)
	params := must(w.App.Emission.Params.Get(w.Ctx()))(t)
	params.ContributorsBp = 7_000
	messages := []sdk.Msg{
		&emissiontypes.MsgUpdateParams{Authority: app.Authority(), Params: params},
		&contributiontypes.MsgQuarantine{Authority: app.Authority(), ContributionId: m.id, ReasonUri: "https://example.org/why"},
	}
	before := w.App.LastCommitID()
	res := w.preview(messages...)
	require.Empty(t, res.Refused)
	changed := map[string]preview.Change{}
	for _, c := range res.Changes {
		changed[c.Of+": "+c.Name] = c
	}
	const coming = "params to come of emission"
	require.Equal(t, preview.Change{Of: coming, Name: "params.contributors_bp", Before: "6000", After: "7000"}, changed[coming+": params.contributors_bp"])
	holdsFrom := changed[coming+": holds_from"]
	require.Empty(t, holdsFrom.Before)
	require.Equal(t, fmt.Sprintf("%q", w.Now().Add(24*time.Hour).Format(time.RFC3339Nano)), holdsFrom.After)
	require.Contains(t, changed["contribution 1: contribution.status"].After, "QUARANTINED")
	var told []string
	for _, e := range res.Events {
		told = append(told, e.Type)
	}
	require.Contains(t, told, "weal.contribution.v1.EventContributionQuarantined")
	require.Positive(t, res.GasUsed)

	// Nothing of it is there, until it is decided; then all of it is.
	require.Equal(t, before, w.App.LastCommitID())
	require.Equal(t, uint32(6_000), must(w.App.Emission.Params.Get(w.Ctx()))(t).ContributorsBp)
	w.MustGovern(messages...)
	require.Equal(t, contributiontypes.STATUS_QUARANTINED, w.contribution(m.id).Status)
	require.Equal(t, uint32(6_000), must(w.App.Emission.Params.Get(w.Ctx()))(t).ContributorsBp)
	w.NextBlockAfter(24 * time.Hour)
	require.Equal(t, uint32(7_000), must(w.App.Emission.Params.Get(w.Ctx()))(t).ContributorsBp)
}

func TestAPreviewSaysWhatWouldBeRefused(t *testing.T) {
	w := newWorld(t, slow)
	pause := &topictypes.MsgPauseTopic{Authority: app.Authority(), TopicId: goTopic}
	res := w.preview(pause, &topictypes.MsgPauseTopic{Authority: app.Authority(), TopicId: 99})
	require.EqualValues(t, 2, res.RefusedMessage)
	require.Contains(t, res.Refused, topictypes.ErrTopicNotFound.Error())
	require.Empty(t, res.Changes)
	require.ErrorIs(t, proposal.Show(&bytes.Buffer{}, res), proposal.ErrRefused)

	params := must(w.App.Limits.Staking(w.Ctx()))(t)
	params.BondDenom = "other"
	update := w.with(w.sdkUpdate("staking"), "bond_denom", "other")
	require.Contains(t, w.preview(update).Refused, "bond_denom")
}

func TestNobodyElsesMessagesArePreviewed(t *testing.T) {
	w := newWorld(t, slow)
	for name, messages := range map[string][]sdk.Msg{
		"none":                   nil,
		"a transfer by somebody": {send(w.Accounts[0], w.Accounts[1].Address)},
		"too many":               make([]sdk.Msg, 0, preview.MaxMessages+1),
	} {
		t.Run(name, func(t *testing.T) {
			for len(messages) < cap(messages) {
				messages = append(messages, &topictypes.MsgPauseTopic{Authority: app.Authority(), TopicId: goTopic})
			}
			_, err := proposal.Ask(w.Ctx(), w.Queries(), messages)
			require.Error(t, err)
		})
	}
}

// draft writes a proposal of a kind into a file, as the command does.
func (w *world) draft(kind string, args ...string) string {
	w.t.Helper()
	k, err := proposal.Find(kind)
	require.NoError(w.t, err)
	var o proposal.Options
	f := pflag.NewFlagSet(kind, pflag.ContinueOnError)
	o.AddFlags(f)
	require.NoError(w.t, f.Parse(args))
	require.NoError(w.t, k.Check(f))
	messages, err := k.Messages(w.Ctx(), w.Queries(), o)
	require.NoError(w.t, err)
	gov, err := proposal.GovParams(w.Ctx(), w.Queries())
	require.NoError(w.t, err)
	d, err := proposal.New(w.App.AppCodec(), k.Title(o), messages, gov, false)
	require.NoError(w.t, err)
	path := filepath.Join(w.t.TempDir(), kind+".json")
	file, err := os.Create(path)
	require.NoError(w.t, err)
	require.NoError(w.t, d.Write(file))
	require.NoError(w.t, file.Close())
	return path
}

// TestEveryDraftCanBeSubmitted drafts each kind of proposal for a network on which it makes
// sense, reads it back, and submits it.
func TestEveryDraftCanBeSubmitted(t *testing.T) {
	w := newWorld(t, quick)
	m := &model{owner: w.Accounts[0], bytes: "m"}
	w.enter(goTopic, m)
	account := w.Accounts[1].String()
	given := map[string][]string{
		"admit":         {"--role", "validator", "--address", account},
		"end-streams":   {"--topic", "1", "--streams", "1,2"},
		"endorse":       {"--contribution", "1"},
		"params":        {"--module", "emission"},
		"pause-topic":   {"--topic", "1"},
		"quarantine":    {"--contribution", "1"},
		"release":       {"--contribution", "1"},
		"remove":        {"--contribution", "1"},
		"resume-topic":  {"--topic", "1"},
		"retire-topic":  {"--topic", "1"},
		"revoke":        {"--role", "validator", "--address", account},
		"set-guardians": {"--guardians", account},
		"spend":         {"--address", account, "--amount", "5uweal"},
		"text":          {},
		"topic-share":   {"--topic", "1", "--share-bp", "3000"},
		"update-topic":  {"--topic", "1"},
		"upgrade":       {"--name", "v0.2.0", "--at-height", "1000000"},
	}
	for _, kind := range proposal.Kinds() {
		t.Run(kind.Name, func(t *testing.T) {
			require.Contains(t, given, kind.Name)
			messages, err := proposal.Read(w.Ctx(), w.Queries(), w.App.AppCodec(), w.draft(kind.Name, given[kind.Name]...))
			require.NoError(t, err)
			submit, err := govv1.NewMsgSubmitProposal(messages, uweal(100*app.UnitsPerWeal), account, "a link", "a title", "a text", false)
			require.NoError(t, err)
			w.MustDeliver(submit)
			if len(messages) == 0 {
				return
			}
			id, err := w.App.Gov.ProposalID.Peek(w.Ctx())
			require.NoError(t, err)
			again, err := proposal.Read(w.Ctx(), w.Queries(), w.App.AppCodec(), fmt.Sprint(id-1))
			require.NoError(t, err)
			require.Equal(t, messages, again)
		})
	}
}

func TestADraftWithoutWhatItNeedsSaysSo(t *testing.T) {
	k, err := proposal.Find("quarantine")
	require.NoError(t, err)
	var o proposal.Options
	f := pflag.NewFlagSet("quarantine", pflag.ContinueOnError)
	o.AddFlags(f)
	require.ErrorContains(t, k.Check(f), "--contribution")
	_, err = proposal.Find("quarantining")
	require.ErrorContains(t, err, "quarantine")
}

func TestTheDraftOfParametersKeepsThemAsTheyAre(t *testing.T) {
	w := newWorld(t, slow)
	for _, module := range []string{"admission", "auth", "bank", "consensus", "contribution", "distribution", "emission", "gov", "merit", "scoring", "slashing", "staking", "topic"} {
		t.Run(module, func(t *testing.T) {
			messages, err := proposal.ReadFile(w.App.AppCodec(), w.draft("params", "--module", module))
			require.NoError(t, err)
			res := w.preview(messages...)
			require.Empty(t, res.Refused)
			require.Empty(t, res.Changes)
		})
	}
}

// TestADraftBeginsWithTheParametersThatWait: a later change would otherwise take back what an earlier one decided.
func TestADraftBeginsWithTheParametersThatWait(t *testing.T) {
	w := newWorld(t, slow)
	emission, scoring := must(w.App.Emission.Params.Get(w.Ctx()))(t), must(w.App.Scoring.Params.Get(w.Ctx()))(t)
	emission.ContributorsBp, scoring.KeepEpochs = 7_000, 77
	decided := map[string]sdk.Msg{
		"emission": &emissiontypes.MsgUpdateParams{Authority: app.Authority(), Params: emission},
		"scoring":  &scoringtypes.MsgUpdateParams{Authority: app.Authority(), Params: scoring},
	}
	w.MustGovern(decided["emission"], decided["scoring"])
	for module, message := range decided {
		drafted, err := proposal.ReadFile(w.App.AppCodec(), w.draft("params", "--module", module))
		require.NoError(t, err)
		require.Equal(t, []sdk.Msg{message}, drafted)
	}
}

func TestWhatIfChangesWhoIsPaidAsTheRulesDo(t *testing.T) {
	w := newWorld(t, quick)
	a, b := &model{owner: w.Accounts[0], bytes: "a"}, &model{owner: w.Accounts[1], bytes: "b"}
	w.enter(goTopic, a, b)
	epoch := w.play(goTopic, func(epoch scoringtypes.Epoch) []ballot {
		ballots := w.unanimous(entry(a, 60_000), entry(b, 30_000))(epoch)
		ballots[0] = w.scores(epoch, 0, entry(a, 1_000), entry(b, 65_000))
		return ballots
	})
	w.NextBlock()
	checker := verify.Checker{Queries: scoringtypes.NewQueryClient(w.Queries()), ChainID: app.LocalChainID, Operators: w.App.InterfaceRegistry().SigningContext().ValidatorAddressCodec()}
	same, err := checker.WhatIf(w.Ctx(), goTopic, epoch.Number, func(*scoringtypes.Epoch) {})
	require.NoError(t, err)
	require.Equal(t, same.Before, same.After)
	result, err := scoringtypes.NewQueryClient(w.Queries()).Result(w.Ctx(), &scoringtypes.QueryResultRequest{TopicId: goTopic, Epoch: epoch.Number})
	require.NoError(t, err)
	require.Equal(t, result.Result.Incentive, same.Before.Incentive)

	changed, err := checker.WhatIf(w.Ctx(), goTopic, epoch.Number, func(e *scoringtypes.Epoch) { e.Scoring.BondPenaltyBp, e.Scoring.KappaBp = 0, topictypes.MaxKappaBp })
	require.NoError(t, err)
	require.Equal(t, same.Before, changed.Before)
	require.NotEqual(t, changed.Before, changed.After)
	void, err := checker.WhatIf(w.Ctx(), goTopic, epoch.Number, func(e *scoringtypes.Epoch) { e.MinRevealBp = 10_001 })
	require.NoError(t, err)
	require.NotEmpty(t, void.After.Void)

	// What people are shown: 10% more of the budget for contributors is that much less for the scorers.
	params := must(w.App.Emission.Params.Get(w.Ctx()))(t)
	params.ContributorsBp = 7_000
	var out bytes.Buffer
	whatIf := proposal.WhatIf{Node: w.Queries(), ChainID: app.LocalChainID, Operators: checker.Operators}
	require.NoError(t, whatIf.Show(context.WithoutCancel(w.Ctx()), &out, []sdk.Msg{&emissiontypes.MsgUpdateParams{Authority: app.Authority(), Params: params}}))
	require.Contains(t, out.String(), "contribution 1")
	require.Contains(t, out.String(), "+")
	require.Contains(t, out.String(), "wealvaloper1")
	paid := w.payment(goTopic, epoch.Number)
	budget := emissiontypes.NewBudget(paid.Budget, params.ContributorsBp, 0)
	for i, amount := range split.Proportional(budget.Contributors, same.Before.Incentive) {
		require.Contains(t, out.String(), fmt.Sprint(amount), "contribution %d would have", i+1)
	}
	for _, reward := range paid.Rewards {
		require.Contains(t, out.String(), fmt.Sprint(reward.Amount), "contribution %d has", reward.ContributionId)
	}
	for _, dividend := range paid.Dividends {
		require.Contains(t, out.String(), fmt.Sprint(dividend.Amount), dividend.Operator)
	}

	// What changed since the epoch began is no proposal's doing.
	w.MustGovern(&emissiontypes.MsgUpdateParams{Authority: app.Authority(), Params: params})
	w.NextBlockAfter(time.Duration(params.ParamsDelaySeconds) * time.Second) //nolint:gosec // at most weeks
	require.Equal(t, params, must(w.App.Emission.Params.Get(w.Ctx()))(t))
	whatIf.Node = w.Queries()
	nothing := must(w.App.Scoring.Params.Get(w.Ctx()))(t)
	out.Reset()
	require.NoError(t, whatIf.Show(w.Ctx(), &out, []sdk.Msg{&scoringtypes.MsgUpdateParams{Authority: app.Authority(), Params: nothing}}))
	require.Contains(t, out.String(), "everybody would have earned the same")
	params.MaturityEpochs++
	out.Reset()
	require.NoError(t, whatIf.Show(w.Ctx(), &out, []sdk.Msg{&emissiontypes.MsgUpdateParams{Authority: app.Authority(), Params: params}}))
	require.Contains(t, out.String(), "everybody would have earned the same")

	// Of a frontier one epoch says nothing about contributors.
	res, err := topictypes.NewQueryClient(w.Queries()).Topic(w.Ctx(), &topictypes.QueryTopicRequest{TopicId: goTopic})
	require.NoError(t, err)
	spec := res.Topic.Spec()
	spec.Scoring.RewardRule, spec.Scoring.BondPenaltyBp = topictypes.REWARD_RULE_FRONTIER, 0
	out.Reset()
	require.NoError(t, whatIf.Show(w.Ctx(), &out, []sdk.Msg{&topictypes.MsgUpdateTopic{Sender: app.Authority(), TopicId: goTopic, Spec: spec}}))
	require.Contains(t, out.String(), "paid by the frontier")
	require.NotContains(t, out.String(), "contribution 1")
	out.Reset()
	require.NoError(t, whatIf.Show(w.Ctx(), &out, []sdk.Msg{&topictypes.MsgPauseTopic{Authority: app.Authority(), TopicId: goTopic}}))
	require.Empty(t, out.String(), "nothing about scores")
}
