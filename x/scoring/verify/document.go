// SPDX-License-Identifier: Apache-2.0

package verify

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"

	cmtcrypto "github.com/cometbft/cometbft/proto/tendermint/crypto"

	"github.com/weal-network/weal/pkg/merkle"

	"github.com/weal-network/weal/x/scoring/types"
)

// Format names the documents that this version writes and reads.
const Format = "weal/result-proof/v1"

// ErrDocument says that a document is not as it was written.
var ErrDocument = errors.New("not a proof of a result as it was written")

// Document proves one contribution's result in an epoch against an app hash. It has one form for each proof, down to the
// byte, and its checksum finds any byte that was changed by accident; what was changed on purpose, the hashes find.
type Document struct {
	// Format is the version of the document.
	Format string `json:"format"`
	// ChainID and Height say where the proof was made: the app hash that it leads to is that of the header of the
	// block after Height. They help to find it and are not proved by it.
	ChainID string `json:"chain_id"`
	Height  int64  `json:"height"`

	// Result is what is proved.
	Result Result `json:"result"`
	// Index and Leaves say where the result stands in the epoch's Merkle tree, and among how many.
	Index  uint64 `json:"index"`
	Leaves uint64 `json:"leaves"`
	// Path are the hashes beside its way to the root, from the result up.
	Path []Hex `json:"path"`
	// Root is the epoch's Merkle root.
	Root Hex `json:"root"`
	// Store proves that the chain's state holds the root: first in the store of x/scoring, then in the app hash.
	Store []StoreProof `json:"store"`

	// Checksum is SHA-256 of the document without it.
	Checksum Hex `json:"checksum"`
}

// Result is a contribution's result, as the leaf of the tree holds it.
type Result struct {
	TopicID        uint64 `json:"topic_id"`
	Epoch          uint64 `json:"epoch"`
	ContributionID uint64 `json:"contribution_id"`
	// Quality is 0 to 65535.
	Quality uint32 `json:"quality"`
	// Consensus and Incentive are in 2^-32.
	Consensus uint64 `json:"consensus"`
	Incentive uint64 `json:"incentive"`
	// Reward is in uweal.
	Reward uint64 `json:"reward"`
}

// StoreProof is one step of the proof of a value in the chain's state.
type StoreProof struct {
	Type string `json:"type"`
	Key  Hex    `json:"key"`
	Data Hex    `json:"data"`
}

// Hex is bytes, written in lower-case hexadecimal.
type Hex []byte

// MarshalText implements encoding.TextMarshaler.
func (h Hex) MarshalText() ([]byte, error) { return []byte(hex.EncodeToString(h)), nil }

// UnmarshalText implements encoding.TextUnmarshaler.
func (h *Hex) UnmarshalText(text []byte) error {
	data, err := hex.DecodeString(string(text))
	*h = data
	return err
}

// NewDocument makes a document of what a node said, which need not be true.
func NewDocument(chainID string, height int64, res *types.QueryProofResponse, store *cmtcrypto.ProofOps) (Document, error) {
	if store == nil {
		return Document{}, fmt.Errorf("%w: the node gave no proof of its state", ErrDocument)
	}
	d := Document{
		Format: Format, ChainID: chainID, Height: height, Index: res.Index, Leaves: res.Leaves, Root: res.Root, Path: []Hex{},
		Result: Result{
			TopicID: res.Leaf.TopicId, Epoch: res.Leaf.Epoch, ContributionID: res.Leaf.ContributionId,
			Quality: res.Leaf.Quality, Consensus: res.Leaf.Consensus, Incentive: res.Leaf.Incentive, Reward: res.Leaf.Reward,
		},
	}
	for _, hash := range res.Path {
		d.Path = append(d.Path, hash)
	}
	for _, op := range store.Ops {
		d.Store = append(d.Store, StoreProof{Type: op.Type, Key: op.Key, Data: op.Data})
	}
	sum, err := d.sum()
	d.Checksum = sum
	return d, err
}

// sum is the checksum.
func (d Document) sum() (Hex, error) {
	d.Checksum = nil
	data, err := d.Bytes()
	sum := sha256.Sum256(data)
	return sum[:], err
}

// Bytes is the document as it is written.
func (d Document) Bytes() ([]byte, error) {
	data, err := json.MarshalIndent(d, "", "  ")
	return append(data, '\n'), err
}

// ParseDocument reads a document (ErrDocument).
func ParseDocument(data []byte) (Document, error) {
	var d Document
	decoder := json.NewDecoder(bytes.NewReader(data))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&d); err != nil {
		return Document{}, fmt.Errorf("%w: %w", ErrDocument, err)
	}
	if d.Format != Format {
		return Document{}, fmt.Errorf("%w: format is %q, this version reads %q", ErrDocument, d.Format, Format)
	}
	again, err := d.Bytes()
	if err != nil {
		return Document{}, fmt.Errorf("%w: %w", ErrDocument, err)
	}
	if !bytes.Equal(again, data) {
		return Document{}, fmt.Errorf("%w: byte %d differs from how it would be written", ErrDocument, firstDifference(again, data))
	}
	sum, err := d.sum()
	if err != nil {
		return Document{}, fmt.Errorf("%w: %w", ErrDocument, err)
	}
	if !bytes.Equal(sum, d.Checksum) {
		return Document{}, fmt.Errorf("%w: checksum is %x, the rest makes %x: something was changed", ErrDocument, []byte(d.Checksum), []byte(sum))
	}
	return d, nil
}

func firstDifference(a, b []byte) int {
	for i := range min(len(a), len(b)) {
		if a[i] != b[i] {
			return i
		}
	}
	return min(len(a), len(b))
}

// leaf is the result as the tree hashes it.
func (r Result) leaf() merkle.Hash {
	return merkle.Leaf(types.ResultLeaf{
		TopicId: r.TopicID, Epoch: r.Epoch, ContributionId: r.ContributionID,
		Quality: r.Quality, Consensus: r.Consensus, Incentive: r.Incentive, Reward: r.Reward,
	}.Bytes())
}
