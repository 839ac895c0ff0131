// SPDX-License-Identifier: Apache-2.0

// Package types has the messages, records and rules of x/contribution.
package types

const (
	// ModuleName names the module in genesis, routes, errors and the CLI.
	ModuleName = "contribution"

	// StoreKey names the module's store.
	StoreKey = ModuleName

	// Denom is the denom of prices and bonds.
	Denom = "uweal"
)
