// SPDX-License-Identifier: Apache-2.0

package types

import (
	"encoding/base64"
	"strconv"
	"strings"

	abci "github.com/cometbft/cometbft/abci/types"
	"github.com/cosmos/gogoproto/proto"

	sdk "github.com/cosmos/cosmos-sdk/types"
)

// AsEvent is what sdk.TypedEventToEvent makes of it, which goes the way of JSON there and back and so takes longer than a tile takes to be paid.
func (e *EventRewardsShared) AsEvent() sdk.Event {
	return event(e,
		attribute("epoch", number(e.Epoch)),
		attribute("tile", quoted(base64.StdEncoding.EncodeToString(e.Tile))),
		attribute("topic_id", number(e.TopicId)))
}

// AsEvent is what sdk.TypedEventToEvent makes of it, which takes longer than a part of a pot takes to be given.
func (e *EventSponsoredMatured) AsEvent() sdk.Event {
	return event(e,
		attribute("coins", list(e.Coins)),
		attribute("contribution_id", number(e.ContributionId)),
		attribute("epoch", number(e.Epoch)),
		attribute("topic_id", number(e.TopicId)))
}

func event(of proto.Message, attributes ...abci.EventAttribute) sdk.Event {
	return sdk.Event{Type: proto.MessageName(of), Attributes: attributes}
}

func attribute(key, value string) abci.EventAttribute {
	return abci.EventAttribute{Key: key, Value: value}
}

// number is how protobuf's JSON writes 64 bits.
func number(n uint64) string { return quoted(strconv.FormatUint(n, 10)) }

// quoted puts a text into quotes that has nothing to be escaped.
func quoted(text string) string { return `"` + text + `"` }

// list is the JSON of coins, whose denoms have nothing to be escaped.
func list(coins sdk.Coins) string {
	var b strings.Builder
	b.WriteByte('[')
	for i, coin := range coins {
		if i > 0 {
			b.WriteByte(',')
		}
		b.WriteString(`{"denom":"` + coin.Denom + `","amount":"` + coin.Amount.String() + `"}`)
	}
	b.WriteByte(']')
	return b.String()
}
