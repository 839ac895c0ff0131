// SPDX-License-Identifier: Apache-2.0

package commitment_test

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/weal-network/weal/pkg/commitment"
)

// contributionFields and scoreFields are the arguments as comparable values.
type contributionFields struct {
	chain, contributor string
	topic              uint64
	salt, digest       [32]byte
}

func (f contributionFields) hash() [32]byte {
	return commitment.Contribution(f.chain, f.topic, []byte(f.contributor), f.salt, f.digest)
}

type scoreFields struct {
	chain, operator, row string
	topic, epoch         uint64
	salt                 [32]byte
}

func (f scoreFields) hash() [32]byte {
	return commitment.Scores(f.chain, f.topic, f.epoch, []byte(f.operator), f.salt, []byte(f.row))
}

var (
	contribution = contributionFields{
		chain: "weal-1", contributor: "contributor-address!", topic: 7,
		salt: [32]byte{1, 2, 3}, digest: sha256.Sum256([]byte("artifact")),
	}
	scores = scoreFields{
		chain: "weal-1", operator: "validator-operator!!", row: "\x01\x00\x02", topic: 7, epoch: 42,
		salt: [32]byte{4, 5, 6},
	}
)

// u64 and lp are the documented layout, written as plainly as it can be.
func u64(n uint64) string {
	return string([]byte{
		byte(n >> 56), byte(n >> 48), byte(n >> 40), byte(n >> 32),
		byte(n >> 24), byte(n >> 16), byte(n >> 8), byte(n),
	})
}

func lp(s string) string { return u64(uint64(len(s))) + s }

func (f contributionFields) oracle() [32]byte {
	return sha256.Sum256([]byte(lp("weal/contribution/v1") + lp(f.chain) + u64(f.topic) +
		lp(f.contributor) + string(f.salt[:]) + string(f.digest[:])))
}

func (f scoreFields) oracle() [32]byte {
	return sha256.Sum256([]byte(lp("weal/scores/v1") + lp(f.chain) + u64(f.topic) + u64(f.epoch) +
		lp(f.operator) + string(f.salt[:]) + lp(f.row)))
}

func TestGoldenHashesDoNotChange(t *testing.T) {
	c, s := contribution.hash(), scores.hash()
	require.Equal(t, "71cc7050872d1bbdec6faa2bfbac1d39bad9aa88b5081beb004813d1c653c4bc", hex.EncodeToString(c[:]))
	require.Equal(t, "0e535259fdb51e441673bf257d583299c5d82e175e325522a230170aac59230c", hex.EncodeToString(s[:]))
}

func TestEveryFieldOfAContributionIsBound(t *testing.T) {
	changed := map[string]contributionFields{}
	for name, change := range map[string]func(*contributionFields){
		"the chain":       func(f *contributionFields) { f.chain = "weal-2" },
		"the topic":       func(f *contributionFields) { f.topic++ },
		"the contributor": func(f *contributionFields) { f.contributor = "another" },
		"the salt":        func(f *contributionFields) { f.salt[31] ^= 1 },
		"the artifact":    func(f *contributionFields) { f.digest[31] ^= 1 },
	} {
		f := contribution
		change(&f)
		changed[name] = f
	}
	for name, f := range changed {
		require.NotEqual(t, contribution.hash(), f.hash(), name)
	}
}

func TestEveryFieldOfScoresIsBound(t *testing.T) {
	for name, change := range map[string]func(*scoreFields){
		"the chain":    func(f *scoreFields) { f.chain = "weal-2" },
		"the topic":    func(f *scoreFields) { f.topic++ },
		"the epoch":    func(f *scoreFields) { f.epoch++ },
		"the operator": func(f *scoreFields) { f.operator = "another" },
		"the salt":     func(f *scoreFields) { f.salt[31] ^= 1 },
		"the row":      func(f *scoreFields) { f.row += "\x01\x00\x02" },
	} {
		f := scores
		change(&f)
		require.NotEqual(t, scores.hash(), f.hash(), name)
	}
}

func TestBytesCannotMoveFromOneFieldToTheNext(t *testing.T) {
	a, b := contribution, contribution
	a.chain, a.contributor = "weal-1", "x"
	b.chain, b.contributor = "weal-1x", ""
	require.NotEqual(t, a.hash(), b.hash())
}

func TestHashesAreOfTheDocumentedBytes(t *testing.T) {
	bytes32 := rapid.Map(rapid.SliceOfN(rapid.Byte(), 32, 32), func(b []byte) [32]byte { return [32]byte(b) })
	rapid.Check(t, func(t *rapid.T) {
		c := contributionFields{
			chain: rapid.String().Draw(t, "chain"), contributor: rapid.String().Draw(t, "contributor"),
			topic: rapid.Uint64().Draw(t, "topic"), salt: bytes32.Draw(t, "salt"), digest: bytes32.Draw(t, "digest"),
		}
		require.Equal(t, c.oracle(), c.hash())
		s := scoreFields{
			chain: c.chain, operator: c.contributor, row: rapid.String().Draw(t, "row"),
			topic: c.topic, epoch: rapid.Uint64().Draw(t, "epoch"), salt: c.salt,
		}
		require.Equal(t, s.oracle(), s.hash())
	})
}

// The worked example of README.md.
func Example() {
	hash := commitment.Scores("weal-1", 7, 42, []byte("validator-operator!!"), [32]byte{4, 5, 6}, []byte{1, 0, 2})
	fmt.Printf("%x\n", hash)
	// Output: 0e535259fdb51e441673bf257d583299c5d82e175e325522a230170aac59230c
}
