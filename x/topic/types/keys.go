// SPDX-License-Identifier: Apache-2.0

// Package types has the messages, records, errors and bounds of x/topic.
package types

const (
	// ModuleName names the module in genesis, routes, errors and the CLI.
	ModuleName = "topic"

	// Denom is the unit of deposits and prices.
	Denom = "uweal"

	// StoreKey names the module's store.
	StoreKey = ModuleName
)

// FirstTopicID is the id of the first topic of a chain: 0 would be left out of JSON,
// and means "none" everywhere.
const FirstTopicID = 1
