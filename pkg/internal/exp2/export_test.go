// SPDX-License-Identifier: Apache-2.0

package exp2

// Roots and Ln2 are the constants, for the tests that recompute them.
var (
	Roots = roots
	Ln2   = ln2
)
