// SPDX-License-Identifier: Apache-2.0

package keeper_test

import (
	"os"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/weal-network/weal/x/topic/types"
)

var (
	jsonBlock = regexp.MustCompile("(?s)```json\n(.*?)```")
	scoreRow  = regexp.MustCompile(`(?m)^\| [0-9.]+ \| (\d+) \| (\d+) \|$`)
	paramRow  = regexp.MustCompile("(?m)^\\| `(\\w+)` \\| (\\d+|false) \\|")
	ruleRow   = regexp.MustCompile("(?m)^\\| `([a-z0-9_.]+)` \\| (\\w+) \\| (\\w+) \\| ([^|]+) \\|$")
)

func readme(t *testing.T) string {
	t.Helper()
	page, err := os.ReadFile("../README.md")
	require.NoError(t, err)
	return string(page)
}

func TestTheWorkedExampleHolds(t *testing.T) {
	f, page := newFixture(t), readme(t)
	block := jsonBlock.FindStringSubmatch(page)
	require.Len(t, block, 2)
	var example types.TopicSpec
	require.NoError(t, f.cdc.UnmarshalJSON([]byte(block[1]), &example))

	created, err := f.msg.CreateTopic(f.ctx, &types.MsgCreateTopic{Creator: authority, Spec: example})
	require.NoError(t, err)
	topic, err := f.keeper.GetTopic(f.ctx, created.TopicId)
	require.NoError(t, err)
	require.Equal(t, types.STATUS_ACTIVE, topic.Status)

	rows := scoreRow.FindAllStringSubmatch(page, -1)
	require.Len(t, rows, 5)
	for _, row := range rows {
		measured, err := strconv.ParseInt(row[1], 10, 64)
		require.NoError(t, err)
		score, err := topic.Metric.Score(measured)
		require.NoError(t, err)
		require.Equal(t, row[2], strconv.Itoa(int(score)), "a model that measures %d", measured)
	}
}

func TestThePageNamesTheDefaultParams(t *testing.T) {
	f, page := newFixture(t), readme(t)
	params := f.params()
	bz, err := f.cdc.MarshalJSON(&params)
	require.NoError(t, err)
	shown := strings.ReplaceAll(string(bz), `"`, "")
	rows := paramRow.FindAllStringSubmatch(page, -1)
	require.Len(t, rows, 10)
	for _, row := range rows {
		require.Contains(t, shown, row[1]+":"+row[2])
	}
}

func TestThePageSaysWhoMayChangeWhat(t *testing.T) {
	rows := ruleRow.FindAllStringSubmatch(readme(t), -1)
	rules := types.FieldRules()
	require.Len(t, rows, len(rules))
	for i, rule := range rules {
		require.Equal(t, []string{rule.Path, rule.Paid.String(), rule.Sandbox.String(), rule.Why}, rows[i][1:])
	}
}
