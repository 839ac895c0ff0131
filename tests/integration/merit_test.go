// SPDX-License-Identifier: Apache-2.0

package integration_test

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	gateway "github.com/cosmos/gogogateway"
	gwruntime "github.com/grpc-ecosystem/grpc-gateway/runtime"
	"github.com/stretchr/testify/require"

	"cosmossdk.io/math"

	sdk "github.com/cosmos/cosmos-sdk/types"
	govv1 "github.com/cosmos/cosmos-sdk/x/gov/types/v1"

	"github.com/weal-network/weal/app"
	"github.com/weal-network/weal/pkg/row"
	"github.com/weal-network/weal/testutil/chain"
	merittypes "github.com/weal-network/weal/x/merit/types"
)

// propose submits a proposal that is voted on at once.
func (w *world) propose(msgs ...sdk.Msg) uint64 {
	w.t.Helper()
	params, err := w.App.Gov.Params.Get(w.Ctx())
	require.NoError(w.t, err)
	submit, err := govv1.NewMsgSubmitProposal(msgs, params.MinDeposit, w.Validators[0].String(), "ipfs://why", "a title", "a summary", false)
	require.NoError(w.t, err)
	return answer[govv1.MsgSubmitProposalResponse](w.t, w.MustDeliver(submit)).ProposalId
}

func (w *world) tally(id uint64) *merittypes.QueryTallyResponse {
	w.t.Helper()
	res, err := merittypes.NewQueryClient(w.Queries()).Tally(w.Ctx(), &merittypes.QueryTallyRequest{ProposalId: id})
	require.NoError(w.t, err)
	return res
}

func (w *world) merit(account chain.Account) *merittypes.QueryAccountResponse {
	w.t.Helper()
	res, err := merittypes.NewQueryClient(w.Queries()).Account(w.Ctx(), &merittypes.QueryAccountRequest{Address: account.String()})
	require.NoError(w.t, err)
	return res
}

// earned is a world in which account 0 and account 1 have earned twice as much and once as much.
func earned(t testing.TB) *world {
	w := newWorld(t, quick)
	models := []*model{{owner: w.Accounts[0], bytes: "a"}, {owner: w.Accounts[1], bytes: "b"}}
	w.enter(goTopic, models...)
	epoch := w.play(goTopic, w.unanimous(row.Entry{ID: models[0].id, Score: 60_000}, row.Entry{ID: models[1].id, Score: 30_000}))
	paid := w.payment(goTopic, epoch.Number)
	require.Equal(t, paid.ContributorsSpent, paid.RewardOf(models[0].id)+paid.RewardOf(models[1].id))
	require.InDelta(t, paid.RewardOf(models[0].id), w.merit(w.Accounts[0]).Merit.Amount.Uint64(), 1)
	total, err := merittypes.NewQueryClient(w.Queries()).Total(w.Ctx(), &merittypes.QueryTotalRequest{})
	require.NoError(t, err)
	require.InDelta(t, paid.ContributorsSpent, total.Amount.Uint64(), 1, "an epoch gives as much merit as it paid")
	return w
}

// TestTwoHousesVoteAndWalletsSeeAProposalAsEverywhere drives a vote by transactions, and reads it by the SDK's own REST endpoints.
func TestTwoHousesVoteAndWalletsSeeAProposalAsEverywhere(t *testing.T) {
	w := earned(t)
	params := merittypes.DefaultParams()
	params.MeritShareBp = 4_000
	id := w.propose(&merittypes.MsgUpdateParams{Authority: app.Authority(), Params: params})
	w.mustBlock(
		w.Sign(chain.TxFee, govv1.NewMsgVote(w.Validators[0].Address, id, govv1.OptionYes, "")),
		w.Sign(chain.TxFee, govv1.NewMsgVote(w.Validators[1].Address, id, govv1.OptionYes, "")),
		w.Sign(chain.TxFee, govv1.NewMsgVote(w.Validators[2].Address, id, govv1.OptionNo, "")),
		w.Sign(chain.TxFee, govv1.NewMsgVoteWeighted(w.Validators[3].Address, id, govv1.WeightedVoteOptions{
			{Option: govv1.OptionYes, Weight: "0.4"}, {Option: govv1.OptionNo, Weight: "0.6"},
		}, "")),
		w.Sign(chain.TxFee, govv1.NewMsgVote(w.Accounts[0].Address, id, govv1.OptionNo, "")),
	)
	open := w.tally(id)
	require.True(t, open.Open)
	stake := math.LegacyNewDec(chain.DefaultStake)
	require.Equal(t, stake.MulInt64(24).QuoInt64(10), open.Tally.Stake.Yes)
	require.Equal(t, stake.MulInt64(16).QuoInt64(10), open.Tally.Stake.No)
	require.Equal(t, "0.2500", open.Tally.Merit.Share.Add(math.LegacyNewDecWithPrec(1, 6)).String()[:6])
	require.Equal(t, w.merit(w.Accounts[0]).VotingPower, open.Tally.Merit.No)
	require.True(t, open.Tally.Merit.No.GT(open.Tally.Merit.Power.MulInt64(60).QuoInt64(100)))
	require.False(t, open.Projection.Passes, open.Projection.Reason)

	w.MustDeliver(govv1.NewMsgVote(w.Accounts[1].Address, id, govv1.OptionYes, ""))
	open = w.tally(id)
	require.True(t, open.Projection.Passes, "those with less merit decide: %s", open.Projection.Reason)
	rest := newREST(t, w)
	rest.requireOpen(id, open)

	w.NextBlockAfter(chain.DefaultVotingPeriod + time.Second)
	final := w.tally(id)
	require.False(t, final.Open)
	require.Equal(t, open.Tally.Stake, final.Tally.Stake)
	require.InDelta(t, open.Tally.Merit.Yes.MustFloat64(), final.Tally.Merit.Yes.MustFloat64(), 1)
	after, err := merittypes.NewQueryClient(w.Queries()).Params(w.Ctx(), &merittypes.QueryParamsRequest{})
	require.NoError(t, err)
	require.Equal(t, params, after.Params, "it passed")
	newREST(t, w).requireFinal(id, final)
}

// rest is the SDK's gateway over a world's state.
type rest struct {
	t   *testing.T
	w   *world
	mux *gwruntime.ServeMux
}

func newREST(t *testing.T, w *world) rest {
	t.Helper()
	mux := gwruntime.NewServeMux(gwruntime.WithMarshalerOption(gwruntime.MIMEWildcard, &gateway.JSONPb{
		EmitDefaults: true, OrigName: true, AnyResolver: w.App.InterfaceRegistry(),
	}))
	require.NoError(t, govv1.RegisterQueryHandlerClient(context.Background(), mux, govv1.NewQueryClient(w.Queries())))
	require.NoError(t, merittypes.RegisterQueryHandlerClient(context.Background(), mux, merittypes.NewQueryClient(w.Queries())))
	return rest{t, w, mux}
}

// get reads a path into JSON.
func (r rest) get(path string, args ...any) map[string]any {
	r.t.Helper()
	answer := httptest.NewRecorder()
	r.mux.ServeHTTP(answer, httptest.NewRequest(http.MethodGet, fmt.Sprintf(path, args...), nil))
	require.Equal(r.t, http.StatusOK, answer.Code, "%s: %s", path, answer.Body)
	var out map[string]any
	require.NoError(r.t, json.Unmarshal(answer.Body.Bytes(), &out))
	return out
}

func (r rest) requireOpen(id uint64, open *merittypes.QueryTallyResponse) {
	r.t.Helper()
	proposal := r.get("/cosmos/gov/v1/proposals/%d", id)["proposal"].(map[string]any)
	require.Equal(r.t, "PROPOSAL_STATUS_VOTING_PERIOD", proposal["status"])
	require.Equal(r.t, "a title", proposal["title"])
	require.Len(r.t, r.get("/cosmos/gov/v1/proposals?proposal_status=2")["proposals"], 1)
	require.Len(r.t, r.get("/cosmos/gov/v1/proposals/%d/votes?pagination.limit=10", id)["votes"], 6)
	vote := r.get("/cosmos/gov/v1/proposals/%d/votes/%s", id, r.w.Accounts[0])["vote"].(map[string]any)
	require.Equal(r.t, "VOTE_OPTION_NO", vote["options"].([]any)[0].(map[string]any)["option"])
	require.Len(r.t, r.get("/cosmos/gov/v1/proposals/%d/deposits", id)["deposits"], 1)
	r.get("/cosmos/gov/v1/proposals/%d/deposits/%s", id, r.w.Validators[0])
	require.NotEmpty(r.t, r.get("/cosmos/gov/v1/params/tallying")["params"])
	r.requireTally(id, open.Together)
	ours := r.get("/weal/merit/v1/tallies/%d", id)
	require.Equal(r.t, true, ours["open"])
	require.Equal(r.t, true, ours["projection"].(map[string]any)["passes"])
	require.NotEmpty(r.t, r.get("/weal/merit/v1/accounts")["accounts"])
}

func (r rest) requireFinal(id uint64, final *merittypes.QueryTallyResponse) {
	r.t.Helper()
	proposal := r.get("/cosmos/gov/v1/proposals/%d", id)["proposal"].(map[string]any)
	require.Equal(r.t, "PROPOSAL_STATUS_PASSED", proposal["status"])
	require.Empty(r.t, r.get("/cosmos/gov/v1/proposals/%d/votes", id)["votes"], "votes go once they are counted")
	require.Empty(r.t, r.get("/cosmos/gov/v1/proposals/%d/deposits", id)["deposits"], "deposits go back")
	r.requireTally(id, final.Together)
}

// requireTally holds the SDK's tally against both houses together, of which it drops the fractions.
func (r rest) requireTally(id uint64, together merittypes.House) {
	r.t.Helper()
	require.Equal(r.t, map[string]any{"tally": map[string]any{
		"yes_count": together.Yes.TruncateInt().String(), "abstain_count": together.Abstain.TruncateInt().String(),
		"no_count": together.No.TruncateInt().String(), "no_with_veto_count": together.NoWithVeto.TruncateInt().String(),
	}}, r.get("/cosmos/gov/v1/proposals/%d/tally", id))
}
