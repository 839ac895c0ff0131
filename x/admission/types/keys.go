// SPDX-License-Identifier: Apache-2.0

// Package types has the messages, records, errors and bounds of x/admission.
package types

const (
	// ModuleName names the module in genesis, routes, errors and the CLI.
	ModuleName = "admission"

	// StoreKey names the module's store.
	StoreKey = ModuleName

	// Denom is the coin of deposits.
	Denom = "uweal"

	// MaxRegistrars bounds how many registrars there are at a time.
	MaxRegistrars = 16

	// MaxExpiries bounds how many admissions end at their time in one block, how many
	// applications, and how many outsiders are jailed. The rest waits for the next block.
	MaxExpiries = 100
)
