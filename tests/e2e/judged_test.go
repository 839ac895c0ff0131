// SPDX-License-Identifier: Apache-2.0

package e2e_test

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// why is what the judges of the story point to.
const why = "https://example.org/why"

// people are those of a running local network.
type people struct {
	cli
	proposals int
}

// standing is what a network says of a contribution.
type standing struct {
	Contribution struct {
		Status     string `json:"status"`
		Bond       string `json:"bond"`
		Quarantine *struct {
			Guardian string `json:"guardian"`
			Until    int64  `json:"until_ms,string"`
		} `json:"quarantine"`
	} `json:"contribution"`
}

// account is what a contribution has, in uweal.
type account struct {
	Immature  uint64 `json:"immature,string"`
	Mature    uint64 `json:"mature,string"`
	TakenBack uint64 `json:"taken_back,string"`
	Frozen    bool   `json:"frozen"`
}

// paidTo is what an epoch gave a contribution, in uweal.
type paidTo struct {
	ID           uint64 `json:"contribution_id,string"`
	Earned       uint64 `json:"earned,string"`
	RoyaltiesIn  uint64 `json:"royalties_in,string"`
	RoyaltiesOut uint64 `json:"royalties_out,string"`
}

func (p *people) standing(id uint64) (s standing) {
	p.t.Helper()
	require.NoError(p.t, p.ask(&s, "contribution", "show", fmt.Sprint(id)))
	return s
}

func (p *people) rewards(id uint64) account {
	p.t.Helper()
	var res struct {
		Account account `json:"account"`
	}
	require.NoError(p.t, p.ask(&res, "emission", "reward", fmt.Sprint(id)))
	return res.Account
}

// payment is what the last paid epoch gave contributions.
func (p *people) payment() (epoch uint64, rewards []paidTo, err error) {
	var res struct {
		Payment struct {
			Epoch uint64 `json:"epoch,string"`
		} `json:"payment"`
		Rewards []paidTo `json:"rewards"`
	}
	err = p.ask(&res, "emission", "payment", "1", "0")
	return res.Payment.Epoch, res.Rewards, err
}

// meritOf is what the contribution gave accounts, as a decimal of uweal; "" for nothing.
func (p *people) meritOf(id uint64) (amounts []string) {
	p.t.Helper()
	var res struct {
		Accounts []struct {
			Amount string `json:"amount"`
		} `json:"accounts"`
	}
	require.NoError(p.t, p.ask(&res, "merit", "contribution", fmt.Sprint(id)))
	for _, merit := range res.Accounts {
		amounts = append(amounts, merit.Amount)
	}
	return amounts
}

// sound is that every identity of the economy holds.
func (p *people) sound() {
	p.t.Helper()
	var res struct {
		OK bool `json:"ok"`
	}
	require.NoError(p.t, p.ask(&res, "emission", "audit"))
	require.True(p.t, res.OK)
}

// proposed drafts a proposal, looks at what it would do, submits it, and returns its id.
func (p *people) proposed(kind string, flags ...string) string {
	p.t.Helper()
	file := filepath.Join(p.t.TempDir(), kind+".json")
	require.NoError(p.t, os.WriteFile(file, p.must(append([]string{"proposal", "draft", kind}, flags...)...), 0o600))
	require.NotEmpty(p.t, p.must("proposal", "preview", file))
	p.tx("faucet", "gov", "submit-proposal", file)
	p.proposals++
	return fmt.Sprint(p.proposals)
}

// carry lets three of four validators vote for a proposal.
func (p *people) carry(proposal string) {
	p.t.Helper()
	for _, voter := range []string{"alice", "bob", "carol"} {
		p.tx(voter, "gov", "vote", proposal, "yes")
	}
}

// decide brings a proposal through.
func (p *people) decide(kind string, flags ...string) {
	p.t.Helper()
	proposal := p.proposed(kind, flags...)
	p.carry(proposal)
	p.await("proposal "+proposal+" passes", func() error { return p.passed(proposal) })
}

// house is what one house said, in units of stake.
type house struct {
	Voted string `json:"voted"`
	Yes   string `json:"yes"`
	No    string `json:"no"`
}

// houses are what stake and merit say about a proposal while it is voted on.
func (p *people) houses(proposal string) (stake, merit house) {
	p.t.Helper()
	var res struct {
		Tally struct {
			Stake house `json:"stake"`
			Merit house `json:"merit"`
		} `json:"tally"`
		Open bool `json:"open"`
	}
	require.NoError(p.t, p.ask(&res, "merit", "tally", proposal))
	require.True(p.t, res.Open)
	return res.Tally.Stake, res.Tally.Merit
}

// submitted commits and reveals a model that was built on another, and returns its id.
func (p *people) submitted(st state, from string, parent uint64) uint64 {
	p.t.Helper()
	models := filepath.Join(p.t.TempDir(), "models")
	p.must("models", "train", "--seed", "7", "--out", models)
	p.must("submit", filepath.Join(models, "neural.onnx"), "--topic", "1", "--from", from, "--max-price", "5000000uweal", "--parent", fmt.Sprintf("%d:2000", parent),
		"--store", fmt.Sprintf("http://127.0.0.1:%d", st.Nodes[0].Ports.Evaluator), "--grpc", fmt.Sprintf("127.0.0.1:%d", st.Nodes[0].Ports.GRPC),
		"--corpus", filepath.Join(p.home, "corpus"))
	var list struct {
		Contributions []struct {
			ID uint64 `json:"id,string"`
		} `json:"contributions"`
	}
	require.NoError(p.t, p.ask(&list, "contribution", "by-contributor", p.address(from)))
	require.NotEmpty(p.t, list.Contributions)
	return list.Contributions[len(list.Contributions)-1].ID
}

func (p *people) address(name string) string {
	p.t.Helper()
	return strings.TrimSpace(string(p.must("keys", "show", name, "--address")))
}

// TestAHarmfulModelIsGuardedConfirmedAndRemovedByRealProcesses is the story that governance is judged by, by command line alone: four
// validators score a model that was built on an honest one; a guardian stops it, the people confirm that and remove it.
func TestAHarmfulModelIsGuardedConfirmedAndRemovedByRealProcesses(t *testing.T) {
	dir := t.TempDir()
	// Nothing of the models' rewards is mature when the people judge, and whoever submits may take his time.
	n := start(t, dir, configured(t, dir, map[string]string{
		" voting_period: 60s": " voting_period: 40s", "expedited_voting_period: 30s": "expedited_voting_period: 20s", "maturity_epochs: 1": "maturity_epochs: 80",
		"reveal_period: 12": "reveal_period: 100",
	}))
	var st state
	honest := uint64(0)
	n.eventually(5*time.Minute, "the sample models are not on the chain", func() (err error) {
		if st, err = n.state(); err != nil {
			return err
		}
		for _, m := range st.Models {
			if m.ID == 0 && m.Refused == "" {
				return errors.New(m.Name)
			}
			if m.Name == "order-2" {
				honest = m.ID
			}
		}
		if honest == 0 {
			return errors.New("no models yet")
		}
		return nil
	})
	p := &people{cli: cli{t: t, binary: weald(t), home: n.home, await: func(what string, try func() error) {
		t.Helper()
		n.eventually(3*time.Minute, what, try)
	}}}
	bad := p.submitted(st, "mallory", honest)
	p.decide("set-guardians", "--guardians", p.address("grace"))

	// reward finds what an epoch gave one of them.
	reward := func(rewards []paidTo, id uint64) (found paidTo) {
		if at := slices.IndexFunc(rewards, func(r paidTo) bool { return r.ID == id }); at >= 0 {
			found = rewards[at]
		}
		return found
	}
	p.await("an epoch pays the harmful model", func() error {
		_, rewards, err := p.payment()
		if got := reward(rewards, bad); err == nil && got.Earned == 0 {
			err = fmt.Errorf("contribution %d: %+v", bad, got)
		} else if err == nil {
			require.Equal(t, (got.Earned+got.RoyaltiesIn)/5, got.RoyaltiesOut, "a fifth is its parent's")
			require.Equal(t, got.RoyaltiesOut, reward(rewards, honest).RoyaltiesIn)
		}
		return err
	})
	p.await("its merit is recorded", func() error {
		if len(p.meritOf(bad)) == 0 {
			return errors.New("none")
		}
		return nil
	})

	p.tx("grace", "contribution", "guardian-quarantine", fmt.Sprint(bad), why)
	require.Equal(t, "STATUS_QUARANTINED", p.standing(bad).Contribution.Status)
	require.Equal(t, p.address("grace"), p.standing(bad).Contribution.Quarantine.Guardian)
	require.Positive(t, p.standing(bad).Contribution.Quarantine.Until)
	t.Run("a delegator's vote takes its part out of its validator's, and who earned merit votes with it", func(t *testing.T) {
		p.tx("faucet", "staking", "delegate", strings.TrimSpace(string(p.must("keys", "show", "alice", "--bech", "val", "--address"))), "1000000000uweal")
		proposal := p.proposed("quarantine", "--contribution", fmt.Sprint(bad), "--reason-uri", why)
		p.tx("alice", "gov", "vote", proposal, "yes")
		stake, merit := p.houses(proposal)
		require.Equal(t, "1001000000000.000000000000000000", stake.Yes)
		require.Equal(t, house{Voted: "0.000000000000000000", Yes: "0.000000000000000000", No: "0.000000000000000000"}, merit)
		p.tx("faucet", "gov", "vote", proposal, "no")
		p.tx("grace", "gov", "vote", proposal, "yes")
		stake, merit = p.houses(proposal)
		require.Equal(t, house{Voted: "1001000000000.000000000000000000", Yes: "1000000000000.000000000000000000", No: "1000000000.000000000000000000"}, stake)
		require.NotEqual(t, "0.000000000000000000", merit.Yes)
		require.Equal(t, merit.Voted, merit.Yes)
		p.carry(proposal)
		p.await("it passes", func() error { return p.passed(proposal) })
	})
	require.Zero(t, p.standing(bad).Contribution.Quarantine.Until, "the people have confirmed it")
	since, _, err := p.payment()
	require.NoError(t, err)
	p.await("an epoch that began later gives it nothing", func() error {
		epoch, rewards, err := p.payment()
		if err == nil && epoch < since+2 {
			err = fmt.Errorf("epoch %d is paid", epoch)
		} else if err == nil {
			require.Zero(t, reward(rewards, bad).Earned)
			require.Positive(t, reward(rewards, honest).Earned)
			require.Zero(t, reward(rewards, honest).RoyaltiesIn)
		}
		return err
	})
	before, parent := p.rewards(bad), p.rewards(honest)
	require.True(t, before.Frozen)
	require.Positive(t, before.Immature)
	p.sound()

	p.decide("remove", "--contribution", fmt.Sprint(bad), "--reason-uri", why)
	require.Equal(t, "STATUS_REMOVED", p.standing(bad).Contribution.Status)
	require.Contains(t, []string{"", "0"}, p.standing(bad).Contribution.Bond)
	require.Equal(t, account{TakenBack: before.Immature}, p.rewards(bad), "what was immature is burnt")
	require.Empty(t, p.meritOf(bad))
	require.GreaterOrEqual(t, p.rewards(honest).Immature, parent.Immature, "royalties are its parent's")
	require.NotEmpty(t, p.meritOf(honest))
	p.sound()
	require.NoError(t, n.cmd.Process.Signal(os.Interrupt))
	require.NoError(t, n.ends(time.Minute))
}
