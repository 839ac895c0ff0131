// SPDX-License-Identifier: Apache-2.0

package evaluator

import (
	"context"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/cosmos/cosmos-sdk/codec"
	codectypes "github.com/cosmos/cosmos-sdk/codec/types"
	cryptocodec "github.com/cosmos/cosmos-sdk/crypto/codec"
	"github.com/cosmos/cosmos-sdk/crypto/hd"
	"github.com/cosmos/cosmos-sdk/crypto/keyring"
	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/weal-network/weal/evaluator/config"
)

func TestMain(m *testing.M) {
	sdk.GetConfig().SetBech32PrefixForAccount("weal", "wealpub")
	sdk.GetConfig().SetBech32PrefixForValidator("wealvaloper", "wealvaloperpub")
	m.Run()
}

func setup(t *testing.T, withKey bool) (config.Config, Environment) {
	t.Helper()
	registry := codectypes.NewInterfaceRegistry()
	cryptocodec.RegisterInterfaces(registry)
	env := Environment{Home: t.TempDir(), Codec: codec.NewProtoCodec(registry), Input: strings.NewReader(""), Log: io.Discard}
	cfg := config.Default()
	cfg.Operator = sdk.ValAddress("operator-address!!!!").String()
	cfg.Key.Backend, cfg.Node.GRPC, cfg.HTTP.Listen = "test", "127.0.0.1:1", "127.0.0.1:0"
	if withKey {
		keys, err := keyring.New(KeyringApp, "test", env.Home, env.Input, env.Codec)
		require.NoError(t, err)
		_, _, err = keys.NewMnemonic("scorer", keyring.English, sdk.FullFundraiserPath, "", hd.Secp256k1)
		require.NoError(t, err)
	}
	return cfg, env
}

func TestAMissingKeyIsToldWithTheCommandsThatMakeIt(t *testing.T) {
	cfg, env := setup(t, false)
	err := Start(context.Background(), cfg, env)
	require.ErrorContains(t, err, "weald keys add scorer --keyring-backend test")
	require.ErrorContains(t, err, "set-scorer")
}

func TestSettingsAreCheckedBeforeAnythingStarts(t *testing.T) {
	for key, edit := range map[string]func(*config.Config){
		"operator":  func(c *config.Config) { c.Operator = "wealvaloper1qqqq" },
		"log.level": func(c *config.Config) { c.Log.Level = "loud" },
		"chain_id":  func(c *config.Config) { c.ChainID = "" },
	} {
		cfg, env := setup(t, true)
		edit(&cfg)
		err := Start(context.Background(), cfg, env)
		require.ErrorIs(t, err, config.ErrInvalid, key)
		require.ErrorContains(t, err, key)
	}
}

func TestAnAddressThatIsTakenIsToldOf(t *testing.T) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	defer listener.Close()
	cfg, env := setup(t, true)
	cfg.HTTP.Listen = listener.Addr().String()
	require.ErrorContains(t, Start(context.Background(), cfg, env), "set http.listen to a free address")
}

func TestItRunsWithoutANodeAndSaysSoUntilItIsStopped(t *testing.T) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	address := listener.Addr().String()
	require.NoError(t, listener.Close())
	cfg, env := setup(t, true)
	cfg.HTTP.Listen = address

	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() { done <- Start(ctx, cfg, env) }()
	require.Eventually(t, func() bool {
		resp, err := http.Get("http://" + address + "/healthz") //nolint:noctx // a test
		if err != nil {
			return false
		}
		defer resp.Body.Close()
		b, err := io.ReadAll(resp.Body)
		return err == nil && resp.StatusCode == http.StatusServiceUnavailable && strings.Contains(string(b), "does not answer")
	}, 20*time.Second, 20*time.Millisecond)

	resp, err := http.Get("http://" + address + "/artifacts/abc") //nolint:noctx // a test
	require.NoError(t, err)
	defer resp.Body.Close()
	require.Equal(t, http.StatusBadRequest, resp.StatusCode)
	cancel()
	require.NoError(t, <-done)
}
