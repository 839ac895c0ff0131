// SPDX-License-Identifier: Apache-2.0

// Package blocks measures how long blocks take in which much is due.
package blocks
