// SPDX-License-Identifier: Apache-2.0

// Package commitment makes the hashes by which one binds oneself to something
// without showing it yet: a contribution's artifact, or a row of scores.
//
// A hash binds the chain, the place and the account as well as the content, so
// that nobody can take another's hash and open it as one's own, nor use it
// twice. Each is SHA-256 over fields written one after the other, where a field
// of variable length has its length before it: no two different lists of fields
// give the same bytes.
//
//	bytes(x)  = length of x, 8 bytes big-endian | x
//	uint64(n) = n, 8 bytes big-endian
package commitment

import (
	"crypto/sha256"
	"encoding/binary"
)

const (
	contributionTag = "weal/contribution/v1"
	scoresTag       = "weal/scores/v1"
)

// Contribution is the hash that a contributor commits to before showing an
// artifact. digest is the artifact's SHA-256, contributor the account's address
// bytes, salt 32 bytes that only the contributor knows. It is SHA-256 of
//
//	bytes("weal/contribution/v1") | bytes(chainID) | uint64(topic) | bytes(contributor) | salt (32) | digest (32)
func Contribution(chainID string, topic uint64, contributor []byte, salt, digest [32]byte) [32]byte {
	buf := appendBytes(nil, []byte(contributionTag))
	buf = appendBytes(buf, []byte(chainID))
	buf = binary.BigEndian.AppendUint64(buf, topic)
	buf = appendBytes(buf, contributor)
	buf = append(buf, salt[:]...)
	buf = append(buf, digest[:]...)
	return sha256.Sum256(buf)
}

// Scores is the hash that a validator commits to before showing its scores.
// operator is the validator's operator address bytes (not the scorer key's), row
// the canonical row of pkg/row, salt 32 bytes that only the validator knows. It
// is SHA-256 of
//
//	bytes("weal/scores/v1") | bytes(chainID) | uint64(topic) | uint64(epoch) | bytes(operator) | salt (32) | bytes(row)
func Scores(chainID string, topic, epoch uint64, operator []byte, salt [32]byte, row []byte) [32]byte {
	buf := appendBytes(nil, []byte(scoresTag))
	buf = appendBytes(buf, []byte(chainID))
	buf = binary.BigEndian.AppendUint64(buf, topic)
	buf = binary.BigEndian.AppendUint64(buf, epoch)
	buf = appendBytes(buf, operator)
	buf = append(buf, salt[:]...)
	buf = appendBytes(buf, row)
	return sha256.Sum256(buf)
}

func appendBytes(buf, field []byte) []byte {
	buf = binary.BigEndian.AppendUint64(buf, uint64(len(field)))
	return append(buf, field...)
}
