// SPDX-License-Identifier: Apache-2.0

package proposal

import (
	"encoding/json"
	"fmt"
	"io"
	"time"

	"cosmossdk.io/math"

	"github.com/cosmos/cosmos-sdk/codec"
	sdk "github.com/cosmos/cosmos-sdk/types"
	govv1 "github.com/cosmos/cosmos-sdk/x/gov/types/v1"

	"github.com/weal-network/weal/app"
)

// Draft is a proposal as `weald tx gov submit-proposal` reads it from a file.
type Draft struct {
	Messages  []json.RawMessage `json:"messages"`
	Metadata  string            `json:"metadata"`
	Deposit   string            `json:"deposit"`
	Title     string            `json:"title"`
	Summary   string            `json:"summary"`
	Expedited bool              `json:"expedited"`
}

// New drafts a proposal with a full deposit.
func New(cdc codec.JSONCodec, title string, messages []sdk.Msg, gov govv1.Params, expedited bool) (Draft, error) {
	deposit := sdk.Coins(gov.MinDeposit)
	if expedited {
		deposit = gov.ExpeditedMinDeposit
	}
	d := Draft{
		Messages: []json.RawMessage{}, Deposit: deposit.String(), Title: title, Expedited: expedited,
		Summary: "Say here why, what follows from it, and where it was discussed.",
	}
	if len(messages) == 0 {
		d.Metadata = exampleReason // the chain takes no proposal that has neither
	}
	for _, message := range messages {
		bz, err := cdc.MarshalInterfaceJSON(message)
		if err != nil {
			return Draft{}, err
		}
		d.Messages = append(d.Messages, bz)
	}
	return d, nil
}

// Write writes the draft to be edited.
func (d Draft) Write(w io.Writer) error {
	encoder := json.NewEncoder(w)
	encoder.SetIndent("", "  ")
	encoder.SetEscapeHTML(false)
	return encoder.Encode(d)
}

// Explain says what a proposal costs, when the deposit comes back, and how long it all takes.
func Explain(w io.Writer, gov govv1.Params, expedited bool) error {
	deposit, period, threshold := sdk.Coins(gov.MinDeposit), gov.VotingPeriod, gov.Threshold
	if expedited {
		deposit, period, threshold = gov.ExpeditedMinDeposit, gov.ExpeditedVotingPeriod, gov.ExpeditedThreshold
	}
	ratio, err := math.LegacyNewDecFromStr(gov.MinInitialDepositRatio)
	if err != nil {
		return err
	}
	initial := deposit.AmountOf(app.BaseDenom).ToLegacyDec().Mul(ratio).Ceil().TruncateInt()
	_, err = fmt.Fprintf(w, `deposit   %s, of which at least %s%s when it is submitted; anybody may add the rest within %s
          it comes back unless %s of the votes are vetoes%s
voting    %s from when the deposit is complete
passes    if at least %s of all power votes, and more than %s of what is not abstained is yes
`, deposit, initial, app.BaseDenom, lasting(gov.MaxDepositPeriod), percent(gov.VetoThreshold), lostToo(gov), lasting(period), percent(gov.Quorum), percent(threshold))
	return err
}

// lostToo says what else takes a deposit, under parameters that are not the default ones.
func lostToo(gov govv1.Params) string {
	text := ""
	if gov.BurnVoteQuorum {
		text += ", or too few vote"
	}
	if gov.BurnProposalDepositPrevote {
		text += ", or it is never complete"
	}
	return text
}

// lasting writes a period; one that is not set is none.
func lasting(d *time.Duration) string {
	if d == nil {
		return "no time"
	}
	if *d >= 48*time.Hour && *d%(24*time.Hour) == 0 {
		return fmt.Sprintf("%d days", *d/(24*time.Hour))
	}
	return d.String()
}

// percent writes a share for people; one that is no number is left as it is.
func percent(share string) string {
	dec, err := math.LegacyNewDecFromStr(share)
	if err != nil {
		return share
	}
	whole := dec.MulInt64(1000).RoundInt64()
	return fmt.Sprintf("%d.%d%%", whole/10, whole%10)
}
