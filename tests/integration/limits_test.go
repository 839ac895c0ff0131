// SPDX-License-Identifier: Apache-2.0

package integration_test

import (
	"encoding/json"
	"fmt"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"cosmossdk.io/math"

	cmttypes "github.com/cometbft/cometbft/proto/tendermint/types"
	sdk "github.com/cosmos/cosmos-sdk/types"
	authtypes "github.com/cosmos/cosmos-sdk/x/auth/types"
	banktypes "github.com/cosmos/cosmos-sdk/x/bank/types"
	consensustypes "github.com/cosmos/cosmos-sdk/x/consensus/types"
	distrtypes "github.com/cosmos/cosmos-sdk/x/distribution/types"
	govtypes "github.com/cosmos/cosmos-sdk/x/gov/types"
	govv1 "github.com/cosmos/cosmos-sdk/x/gov/types/v1"
	slashingtypes "github.com/cosmos/cosmos-sdk/x/slashing/types"
	stakingtypes "github.com/cosmos/cosmos-sdk/x/staking/types"
	transfertypes "github.com/cosmos/ibc-go/v11/modules/apps/transfer/types"
	clienttypes "github.com/cosmos/ibc-go/v11/modules/core/02-client/types"
	connectiontypes "github.com/cosmos/ibc-go/v11/modules/core/03-connection/types"

	"github.com/weal-network/weal/app"
	"github.com/weal-network/weal/app/limits"
	"github.com/weal-network/weal/pkg/bounds"
	"github.com/weal-network/weal/testutil/chain"
	admissiontypes "github.com/weal-network/weal/x/admission/types"
	contributiontypes "github.com/weal-network/weal/x/contribution/types"
	emissiontypes "github.com/weal-network/weal/x/emission/types"
	merittypes "github.com/weal-network/weal/x/merit/types"
	scoringtypes "github.com/weal-network/weal/x/scoring/types"
	topictypes "github.com/weal-network/weal/x/topic/types"
)

// ownParams are the parameters of Weal's modules as a new chain has them.
type ownParams interface {
	Ranges() []bounds.Range
	Validate() error
}

// ownUpdates are the messages that leave the parameters of Weal's modules as they are.
func ownUpdates() map[string]struct {
	message sdk.Msg
	params  ownParams
} {
	app.Seal()
	authority := app.Authority()
	type update = struct {
		message sdk.Msg
		params  ownParams
	}
	return map[string]update{
		"admission":    {&admissiontypes.MsgUpdateParams{Authority: authority, Params: admissiontypes.DefaultParams()}, admissiontypes.DefaultParams()},
		"contribution": {&contributiontypes.MsgUpdateParams{Authority: authority, Params: contributiontypes.DefaultParams()}, contributiontypes.DefaultParams()},
		"emission":     {&emissiontypes.MsgUpdateParams{Authority: authority, Params: emissiontypes.DefaultParams()}, emissiontypes.DefaultParams()},
		"merit":        {&merittypes.MsgUpdateParams{Authority: authority, Params: merittypes.DefaultParams()}, merittypes.DefaultParams()},
		"scoring":      {&scoringtypes.MsgUpdateParams{Authority: authority, Params: scoringtypes.DefaultParams()}, scoringtypes.DefaultParams()},
		"topic":        {&topictypes.MsgUpdateParams{Authority: authority, Params: topictypes.DefaultParams()}, topictypes.DefaultParams()},
	}
}

// sdkUpdate is the message that leaves the parameters of a module of the SDK or of IBC as they are.
func (w *world) sdkUpdate(module string) sdk.Msg {
	w.t.Helper()
	authority, k, ctx := app.Authority(), w.App.Limits, w.Ctx()
	switch module {
	case authtypes.ModuleName:
		return &authtypes.MsgUpdateParams{Authority: authority, Params: must(k.Auth(ctx))(w.t)}
	case banktypes.ModuleName:
		return &banktypes.MsgUpdateParams{Authority: authority, Params: must(k.Bank(ctx))(w.t)}
	case consensustypes.ModuleName:
		p := must(k.Consensus(ctx))(w.t)
		return &consensustypes.MsgUpdateParams{Authority: authority, Block: p.Block, Evidence: p.Evidence, Validator: p.Validator, Abci: p.Abci}
	case distrtypes.ModuleName:
		return &distrtypes.MsgUpdateParams{Authority: authority, Params: must(k.Distribution(ctx))(w.t)}
	case govtypes.ModuleName:
		return &govv1.MsgUpdateParams{Authority: authority, Params: must(k.Gov(ctx))(w.t)}
	case slashingtypes.ModuleName:
		return &slashingtypes.MsgUpdateParams{Authority: authority, Params: must(k.Slashing(ctx))(w.t)}
	case stakingtypes.ModuleName:
		return &stakingtypes.MsgUpdateParams{Authority: authority, Params: must(k.Staking(ctx))(w.t)}
	case limits.ClientModule:
		return &clienttypes.MsgUpdateParams{Signer: authority, Params: must(k.Client(ctx))(w.t)}
	case limits.ConnectionModule:
		return &connectiontypes.MsgUpdateParams{Signer: authority, Params: must(k.Connection(ctx))(w.t)}
	case transfertypes.ModuleName:
		return &transfertypes.MsgUpdateParams{Signer: authority, Params: must(k.Transfer(ctx))(w.t)}
	}
	require.FailNow(w.t, "no module "+module)
	return nil
}

func must[T any](value T, err error) func(testing.TB) T {
	return func(t testing.TB) T {
		t.Helper()
		require.NoError(t, err)
		return value
	}
}

// with returns a copy of a message with a parameter changed. The kind of value that the
// parameter has in JSON says how the new one is written.
func (w *world) with(message sdk.Msg, name, value string) sdk.Msg {
	w.t.Helper()
	bz, err := w.App.AppCodec().MarshalJSON(message)
	require.NoError(w.t, err)
	var fields map[string]any
	require.NoError(w.t, json.Unmarshal(bz, &fields))
	at := fields
	if params, ok := fields["params"].(map[string]any); ok {
		at = params
	}
	path := strings.Split(name, ".")
	for _, step := range path[:len(path)-1] {
		at = at[step].(map[string]any)
	}
	last := path[len(path)-1]
	require.Contains(w.t, at, last)
	switch is := at[last].(type) {
	case float64:
		at[last] = json.Number(value)
	case bool:
		at[last] = value == "true"
	case []any:
		at[last] = []any{map[string]any{"denom": app.BaseDenom, "amount": value}}
	case map[string]any:
		is["amount"] = value
	case string:
		at[last] = value
		if strings.HasSuffix(is, "s") && strings.Trim(is, "0123456789.s") == "" {
			at[last] = value + "s"
		}
	default:
		require.FailNow(w.t, fmt.Sprintf("%s is a %T", name, is))
	}
	bz, err = json.Marshal(fields)
	require.NoError(w.t, err)
	changed := reflect.New(reflect.TypeOf(message).Elem()).Interface().(sdk.Msg)
	require.NoError(w.t, w.App.AppCodec().UnmarshalJSON(bz, changed), "%s", bz)
	return changed
}

// companions are the parameters that have to change together with one at its end.
var companions = map[string][][2]string{
	"emission.security_bp at 0":              {{"topics_bp", "9500"}},
	"emission.security_bp at 10000":          {{"topics_bp", "0"}, {"community_bp", "0"}},
	"emission.topics_bp at 0":                {{"security_bp", "9500"}},
	"emission.topics_bp at 10000":            {{"security_bp", "0"}, {"community_bp", "0"}},
	"emission.community_bp at 0":             {{"topics_bp", "8500"}},
	"emission.community_bp at 10000":         {{"security_bp", "0"}, {"topics_bp", "0"}},
	"emission.maturity_epochs at 1000":       {{"keep_epochs", "1001"}},
	"emission.carry_epochs at 1000":          {{"keep_epochs", "1001"}},
	"emission.keep_epochs at 2":              {{"maturity_epochs", "1"}, {"carry_epochs", "1"}},
	"topic.min_epoch_blocks at 1000000":      {{"max_epoch_blocks", "1000000"}},
	"topic.max_epoch_blocks at 4":            {{"min_epoch_blocks", "4"}},
	"gov.min_deposit at 100000000000":        {{"expedited_min_deposit", "500000000000"}},
	"gov.expedited_min_deposit at 2000000":   {{"min_deposit", "1000000"}},
	"gov.voting_period at 86400":             {{"expedited_voting_period", "21600"}},
	"gov.expedited_voting_period at 21600":   {{"voting_period", "86400"}},
	"gov.expedited_voting_period at 1209600": {{"voting_period", "2592000"}},
	"gov.threshold at 0.8":                   {{"expedited_threshold", "0.9"}},
	"gov.expedited_threshold at 0.55":        {{"threshold", "0.5"}},
}

// at is a message with a parameter, and those that go with it, at one of its ends.
func (w *world) at(message sdk.Msg, module, name, value string) sdk.Msg {
	changed := w.with(message, name, value)
	for _, c := range companions[module+"."+name+" at "+value] {
		changed = w.with(changed, c[0], c[1])
	}
	return changed
}

// runsAnEpoch lets the people carry out a message, and then a topic play an epoch.
func runsAnEpoch(t *testing.T, make func(w *world) sdk.Msg) {
	t.Helper()
	w := newWorld(t, quick, chain.WithAccounts(4))
	message := make(w)
	w.MustGovern(message)
	w.takesEffect(message)
	m := &model{owner: w.Accounts[0], bytes: "m"}
	w.enter(goTopic, m)
	epoch := w.play(goTopic, w.unanimous(entry(m, 65_535)))
	require.Equal(t, scoringtypes.EPOCH_STATUS_SCORED, epoch.Status, epoch.VoidReason)
	w.audit()
}

// takesEffect lets the time pass for which a change of parameters waits, if it does, and sees that it holds then.
func (w *world) takesEffect(message sdk.Msg) {
	w.t.Helper()
	delay := time.Duration(emissiontypes.DefaultParams().ParamsDelaySeconds) * time.Second
	switch m := message.(type) {
	case *emissiontypes.MsgUpdateParams:
		require.NotNil(w.t, must(emissiontypes.NewQueryClient(w.Queries()).PendingParams(w.Ctx(), &emissiontypes.QueryPendingParamsRequest{}))(w.t).Pending)
		w.NextBlockAfter(delay)
		require.Equal(w.t, m.Params, must(w.App.Emission.Params.Get(w.Ctx()))(w.t))
	case *scoringtypes.MsgUpdateParams:
		require.NotNil(w.t, must(scoringtypes.NewQueryClient(w.Queries()).PendingParams(w.Ctx(), &scoringtypes.QueryPendingParamsRequest{}))(w.t).Pending)
		w.NextBlockAfter(delay)
		require.Equal(w.t, m.Params, must(w.App.Scoring.Params.Get(w.Ctx()))(w.t))
	}
}

func TestEveryParameterOfWealAtItsEndsRunsThroughAnEpoch(t *testing.T) {
	for module, update := range ownUpdates() {
		for _, r := range update.params.Ranges() {
			for _, end := range []uint64{r.Least, r.Most} {
				value := fmt.Sprint(end)
				if r.Unit == bounds.Nanos {
					value = fmt.Sprint(end / 1e9)
				}
				t.Run(fmt.Sprintf("%s.%s at %s", module, r.Name, value), func(t *testing.T) {
					runsAnEpoch(t, func(w *world) sdk.Msg { return w.at(update.message, module, r.Name, value) })
				})
			}
		}
	}
}

// plain writes a number as JSON has it.
func plain(v math.LegacyDec) string {
	if v.IsInteger() {
		return v.TruncateInt().String()
	}
	return strings.TrimRight(v.String(), "0")
}

// limited lists the parameters of the SDK's modules that have limits.
func limited(t testing.TB) []limits.Module {
	t.Helper()
	w := newWorld(t, slow)
	return must(w.App.Limits.Modules(w.Ctx()))(t)
}

func TestEveryLimitedParameterOfTheSDKAtItsEndsRunsThroughAnEpoch(t *testing.T) {
	for _, module := range limited(t) {
		for _, n := range module.Numbers {
			for _, end := range []string{plain(n.Least), plain(n.Most)} {
				t.Run(fmt.Sprintf("%s.%s at %s", module.Name, n.Name, end), func(t *testing.T) {
					runsAnEpoch(t, func(w *world) sdk.Msg { return w.at(w.sdkUpdate(module.Name), module.Name, n.Name, end) })
				})
			}
		}
	}
}

// beyond lists messages that change one parameter to what no vote can make it.
func beyond(w *world) map[string]sdk.Msg {
	w.t.Helper()
	messages := map[string]sdk.Msg{}
	for _, module := range must(w.App.Limits.Modules(w.Ctx()))(w.t) {
		for _, n := range module.Numbers {
			step := math.LegacyOneDec()
			if n.Unit == bounds.Count && n.Most.LTE(math.LegacyOneDec()) {
				step = math.LegacyNewDecWithPrec(1, 18)
			}
			name := module.Name + "." + n.Name
			if n.Least.IsPositive() {
				messages[name+" below its least"] = w.with(w.sdkUpdate(module.Name), n.Name, plain(n.Least.Sub(step)))
			}
			messages[name+" above its most"] = w.with(w.sdkUpdate(module.Name), n.Name, plain(n.Most.Add(step)))
		}
	}
	staking := must(w.App.Limits.Staking(w.Ctx()))(w.t)
	staking.BondDenom = "other"
	messages["another bond denom"] = &stakingtypes.MsgUpdateParams{Authority: app.Authority(), Params: staking}
	staking = must(w.App.Limits.Staking(w.Ctx()))(w.t)
	staking.KeyRotationFee.Denom = "other"
	messages["a fee in another coin"] = &stakingtypes.MsgUpdateParams{Authority: app.Authority(), Params: staking}
	staking = must(w.App.Limits.Staking(w.Ctx()))(w.t)
	staking.UnbondingTime = must(w.App.Limits.Consensus(w.Ctx()))(w.t).Evidence.MaxAgeDuration - 1
	messages["stake that is gone before the evidence"] = &stakingtypes.MsgUpdateParams{Authority: app.Authority(), Params: staking}

	consensus := w.sdkUpdate(consensustypes.ModuleName).(*consensustypes.MsgUpdateParams)
	above, keys, extensions, late := *consensus, *consensus, *consensus, *consensus
	above.Auth = &cmttypes.AuthorityParams{Authority: w.Accounts[0].String()}
	messages["an account above the people"] = &above
	keys.Validator = &cmttypes.ValidatorParams{PubKeyTypes: []string{"secp256k1"}}
	messages["keys that no validator has"] = &keys
	extensions.Abci = &cmttypes.ABCIParams{VoteExtensionsEnableHeight: w.Height() + 1_000}
	messages["vote extensions that nobody makes"] = &extensions
	evidence := *consensus.Evidence
	evidence.MaxAgeDuration = must(w.App.Limits.Staking(w.Ctx()))(w.t).UnbondingTime + 1
	late.Evidence = &evidence
	messages["evidence after the stake is gone"] = &late

	gov := must(w.App.Limits.Gov(w.Ctx()))(w.t)
	gov.BurnVoteVeto = false
	messages["spam for nothing"] = &govv1.MsgUpdateParams{Authority: app.Authority(), Params: gov}
	gov = must(w.App.Limits.Gov(w.Ctx()))(w.t)
	gov.ProposalCancelDest = w.Accounts[0].String()
	messages["deposits for somebody"] = &govv1.MsgUpdateParams{Authority: app.Authority(), Params: gov}
	gov = must(w.App.Limits.Gov(w.Ctx()))(w.t)
	gov.MinDeposit = sdk.NewCoins(sdk.NewInt64Coin("other", 1), gov.MinDeposit[0])
	messages["a deposit in another coin"] = &govv1.MsgUpdateParams{Authority: app.Authority(), Params: gov}

	distribution := must(w.App.Limits.Distribution(w.Ctx()))(w.t)
	distribution.WithdrawAddrEnabled = false
	messages["rewards that go where they must"] = &distrtypes.MsgUpdateParams{Authority: app.Authority(), Params: distribution}
	messages["coins that are frozen"] = &banktypes.MsgSetSendEnabled{
		Authority: app.Authority(), SendEnabled: []*banktypes.SendEnabled{{Denom: app.BaseDenom, Enabled: false}},
	}
	for name, allowed := range map[string][]string{
		"clients of one key": {"07-tendermint", "06-solomachine"}, "clients of any kind": {clienttypes.AllowAllClients}, "no client": {},
	} {
		messages[name] = &clienttypes.MsgUpdateParams{Signer: app.Authority(), Params: clienttypes.NewParams(allowed...)}
	}
	messages["all coins frozen"] = &banktypes.MsgUpdateParams{Authority: app.Authority(), Params: banktypes.Params{DefaultSendEnabled: false}}
	for module, update := range ownUpdates() {
		for _, r := range update.params.Ranges() {
			if r.Least > 0 && r.Unit != bounds.Nanos {
				messages[module+"."+r.Name+" below its least"] = w.with(update.message, r.Name, fmt.Sprint(r.Least-1))
			}
		}
	}
	return messages
}

func TestNoProposalPassesTheLimitsOnAnyRoute(t *testing.T) {
	w := newWorld(t, slow)
	proposer, gov := w.Accounts[0], chain.Account{Address: sdk.MustAccAddressFromBech32(app.Authority())}
	for name, msg := range beyond(w) {
		t.Run(name, func(t *testing.T) {
			for depth := range 3 {
				submit, err := govv1.NewMsgSubmitProposal([]sdk.Msg{nest(gov, depth, msg)},
					uweal(100*app.UnitsPerWeal), proposer.String(), "", "a title", "a text", false)
				require.NoError(t, err)
				res := w.NextBlock(w.Sign(chain.TxFee, submit)).TxResults[0]
				require.NotZero(t, res.Code, "as a proposal, in %d executions", depth)

				// Nor where it is carried out, had it come that far: parameters can change while people vote.
				ctx, _ := w.Ctx().CacheContext()
				wrapped := nest(gov, depth, msg)
				_, err = w.App.MsgServiceRouter().Handler(wrapped)(ctx, wrapped)
				require.Error(t, err, "in %d executions", depth)
			}
		})
	}
}

func TestWhatAGenesisSetBeyondALimitMayStay(t *testing.T) {
	w := newWorld(t, slow)
	params := must(w.App.Limits.Gov(w.Ctx()))(t)
	require.Less(t, params.VotingPeriod.Hours(), 24.0, "this network votes fast")
	params.BurnVoteQuorum = true
	w.MustGovern(&govv1.MsgUpdateParams{Authority: app.Authority(), Params: params})
	*params.VotingPeriod *= 2
	submit, err := govv1.NewMsgSubmitProposal([]sdk.Msg{&govv1.MsgUpdateParams{Authority: app.Authority(), Params: params}},
		uweal(100*app.UnitsPerWeal), w.Accounts[0].String(), "", "a title", "a text", false)
	require.NoError(t, err)
	w.refuse(t, refusal{submit, govtypes.ErrInvalidProposalMsg, "voting_period"})
}

// TestEveryParameterOfTheSDKIsLimitedOrFree: a new version of the SDK cannot bring a
// parameter that nobody decided about.
func TestEveryParameterOfTheSDKIsLimitedOrFree(t *testing.T) {
	free := map[string]string{
		"bank.send_enabled":                  "deprecated, and empty",
		"distribution.base_proposer_reward":  "deprecated, and ignored",
		"distribution.bonus_proposer_reward": "deprecated, and ignored",
		"gov.burn_vote_quorum":               "either is sane",
		"gov.burn_proposal_deposit_prevote":  "either is sane",
	}
	w := newWorld(t, slow)
	for _, module := range limited(t) {
		listed := map[string]bool{}
		for _, n := range module.Numbers {
			listed[n.Name] = true
		}
		for _, f := range module.Fixed {
			listed[f.Name] = true
		}
		for _, s := range module.Switches {
			listed[s.Name] = true
		}
		message := w.sdkUpdate(module.Name)
		bz, err := w.App.AppCodec().MarshalJSON(message)
		require.NoError(t, err)
		var fields map[string]any
		require.NoError(t, json.Unmarshal(bz, &fields))
		delete(fields, "authority")
		if params, ok := fields["params"].(map[string]any); ok {
			fields = params
		}
		for name, value := range fields {
			if nested, ok := value.(map[string]any); ok && module.Name == consensustypes.ModuleName {
				for inner := range nested {
					require.True(t, listed[name+"."+inner], "%s.%s.%s", module.Name, name, inner)
				}
				continue
			}
			if !listed[name] && (module.Name != consensustypes.ModuleName || name != "auth") {
				require.Contains(t, free, module.Name+"."+name)
			}
		}
	}
}
