// SPDX-License-Identifier: Apache-2.0

package table

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

// topicTables are those of x/topic.
func topicTables() []Table {
	return []Table{
		{
			Command: "topic list",
			Method:  "weal.topic.v1.Query/Topics",
			List:    "topics",
			Columns: []Column{
				{"id", "id", Text},
				{"slug", "slug", Text},
				{"status", "status", Enum(1)},
				{"access", "access", Enum(1)},
				{"sandbox", "sandbox", YesNo},
				{"places", "schedule.max_active", Text},
				{"epoch", "schedule.epoch_blocks", Blocks},
				{"price from", "pricing.base_price", Short},
				{"bond", "pricing.bond", Short},
				{"title", "title", Text},
			},
		},
		{Command: "topic show", Method: "weal.topic.v1.Query/Topic", Columns: topicLines()},
		{Command: "topic by-slug", Method: "weal.topic.v1.Query/TopicBySlug", Columns: topicLines()},
		{
			Command: "topic params",
			Method:  "weal.topic.v1.Query/Params",
			Columns: []Column{
				{"paid topics", "params.max_topics", Text},
				{"opened by anybody", "params.open_creation", YesNo},
				{"deposit of a paid topic", "params.topic_deposit", Amount},
				{"deposit of a sandbox", "params.sandbox_deposit", Amount},
				{"sandboxes", "params.max_sandboxes", Count},
				{"sandboxes of a steward", "params.max_sandboxes_per_steward", Text},
				{"shortest epoch", "params.min_epoch_blocks", Blocks},
				{"longest epoch", "params.max_epoch_blocks", Blocks},
				{"places of a topic", "params.max_active", Text},
				{"bytes of an artifact", "params.max_artifact_bytes", Text},
			},
		},
	}
}

// topicLines show one topic, and what waits for it.
func topicLines() []Column {
	return []Column{
		{"id", "topic.id", Text},
		{"slug", "topic.slug", Text},
		{"title", "topic.title", Text},
		{"description", "topic.description_uri", Text},
		{"status", "topic.status", Enum(1)},
		{"paused", "topic.pause.height", Height},
		{"paused by guardian", "topic.pause.guardian", Text},
		{"why paused", "topic.pause.reason_uri", Text},
		{"paused until", "topic.pause.until_ms", Milliseconds},
		{"sandbox", "topic.sandbox", YesNo},
		{"access", "topic.access", Enum(1)},
		{"steward", "topic.steward", Text},
		{"steward's part", "topic.steward_bp", Percent},
		{"offered to", "offer.to", Text},
		{"opened by", "topic.creator", Text},
		{"deposit", "topic.deposit", Amount},
		{"metric", "topic.metric", Fields(
			Column{"name", "name", Text}, Column{"unit", "unit", Text}, Column{"direction", "direction", Enum(1)},
		)},
		{"evaluated by", "topic.evaluation.kind", Text},
		{"spec", "topic.evaluation.spec_uri", Text},
		{"spec sha256", "topic.evaluation.spec_sha256", Digest},
		{"corpus sha256", "topic.evaluation.corpus_sha256", Digest},
		{"takes", "topic.artifact_rules.media_types", List(Text)},
		{"largest, in bytes", "topic.artifact_rules.max_bytes", Text},
		{"epoch, in blocks", "topic.schedule.epoch_blocks", Blocks},
		{"of these to reveal", "topic.schedule.reveal_blocks", Blocks},
		{"places", "topic.schedule.max_active", Text},
		{"immune, in epochs", "topic.schedule.immunity_epochs", Count},
		{"consensus", "topic.scoring.rule", Enum(1)},
		{"scores", "topic.scoring.score_rule", Enum(2)},
		{"dividends", "topic.scoring.dividend_rule", Enum(2)},
		{"kappa", "topic.scoring.kappa_bp", Percent},
		{"validators of each contribution", "topic.scoring.coverage", Number},
		{"sharpness", "topic.scoring.sharpness", Number},
		{"price from", "topic.pricing.base_price", Amount},
		{"price to", "topic.pricing.max_price", Amount},
		{"price after a commit", "topic.pricing.multiplier_bp", times},
		{"price falls by half in", "topic.pricing.half_life_seconds", Seconds},
		{"bond", "topic.pricing.bond", AmountOrNone},
		{"at the next epoch", "", pendingChanges},
	}
}

// pendingChanges writes what will be different at the next epoch.
func pendingChanges(answer any, _ Clock) string {
	next := at(answer, "pending.spec")
	if next == nil {
		return ""
	}
	return strings.Join(differences(at(answer, "topic"), next, ""), "; ")
}

// differences lists the fields of after that are otherwise in before, by name.
func differences(before, after any, path string) (list []string) {
	fields, ok := after.(map[string]any)
	if !ok {
		if was, is := Text(before, Clock{}), Text(after, Clock{}); was != is {
			list = append(list, fmt.Sprintf("%s from %s to %s", path, orDash(was), is))
		}
		return list
	}
	for _, name := range slices.Sorted(maps.Keys(fields)) {
		list = append(list, differences(at(before, name), fields[name], strings.TrimPrefix(path+"."+name, "."))...)
	}
	return list
}

// times writes the factor of a price; a sandbox has none.
func times(value any, clock Clock) string {
	if Number(value, clock) == "" {
		return ""
	}
	return Percent(value, clock)
}
