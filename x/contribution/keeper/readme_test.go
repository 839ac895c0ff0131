// SPDX-License-Identifier: Apache-2.0

package keeper_test

import (
	"errors"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	errorsmod "cosmossdk.io/errors"

	"github.com/weal-network/weal/x/contribution/types"
)

// TestReadme runs the story that the module's README tells.
func TestReadme(t *testing.T) {
	readme, err := os.ReadFile("../README.md")
	require.NoError(t, err)
	_, rest, found := strings.Cut(string(readme), "```story\n")
	require.True(t, found, "the README tells a story")
	story, _, _ := strings.Cut(rest, "```")

	s := &teller{fixture: newFixture(t), models: map[uint64]string{}}
	s.topics[openID].Schedule.MaxActive, s.topics[openID].Schedule.ImmunityEpochs = 1, 1
	for _, line := range strings.Split(strings.TrimSpace(story), "\n") {
		said, want, _ := strings.Cut(line, "->")
		require.Equal(t, strings.TrimSpace(want), s.tell(strings.Fields(said)), line)
	}
}

// teller understands the sentences of a story.
type teller struct {
	*fixture
	models map[uint64]string
	pinned []uint64
}

func (s *teller) tell(words []string) string {
	var number uint64
	_, _ = fmt.Sscan(words[len(words)-1], &number)
	switch {
	case words[0] == "block":
		s.atHeight(int64(number))
		return ""
	case words[0] == "the":
		return outcome("ok", s.keeper.EndBlock(s.ctx))
	case words[0] == "status":
		return s.statusOf(number)
	case words[0] == "epoch":
		return s.tellEpoch(words)
	case words[1] == "has":
		return fmt.Sprint(s.spent(words[0]))
	case words[1] == "commits":
		return s.tellCommit(words[0], words[2])
	case words[1] == "reveals":
		_, err := s.msg.RevealContribution(s.ctx, revealMsg(words[0], s.models[number], number))
		if err != nil {
			return outcome("", err)
		}
		return s.statusOf(number)
	case words[1] == "withdraws":
		_, err := s.msg.WithdrawContribution(s.ctx, &types.MsgWithdrawContribution{Contributor: account(words[0]).String(), ContributionId: number})
		return outcome("ok", err)
	default:
		return "a sentence that nobody understands"
	}
}

func (s *teller) tellCommit(who, model string) string {
	resp, err := s.msg.CommitContribution(s.ctx, commitMsg(who, model, openID))
	if err != nil {
		return outcome("", err)
	}
	s.models[resp.ContributionId] = model
	return fmt.Sprintf("contribution %d, reveal by %d", resp.ContributionId, resp.RevealDeadline)
}

func (s *teller) tellEpoch(words []string) string {
	var epoch, incentive uint64
	_, _ = fmt.Sscan(words[1], &epoch)
	if words[2] == "pays" {
		_, _ = fmt.Sscan(words[3], &incentive)
		return outcome("ok", s.keeper.EndEpoch(s.ctx, openID, epoch, s.pinned, []uint64{incentive}))
	}
	s.pinned = s.begin(epoch)
	if len(s.pinned) == 0 {
		return "measures nothing"
	}
	return "measures " + strings.Trim(fmt.Sprint(s.pinned), "[]")
}

func (s *teller) statusOf(id uint64) string {
	c, err := s.keeper.GetContribution(s.ctx, id)
	return outcome(strings.TrimPrefix(c.Status.String(), "STATUS_"), err)
}

// outcome is what is told of an error: its registered text.
func outcome(ok string, err error) string {
	var registered *errorsmod.Error
	switch {
	case err == nil:
		return ok
	case errors.As(err, &registered):
		return registered.Error()
	default:
		return err.Error()
	}
}
