// SPDX-License-Identifier: Apache-2.0

// Package evaluator puts the parts of a validator's evaluator together and runs
// them: see README.md for what it does and the packages below for how.
package evaluator

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"path/filepath"
	"time"

	"golang.org/x/sync/errgroup"
	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials"
	"google.golang.org/grpc/credentials/insecure"

	"github.com/cosmos/cosmos-sdk/client"
	"github.com/cosmos/cosmos-sdk/codec"
	"github.com/cosmos/cosmos-sdk/crypto/keyring"
	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/weal-network/weal/evaluator/chain"
	"github.com/weal-network/weal/evaluator/config"
	"github.com/weal-network/weal/evaluator/sandbox"
	"github.com/weal-network/weal/evaluator/service"
	"github.com/weal-network/weal/evaluator/store"
)

// Environment is what the program gives to an evaluator.
type Environment struct {
	// Home holds the configuration, the journal, the artifacts and, unless the
	// configuration says otherwise, the keyring.
	Home string
	// Codec and TxConfig are the chain's.
	Codec    codec.Codec
	TxConfig client.TxConfig
	// Input is where a keyring asks for its passphrase; Log receives the log.
	Input io.Reader
	Log   io.Writer
	// RunModel is the command line that runs one model; see sandbox.Serve.
	RunModel []string
}

// KeyringApp is the name under which keyrings keep keys.
const KeyringApp = "weal"

// Dial connects to a node's gRPC server.
func Dial(address string, useTLS bool) (*grpc.ClientConn, error) {
	transport := insecure.NewCredentials()
	if useTLS {
		transport = credentials.NewTLS(&tls.Config{MinVersion: tls.VersionTLS12})
	}
	const maxAnswer = 64 << 20 // an epoch of the largest set
	return grpc.NewClient(address,
		grpc.WithTransportCredentials(transport),
		grpc.WithDefaultCallOptions(grpc.MaxCallRecvMsgSize(maxAnswer)),
	)
}

// Start runs an evaluator until ctx ends. It returns nil then.
func Start(ctx context.Context, cfg config.Config, env Environment) error {
	if err := cfg.Validate(); err != nil {
		return err
	}
	log, err := newLogger(cfg.Log, env.Log)
	if err != nil {
		return err
	}
	operator, err := sdk.ValAddressFromBech32(cfg.Operator)
	if err != nil {
		return fmt.Errorf("%w: operator: %w", config.ErrInvalid, err)
	}
	if cfg.Dishonest != "" {
		log.Warn("dishonest: this evaluator does not score what it measures", "how", cfg.Dishonest)
	}
	conn, err := Dial(cfg.Node.GRPC, cfg.Node.TLS)
	if err != nil {
		return fmt.Errorf("connect to the node: %w", err)
	}
	defer conn.Close() //nolint:errcheck // the process ends
	signer, err := newSigner(cfg, env, conn)
	if err != nil {
		return err
	}
	fetcher, server, err := newStore(cfg, env.Home)
	if err != nil {
		return err
	}
	s := service.New(service.Settings{
		Home: env.Home, ChainID: cfg.ChainID, Operator: cfg.Operator, OperatorBytes: operator,
		CorpusDirs: cfg.Corpus.Dirs, PollInterval: time.Duration(cfg.Node.PollInterval), Workers: cfg.Limits.Workers, Dishonest: cfg.Dishonest,
	}, service.NodeChain{Client: chain.New(conn), Signer: signer},
		service.StoreFiles{Fetcher: fetcher},
		service.SandboxRunner{Runner: sandbox.Runner{Command: env.RunModel, Limits: cfg.Limits.Sandbox()}},
		log)

	group, ctx := errgroup.WithContext(ctx)
	if cfg.HTTP.Listen != "" {
		group.Go(func() error { return serve(ctx, cfg.HTTP.Listen, s.Handler(server)) })
	}
	log.Info("evaluator started", "operator", cfg.Operator, "node", cfg.Node.GRPC, "listen", cfg.HTTP.Listen)
	group.Go(func() error { return s.Run(ctx) })
	return group.Wait()
}

// txTTL is how long a commit or reveal may wait for a block.
const txTTL = 30 * time.Second

func newSigner(cfg config.Config, env Environment, conn chain.Conn) (*chain.Signer, error) {
	dir := cfg.Key.Dir
	if dir == "" {
		dir = env.Home
	}
	keys, err := keyring.New(KeyringApp, cfg.Key.Backend, dir, env.Input, env.Codec)
	if err != nil {
		return nil, fmt.Errorf("open the keyring in %s: %w", dir, err)
	}
	signer := &chain.Signer{Conn: conn, TxConfig: env.TxConfig, Keyring: keys, Key: cfg.Key.Name, ChainID: cfg.ChainID, TTL: txTTL}
	if _, err := signer.Address(); err != nil {
		return nil, fmt.Errorf("%w; make one with `weald keys add %s --keyring-backend %s --keyring-dir %s` and name it with `weald tx scoring set-scorer`",
			err, cfg.Key.Name, cfg.Key.Backend, dir)
	}
	return signer, nil
}

func newStore(cfg config.Config, home string) (*store.Fetcher, *store.Server, error) {
	cache, err := store.Open(filepath.Join(home, "cache"), cfg.Artifacts.CacheBytes, true)
	if err != nil {
		return nil, nil, err
	}
	kept, err := store.Open(filepath.Join(home, "artifacts"), cfg.Artifacts.StoreBytes, false)
	if err != nil {
		return nil, nil, err
	}
	fetcher := &store.Fetcher{
		Cache: cache, Own: []*store.Dir{kept}, FileRoots: cfg.Artifacts.FileRoots,
		PrivateNetworks: cfg.Artifacts.PrivateNetworks, Timeout: time.Duration(cfg.Artifacts.FetchTimeout),
	}
	// What was fetched is served as well: a model stays to be had when its first
	// store is gone.
	server := &store.Server{Dirs: []*store.Dir{kept, cache}, MaxBytes: cfg.Artifacts.MaxUploadBytes, ReadOnly: !cfg.HTTP.Store}
	return fetcher, server, nil
}

func newLogger(cfg config.Log, w io.Writer) (*slog.Logger, error) {
	var level slog.Level
	if err := level.UnmarshalText([]byte(cfg.Level)); err != nil {
		return nil, fmt.Errorf("%w: log.level: use debug, info, warn or error", config.ErrInvalid)
	}
	options := &slog.HandlerOptions{Level: level}
	if cfg.Format == "json" {
		return slog.New(slog.NewJSONHandler(w, options)), nil
	}
	return slog.New(slog.NewTextHandler(w, options)), nil
}

// serve answers HTTP until ctx ends.
func serve(ctx context.Context, address string, handler http.Handler) error {
	listener, err := new(net.ListenConfig).Listen(ctx, "tcp", address)
	if err != nil {
		return fmt.Errorf("serve http: %w: set http.listen to a free address", err)
	}
	server := &http.Server{Handler: handler, ReadHeaderTimeout: 10 * time.Second, IdleTimeout: time.Minute}
	stop := context.AfterFunc(ctx, func() { server.Close() }) //nolint:errcheck // the process ends
	defer stop()
	if err := server.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
		return fmt.Errorf("serve http: %w", err)
	}
	return nil
}
