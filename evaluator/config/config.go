// SPDX-License-Identifier: Apache-2.0

// Package config is the configuration of an evaluator: one TOML file, whose
// settings can each be overridden by a flag.
package config

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/pelletier/go-toml/v2"

	"github.com/weal-network/weal/evaluator/sandbox"
)

// FileName is the name of the file in an evaluator's home.
const FileName = "config.toml"

// ErrInvalid says that a configuration cannot be used.
var ErrInvalid = errors.New("invalid evaluator configuration")

// Config holds all settings of an evaluator.
type Config struct {
	ChainID   string    `toml:"chain_id" comment:"Chain that is followed."`
	Operator  string    `toml:"operator" comment:"Operator address of the validator that is scored for (wealvaloper1...)."`
	Node      Node      `toml:"node"`
	Key       Key       `toml:"key"`
	Corpus    Corpus    `toml:"corpus"`
	HTTP      HTTP      `toml:"http"`
	Artifacts Artifacts `toml:"artifacts"`
	Limits    Limits    `toml:"limits"`
	Log       Log       `toml:"log"`
	// Dishonest is what it does instead of measuring: "copy", or empty. It is no setting of a file, but of a trial.
	Dishonest string `toml:"-"`
}

// Node says how the validator's node is reached.
type Node struct {
	GRPC         string   `toml:"grpc" comment:"Address of the node's gRPC server."`
	TLS          bool     `toml:"tls" comment:"Speak TLS to it; needed for any node that is not on this machine or network."`
	PollInterval Duration `toml:"poll_interval" comment:"How often the node is asked for news."`
}

// Key names the hot key: it can commit and reveal scores and nothing else.
type Key struct {
	Name    string `toml:"name" comment:"Name of the scorer key, which the operator named with: weald tx scoring set-scorer."`
	Backend string `toml:"keyring_backend" comment:"Keyring backend: os, file, test."`
	Dir     string `toml:"keyring_dir" comment:"Directory of the keyring; empty for the evaluator's home."`
}

// Corpus says where copies of held-out text are.
type Corpus struct {
	Dirs []string `toml:"dirs" comment:"Directories that hold topics' corpora, tried in turn. A copy that does not match is refused."`
}

// HTTP is the evaluator's own server.
type HTTP struct {
	Listen string `toml:"listen" comment:"Serves /healthz, /metrics, /measurements and /artifacts/; empty for no server."`
	Store  bool   `toml:"store" comment:"Take artifacts by PUT /artifacts/SHA256, from anybody who reaches the address."`
}

// Artifacts says where models come from and how many are kept.
type Artifacts struct {
	CacheBytes      int64    `toml:"cache_bytes" comment:"Room for fetched artifacts; those not used for longest make place."`
	StoreBytes      int64    `toml:"store_bytes" comment:"Room for artifacts that others put here; a full store refuses more."`
	MaxUploadBytes  int64    `toml:"max_upload_bytes" comment:"Largest artifact that is taken."`
	FileRoots       []string `toml:"file_roots" comment:"Directories that file:// addresses may point into; none for none."`
	PrivateNetworks bool     `toml:"private_networks" comment:"Let addresses lead to this machine and to private networks: for local networks only."`
	FetchTimeout    Duration `toml:"fetch_timeout" comment:"Time for one attempt at one address."`
}

// Limits bound one run of a model.
type Limits struct {
	MemoryBytes uint64   `toml:"memory_bytes" comment:"Memory of the process that runs a model."`
	CPUSeconds  uint64   `toml:"cpu_seconds" comment:"Its processor time."`
	Wall        Duration `toml:"wall" comment:"Its time from start to end."`
	Workers     int      `toml:"workers" comment:"Models that run at once."`
}

// Log says what is logged.
type Log struct {
	Level  string `toml:"level" comment:"debug, info, warn or error."`
	Format string `toml:"format" comment:"text or json."`
}

// Copy is the dishonesty that repeats the last public scores.
const Copy = "copy"

// Duration is a time span written as text, such as "500ms" or "2m".
type Duration time.Duration

// MarshalText implements encoding.TextMarshaler.
func (d Duration) MarshalText() ([]byte, error) { return []byte(time.Duration(d).String()), nil }

// UnmarshalText implements encoding.TextUnmarshaler.
func (d *Duration) UnmarshalText(b []byte) error {
	v, err := time.ParseDuration(string(b))
	*d = Duration(v)
	return err
}

// Default returns settings for a validator beside its node.
func Default() Config {
	limits := sandbox.DefaultLimits()
	return Config{
		ChainID: "weal-1",
		Node:    Node{GRPC: "127.0.0.1:9090", PollInterval: Duration(500 * time.Millisecond)},
		Key:     Key{Name: "scorer", Backend: "file"},
		HTTP:    HTTP{Listen: "127.0.0.1:26680"},
		Artifacts: Artifacts{
			CacheBytes: 8 << 30, StoreBytes: 4 << 30, MaxUploadBytes: 256 << 20,
			FetchTimeout: Duration(2 * time.Minute),
		},
		Limits: Limits{MemoryBytes: limits.MemoryBytes, CPUSeconds: limits.CPUSeconds, Wall: Duration(limits.Wall), Workers: 1},
		Log:    Log{Level: "info", Format: "text"},
	}
}

// Load reads a file over the defaults. Unknown keys and settings out of range
// are errors that match ErrInvalid.
func Load(path string) (Config, error) {
	b, err := os.ReadFile(path) //nolint:gosec // the operator's own file
	if errors.Is(err, os.ErrNotExist) {
		return Config{}, fmt.Errorf("%w: %s does not exist: make it with `weald evaluator init`", ErrInvalid, path)
	}
	if err != nil {
		return Config{}, err
	}
	c := Default()
	decoder := toml.NewDecoder(bytes.NewReader(b)).DisallowUnknownFields()
	if err := decoder.Decode(&c); err != nil {
		var strict *toml.StrictMissingError
		var broken *toml.DecodeError
		switch {
		case errors.As(err, &strict):
			return Config{}, fmt.Errorf("%w: %s has settings that do not exist:\n%s", ErrInvalid, path, strict.String())
		case errors.As(err, &broken):
			return Config{}, fmt.Errorf("%w: %s:\n%s", ErrInvalid, path, broken.String())
		}
		return Config{}, fmt.Errorf("%w: %s: %w", ErrInvalid, path, err)
	}
	return c, nil
}

// Write writes the settings with their comments.
func (c Config) Write(path string) error {
	b, err := toml.Marshal(c)
	if err != nil {
		return fmt.Errorf("write %s: %w", path, err)
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return fmt.Errorf("write %s: %w", path, err)
	}
	return os.WriteFile(path, b, 0o600)
}

// Validate checks the settings. Errors match ErrInvalid.
func (c Config) Validate() error {
	for _, s := range []struct {
		bad      bool
		key, fix string
	}{
		{c.ChainID == "", "chain_id", "name the chain, such as weal-1"},
		{!strings.HasPrefix(c.Operator, "wealvaloper1"), "operator", "set it to the validator's operator address (wealvaloper1...)"},
		{c.Node.GRPC == "", "node.grpc", "set it to host:port of the node's gRPC server"},
		{c.Node.PollInterval < Duration(10*time.Millisecond), "node.poll_interval", "set it to 10ms or more"},
		{c.Key.Name == "", "key.name", "name the scorer key"},
		{c.Key.Backend != "os" && c.Key.Backend != "file" && c.Key.Backend != "test", "key.keyring_backend", "use os, file or test"},
		{c.Artifacts.CacheBytes <= 0, "artifacts.cache_bytes", "set it above 0"},
		{c.Artifacts.StoreBytes <= 0, "artifacts.store_bytes", "set it above 0"},
		{c.Artifacts.MaxUploadBytes <= 0, "artifacts.max_upload_bytes", "set it above 0"},
		{c.Artifacts.FetchTimeout <= 0, "artifacts.fetch_timeout", "set it above 0"},
		{c.Limits.MemoryBytes < 256<<20, "limits.memory_bytes", "set it to 268435456 (256 MiB) or more"},
		{c.Limits.CPUSeconds < 1, "limits.cpu_seconds", "set it to 1 or more"},
		{c.Limits.Wall < Duration(time.Second), "limits.wall", "set it to 1s or more"},
		{c.Limits.Workers < 1 || c.Limits.Workers > 64, "limits.workers", "set it from 1 to 64"},
		{c.Dishonest != "" && c.Dishonest != Copy, "--dishonest", "use copy, or leave it out"},
		{c.Log.Format != "text" && c.Log.Format != "json", "log.format", "use text or json"},
	} {
		if s.bad {
			return fmt.Errorf("%w: %s: %s", ErrInvalid, s.key, s.fix)
		}
	}
	return nil
}

// Sandbox returns the limits of one run.
func (l Limits) Sandbox() sandbox.Limits {
	s := sandbox.DefaultLimits()
	s.MemoryBytes, s.CPUSeconds, s.Wall = l.MemoryBytes, l.CPUSeconds, time.Duration(l.Wall)
	return s
}
