// SPDX-License-Identifier: Apache-2.0

package types

const (
	// ModuleName names the module in genesis, routes, errors and the CLI.
	ModuleName = "admission"

	// StoreKey names the module's store.
	StoreKey = ModuleName
)
