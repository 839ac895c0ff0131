// SPDX-License-Identifier: Apache-2.0

package fixed_test

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/weal-network/weal/pkg/fixed"
)

// digest hashes what a function gives for many arguments of every size.
func digest(f func(a, b uint64) fixed.Q32) string {
	hash, random := sha256.New(), rand.New(rand.NewPCG(1, 2))
	for range 50_000 {
		a, b := random.Uint64()>>random.IntN(64), random.Uint64()>>random.IntN(64)
		hash.Write(binary.BigEndian.AppendUint64(nil, uint64(f(a, b))))
	}
	return hex.EncodeToString(hash.Sum(nil)[:8])
}

// TestEveryBitIsWhatItWas: other tests bound the errors of these functions, and what is within the bounds would still part
// two versions of the chain. A change of a digest is a change of the state machine.
func TestEveryBitIsWhatItWas(t *testing.T) {
	for name, c := range map[string]struct {
		f    func(a, b uint64) fixed.Q32
		want string
	}{
		"Ln":                           {func(a, _ uint64) fixed.Q32 { return fixed.Ln(fixed.Q32(a >> 1)) }, "52b5aab3a4d1e887"},
		"Decay":                        {fixed.Decay, "0b61e3550fce8a24"},
		"Decay within some half-lives": {func(a, b uint64) fixed.Q32 { return fixed.Decay(a%(8*(b>>4)+1), b>>4) }, "1bfda96b5c7e4c10"},
	} {
		t.Run(name, func(t *testing.T) { require.Equal(t, c.want, digest(c.f)) })
	}
}
