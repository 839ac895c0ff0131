// SPDX-License-Identifier: Apache-2.0

// Package types has the messages, records, errors and bounds of x/merit.
package types

import "cosmossdk.io/collections"

const (
	// ModuleName names the module in genesis, routes, errors and the CLI.
	ModuleName = "merit"
	// StoreKey names the module's store.
	StoreKey = ModuleName
)

// Prefixes of the store.
var (
	ParamsKey        = collections.NewPrefix(0)
	ClockKey         = collections.NewPrefix(1)
	HoldingsKey      = collections.NewPrefix(2)
	RanksKey         = collections.NewPrefix(3)
	SourcesKey       = collections.NewPrefix(4)
	TotalsKey        = collections.NewPrefix(5)
	RecordingsKey    = collections.NewPrefix(6)
	NextRecordingKey = collections.NewPrefix(7)
	LosingKey        = collections.NewPrefix(8)
	TalliesKey       = collections.NewPrefix(9)
)
