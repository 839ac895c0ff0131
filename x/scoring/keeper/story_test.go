// SPDX-License-Identifier: Apache-2.0

package keeper_test

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	sdk "github.com/cosmos/cosmos-sdk/types"
	stakingtypes "github.com/cosmos/cosmos-sdk/x/staking/types"

	"github.com/weal-network/weal/pkg/fixed"
	"github.com/weal-network/weal/pkg/row"
	topictypes "github.com/weal-network/weal/x/topic/types"

	"github.com/weal-network/weal/x/scoring/types"
)

var update = flag.Bool("update", false, "write what the stories came to into testdata")

// TestStories runs the scenarios in testdata. Each is a list of scenes: commands, a line ----, and what
// came of them, up to an empty line. Run with -update to record, and read the difference.
func TestStories(t *testing.T) {
	files, err := filepath.Glob("testdata/*.txt")
	require.NoError(t, err)
	require.NotEmpty(t, files)
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txt"), func(t *testing.T) {
			told, err := os.ReadFile(file)
			require.NoError(t, err)
			came := tell(t, string(told))
			if *update {
				require.NoError(t, os.WriteFile(file, []byte(came), 0o600))
			}
			require.Equal(t, string(told), came)
		})
	}
}

// tell runs a story's commands and writes it again with what came of them.
func tell(t *testing.T, story string) string {
	s := &storyteller{world: newWorld(t), rows: map[string][]byte{}}
	scenes := strings.Split(strings.TrimSpace(story), "\n\n")
	for i, scene := range scenes {
		commands, _, plays := strings.Cut(scene+"\n", "----\n")
		if !plays {
			scenes[i] = strings.TrimSuffix(commands, "\n")
			continue
		}
		s.lines = nil
		for line := range strings.SplitSeq(strings.TrimSpace(commands), "\n") {
			if !strings.HasPrefix(line, "#") {
				s.do(line)
			}
		}
		scenes[i] = commands + "----\n" + strings.Join(s.lines, "\n")
		scenes[i] = strings.TrimSuffix(scenes[i], "\n")
	}
	return strings.Join(scenes, "\n\n") + "\n"
}

// storyteller obeys commands and writes down events, refusals and what is asked for.
type storyteller struct {
	*world
	rows  map[string][]byte
	lines []string
}

func (s *storyteller) say(format string, args ...any) {
	s.lines = append(s.lines, fmt.Sprintf(format, args...))
}

// do obeys one line: a verb, names and numbers, and options of the form key=value.
func (s *storyteller) do(line string) {
	words := strings.Fields(line)
	verbs := map[string]func(args []string){
		"topic": s.topicCmd, "validator": s.validatorCmd, "contributions": s.contributionsCmd, "owns": s.ownsCmd,
		"scorer": s.scorerCmd, "params": s.paramsCmd, "block": s.blockCmd, "commit": s.commitCmd, "reveal": s.revealCmd,
		"jail": s.jailCmd, "revoke": s.revokeCmd, "pause": s.pauseCmd, "resume": s.resumeCmd, "fail": s.failCmd,
		"epoch": s.epochCmd, "result": s.resultCmd, "bonds": s.bondsCmd, "misses": s.missesCmd, "stored": s.storedCmd,
		"work": s.workCmd, "explain": s.explainCmd,
	}
	verb, known := verbs[words[0]]
	require.True(s.t, known, "unknown command: %s", line)
	verb(words[1:])
}

func (s *storyteller) number(text string) uint64 {
	n, err := strconv.ParseUint(text, 10, 64)
	require.NoError(s.t, err)
	return n
}

// option reads key=value.
func (s *storyteller) option(args []string, key string, unset uint64) uint64 {
	for _, arg := range args {
		if value, found := strings.CutPrefix(arg, key+"="); found {
			return s.number(value)
		}
	}
	return unset
}

// ids reads an id, or all from one to another: 7 or 1-600.
func (s *storyteller) ids(arg string) []uint64 {
	from, to, found := strings.Cut(arg, "-")
	if !found {
		return []uint64{s.number(arg)}
	}
	var ids []uint64
	for id := s.number(from); id <= s.number(to); id++ {
		ids = append(ids, id)
	}
	return ids
}

// entries reads id=score.
func (s *storyteller) entries(args []string) []byte {
	var entries []row.Entry
	for _, arg := range args {
		ids, score, found := strings.Cut(arg, "=")
		require.True(s.t, found, "expected id=score, got %s", arg)
		for _, id := range s.ids(ids) {
			entries = append(entries, row.Entry{ID: id, Score: uint16(s.number(score))})
		}
	}
	packed, err := row.Encode(entries)
	require.NoError(s.t, err)
	return packed
}

func (s *storyteller) topicCmd(args []string) {
	s.topic(s.number(args[0]), s.option(args, "epoch_blocks", 10), s.option(args, "reveal_blocks", 3))
}

func (s *storyteller) validatorCmd(args []string) {
	s.staking.bond(sdk.ValAddress(account(args[0])), s.number(args[1]))
}

func (s *storyteller) contributionsCmd(args []string) {
	var ids []uint64
	for _, arg := range args[1:] {
		ids = append(ids, s.ids(arg)...)
	}
	s.contributions.sets[s.number(args[0])] = ids
}

func (s *storyteller) ownsCmd(args []string) {
	s.contributions.owners = append(s.contributions.owners, owned{s.number(args[1]), s.number(args[2]), string(account(args[0]))})
}

func (s *storyteller) scorerCmd(args []string) { require.NoError(s.t, s.setScorer(args[0], args[1])) }

func (s *storyteller) paramsCmd(args []string) {
	s.params(func(p *types.Params) {
		p.KeepEpochs = uint32(s.option(args, "keep_epochs", uint64(p.KeepEpochs)))
		p.MaxCellsPerBlock = s.option(args, "max_cells_per_block", p.MaxCellsPerBlock)
		p.MaxOpeningsPerBlock = uint32(s.option(args, "max_openings_per_block", uint64(p.MaxOpeningsPerBlock)))
		p.MaxPruningsPerBlock = uint32(s.option(args, "max_prunings_per_block", uint64(p.MaxPruningsPerBlock)))
		p.MaxValidators = uint32(s.option(args, "max_validators", uint64(p.MaxValidators)))
	})
}

// blockCmd ends blocks until the given one has begun.
func (s *storyteller) blockCmd(args []string) {
	for height := int64(s.number(args[0])); s.ctx.BlockHeight() < height; {
		s.ctx = s.ctx.WithEventManager(sdk.NewEventManager())
		require.NoError(s.t, s.k.EndBlock(s.ctx))
		s.tellEvents()
		s.block(s.ctx.BlockHeight() + 1)
	}
}

// tellEvents writes down the events of the end of a block.
func (s *storyteller) tellEvents() {
	for _, event := range s.ctx.EventManager().ABCIEvents() {
		typed, err := sdk.ParseTypedEvent(event)
		require.NoError(s.t, err)
		height := s.ctx.BlockHeight()
		switch e := typed.(type) {
		case *types.EventEpochOpened:
			s.say("%d: topic %d epoch %d opened: commits %d to %d, reveals to %d, %d contributions, %d validators",
				height, e.TopicId, e.Epoch, e.StartHeight, e.RevealHeight-1, e.EndHeight, e.Contributions, e.Validators)
		case *types.EventEpochScored:
			s.say("%d: topic %d epoch %d scored: %d of %d revealed", height, e.TopicId, e.Epoch, e.RevealedPower, e.TotalPower)
		case *types.EventEpochVoided:
			s.say("%d: topic %d epoch %d void: %s", height, e.TopicId, e.Epoch, e.Reason)
		case *types.EventScoresMissed:
			s.say("%d: topic %d epoch %d missed: %s", height, e.TopicId, e.Epoch, s.nameOf(e.Operator))
		case *types.EventEpochOpenFailed:
			s.say("%d: topic %d: %s", height, e.TopicId, e.Reason)
		default:
			s.say("%d: %v", height, e)
		}
	}
}

var cast = []string{"ann", "bob", "cid", "dan", "eve"}

// nameOf is the name of the story's person whose operator address it is.
func (s *storyteller) nameOf(operator string) string {
	i := slices.IndexFunc(cast, func(name string) bool { return operatorName(name) == operator })
	require.GreaterOrEqual(s.t, i, 0, operator)
	return cast[i]
}

func (s *storyteller) commitCmd(args []string) {
	topicID, epoch, packed := s.number(args[1]), s.number(args[2]), s.entries(args[3:])
	s.rows[args[0]+args[1]] = packed
	if _, err := s.msgs.CommitScores(s.ctx, commitMsg(args[0], topicID, epoch, packed)); err != nil {
		s.say("%s: %s", args[0], err)
	}
}

// revealCmd reveals what was committed last.
func (s *storyteller) revealCmd(args []string) {
	msg := revealMsg(args[0], s.number(args[1]), s.number(args[2]), s.rows[args[0]+args[1]])
	if _, err := s.msgs.RevealScores(s.ctx, msg); err != nil {
		s.say("%s: %s", args[0], err)
	}
}

func (s *storyteller) jailCmd(args []string) {
	v := s.staking.find(sdk.ValAddress(account(args[0])))
	v.Jailed, v.Status = true, stakingtypes.Unbonding
}

func (s *storyteller) revokeCmd(args []string) {
	s.admission.revoked = append(s.admission.revoked, string(account(args[0])))
}

func (s *storyteller) pauseCmd(args []string) {
	s.pause(s.number(args[0]))
}

func (s *storyteller) resumeCmd(args []string) {
	s.topics.find(s.number(args[0])).Status = topictypes.STATUS_ACTIVE
	require.NoError(s.t, s.k.TopicHooks().AfterTopicResumed(s.ctx, s.number(args[0])))
}

// failCmd makes what comes after it fail: "hook TOPIC", "hook-panic TOPIC", "begin", "begin-panic", "end" or "nothing".
func (s *storyteller) failCmd(args []string) {
	s.hooks.failTopic, s.hooks.panics = 0, args[0] == "hook-panic"
	if len(args) > 1 {
		s.hooks.failTopic = s.number(args[1])
	}
	s.contributions.failBegin = args[0] == "begin"
	s.contributions.panics = args[0] == "begin-panic"
	s.contributions.failEnd = args[0] == "end"
}

func (s *storyteller) epochCmd(args []string) {
	res, err := s.queries.Epoch(s.ctx, &types.QueryEpochRequest{TopicId: s.number(args[0]), Epoch: s.number(args[1])})
	if err != nil {
		s.say("%s", err)
		return
	}
	var validators []string
	for _, v := range res.Epoch.Validators {
		validators = append(validators, fmt.Sprintf("%s:%d", s.nameOf(v.Operator), v.Tokens))
	}
	slices.Sort(validators)
	s.say("%s contributions=%v validators=%v", strings.TrimPrefix(res.Epoch.Status.String(), "EPOCH_STATUS_"), res.ContributionIds, validators)
}

// resultCmd writes a result as a table.
func (s *storyteller) resultCmd(args []string) {
	res, err := s.queries.Result(s.ctx, &types.QueryResultRequest{TopicId: s.number(args[0]), Epoch: s.number(args[1])})
	if err != nil {
		s.say("%s", err)
		return
	}
	r := res.Result
	for j, id := range r.ContributionIds {
		s.say("contribution %d: quality %d, consensus %s, incentive %s", id, r.Quality[j], fixed.Q32(r.Consensus[j]), fixed.Q32(r.Incentive[j]))
	}
	var validators []string
	for _, v := range r.Validators {
		validators = append(validators, fmt.Sprintf("%s: power %d, trust %s, dividend %s", s.nameOf(v.Operator), v.Power, fixed.Q32(v.Trust), fixed.Q32(v.Dividend)))
	}
	slices.Sort(validators)
	s.lines = append(s.lines, validators...)
}

// bondsCmd writes the stored bonds of a topic.
func (s *storyteller) bondsCmd(args []string) {
	gs, err := s.k.ExportGenesis(s.ctx)
	require.NoError(s.t, err)
	var all []string
	for _, b := range gs.Bonds {
		if clock, err := s.k.Clocks.Get(s.ctx, b.TopicId); err != nil || b.TopicId != s.number(args[0]) || b.Epoch != clock.BondsEpoch {
			continue
		}
		entries, err := row.Decode(b.Bonds, types.MaxEntries)
		require.NoError(s.t, err)
		all = append(all, fmt.Sprintf("%s: %v", s.nameOf(b.Operator), entries))
	}
	slices.Sort(all)
	s.lines = append(s.lines, all...)
}

func (s *storyteller) missesCmd(args []string) {
	meta, err := s.queries.Metagraph(s.ctx, &types.QueryMetagraphRequest{TopicId: s.number(args[0])})
	require.NoError(s.t, err)
	var all []string
	for _, v := range meta.Validators {
		all = append(all, fmt.Sprintf("%s: %d", s.nameOf(v.Operator), v.Record.Misses))
	}
	slices.Sort(all)
	s.lines = append(s.lines, all...)
}

// workCmd says how far a close has come.
func (s *storyteller) workCmd(args []string) {
	res, err := s.queries.Tally(s.ctx, &types.QueryTallyRequest{TopicId: s.number(args[0]), Epoch: s.number(args[1])})
	switch {
	case err != nil:
		s.say("%s", err)
	case res.Work == nil:
		s.say("closed")
	default:
		s.say("%s from tile %d on", res.Work.Pass, res.Work.Tile)
	}
}

// explainCmd asks why a contribution, or a validator, got what it got.
func (s *storyteller) explainCmd(args []string) {
	req := &types.QueryExplainRequest{TopicId: s.number(args[0]), Epoch: s.number(args[1])}
	if slices.Contains(cast, args[2]) {
		req.Operator = operatorName(args[2])
	} else {
		req.ContributionId = s.number(args[2])
	}
	res, err := s.queries.Explain(s.ctx, req)
	if err != nil {
		s.say("%s", err)
		return
	}
	for _, line := range res.Lines {
		for _, name := range cast {
			line = strings.ReplaceAll(line, operatorName(name), name)
		}
		s.say("%s", line)
	}
}

// storedCmd counts what is kept.
func (s *storyteller) storedCmd([]string) {
	gs, err := s.k.ExportGenesis(s.ctx)
	require.NoError(s.t, err)
	s.say("%d epochs, %d sets, %d commits, %d rows, %d bonds, %d results, %d roots, pruning %v",
		len(gs.Epochs), len(gs.PinnedSets), len(gs.Commits), len(gs.Rows), len(gs.Bonds), len(gs.Outcomes), len(gs.Roots), gs.PruningTopics)
}
