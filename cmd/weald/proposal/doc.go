// SPDX-License-Identifier: Apache-2.0

// Package proposal helps to write proposals and to see what they would do: `weald proposal
// draft` and `weald proposal preview`. Both read any node and write nothing to the chain;
// `weald tx gov submit-proposal` takes the file that a draft is.
package proposal
