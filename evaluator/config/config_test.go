// SPDX-License-Identifier: Apache-2.0

package config

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/spf13/pflag"
	"github.com/stretchr/testify/require"
)

func sound() Config {
	c := Default()
	c.Operator = "wealvaloper1abc"
	return c
}

func TestAWrittenFileIsReadBackAndExplainsEverySetting(t *testing.T) {
	c := sound()
	c.Corpus.Dirs = []string{"/a", "/b"}
	c.Node.PollInterval = Duration(time.Second)
	path := filepath.Join(t.TempDir(), "home", FileName)
	require.NoError(t, c.Write(path))
	got, err := Load(path)
	require.NoError(t, err)
	require.Equal(t, c.Node, got.Node)
	require.Equal(t, c.Corpus, got.Corpus)
	require.NoError(t, got.Validate())

	b, err := os.ReadFile(path)
	require.NoError(t, err)
	require.Contains(t, string(b), "# Chain that is followed.")
	require.Contains(t, string(b), `poll_interval = '1s'`)
}

func TestATypoIsAnErrorWithItsLine(t *testing.T) {
	for text, want := range map[string]string{
		"chain_id = \"x\"\nchain_ids = \"y\"\n": "chain_ids",
		"[node]\ngprc = \"x\"\n":                "gprc",
		"chain_id = 7\n":                        "chain_id",
		"[limits]\nwall = \"soon\"\n":           "wall",
		"chain_id = \n":                         "chain_id",
	} {
		path := filepath.Join(t.TempDir(), FileName)
		require.NoError(t, os.WriteFile(path, []byte(text), 0o600))
		_, err := Load(path)
		require.ErrorIs(t, err, ErrInvalid, text)
		require.ErrorContains(t, err, want)
	}
	_, err := Load(filepath.Join(t.TempDir(), FileName))
	require.ErrorIs(t, err, ErrInvalid)
	require.ErrorContains(t, err, "weald evaluator init")
}

func TestSettingsOutOfRangeAreRefusedByName(t *testing.T) {
	for key, edit := range map[string]func(*Config){
		"chain_id":                   func(c *Config) { c.ChainID = "" },
		"operator":                   func(c *Config) { c.Operator = "weal1abc" },
		"node.grpc":                  func(c *Config) { c.Node.GRPC = "" },
		"node.poll_interval":         func(c *Config) { c.Node.PollInterval = 0 },
		"key.name":                   func(c *Config) { c.Key.Name = "" },
		"key.keyring_backend":        func(c *Config) { c.Key.Backend = "memory" },
		"artifacts.cache_bytes":      func(c *Config) { c.Artifacts.CacheBytes = 0 },
		"artifacts.store_bytes":      func(c *Config) { c.Artifacts.StoreBytes = -1 },
		"artifacts.max_upload_bytes": func(c *Config) { c.Artifacts.MaxUploadBytes = 0 },
		"artifacts.fetch_timeout":    func(c *Config) { c.Artifacts.FetchTimeout = 0 },
		"limits.memory_bytes":        func(c *Config) { c.Limits.MemoryBytes = 1 },
		"limits.cpu_seconds":         func(c *Config) { c.Limits.CPUSeconds = 0 },
		"limits.wall":                func(c *Config) { c.Limits.Wall = 0 },
		"limits.workers":             func(c *Config) { c.Limits.Workers = 0 },
		"log.format":                 func(c *Config) { c.Log.Format = "xml" },
		"--dishonest":                func(c *Config) { c.Dishonest = "lie" },
	} {
		c := sound()
		edit(&c)
		err := c.Validate()
		require.ErrorIs(t, err, ErrInvalid, key)
		require.ErrorContains(t, err, key+":")
	}
}

func TestAGivenFlagOverridesTheFileAndNoOther(t *testing.T) {
	fs := pflag.NewFlagSet("start", pflag.ContinueOnError)
	defaults := Default()
	defaults.Bind(fs)
	fs.String("unrelated", "", "")
	require.NoError(t, fs.Parse([]string{"--chain-id=b", "--wall=5s", "--corpus=/x,/y", "--workers=3", "--unrelated=z"}))

	file := sound()
	file.Key.Name = "from-file"
	require.NoError(t, file.Override(fs))
	require.Equal(t, "b", file.ChainID)
	require.Equal(t, Duration(5*time.Second), file.Limits.Wall)
	require.Equal(t, []string{"/x", "/y"}, file.Corpus.Dirs)
	require.Equal(t, 3, file.Limits.Workers)
	require.Equal(t, "from-file", file.Key.Name)
}

func TestEverySettingHasAFlag(t *testing.T) {
	fs := pflag.NewFlagSet("start", pflag.ContinueOnError)
	c := sound()
	c.Bind(fs)
	count := 0
	fs.VisitAll(func(f *pflag.Flag) {
		if f.Name != "dishonest" { // of a trial, and of no file
			count++
		}
	})
	path := filepath.Join(t.TempDir(), FileName)
	require.NoError(t, c.Write(path))
	b, err := os.ReadFile(path)
	require.NoError(t, err)
	settings := 0
	for _, line := range strings.Split(string(b), "\n") {
		if strings.Contains(line, " = ") && !strings.HasPrefix(line, "#") {
			settings++
		}
	}
	require.Equal(t, settings, count)
}
