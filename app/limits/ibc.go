// SPDX-License-Identifier: Apache-2.0

package limits

import (
	"strings"

	"cosmossdk.io/math"

	transfertypes "github.com/cosmos/ibc-go/v11/modules/apps/transfer/types"
	clienttypes "github.com/cosmos/ibc-go/v11/modules/core/02-client/types"
	connectiontypes "github.com/cosmos/ibc-go/v11/modules/core/03-connection/types"
	ibctm "github.com/cosmos/ibc-go/v11/modules/light-clients/07-tendermint"

	"github.com/weal-network/weal/pkg/bounds"
)

// IBC's core is one module with two sets of parameters; these are their names.
const (
	ClientModule     = "ibc-client"
	ConnectionModule = "ibc-connection"
)

const second = 1_000_000_000

// ofClient: what another chain says is believed because of the signatures of its
// validators. Other kinds of client believe one key, or verify what this binary cannot.
func ofClient(p clienttypes.Params) Settings {
	return Settings{Fixed: []Fixed{
		fixed("allowed_clients", strings.Join(p.AllowedClients, ","), ibctm.ModuleName, "it is the one kind of client that this version verifies by a validator set"),
	}}
}

// ofConnection: with a longer time a packet of a delayed connection waits for ages.
func ofConnection(p connectiontypes.Params) Settings {
	n := count("max_expected_time_per_block", p.MaxExpectedTimePerBlock, second, 600*second)
	n.Unit = bounds.Nanos
	return Settings{Numbers: []Number{n}}
}

// ofTransfer: transfers are the people's to open and to close.
func ofTransfer(p transfertypes.Params) Settings {
	return Settings{Switches: []Switch{
		{Name: "send_enabled", Value: p.SendEnabled, Why: "coins go to other chains; closed, what is under way still arrives or comes back"},
		{Name: "receive_enabled", Value: p.ReceiveEnabled, Why: "coins come from other chains; closed, they go back to who sent them"},
	}}
}

// Quota is what a quota may be: how much of a coin's supply may go, and come, over a channel in how many hours. One of 0 would
// close a way that transfer's switches close for all to see, and one that lasts for longer than a week would hold up for as long
// whoever comes after it is used up.
func Quota() []Number { return ofQuota(math.ZeroInt(), math.ZeroInt(), 0) }

func ofQuota(send, receive math.Int, hours uint64) []Number {
	return []Number{percent("max_percent_send", send), percent("max_percent_recv", receive), count("duration_hours", hours, 1, 7*24)}
}

func percent(name string, value math.Int) Number {
	if value.IsNil() {
		value = math.ZeroInt()
	}
	return Number{Name: name, Value: value.ToLegacyDec(), Least: math.LegacyOneDec(), Most: math.LegacyNewDec(100)}
}
