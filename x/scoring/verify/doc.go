// SPDX-License-Identifier: Apache-2.0

// Package verify checks what x/scoring says, without believing it: an epoch, by computing it again from what any node
// stores, and one contribution's result, offline, by its proof against an app hash.
package verify
