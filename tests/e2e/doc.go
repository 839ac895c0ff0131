// SPDX-License-Identifier: Apache-2.0

// Package e2e runs the main job with real processes: a network of four nodes and four evaluators, on which contributors
// submit trained models, and on which one validator is killed. WEALD names the binary; `make test-e2e` builds it first.
package e2e
