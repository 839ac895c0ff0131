// SPDX-License-Identifier: Apache-2.0

package chain

import (
	"context"
	"errors"
	"fmt"
	"regexp"
	"strings"
	"time"

	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"

	"github.com/cosmos/cosmos-sdk/client"
	nodeservice "github.com/cosmos/cosmos-sdk/client/grpc/node"
	"github.com/cosmos/cosmos-sdk/client/tx"
	"github.com/cosmos/cosmos-sdk/crypto/keyring"
	sdk "github.com/cosmos/cosmos-sdk/types"
	txtypes "github.com/cosmos/cosmos-sdk/types/tx"
	"github.com/cosmos/cosmos-sdk/types/tx/signing"
	authtypes "github.com/cosmos/cosmos-sdk/x/auth/types"
)

// ErrRefused says that the node refused a transaction; the text tells why.
var ErrRefused = errors.New("transaction refused")

// Signer signs and sends transactions of one key. They are unordered: each
// carries a time after which it is void instead of a sequence number, so that
// two at once do not get in each other's way.
type Signer struct {
	Conn     Conn
	TxConfig client.TxConfig
	Keyring  keyring.Keyring
	// Key is the key's name in the keyring.
	Key     string
	ChainID string
	// GasPrices pays for gas, such as "0.01uweal"; see NodeGasPrices.
	GasPrices string
	// Fees pays a fixed fee instead.
	Fees string
	// TTL is how long a transaction may wait for a block; at most 10 minutes.
	TTL time.Duration
}

// gasAdjustment is what is asked for beyond what a simulation used: another
// block's state may make the same message cost a little more.
const gasAdjustment = 1.5

// Address returns the account of the key.
func (s *Signer) Address() (sdk.AccAddress, error) {
	record, err := s.Keyring.Key(s.Key)
	if err != nil {
		return nil, fmt.Errorf("key %q: %w: list the keys with `weald keys list`", s.Key, err)
	}
	return record.GetAddress()
}

// NodeGasPrices asks the node for the least gas prices that it takes.
func NodeGasPrices(ctx context.Context, conn Conn) (string, error) {
	r, err := nodeservice.NewServiceClient(conn).Config(ctx, &nodeservice.ConfigRequest{})
	if err != nil {
		return "", explain(err)
	}
	return r.MinimumGasPrice, nil
}

// Send signs a message with a gas limit (0 for one found by simulation) and
// hands it to the node. It returns the transaction's hash when the node took it
// into its pool, which does not mean that a block will have it.
func (s *Signer) Send(ctx context.Context, msg sdk.Msg, gas uint64) (string, error) {
	factory, err := s.factory(ctx)
	if err != nil {
		return "", err
	}
	if gas == 0 {
		if gas, err = s.simulate(ctx, factory, msg); err != nil {
			return "", err
		}
	}
	builder, err := factory.WithGas(gas).BuildUnsignedTx(msg)
	if err != nil {
		return "", err
	}
	if err := tx.Sign(ctx, factory, s.Key, builder, true); err != nil {
		return "", fmt.Errorf("sign with key %q: %w", s.Key, err)
	}
	b, err := s.TxConfig.TxEncoder()(builder.GetTx())
	if err != nil {
		return "", err
	}
	return s.broadcast(ctx, b)
}

func (s *Signer) factory(ctx context.Context) (tx.Factory, error) {
	address, err := s.Address()
	if err != nil {
		return tx.Factory{}, err
	}
	r, err := authtypes.NewQueryClient(s.Conn).AccountInfo(ctx, &authtypes.QueryAccountInfoRequest{Address: address.String()})
	if status.Code(err) == codes.NotFound {
		return tx.Factory{}, fmt.Errorf("%w: account %s of key %q does not exist: send it some WEAL, or name it as a scorer", ErrRefused, address, s.Key)
	}
	if err != nil {
		return tx.Factory{}, explain(err)
	}
	f := tx.Factory{}.
		WithTxConfig(s.TxConfig).
		WithKeybase(s.Keyring).
		WithFromName(s.Key).
		WithChainID(s.ChainID).
		WithAccountNumber(r.Info.AccountNumber).
		WithSignMode(signing.SignMode_SIGN_MODE_DIRECT).
		WithSimulateAndExecute(true).
		WithUnordered(true).
		WithTimeoutTimestamp(time.Now().Add(s.TTL))
	if s.Fees != "" {
		return f.WithFees(s.Fees), nil
	}
	return f.WithGasPrices(s.GasPrices), nil
}

func (s *Signer) simulate(ctx context.Context, factory tx.Factory, msg sdk.Msg) (uint64, error) {
	b, err := factory.BuildSimTx(msg)
	if err != nil {
		return 0, err
	}
	r, err := txtypes.NewServiceClient(s.Conn).Simulate(ctx, &txtypes.SimulateRequest{TxBytes: b})
	if err != nil {
		if text := status.Convert(err).Message(); status.Code(err) != codes.Unavailable {
			return 0, fmt.Errorf("%w: %s", ErrRefused, trim(text))
		}
		return 0, explain(err)
	}
	return uint64(float64(r.GasInfo.GasUsed) * gasAdjustment), nil
}

func (s *Signer) broadcast(ctx context.Context, b []byte) (string, error) {
	r, err := txtypes.NewServiceClient(s.Conn).BroadcastTx(ctx, &txtypes.BroadcastTxRequest{
		TxBytes: b, Mode: txtypes.BroadcastMode_BROADCAST_MODE_SYNC,
	})
	if err != nil {
		return "", explain(err)
	}
	if r.TxResponse.Code != 0 {
		return "", fmt.Errorf("%w: %s (%s code %d)", ErrRefused, trim(r.TxResponse.RawLog), r.TxResponse.Codespace, r.TxResponse.Code)
	}
	return r.TxResponse.TxHash, nil
}

// Outcome says what became of a transaction: done when a block has it, with an
// error that matches ErrRefused when it failed there.
func (s *Signer) Outcome(ctx context.Context, hash string) (done bool, err error) {
	r, err := txtypes.NewServiceClient(s.Conn).GetTx(ctx, &txtypes.GetTxRequest{Hash: hash})
	if status.Code(err) == codes.NotFound {
		return false, nil
	}
	if err != nil {
		return false, explain(err)
	}
	if r.TxResponse.Code != 0 {
		return true, fmt.Errorf("%w: %s (%s code %d)", ErrRefused, trim(r.TxResponse.RawLog), r.TxResponse.Codespace, r.TxResponse.Code)
	}
	return true, nil
}

// noise is what the SDK puts around an error's text: the message's index, and
// the place in its source.
var noise = regexp.MustCompile(`failed to execute message; message index: 0: | \[[^\]]*\.go:\d+\]| with gas used.*`)

// trim takes the noise off.
func trim(text string) string {
	text, _, _ = strings.Cut(text, "\n")
	return strings.TrimPrefix(noise.ReplaceAllString(text, ""), "rpc error: code = Unknown desc = ")
}
