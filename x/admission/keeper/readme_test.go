// SPDX-License-Identifier: Apache-2.0

package keeper_test

import (
	"errors"
	"os"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	errorsmod "cosmossdk.io/errors"

	stakingtypes "github.com/cosmos/cosmos-sdk/x/staking/types"

	"github.com/weal-network/weal/x/admission/types"
)

var story = regexp.MustCompile("(?s)```story\n(.*?)```")

func TestTheWorkedExampleHolds(t *testing.T) {
	page, err := os.ReadFile("../README.md")
	require.NoError(t, err)
	told := story.FindSubmatch(page)
	require.NotNil(t, told, "the page tells a story")
	f := newFixture(t).fund("alice", "dave")
	f.setParams(func(p *types.Params) { p.MaxRevokedPowerBp = 5000 })
	for line := range strings.Lines(string(told[1])) {
		does, want, found := strings.Cut(line, "->")
		require.True(t, found, line)
		require.Equal(t, strings.TrimSpace(want), f.tell(strings.Fields(does)), line)
	}
}

// tell does what a line of the story says and returns what became of it.
func (f *fixture) tell(words []string) string {
	switch {
	case words[0] == "admit":
		_, err := f.msg.Admit(f.ctx, admitMsg(validatorKeys(words[1:])...))
		return outcome("admitted", err)
	case words[0] == "revoke":
		_, err := f.msg.Revoke(f.ctx, revokeMsg(validatorKeys(words[1:])...))
		for _, name := range words[1:] {
			require.True(f.t, err != nil || f.jailed(name))
		}
		return outcome("jailed", err)
	case words[1] == "creates":
		if err := f.keeper.Hooks().AfterValidatorCreated(f.ctx, operator(words[0])); err != nil {
			return outcome("", err)
		}
		f.addValidator(words[0], stakingtypes.Bonded)
		return "created"
	case words[1] == "applies":
		_, err := f.msg.Apply(f.ctx, applyMsg(validatorKey(words[0])))
		return outcome("applied", err)
	case words[1] == "resigns":
		_, err := f.msg.Resign(f.ctx, &types.MsgResign{Address: account(words[0]).String(), Role: types.ROLE_VALIDATOR})
		return outcome("resigned", err)
	case words[1] == "day":
		f.later(24 * time.Hour)
		return "passed"
	default:
		return outcome("free", f.unjail(words[0]))
	}
}

// outcome is what a user reads: the text of the registered error, without its details.
func outcome(done string, err error) string {
	var registered *errorsmod.Error
	if errors.As(err, &registered) {
		return registered.Error()
	}
	return done
}

func validatorKeys(names []string) (keys []types.AdmissionKey) {
	for _, name := range names {
		keys = append(keys, validatorKey(name))
	}
	return keys
}
