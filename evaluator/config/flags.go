// SPDX-License-Identifier: Apache-2.0

package config

import (
	"time"

	"github.com/spf13/pflag"
)

// Bind adds a flag for each setting; a given flag writes into c.
func (c *Config) Bind(fs *pflag.FlagSet) {
	fs.StringVar(&c.ChainID, "chain-id", c.ChainID, "chain that is followed")
	fs.StringVar(&c.Operator, "operator", c.Operator, "operator address of the validator that is scored for")
	fs.StringVar(&c.Node.GRPC, "grpc", c.Node.GRPC, "address of the node's gRPC server")
	fs.BoolVar(&c.Node.TLS, "grpc-tls", c.Node.TLS, "speak TLS to the node")
	duration(fs, &c.Node.PollInterval, "poll-interval", "how often the node is asked for news")
	fs.StringVar(&c.Key.Name, "key", c.Key.Name, "name of the scorer key")
	fs.StringVar(&c.Key.Backend, "keyring-backend", c.Key.Backend, "keyring backend: os, file, test")
	fs.StringVar(&c.Key.Dir, "keyring-dir", c.Key.Dir, "directory of the keyring (default: the evaluator's home)")
	fs.StringSliceVar(&c.Corpus.Dirs, "corpus", c.Corpus.Dirs, "directories that hold topics' corpora")
	fs.StringVar(&c.HTTP.Listen, "listen", c.HTTP.Listen, "address of the evaluator's own server")
	fs.BoolVar(&c.HTTP.Store, "store", c.HTTP.Store, "take artifacts by PUT")
	fs.Int64Var(&c.Artifacts.CacheBytes, "cache-bytes", c.Artifacts.CacheBytes, "room for fetched artifacts")
	fs.Int64Var(&c.Artifacts.StoreBytes, "store-bytes", c.Artifacts.StoreBytes, "room for artifacts that others put here")
	fs.Int64Var(&c.Artifacts.MaxUploadBytes, "max-upload-bytes", c.Artifacts.MaxUploadBytes, "largest artifact that is taken")
	fs.StringSliceVar(&c.Artifacts.FileRoots, "file-root", c.Artifacts.FileRoots, "directories that file:// addresses may point into")
	fs.BoolVar(&c.Artifacts.PrivateNetworks, "private-networks", c.Artifacts.PrivateNetworks, "let addresses lead to private networks")
	duration(fs, &c.Artifacts.FetchTimeout, "fetch-timeout", "time for one attempt at one address")
	fs.Uint64Var(&c.Limits.MemoryBytes, "memory-bytes", c.Limits.MemoryBytes, "memory of the process that runs a model")
	fs.Uint64Var(&c.Limits.CPUSeconds, "cpu-seconds", c.Limits.CPUSeconds, "processor time of a run")
	duration(fs, &c.Limits.Wall, "wall", "time of a run")
	fs.IntVar(&c.Limits.Workers, "workers", c.Limits.Workers, "models that run at once")
	fs.StringVar(&c.Dishonest, "dishonest", c.Dishonest, "for trials: copy repeats the last public scores instead of measuring")
	fs.StringVar(&c.Log.Level, "log-level", c.Log.Level, "debug, info, warn or error")
	fs.StringVar(&c.Log.Format, "log-format", c.Log.Format, "text or json")
}

func duration(fs *pflag.FlagSet, d *Duration, name, usage string) {
	fs.DurationVar((*time.Duration)(d), name, time.Duration(*d), usage)
}

// Override sets in c what was given on the command line in fs, to which another
// Config was bound.
func (c *Config) Override(fs *pflag.FlagSet) error {
	own := pflag.NewFlagSet("", pflag.ContinueOnError)
	c.Bind(own)
	var err error
	fs.Visit(func(f *pflag.Flag) {
		target := own.Lookup(f.Name)
		if target == nil || err != nil {
			return
		}
		if list, ok := f.Value.(pflag.SliceValue); ok {
			err = target.Value.(pflag.SliceValue).Replace(list.GetSlice())
			return
		}
		err = target.Value.Set(f.Value.String())
	})
	return err
}
