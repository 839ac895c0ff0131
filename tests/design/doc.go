// SPDX-License-Identifier: Apache-2.0

// Package design holds the rules of the repository that a compiler does not:
// who may import whom, what a module consists of, what a file may say. Its
// tests read the tree and the import graph; they link none of the node.
package design
