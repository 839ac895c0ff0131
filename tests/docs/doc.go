// SPDX-License-Identifier: Apache-2.0

// Package docs runs the commands of the documents. Package blocks says how a
// document marks them; blocks that want a network run in tests/e2e, which has one.
package docs
