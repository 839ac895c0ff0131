// SPDX-License-Identifier: Apache-2.0

package types

// DefaultParams are those of a new chain: only admitted operators become validators.
func DefaultParams() Params {
	return Params{ValidatorsPermissioned: true}
}
