// SPDX-License-Identifier: Apache-2.0

package norand

import (
	"crypto/sha256"
	"math/rand" // want "math/rand in state code"
)

func pick(n int) int { return rand.Intn(n) }

func seeded(seed []byte) [32]byte { return sha256.Sum256(seed) }
