// SPDX-License-Identifier: Apache-2.0

package localnet

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestAStateIsReadAsItWasSaved(t *testing.T) {
	home := t.TempDir()
	st := &state{ConfigSHA256: "ab", Ready: true, Nodes: []*node{{Name: "alice", Ports: ports{P2P: 1}}}, Models: []*model{{Name: "order-0", ID: 7}}}
	require.NoError(t, st.save(home))
	read, err := loadState(home)
	require.NoError(t, err)
	require.Equal(t, st, read)
	entries, err := os.ReadDir(home)
	require.NoError(t, err)
	require.Len(t, entries, 1, "no temporary file is left")
}

func TestAFolderWithoutAStateHasNone(t *testing.T) {
	st, err := loadState(t.TempDir())
	require.NoError(t, err)
	require.Nil(t, st)
}

func TestADamagedStateSaysHowToStartOver(t *testing.T) {
	home := t.TempDir()
	require.NoError(t, os.WriteFile(filepath.Join(home, stateFile), []byte("{"), 0o600))
	_, err := loadState(home)
	require.ErrorContains(t, err, "--reset")
}

func TestAResetDeletesANetworkAndNothingElse(t *testing.T) {
	cases := map[string]struct {
		entries []string
		says    string
	}{
		"a network is deleted":             {entries: []string{stateFile, "node0", "node12", "evaluator3", "logs"}},
		"a folder of somebody's is kept":   {entries: []string{"node0", "thesis.tex"}, says: "nothing was deleted"},
		"an empty folder is a network too": {},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			home := filepath.Join(t.TempDir(), "net")
			require.NoError(t, os.Mkdir(home, 0o700))
			for _, e := range tc.entries {
				require.NoError(t, os.WriteFile(filepath.Join(home, e), nil, 0o600))
			}
			err := (&Network{home: home}).reset()
			if tc.says != "" {
				require.ErrorContains(t, err, tc.says)
				entries, readErr := os.ReadDir(home)
				require.NoError(t, readErr)
				require.Len(t, entries, len(tc.entries))
				return
			}
			require.NoError(t, err)
			require.NoDirExists(t, home)
		})
	}
}

func TestASecondLocalnetInTheSameHomeIsRefused(t *testing.T) {
	home := filepath.Join(t.TempDir(), "net")
	first, err := lockHome(home)
	require.NoError(t, err)
	_, err = lockHome(home)
	require.ErrorContains(t, err, "another localnet runs")
	require.NoError(t, first.Unlock())
	again, err := lockHome(home)
	require.NoError(t, err)
	require.NoError(t, again.Unlock())
}

func TestFreePortsAreDistinctAndFree(t *testing.T) {
	free, err := freePorts(20)
	require.NoError(t, err)
	seen := map[int]bool{}
	for _, p := range free {
		require.False(t, seen[p])
		seen[p] = true
		require.True(t, portFree(p))
	}
}

func TestAmountsAreShownInWealWithAllTheirDigits(t *testing.T) {
	for uweal, want := range map[uint64]string{0: "0.000000 WEAL", 1: "0.000001 WEAL", 1_000_000: "1.000000 WEAL", 21_000_000_000_001: "21000000.000001 WEAL"} {
		require.Equal(t, want, Weal(uweal))
	}
}

func TestPlainLinesSayWhatBecameOfEachModel(t *testing.T) {
	bits := 3.5
	r := Report{Topic: "t", Height: 9, Epoch: 2, Phase: "commit", BlocksLeft: 4, AuditOK: true, Models: []ModelRow{
		{Name: "order-0", ID: 1, BitsPerByte: &bits, Incentive: 0.25, RewardUweal: 5, Parents: []uint64{}},
		{Name: "near", ID: 2, CopyOf: 1},
		{Name: "copy", Refused: "weald submit: exit status 1: the digest is owned by contribution 1"},
	}, Validators: []ValidatorRow{{Name: "alice", Revealed: true}}}
	var out bytes.Buffer
	printPlain(&out, r)
	require.Contains(t, out.String(), "epoch 2 commit, 4 blocks left")
	require.Contains(t, out.String(), "3.5000 bits/byte")
	require.Contains(t, out.String(), "same outputs as #1")
	require.Contains(t, out.String(), "refused: the digest is owned by contribution 1")
	require.Contains(t, out.String(), "alice      trust 0.0000")
}
