// SPDX-License-Identifier: Apache-2.0

package upgrades

import "testing"

// SetBefore makes the binary one of the release before an upgrade, for the length of a test.
func SetBefore(t *testing.T, name string) {
	t.Helper()
	before = name
	t.Cleanup(func() { before = "" })
}
