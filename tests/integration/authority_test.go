// SPDX-License-Identifier: Apache-2.0

package integration_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/cosmos/cosmos-sdk/crypto/keys/ed25519"
	sdk "github.com/cosmos/cosmos-sdk/types"
	sdkerrors "github.com/cosmos/cosmos-sdk/types/errors"
	"github.com/cosmos/cosmos-sdk/x/authz"
	govtypes "github.com/cosmos/cosmos-sdk/x/gov/types"
	govv1 "github.com/cosmos/cosmos-sdk/x/gov/types/v1"
	govv1beta1 "github.com/cosmos/cosmos-sdk/x/gov/types/v1beta1"
	stakingtypes "github.com/cosmos/cosmos-sdk/x/staking/types"

	"github.com/weal-network/weal/app"
	"github.com/weal-network/weal/testutil/chain"
	admissiontypes "github.com/weal-network/weal/x/admission/types"
	contributiontypes "github.com/weal-network/weal/x/contribution/types"
	emissiontypes "github.com/weal-network/weal/x/emission/types"
	merittypes "github.com/weal-network/weal/x/merit/types"
	scoringtypes "github.com/weal-network/weal/x/scoring/types"
	topictypes "github.com/weal-network/weal/x/topic/types"
)

// authorityMessages are all messages of Weal's modules that only the people may send,
// valid but for their sender.
func authorityMessages(w *world, sender string) []sdk.Msg {
	key := validatorKey(w.Accounts[0])
	return []sdk.Msg{
		&admissiontypes.MsgAdmit{Authority: sender, Grants: []admissiontypes.Grant{{Key: key}}},
		&admissiontypes.MsgRevoke{Authority: sender, Keys: []admissiontypes.AdmissionKey{validatorKey(w.Validators[0].Account)}},
		&admissiontypes.MsgReject{Authority: sender, ApplicationIds: []uint64{1}},
		&admissiontypes.MsgSetRegistrar{Authority: sender, Registrar: w.Accounts[1].String(), Roles: []admissiontypes.Role{admissiontypes.ROLE_STEWARD}},
		&admissiontypes.MsgUpdateParams{Authority: sender, Params: admissiontypes.DefaultParams()},
		&topictypes.MsgPauseTopic{Authority: sender, TopicId: goTopic},
		&topictypes.MsgResumeTopic{Authority: sender, TopicId: goTopic},
		&topictypes.MsgUpdateParams{Authority: sender, Params: topictypes.DefaultParams()},
		&contributiontypes.MsgEndorse{Authority: sender, ContributionId: 1, ReasonUri: "https://example.org/why"},
		&contributiontypes.MsgQuarantine{Authority: sender, ContributionId: 1, ReasonUri: "https://example.org/why"},
		&contributiontypes.MsgRelease{Authority: sender, ContributionId: 1},
		&contributiontypes.MsgRemove{Authority: sender, ContributionId: 1, ReasonUri: "https://example.org/why"},
		&contributiontypes.MsgSetGuardians{Authority: sender, Guardians: []string{w.Accounts[1].String()}},
		&contributiontypes.MsgUpdateParams{Authority: sender, Params: contributiontypes.DefaultParams()},
		&scoringtypes.MsgUpdateParams{Authority: sender, Params: scoringtypes.DefaultParams()},
		&merittypes.MsgUpdateParams{Authority: sender, Params: merittypes.DefaultParams()},
		&emissiontypes.MsgUpdateParams{Authority: sender, Params: emissiontypes.DefaultParams()},
		&emissiontypes.MsgEndStreams{Authority: sender, TopicId: goTopic, StreamIds: []uint64{1}},
		&emissiontypes.MsgSetTopicShares{Authority: sender, Shares: []emissiontypes.TopicShare{{TopicId: goTopic, ShareBp: 1}}},
	}
}

func TestWhatOnlyThePeopleDecideIsRefusedFromAnyoneElse(t *testing.T) {
	w := newWorld(t, slow)
	mallory := w.Accounts[0]
	for _, msg := range authorityMessages(w, mallory.String()) {
		t.Run(sdk.MsgTypeURL(msg), func(t *testing.T) {
			w.refuse(t, refusal{msg, sdkerrors.ErrUnauthorized, "invalid authority"})
		})
	}
	// Nor does naming the authority help somebody who cannot sign for it.
	for _, msg := range authorityMessages(w, app.Authority()) {
		exec := authz.NewMsgExec(mallory.Address, []sdk.Msg{msg})
		t.Run("in the name of the authority: "+sdk.MsgTypeURL(msg), func(t *testing.T) {
			w.refuse(t, refusal{&exec, authz.ErrNoAuthorizationFound, "authorization not found"})
		})
	}
}

// TestNoMessageOfTheAuthorityIsForgotten compares the list above with the services of the
// modules, so that a new message cannot pass unseen.
func TestNoMessageOfTheAuthorityIsForgotten(t *testing.T) {
	w := newWorld(t, slow)
	listed := map[string]bool{}
	for _, msg := range authorityMessages(w, app.Authority()) {
		listed[sdk.MsgTypeURL(msg)] = true
	}
	found := 0
	for _, url := range w.App.InterfaceRegistry().ListImplementations(sdk.MsgInterfaceProtoName) {
		msg, err := w.App.InterfaceRegistry().Resolve(url)
		require.NoError(t, err)
		_, restricted := msg.(interface{ GetAuthority() string })
		if restricted && strings.HasPrefix(url, "/weal.") {
			require.True(t, listed[url], url)
			found++
		}
	}
	require.Len(t, listed, found)
}

// nest wraps a message so many times in authz executions by the same account.
func nest(by chain.Account, depth int, msg sdk.Msg) sdk.Msg {
	for range depth {
		exec := authz.NewMsgExec(by.Address, []sdk.Msg{msg})
		msg = &exec
	}
	return msg
}

func TestAnUnadmittedValidatorIsRefusedHoweverDeepItsMessageIsWrapped(t *testing.T) {
	w := newWorld(t, slow)
	newcomer, friend := w.Accounts[0], w.Accounts[1]
	create := createValidator(t, newcomer)
	grant, err := authz.NewMsgGrant(newcomer.Address, friend.Address, authz.NewGenericAuthorization(sdk.MsgTypeURL(create)), nil)
	require.NoError(t, err)
	w.MustDeliver(grant)
	for depth := range 4 {
		t.Run(fmt.Sprintf("in %d executions", depth), func(t *testing.T) {
			msg := nest(friend, depth, create)
			if depth == 0 {
				msg = create
			}
			w.refuse(t, refusal{msg, admissiontypes.ErrValidatorNotAdmitted, newcomer.String()})
		})
	}
	require.Len(t, w.allValidators(), validators)
}

func (w *world) allValidators() []stakingtypes.Validator {
	w.t.Helper()
	all, err := w.App.Staking.GetAllValidators(w.Ctx())
	require.NoError(w.t, err)
	return all
}

// TestAProposalCannotMakeAnUnadmittedValidator: the gov account has coins and may sign for
// itself, but it is not admitted either.
func TestAProposalCannotMakeAnUnadmittedValidator(t *testing.T) {
	w := newWorld(t, slow)
	authority := sdk.MustAccAddressFromBech32(app.Authority())
	gift := send(w.Accounts[0], authority)
	gift.Amount = uweal(5_000_000)
	w.MustDeliver(gift)
	create := createValidator(t, chain.Account{Address: authority})
	create.Pubkey = createValidator(t, w.Accounts[1]).Pubkey

	held := w.balance(authority)
	for name, msg := range map[string]sdk.Msg{"as it is": create, "in an execution": nest(chain.Account{Address: authority}, 1, create)} {
		t.Run(name, func(t *testing.T) {
			proposal := w.Govern(msg)
			require.Equal(t, govv1.StatusFailed, proposal.Status)
			require.Contains(t, proposal.FailedReason, admissiontypes.ErrValidatorNotAdmitted.Error())
			require.Len(t, w.allValidators(), validators)
			require.Equal(t, held, w.balance(authority), "the stake was not taken")
		})
	}
}

// TestAProposalThatFailsHalfWayChangesNothing: its first message is carried out, its
// second is refused, and neither stays.
func TestAProposalThatFailsHalfWayChangesNothing(t *testing.T) {
	w := newWorld(t, slow)
	before, err := w.App.ExportState(w.Ctx(), []string{admissiontypes.ModuleName, topictypes.ModuleName})
	require.NoError(t, err)
	proposal := w.Govern(admit(w.Accounts[0]), &topictypes.MsgPauseTopic{Authority: app.Authority(), TopicId: 99})
	require.Equal(t, govv1.StatusFailed, proposal.Status)
	require.Contains(t, proposal.FailedReason, topictypes.ErrTopicNotFound.Error())
	after, err := w.App.ExportState(w.Ctx(), []string{admissiontypes.ModuleName, topictypes.ModuleName})
	require.NoError(t, err)
	require.Equal(t, string(before), string(after))
}

func TestAProposalWithLegacyContentIsRefused(t *testing.T) {
	w := newWorld(t, slow)
	content, err := govv1.NewLegacyContent(govv1beta1.NewTextProposal("a title", "a text"), app.Authority())
	require.NoError(t, err)
	proposer := w.Accounts[0]
	submit, err := govv1.NewMsgSubmitProposal([]sdk.Msg{nest(chain.Account{Address: sdk.MustAccAddressFromBech32(app.Authority())}, 3, content)},
		uweal(100*app.UnitsPerWeal), proposer.String(), "", "a title", "a text", false)
	require.NoError(t, err)
	w.refuse(t, refusal{submit, govtypes.ErrInvalidProposalMsg, "is not allowed in a proposal"})
}

// TestAnAdmittedNewcomerValidatesAndScores goes the whole way by proposals: admission, the
// validator, its hot key, an epoch in which it scores; then revocation, after which it
// neither validates nor scores.
func TestAnAdmittedNewcomerValidatesAndScores(t *testing.T) {
	w := newWorld(t, quick)
	newcomer := w.Accounts[5]
	operator := sdk.ValAddress(newcomer.Address)
	w.MustGovern(admit(newcomer))
	create := createValidator(t, newcomer)
	create.Value = uweal(chain.DefaultStake)[0]
	w.MustDeliver(create)
	w.NextBlocks(2)
	require.True(t, validatorOf(w.Chain, t, operator).IsBonded())

	hot := chain.NewAccount("the newcomer's hot key")
	w.Know(hot)
	w.MustDeliver(&scoringtypes.MsgSetScorer{Operator: operator.String(), Scorer: hot.String()})
	w.Validators = append(w.Validators, chain.Validator{Account: newcomer, Operator: operator, Consensus: ed25519.GenPrivKeyFromSecret(newcomer.Address)})
	w.scorers = append(w.scorers, hot)
	m := &model{owner: w.Accounts[0], bytes: "a"}
	w.enter(goTopic, m)
	epoch := w.play(goTopic, w.unanimous(entry(m, 9)))
	require.Equal(t, scoringtypes.EPOCH_STATUS_SCORED, epoch.Status)
	require.True(t, epoch.Scores(operator.String()))

	epoch = w.open(goTopic)
	ballot := w.scores(epoch, validators, entry(m, 9))
	w.Validators, w.scorers = w.Validators[:validators], w.scorers[:validators]
	w.MustGovern(revoke(newcomer))
	w.NextBlock()
	require.True(t, validatorOf(w.Chain, t, operator).IsJailed())
	free := w.Check(w.Sign(0, ballot.commit()))
	require.NotZero(t, free.Code, "a revoked validator's commit is no duty")
	res := w.NextBlock(w.Sign(0, ballot.commit())).TxResults[0]
	requireError(t, scoringtypes.ErrNotAdmitted, res.Codespace, res.Code, res.Log)

	epoch = w.play(goTopic, w.unanimous(entry(m, 9)))
	require.Equal(t, scoringtypes.EPOCH_STATUS_SCORED, epoch.Status)
	require.False(t, epoch.Scores(operator.String()))
}
