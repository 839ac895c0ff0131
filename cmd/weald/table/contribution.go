// SPDX-License-Identifier: Apache-2.0

package table

// contributionTables are those of x/contribution.
func contributionTables() []Table {
	return []Table{
		{Command: "contribution list", Method: "weal.contribution.v1.Query/Contributions", List: "contributions", Columns: contributionColumns()},
		{Command: "contribution by-contributor", Method: "weal.contribution.v1.Query/ContributionsByContributor", List: "contributions", Columns: contributionColumns()},
		{
			Command: "contribution ancestors",
			Method:  "weal.contribution.v1.Query/Ancestors",
			List:    "ancestors",
			Columns: contributionColumns(),
			Next:    Next{Path: "below", Flag: "--below"},
		},
		{Command: "contribution children", Method: "weal.contribution.v1.Query/Children", List: "children", Columns: contributionColumns()},
		{Command: "contribution show", Method: "weal.contribution.v1.Query/Contribution", Columns: contributionLines()},
		{Command: "contribution by-digest", Method: "weal.contribution.v1.Query/ContributionByDigest", Columns: contributionLines()},
		{
			Command: "contribution active",
			Method:  "weal.contribution.v1.Query/ActiveSet",
			List:    "active_set.entries",
			Columns: []Column{
				{"id", "id", Text},
				{"since epoch", "activated_epoch", Text},
				{"scored epochs", "scored_epochs", Count},
				{"incentive", "smoothed_incentive", Fraction},
			},
		},
		{
			Command: "contribution price",
			Method:  "weal.contribution.v1.Query/Price",
			Columns: []Column{
				{"price now", "price", AmountOrNone},
				{"price after one more", "price_after", AmountOrNone},
				{"bond at the reveal", "bond", AmountOrNone},
				{"your price can be met", "affordable", YesNo},
				{"wait for it", "wait_seconds", Seconds},
			},
		},
		{
			Command: "contribution can-submit",
			Method:  "weal.contribution.v1.Query/CanSubmit",
			Columns: []Column{
				{"can submit", "can_submit", YesNo},
				{"reason", "reason", Text},
				{"ask again at", "height", Height},
				{"price now", "price", AmountOrNone},
				{"bond at the reveal", "bond", AmountOrNone},
				{"balance", "balance", AmountOrNone},
			},
		},
		{
			Command: "contribution next-window",
			Method:  "weal.contribution.v1.Query/NextWindow",
			Columns: []Column{
				{"enters at", "height", Height},
				{"epoch", "epoch", Number},
				{"waits for", "reason", Text},
			},
		},
	}
}

func contributionColumns() []Column {
	return []Column{
		{"id", "id", Text},
		{"topic", "topic_id", Text},
		{"status", "status", Enum(1)},
		{"contributor", "contributor", Text},
		{"committed", "committed_height", Height},
		{"sha256", "artifact.sha256", ShortDigest},
		{"bond", "bond", Short},
	}
}

// contributionLines show one contribution.
func contributionLines() []Column {
	share := []Column{{"id", "id", Text}, {"share", "share_bp", Percent}}
	payee := []Column{{"address", "address", Text}, {"share", "share_bp", Percent}}
	return []Column{
		{"id", "contribution.id", Text},
		{"topic", "contribution.topic_id", Text},
		{"status", "contribution.status", Enum(1)},
		{"contributor", "contribution.contributor", Text},
		{"paid to", "contribution.payout", Text},
		{"team", "contribution.split", List(Fields(payee...))},
		{"sha256", "contribution.artifact.sha256", Digest},
		{"bytes", "contribution.artifact.size", Number},
		{"media type", "contribution.artifact.media_type", Text},
		{"copies at", "contribution.artifact.uris", List(Text)},
		{"built on", "contribution.parents", List(Fields(share...))},
		{"version of", "contribution.version_of", Number},
		{"superseded by", "contribution.new_version", Number},
		{"license", "contribution.license", Text},
		{"metadata", "contribution.metadata_uri", Text},
		{"served at", "contribution.endpoint", Text},
		{"price, burnt", "contribution.price", Amount},
		{"bond due at the reveal", "contribution.bond_due", Amount},
		{"bond held", "contribution.bond", Amount},
		{"committed", "contribution.committed_height", Height},
		{"reveal until", "contribution.reveal_deadline", Height},
		{"revealed", "contribution.revealed_height", Height},
		{"left", "contribution.ending.height", Height},
		{"why it left", "contribution.ending.reason", Enum(2)},
		{"made room for", "contribution.ending.by", Number},
		{"endorsed", "contribution.endorsement.height", Height},
		{"endorsed by proposal", "contribution.endorsement.proposal_id", Number},
		{"quarantined", "contribution.quarantine.height", Height},
		{"why quarantined", "contribution.quarantine.reason_uri", Text},
		{"quarantined by guardian", "contribution.quarantine.guardian", Text},
		{"quarantined until", "contribution.quarantine.until_ms", Milliseconds},
	}
}
