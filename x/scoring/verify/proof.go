// SPDX-License-Identifier: Apache-2.0

package verify

import (
	"errors"
	"fmt"
	"math"

	cmtmerkle "github.com/cometbft/cometbft/crypto/merkle"
	cmtcrypto "github.com/cometbft/cometbft/proto/tendermint/crypto"

	"cosmossdk.io/collections"

	"github.com/cosmos/cosmos-sdk/store/v2/rootmulti"

	"github.com/weal-network/weal/pkg/merkle"

	"github.com/weal-network/weal/x/scoring/types"
)

// ErrUnproved says that a document does not prove its result against the app hash.
var ErrUnproved = errors.New("result is not proved")

// maxPath bounds the hashes of a path, and maxStore the steps of the proof of the root, so that nobody's file makes much work.
const (
	maxPath  = 64
	maxStore = 8
)

// Prove checks that the document proves its result: that it is in the epoch's Merkle tree, and that a state of that app
// hash holds the tree's root where x/scoring keeps it. It asks nobody.
func (d Document) Prove(appHash []byte) error {
	if err := d.proveResult(); err != nil {
		return err
	}
	return d.proveRoot(appHash)
}

// proveResult is the way from the result to the root.
func (d Document) proveResult() error {
	if d.Result.Quality > math.MaxUint16 {
		return fmt.Errorf("%w: quality is %d, at most %d", ErrUnproved, d.Result.Quality, math.MaxUint16)
	}
	if len(d.Path) > maxPath {
		return fmt.Errorf("%w: %d hashes in the path, at most %d", ErrUnproved, len(d.Path), maxPath)
	}
	root, err := hash(d.Root)
	if err != nil {
		return err
	}
	path := make([]merkle.Hash, len(d.Path))
	for i, h := range d.Path {
		if path[i], err = hash(h); err != nil {
			return err
		}
	}
	if err := merkle.Verify(root, d.Result.leaf(), d.Index, d.Leaves, path); err != nil {
		return fmt.Errorf("%w: the result is not in the tree of its epoch: %w", ErrUnproved, err)
	}
	return nil
}

// proveRoot is the way from the root to the app hash.
func (d Document) proveRoot(appHash []byte) error {
	if len(d.Store) > maxStore {
		return fmt.Errorf("%w: %d steps in the proof of the root, at most %d", ErrUnproved, len(d.Store), maxStore)
	}
	key, err := RootKey(d.Result.TopicID, d.Result.Epoch)
	if err != nil {
		return err
	}
	ops := &cmtcrypto.ProofOps{}
	for _, step := range d.Store {
		ops.Ops = append(ops.Ops, cmtcrypto.ProofOp{Type: step.Type, Key: step.Key, Data: step.Data})
	}
	path := cmtmerkle.KeyPath{}.AppendKey([]byte(types.StoreKey), cmtmerkle.KeyEncodingURL).AppendKey(key, cmtmerkle.KeyEncodingHex)
	if err := verifyValue(ops, appHash, path.String(), d.Root); err != nil {
		return fmt.Errorf("%w: no state of app hash %X holds the root %x for epoch %d of topic %d: %w", ErrUnproved, appHash, []byte(d.Root), d.Result.Epoch, d.Result.TopicID, err)
	}
	return nil
}

// verifyValue checks the proof of a value in the state. A proof that makes its decoder panic is refused.
func verifyValue(ops *cmtcrypto.ProofOps, appHash []byte, path string, value []byte) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("malformed proof: %v", r)
		}
	}()
	return rootmulti.DefaultProofRuntime().VerifyValue(ops, appHash, path, value)
}

// RootKey is where x/scoring keeps the Merkle root of an epoch.
func RootKey(topicID, epoch uint64) ([]byte, error) {
	codec := collections.PairKeyCodec(collections.Uint64Key, collections.Uint64Key)
	return collections.EncodeKeyWithPrefix(types.RootsPrefix, codec, collections.Join(topicID, epoch))
}

func hash(data []byte) (merkle.Hash, error) {
	if len(data) != merkle.Size {
		return merkle.Hash{}, fmt.Errorf("%w: a hash is %d bytes, expected %d", ErrUnproved, len(data), merkle.Size)
	}
	return merkle.Hash(data), nil
}
