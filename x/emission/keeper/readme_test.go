// SPDX-License-Identifier: Apache-2.0

package keeper_test

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	authtypes "github.com/cosmos/cosmos-sdk/x/auth/types"

	contributiontypes "github.com/weal-network/weal/x/contribution/types"
	"github.com/weal-network/weal/x/emission/types"
)

// TestTheWorkedExampleOfTheReadmeIsTrue plays the example and requires its lines in README.md.
func TestTheWorkedExampleOfTheReadmeIsTrue(t *testing.T) {
	var story []string
	tell := func(what string, amounts ...uint64) {
		for i, amount := range amounts {
			what = strings.Replace(what, fmt.Sprintf("{%d}", i), grouped(amount), 1)
		}
		story = append(story, what)
	}
	f := newFixture(t)
	alice := f.contribution(1, "alice", "alice")
	bob := f.contribution(1, "bob", "bob", contributiontypes.Parent{Id: alice, ShareBp: 1000})
	f.issue(2)
	i := f.issuance()
	tell("| issued for one minute | {0} |", f.issuance().Minted)
	tell("| to security, the fee collector | {0} |", f.bank.ofModule(authtypes.FeeCollectorName))
	tell("| to the topics, of {0} that all shares would have had | {1} |", i.TopicIndex.Uint64(), f.bank.ofModule("emission"))
	tell("| to the community pool | {0} |", f.distribution.community)
	one1, two := f.topicAccount(1), f.topicAccount(2)
	tell("| topic 1 accrues, and {0} / 10,000 of a unit | {1} |", one1.AccruedCarryBp, one1.Accrued)
	tell("| topic 2 accrues, and {0} / 10,000 of a unit | {1} |", two.AccruedCarryBp, two.Accrued)
	tell("| carried over for topics together, in 1 / 10,000 of a unit | {0} |", i.TopicCarryBp)

	result := scored(1, 1, []uint64{alice, bob}, one/4, one/4*3)
	result.Validators = append(result.Validators, result.Validators[0])
	result.Validators[0].Dividend, result.Validators[1].Dividend, result.Validators[1].Operator = one/4*3, one/8, operator("val2")
	f.pay(result)
	p := f.payment(1, 1)
	tell("| budget of epoch 1 of topic 1 | {0} |", p.Budget)
	tell("| alice's contribution earns a quarter of the contributors' part | {0} |", p.Rewards[0].Earned)
	tell("| bob's earns three quarters | {0} |", p.Rewards[1].Earned)
	tell("| bob's passes a tenth on to its parent, alice's | {0} |", p.Rewards[1].RoyaltiesOut)
	tell("| alice's has | {0} |", p.Rewards[0].Amount)
	tell("| bob's has | {0} |", p.Rewards[1].Amount)
	tell("| the first validator's dividend, three quarters of the scorers' part | {0} |", p.Dividends[0].Amount)
	tell("| the second's, an eighth | {0} |", p.Dividends[1].Amount)
	tell("| earned by nobody, stays in the topic | {0} |", p.Carried)
	f.audit()

	for epoch := uint64(2); epoch <= 10; epoch++ {
		f.pay(scored(1, epoch, nil))
	}
	_, tooEarly := f.claim("alice")
	require.ErrorIs(t, tooEarly, types.ErrNothingToClaim)
	f.pay(scored(1, 11, nil))
	_, err := f.claim("alice")
	require.NoError(t, err)
	tell("| alice claims once epoch 11 is paid | {0} |", f.bank.of(account("alice")))
	f.audit()

	readme, err := os.ReadFile("../README.md")
	require.NoError(t, err)
	table := strings.Join(story, "\n") + "\n"
	require.True(t, strings.Contains(string(readme), table), "README.md must have the lines:\n%s", table)
	require.True(t, strings.Contains(string(readme), tooEarly.Error()), "README.md must have the text: %s", tooEarly)
}

// grouped writes a number as 1,234,567.
func grouped(amount uint64) string {
	s := fmt.Sprint(amount)
	for at := len(s) - 3; at > 0; at -= 3 {
		s = s[:at] + "," + s[at:]
	}
	return s
}
