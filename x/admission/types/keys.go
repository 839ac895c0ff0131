// SPDX-License-Identifier: Apache-2.0

// Package types has the messages, records, errors and bounds of x/admission.
package types

const (
	// ModuleName names the module in genesis, routes, errors and the CLI.
	ModuleName = "admission"

	// StoreKey names the module's store.
	StoreKey = ModuleName
)
