// SPDX-License-Identifier: Apache-2.0

package integration_test

import (
	abci "github.com/cometbft/cometbft/abci/types"

	banktypes "github.com/cosmos/cosmos-sdk/x/bank/types"
)

// transfersTo counts the transfers to an account among events.
func transfersTo(events []abci.Event, recipient string) int {
	count := 0
	for _, event := range events {
		if event.Type != banktypes.EventTypeTransfer {
			continue
		}
		for _, attribute := range event.Attributes {
			if attribute.Key == banktypes.AttributeKeyRecipient && attribute.Value == recipient {
				count++
			}
		}
	}
	return count
}
