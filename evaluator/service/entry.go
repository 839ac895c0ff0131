// SPDX-License-Identifier: Apache-2.0

package service

import (
	"bytes"
	"crypto/rand"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/weal-network/weal/evaluator/journal"
	"github.com/weal-network/weal/pkg/commitment"
	"github.com/weal-network/weal/pkg/row"
)

// Measured is what came of one contribution in an epoch.
type Measured struct {
	ID     uint64 `json:"id"`
	SHA256 string `json:"sha256"`
	// MicroBitsPerByte is the measured value in 10^-6 bits.
	MicroBitsPerByte int64 `json:"micro_bits_per_byte"`
	// Score is what the row gives, 0 to 65535.
	Score uint16 `json:"score"`
	// CopyOf is the earlier contribution that gives the same answers; 0 for none.
	CopyOf uint64 `json:"copy_of"`
	// Error says why nothing was measured; empty when it was.
	Error string `json:"error"`
}

// entry is the journal of one epoch of a topic. It is written once, before the
// commit is sent, and never changed: the salt is the one that the chain knows.
type entry struct {
	ChainID  string     `json:"chain_id"`
	Operator string     `json:"operator"`
	Topic    uint64     `json:"topic_id"`
	Epoch    uint64     `json:"epoch"`
	Salt     []byte     `json:"salt"`
	Row      []byte     `json:"row"`
	Measured []Measured `json:"measured"`
}

// newEntry makes the row of what was measured, with a fresh salt.
func newEntry(s Settings, topic, epoch uint64, measured []Measured) (entry, error) {
	scores := make([]row.Entry, 0, len(measured))
	for _, m := range measured {
		scores = append(scores, row.Entry{ID: m.ID, Score: m.Score})
	}
	encoded, err := row.Encode(scores)
	if err != nil {
		return entry{}, err
	}
	salt := make([]byte, 32)
	if _, err := rand.Read(salt); err != nil {
		return entry{}, err
	}
	return entry{
		ChainID: s.ChainID, Operator: s.Operator, Topic: topic, Epoch: epoch,
		Salt: salt, Row: encoded, Measured: measured,
	}, nil
}

// hash is what the chain is told at the commit.
func (e entry) hash(operator []byte) [32]byte {
	return commitment.Scores(e.ChainID, e.Topic, e.Epoch, operator, [32]byte(e.Salt), e.Row)
}

// check refuses a journal that is not of this chain, validator and epoch.
func (e entry) check(s Settings, topic, epoch uint64) error {
	if e.ChainID != s.ChainID || e.Operator != s.Operator || e.Topic != topic || e.Epoch != epoch || len(e.Salt) != 32 {
		return fmt.Errorf("the journal is of chain %s, operator %s, topic %d, epoch %d: use another home for another validator or chain",
			e.ChainID, e.Operator, e.Topic, e.Epoch)
	}
	return nil
}

func (s Settings) entryPath(topic, epoch uint64) string {
	return filepath.Join(s.Home, "journal", strconv.FormatUint(topic, 10), strconv.FormatUint(epoch, 10)+".json")
}

func (s Settings) valuesPath(topic, epoch uint64) string {
	return filepath.Join(s.Home, "measured", strconv.FormatUint(topic, 10), strconv.FormatUint(epoch, 10)+".jsonl")
}

// loadEntry returns the journal of an epoch, or journal.ErrNone.
func (s Settings) loadEntry(topic, epoch uint64) (entry, error) {
	e := entry{}
	if err := journal.Load(s.entryPath(topic, epoch), &e); err != nil {
		return e, err
	}
	return e, e.check(s, topic, epoch)
}

// keptEpochs is how many epochs of a topic stay in the journal.
const keptEpochs = 100

// prune removes the records of epochs that are long over.
func (s Settings) prune(topic, epoch uint64) error {
	var failures []error
	for _, path := range []string{s.entryPath(topic, 0), s.valuesPath(topic, 0)} {
		dir := filepath.Dir(path)
		for _, old := range epochsIn(dir) {
			if old.epoch+keptEpochs < epoch {
				failures = append(failures, os.Remove(filepath.Join(dir, old.name)))
			}
		}
	}
	return errors.Join(failures...)
}

type epochFile struct {
	epoch uint64
	name  string
}

// epochsIn lists the records of a directory by rising epoch.
func epochsIn(dir string) []epochFile {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil
	}
	var out []epochFile
	for _, e := range entries {
		number, _, _ := strings.Cut(e.Name(), ".")
		if n, err := strconv.ParseUint(number, 10, 64); err == nil {
			out = append(out, epochFile{n, e.Name()})
		}
	}
	slices.SortFunc(out, func(a, b epochFile) int {
		if a.epoch != b.epoch {
			return int(min(max(int64(a.epoch)-int64(b.epoch), -1), 1)) //nolint:gosec // epochs are small
		}
		return bytes.Compare([]byte(a.name), []byte(b.name))
	})
	return out
}

// restore shows what was measured before the last stop.
func (s *Service) restore() error {
	root := filepath.Join(s.settings.Home, "journal")
	topics, err := os.ReadDir(root)
	if errors.Is(err, os.ErrNotExist) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("read the journal: %w", err)
	}
	for _, t := range topics {
		topic, err := strconv.ParseUint(t.Name(), 10, 64)
		epochs := epochsIn(filepath.Join(root, t.Name()))
		if err != nil || len(epochs) == 0 {
			continue
		}
		e, err := s.settings.loadEntry(topic, epochs[len(epochs)-1].epoch)
		if err != nil {
			return err
		}
		s.board.set(e.Topic, e.Epoch, e.Measured)
	}
	return nil
}
