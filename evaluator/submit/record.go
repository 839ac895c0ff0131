// SPDX-License-Identifier: Apache-2.0

package submit

import (
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/weal-network/weal/evaluator/journal"
	"github.com/weal-network/weal/pkg/commitment"
)

// record is the state of one submission. The salt is saved before the commit is
// sent: without it nobody could ever reveal what was committed.
type record struct {
	ChainID         string   `json:"chain_id"`
	TopicID         uint64   `json:"topic_id"`
	Contributor     string   `json:"contributor"`
	SHA256          string   `json:"sha256"`
	Salt            []byte   `json:"salt"`
	URIs            []string `json:"uris"`
	SampleMicroBits int64    `json:"sample_micro_bits_per_byte"`
	// MaxPrice is the most that the commit may cost, Price what it did, and Bond what
	// the reveal does, in uweal.
	MaxPrice uint64 `json:"max_price"`
	Price    uint64 `json:"price"`
	Bond     uint64 `json:"bond"`
	CommitTx string `json:"commit_tx"`
	// CommitVoidAt is when the commit's transaction can no longer enter a block.
	CommitVoidAt   time.Time `json:"commit_void_at"`
	ContributionID uint64    `json:"contribution_id"`
	RevealDeadline int64     `json:"reveal_deadline"`
	RevealTx       string    `json:"reveal_tx"`
	RevealVoidAt   time.Time `json:"reveal_void_at"`
}

func (r *record) digest() []byte {
	b, err := hex.DecodeString(r.SHA256)
	if err != nil || len(b) != 32 {
		return make([]byte, 32)
	}
	return b
}

// hash is what the chain is told at the commit.
func (r *record) hash(account []byte) []byte {
	h := commitment.Contribution(r.ChainID, r.TopicID, account, [32]byte(r.Salt), [32]byte(r.digest()))
	return h[:]
}

// forgetCommit starts over with a new salt.
func (r *record) forgetCommit() error {
	salt := make([]byte, 32)
	if _, err := rand.Read(salt); err != nil {
		return err
	}
	r.Salt, r.CommitTx, r.ContributionID, r.RevealDeadline, r.RevealTx = salt, "", 0, 0, ""
	return nil
}

func (s *Submitter) path(topic uint64, digest [32]byte) string {
	name := fmt.Sprintf("%d-%s-%x.json", topic, s.Account, digest)
	return filepath.Join(s.Home, "submissions", s.ChainID, name)
}

// open takes up the record of a model, or begins one.
func (s *Submitter) open(topic uint64, digest [32]byte) (*record, error) {
	r := &record{}
	err := journal.Load(s.path(topic, digest), r)
	if err == nil && len(r.Salt) == 32 {
		return r, nil
	}
	if err != nil && !errors.Is(err, journal.ErrNone) {
		return nil, err
	}
	r = &record{ChainID: s.ChainID, TopicID: topic, Contributor: s.Account.String(), SHA256: hex.EncodeToString(digest[:])}
	if err := r.forgetCommit(); err != nil {
		return nil, err
	}
	return r, nil
}

func (s *Submitter) save(r *record) error {
	return journal.Save(s.path(r.TopicID, [32]byte(r.digest())), r)
}

// drop removes the record of a submission that is over.
func (s *Submitter) drop(r *record) error {
	err := os.Remove(s.path(r.TopicID, [32]byte(r.digest())))
	if errors.Is(err, os.ErrNotExist) {
		return nil
	}
	return err
}
