// SPDX-License-Identifier: Apache-2.0

package journal

import (
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
)

type record struct {
	N int `json:"n"`
}

func TestARecordIsReplacedWhole(t *testing.T) {
	path := filepath.Join(t.TempDir(), "deep", "r.json")
	got := record{}
	require.ErrorIs(t, Load(path, &got), ErrNone)
	require.NoError(t, Save(path, record{1}))
	require.NoError(t, Save(path, record{2}))
	require.NoError(t, Load(path, &got))
	require.Equal(t, record{2}, got)
	entries, err := os.ReadDir(filepath.Dir(path))
	require.NoError(t, err)
	require.Len(t, entries, 1, "no temporary file is left")
}

func TestAFailedSaveKeepsTheOldRecord(t *testing.T) {
	path := filepath.Join(t.TempDir(), "r.json")
	require.NoError(t, Save(path, record{1}))
	require.Error(t, Save(path, func() {}))
	got := record{}
	require.NoError(t, Load(path, &got))
	require.Equal(t, record{1}, got)
}

func TestARecordOfAnotherVersionIsRefused(t *testing.T) {
	path := filepath.Join(t.TempDir(), "r.json")
	require.NoError(t, os.WriteFile(path, []byte(`{"n":1,"m":2}`), 0o600))
	require.ErrorContains(t, Load(path, &record{}), "unknown field")
}

func TestALineCutShortIsPassedOverAndDoesNotSwallowTheNext(t *testing.T) {
	path := filepath.Join(t.TempDir(), "r.jsonl")
	require.NoError(t, Append(path, record{1}))
	file, err := os.OpenFile(path, os.O_APPEND|os.O_WRONLY, 0o600)
	require.NoError(t, err)
	_, err = file.WriteString(`{"n":`)
	require.NoError(t, err)
	require.NoError(t, file.Close())
	require.NoError(t, Append(path, record{3}))

	var got []int
	require.NoError(t, Lines(path, func(line []byte) error {
		r := record{}
		got = append(got, 0)
		err := json.Unmarshal(line, &r)
		got[len(got)-1] = r.N
		return err
	}))
	require.Equal(t, []int{1, 3}, got)
	require.NoError(t, Lines(filepath.Join(t.TempDir(), "none"), nil))
}
