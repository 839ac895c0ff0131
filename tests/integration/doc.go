// SPDX-License-Identifier: Apache-2.0

// Package integration holds the tests that cross modules: the whole application in
// process, driven by signed transactions, from genesis to claims. What one module does by
// itself is tested beside its code; what whole nodes do together is in tests/e2e.
package integration
