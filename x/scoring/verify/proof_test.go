// SPDX-License-Identifier: Apache-2.0

package verify_test

import (
	"flag"
	"fmt"
	"os"
	"testing"

	dbm "github.com/cosmos/cosmos-db"
	"github.com/stretchr/testify/require"

	"cosmossdk.io/log/v2"

	"github.com/cosmos/cosmos-sdk/store/v2/rootmulti"
	storetypes "github.com/cosmos/cosmos-sdk/store/v2/types"

	"github.com/weal-network/weal/pkg/merkle"

	"github.com/weal-network/weal/x/scoring/types"
	"github.com/weal-network/weal/x/scoring/verify"
)

// proved is the document of a contribution among five, and the app hash of the state that holds their root.
func proved(t testing.TB, index int) (verify.Document, []byte) {
	t.Helper()
	result := types.EpochResult{TopicId: 7, Epoch: 42}
	for j := range uint64(5) {
		result.ContributionIds = append(result.ContributionIds, 10+j)
		result.Quality = append(result.Quality, uint32(1_000*j))
		result.Consensus = append(result.Consensus, j<<28)
		result.Incentive = append(result.Incentive, j<<27)
		result.Reward = append(result.Reward, j*1_000_000)
	}
	root := result.Root()
	key, err := verify.RootKey(7, 42)
	require.NoError(t, err)

	store := rootmulti.NewStore(dbm.NewMemDB(), log.NewNopLogger())
	scoring, other := storetypes.NewKVStoreKey(types.StoreKey), storetypes.NewKVStoreKey("other")
	store.MountStoreWithDB(scoring, storetypes.StoreTypeIAVL, nil)
	store.MountStoreWithDB(other, storetypes.StoreTypeIAVL, nil)
	require.NoError(t, store.LoadLatestVersion())
	store.GetKVStore(scoring).Set(key, root[:])
	store.GetKVStore(scoring).Set([]byte("beside"), []byte("it"))
	store.GetKVStore(other).Set([]byte("something"), []byte("else"))
	committed := store.Commit()
	answer, err := store.Query(&storetypes.RequestQuery{Path: "/" + types.StoreKey + "/key", Data: key, Height: committed.Version, Prove: true})
	require.NoError(t, err)

	leaves := result.Leaves()
	res := &types.QueryProofResponse{Leaf: leaves[index], Index: uint64(index), Leaves: 5, Root: root[:], Key: key}
	for _, hash := range merkle.Path(types.HashLeaves(leaves), index) {
		res.Path = append(res.Path, hash[:])
	}
	document, err := verify.NewDocument("weal-test-1", committed.Version, res, answer.ProofOps)
	require.NoError(t, err)
	return document, committed.Hash
}

func TestAProofHoldsAgainstItsAppHashAndNoOther(t *testing.T) {
	for index := range 5 {
		document, appHash := proved(t, index)
		data, err := document.Bytes()
		require.NoError(t, err)
		read, err := verify.ParseDocument(data)
		require.NoError(t, err)
		require.Equal(t, document, read)
		require.NoError(t, read.Prove(appHash))
		appHash[0]++
		require.ErrorIs(t, read.Prove(appHash), verify.ErrUnproved)
	}
}

var update = flag.Bool("update", false, "write the proof into testdata")

// Documents that were written are read for ever: this one is of the first version, and what it is checked against.
func TestTheDocumentIsWrittenAsItEverWas(t *testing.T) {
	document, appHash := proved(t, 3)
	data, err := document.Bytes()
	require.NoError(t, err)
	if *update {
		require.NoError(t, os.WriteFile("testdata/proof.json", data, 0o600))
		require.NoError(t, os.WriteFile("testdata/apphash.txt", fmt.Appendf(nil, "%X\n", appHash), 0o600))
	}
	golden, err := os.ReadFile("testdata/proof.json")
	require.NoError(t, err)
	require.Equal(t, string(golden), string(data))
	trusted, err := os.ReadFile("testdata/apphash.txt")
	require.NoError(t, err)
	require.Equal(t, string(trusted), fmt.Sprintf("%X\n", appHash))
}

// A root of another epoch, or of no epoch, proves nothing of this one, however true it is.
func TestARootProvesItsOwnEpochOnly(t *testing.T) {
	document, appHash := proved(t, 1)
	document.Result.Epoch++
	require.ErrorIs(t, document.Prove(appHash), verify.ErrUnproved)

	document, appHash = proved(t, 1)
	document.Store[0].Key = []byte("beside")
	require.ErrorIs(t, document.Prove(appHash), verify.ErrUnproved)
}

func TestANodeThatProvesNothingMakesNoDocument(t *testing.T) {
	_, err := verify.NewDocument("weal-test-1", 1, &types.QueryProofResponse{}, nil)
	require.ErrorIs(t, err, verify.ErrDocument)
}

func TestADocumentHasOneForm(t *testing.T) {
	document, _ := proved(t, 0)
	data, err := document.Bytes()
	require.NoError(t, err)
	for name, spoilt := range map[string]string{
		"nothing":         "",
		"no object":       "7",
		"another format":  `{"format": "weal/result-proof/v9"}`,
		"unknown fields":  `{"format": "weal/result-proof/v1", "more": 1}`,
		"without a line":  string(data[:len(data)-1]),
		"with one more":   string(data) + "\n",
		"two of them":     string(data) + string(data),
		"not hexadecimal": `{"format": "weal/result-proof/v1", "root": "zz"}`,
	} {
		_, err := verify.ParseDocument([]byte(spoilt))
		require.ErrorIs(t, err, verify.ErrDocument, name)
	}
}

// Whatever somebody writes into a file, it is refused without a panic, or it is the document that was written.
func FuzzHostileProofs(f *testing.F) {
	document, appHash := proved(f, 3)
	data, err := document.Bytes()
	require.NoError(f, err)
	f.Add(data, []byte(document.Store[0].Data), 0)
	f.Add([]byte("{}"), []byte{0x0a, 0xff, 0xff}, 1)
	f.Fuzz(func(t *testing.T, text, op []byte, at int) {
		if d, err := verify.ParseDocument(text); err == nil && d.Prove(appHash) == nil {
			require.Equal(t, string(data), string(text))
		}
		d := document
		d.Store = append([]verify.StoreProof(nil), document.Store...)
		step := &d.Store[(at&0x7fffffff)%len(d.Store)]
		step.Data = op
		if err := d.Prove(appHash); err != nil {
			require.ErrorIs(t, err, verify.ErrUnproved)
		}
	})
}
