// SPDX-License-Identifier: Apache-2.0

package localnet

import "encoding/json"

// Report is what a network made of its models, as JSON for programs.
type Report struct {
	// Height is the block at which this was read.
	Height int64 `json:"height"`
	// Topic is the topic's slug.
	Topic string `json:"topic"`
	// Epoch is the last one opened.
	Epoch uint64 `json:"epoch"`
	// ScoredEpochs counts the epochs scored while this run watched.
	ScoredEpochs uint64 `json:"scored_epochs"`
	// Phase is "commit", "reveal" or "waiting".
	Phase string `json:"phase"`
	// BlocksLeft is how many blocks the phase lasts.
	BlocksLeft int64 `json:"blocks_left"`
	// Supply is the bank's, in uweal.
	Supply uint64 `json:"supply"`
	// Issued is all that was ever minted, in uweal.
	Issued uint64 `json:"issued"`
	// AuditOK is whether every identity of the money holds.
	AuditOK bool `json:"audit_ok"`
	// Models are by contribution; those that were refused come last.
	Models []ModelRow `json:"models"`
	// Validators are in the order of the description.
	Validators []ValidatorRow `json:"validators"`
}

// ModelRow is one model and what the network made of it.
type ModelRow struct {
	Name   string `json:"name"`
	ID     uint64 `json:"id,omitempty"`
	SHA256 string `json:"sha256"`
	// BitsPerByte is the mean of what the validators measured in the last scored epoch; absent before it.
	BitsPerByte *float64 `json:"bits_per_byte"`
	// Quality is the power-weighted median score, 0 to 65535.
	Quality uint32 `json:"quality"`
	// Consensus is the power-weighted median weight, 0 to 1.
	Consensus float64 `json:"consensus"`
	// Incentive is the share in the contributors' budget of the last scored epoch, 0 to 1.
	Incentive float64 `json:"incentive"`
	// RewardUweal is all that it was ever given.
	RewardUweal uint64 `json:"reward_uweal"`
	// ClaimedUweal is the part that was paid out.
	ClaimedUweal uint64 `json:"claimed_uweal"`
	// Parents are what it was built on.
	Parents []uint64 `json:"parents"`
	// CopyOf is the earlier contribution with equal outputs; 0 for none.
	CopyOf uint64 `json:"copy_of,omitempty"`
	// Refused is why the network did not take it.
	Refused string `json:"refused,omitempty"`

	mature  uint64
	account string
}

// ValidatorRow is one validator and what it did.
type ValidatorRow struct {
	Name     string `json:"name"`
	Operator string `json:"operator"`
	// Power is its capped scoring power in the last scored epoch, in uweal.
	Power uint64 `json:"power"`
	// Trust is the sum of its clipped weights in the last scored epoch, 0 to 1.
	Trust float64 `json:"trust"`
	// Innovation is the moving average of how much it knew beyond the public, up to 1.
	Innovation float64 `json:"innovation"`
	// DividendsUweal is all that it was ever given for scoring.
	DividendsUweal uint64 `json:"dividends_uweal"`
	// Misses counts the epochs that it committed in and did not reveal.
	Misses uint64 `json:"misses"`
	// Committed and Revealed are of the running epoch.
	Committed bool `json:"committed"`
	Revealed  bool `json:"revealed"`
	// LastRevealHeight is the block of its last reveal; 0 for none.
	LastRevealHeight int64 `json:"last_reveal_height"`
}

// writeReport writes the report whole or not at all.
func writeReport(path string, r Report) error {
	bz, err := json.MarshalIndent(r, "", "  ")
	if err != nil {
		return err
	}
	return writeWhole(path, append(bz, '\n'))
}
