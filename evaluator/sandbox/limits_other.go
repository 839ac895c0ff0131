// SPDX-License-Identifier: Apache-2.0

//go:build !linux

package sandbox

// limitProcess does nothing here: memory is bounded by Go's own limit, and time
// by the parent, which ends the child.
func limitProcess(Limits) error { return nil }
