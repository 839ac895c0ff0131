// SPDX-License-Identifier: Apache-2.0

package merkle_test

import (
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/weal-network/weal/pkg/merkle"
)

func leaves(n int) []merkle.Hash {
	out := make([]merkle.Hash, n)
	for i := range out {
		out[i] = merkle.Leaf(binary.BigEndian.AppendUint32(nil, uint32(i)))
	}
	return out
}

func root(hashes []merkle.Hash) merkle.Hash {
	return merkle.Root(uint64(len(hashes)), merkle.Top(hashes))
}

// The test vectors of the certificate transparency log's reference implementation.
func TestTopsAreThoseOfRFC6962(t *testing.T) {
	inputs := []string{"", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"}
	tops := []string{
		"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
		"6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
		"fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
		"aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
		"d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
		"4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
		"76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
		"ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
		"5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
	}
	var hashes []merkle.Hash
	for n, want := range tops {
		if n > 0 {
			data, err := hex.DecodeString(inputs[n-1])
			require.NoError(t, err)
			hashes = append(hashes, merkle.Leaf(data))
		}
		top := merkle.Top(hashes)
		require.Equal(t, want, hex.EncodeToString(top[:]), "%d leaves", n)
	}
}

func TestEveryLeafOfEveryTreeIsProved(t *testing.T) {
	for n := 1; n <= 70; n++ {
		hashes := leaves(n)
		for i := range hashes {
			require.NoError(t, merkle.Verify(root(hashes), hashes[i], uint64(i), uint64(n), merkle.Path(hashes, i)), "leaf %d of %d", i, n)
		}
	}
}

func TestATreeCanBeBuiltInParts(t *testing.T) {
	for n := 1; n <= 70; n++ {
		hashes := leaves(n)
		var tops []merkle.Hash
		for from := 0; from < n; from += 8 {
			tops = append(tops, merkle.Top(hashes[from:min(from+8, n)]))
		}
		require.Equal(t, merkle.Top(hashes), merkle.Top(tops), "%d leaves", n)
		for i := range hashes {
			part := hashes[i/8*8 : min(i/8*8+8, n)]
			path := append(merkle.Path(part, i%8), merkle.Path(tops, i/8)...)
			require.Equal(t, merkle.Path(hashes, i), path)
		}
	}
}

func TestNothingOfAProofCanBeChanged(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 40).Draw(t, "leaves")
		i := rapid.IntRange(0, n-1).Draw(t, "index")
		hashes := leaves(n)
		top, leaf, index, size, path := root(hashes), hashes[i], uint64(i), uint64(n), merkle.Path(hashes, i)
		flip := func(h *merkle.Hash) {
			h[rapid.IntRange(0, merkle.Size-1).Draw(t, "byte")] ^= 1 << rapid.IntRange(0, 7).Draw(t, "bit")
		}
		switch what := rapid.SampledFrom([]string{"root", "leaf", "index", "size", "hash", "longer", "shorter"}).Draw(t, "what"); {
		case what == "root":
			flip(&top)
		case what == "leaf":
			flip(&leaf)
		case what == "index":
			index ^= 1 << rapid.IntRange(0, 63).Draw(t, "bit")
		case what == "size":
			size ^= 1 << rapid.IntRange(0, 63).Draw(t, "bit")
		case what == "hash" && len(path) > 0:
			flip(&path[rapid.IntRange(0, len(path)-1).Draw(t, "at")])
		case what == "shorter" && len(path) > 0:
			path = path[1:]
		default:
			path = append(path, merkle.Hash{})
		}
		require.ErrorIs(t, merkle.Verify(top, leaf, index, size, path), merkle.ErrProof)
	})
}

func TestANodeIsNoLeafAndATopNoRoot(t *testing.T) {
	hashes := leaves(4)
	upper := []merkle.Hash{merkle.Top(hashes[:2]), merkle.Top(hashes[2:])}
	require.ErrorIs(t, merkle.Verify(root(hashes), upper[0], 0, 2, upper[1:]), merkle.ErrProof, "a node taken for a leaf of a smaller tree")
	require.ErrorIs(t, merkle.Verify(merkle.Top(hashes), hashes[0], 0, 4, merkle.Path(hashes, 0)), merkle.ErrProof)
	require.ErrorIs(t, merkle.Verify(root(nil), hashes[0], 0, 0, nil), merkle.ErrProof, "a tree without leaves proves nothing")
}

func FuzzVerifyRefusesWhatWasNotBuilt(f *testing.F) {
	f.Add(uint64(0), uint64(1), []byte{})
	f.Add(uint64(2), uint64(3), make([]byte, 64))
	f.Add(^uint64(0)-1, ^uint64(0), make([]byte, 32*63))
	hashes := leaves(5)
	top := root(hashes)
	f.Fuzz(func(t *testing.T, index, size uint64, data []byte) {
		path := make([]merkle.Hash, len(data)/merkle.Size)
		for i := range path {
			copy(path[i][:], data[i*merkle.Size:])
		}
		if merkle.Verify(top, hashes[2], index, size, path) == nil {
			require.Equal(t, []uint64{2, 5}, []uint64{index, size})
			require.Equal(t, merkle.Path(hashes, 2), path)
		}
	})
}

func Example() {
	hashes := []merkle.Hash{merkle.Leaf([]byte("a")), merkle.Leaf([]byte("b")), merkle.Leaf([]byte("c"))}
	top := merkle.Root(3, merkle.Top(hashes))
	path := merkle.Path(hashes, 1)
	fmt.Println(len(path), merkle.Verify(top, hashes[1], 1, 3, path))
	fmt.Println(merkle.Verify(top, hashes[1], 1, 4, path) != nil)
	// Output:
	// 2 <nil>
	// true
}

func BenchmarkTop256(b *testing.B) {
	hashes := leaves(256)
	for b.Loop() {
		merkle.Top(hashes)
	}
}
