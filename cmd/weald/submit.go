// SPDX-License-Identifier: Apache-2.0

package main

import (
	"encoding/json"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"

	"github.com/spf13/cobra"

	"github.com/cosmos/cosmos-sdk/client"
	"github.com/cosmos/cosmos-sdk/client/flags"
	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/weal-network/weal/app"
	"github.com/weal-network/weal/evaluator"
	"github.com/weal-network/weal/evaluator/chain"
	"github.com/weal-network/weal/evaluator/sandbox"
	"github.com/weal-network/weal/evaluator/service"
	"github.com/weal-network/weal/evaluator/submit"
	contributiontypes "github.com/weal-network/weal/x/contribution/types"
)

// Times of a submission: how often the node is asked, how long a transaction may
// enter a block, and how long that is waited for.
const (
	submitPoll = 300 * time.Millisecond
	submitTTL  = time.Minute
	submitWait = 90 * time.Second
)

// newSubmitCmd brings a model onto the chain.
func newSubmitCmd(wiring *app.App) *cobra.Command {
	var req submit.Request
	var parents []string
	var grpcAddress, maxPrice string
	cmd := &cobra.Command{
		Use:   "submit MODEL.onnx",
		Short: "Submit a model: check it, copy it to a store, commit, reveal",
		Long: "Checks the model with the validators' own code and measures it on the topic's public sample, so that a bad one never costs a fee;\n" +
			"copies it to the stores; commits to its digest; and reveals it once the commit is in a block. It can be interrupted at any time:\n" +
			"the same command goes on where it was.",
		Example: "weald submit model.onnx --topic go-source-lm --from me --store http://127.0.0.1:26680",
		Args:    cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			req.Model = args[0]
			var err error
			if req.Parents, err = parseParents(parents); err != nil {
				return err
			}
			if req.MaxPrice, err = parseUweal("max-price", maxPrice); err != nil {
				return err
			}
			return runSubmit(cmd, wiring, req, grpcAddress)
		},
	}
	f := cmd.Flags()
	f.StringVar(&req.Topic, "topic", "", "slug or id of the topic")
	f.StringSliceVar(&req.Stores, "store", nil, "store that receives a copy: an evaluator (http://host:port), a server that takes PUT, or file:///dir")
	f.StringSliceVar(&req.URIs, "uri", nil, "address that serves the file already")
	f.StringSliceVar(&parents, "parent", nil, "contribution that the model builds on, and its share in basis points: ID:BP")
	f.StringVar(&req.Payout, "payout", "", "account that receives the claims (default: yours)")
	f.StringVar(&maxPrice, "max-price", "", "most that the commit may cost, such as 2000000uweal (default: twice what it costs now)")
	f.Uint64Var(&req.VersionOf, "version-of", 0, "your contribution that this one supersedes once it is scored")
	f.StringVar(&req.Endpoint, "endpoint", "", "address that serves the model")
	f.StringVar(&req.License, "license", "", "SPDX licence expression")
	f.StringVar(&req.MetadataURI, "metadata-uri", "", "address of a description")
	f.StringSliceVar(&req.CorpusDirs, "corpus", nil, "directory that holds the topic's public sample")
	f.BoolVar(&req.SkipMeasure, "skip-measure", false, "check the file only, without measuring it")
	f.StringVar(&grpcAddress, "grpc", "", "address of a node's gRPC server (default: ask the node of --node)")
	f.String(flags.FlagFrom, "", "name of your key")
	f.String(flags.FlagNode, "tcp://localhost:26657", "RPC address of a node")
	f.String(flags.FlagChainID, "", "chain id (default: the node's)")
	f.String(flags.FlagGasPrices, "", "gas prices, such as 0.01uweal (default: the least that the node takes)")
	f.String(flags.FlagFees, "", "a fixed fee instead, such as 2000uweal")
	f.String(flags.FlagOutput, "text", "text or json")
	flags.AddKeyringFlags(f)
	for _, name := range []string{"topic", flags.FlagFrom} {
		if err := cmd.MarkFlagRequired(name); err != nil {
			panic(err)
		}
	}
	return cmd
}

func runSubmit(cmd *cobra.Command, wiring *app.App, req submit.Request, grpcAddress string) error {
	ctx, stop := signal.NotifyContext(cmd.Context(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	clientCtx, err := client.GetClientTxContext(cmd)
	if err != nil {
		return err
	}
	var conn chain.Conn = clientCtx
	if grpcAddress != "" {
		dialled, err := evaluator.Dial(grpcAddress, false)
		if err != nil {
			return fmt.Errorf("connect to %s: %w", grpcAddress, err)
		}
		defer dialled.Close() //nolint:errcheck // the process ends
		conn = dialled
	}
	node := chain.New(conn)
	signer := &chain.Signer{Conn: conn, TxConfig: wiring.TxConfig(), Keyring: clientCtx.Keyring, Key: clientCtx.FromName, TTL: submitTTL}
	if signer.ChainID, err = node.ChainID(ctx); err != nil {
		return err
	}
	if clientCtx.ChainID != "" && clientCtx.ChainID != signer.ChainID {
		return fmt.Errorf("the node is of chain %s, not of %s: name a node of that chain, or another --chain-id", signer.ChainID, clientCtx.ChainID)
	}
	if err := setFees(cmd, conn, signer); err != nil {
		return err
	}
	command, err := runModelCommand()
	if err != nil {
		return err
	}
	submitter := &submit.Submitter{
		Chain:   submit.SignedChain{Client: node, Signer: signer},
		Runner:  service.SandboxRunner{Runner: sandbox.Runner{Command: command, Limits: sandbox.DefaultLimits()}},
		ChainID: signer.ChainID, Account: clientCtx.FromAddress, Home: filepath.Join(clientCtx.HomeDir, "submit"),
		Progress: func(format string, args ...any) { cmd.PrintErrf(format+"\n", args...) },
		Poll:     submitPoll, Wait: submitWait, TTL: submitTTL,
	}
	receipt, err := submitter.Submit(ctx, req)
	if err != nil {
		return err
	}
	return printReceipt(cmd, receipt)
}

// setFees takes what was given, or asks the node for the least that it takes.
func setFees(cmd *cobra.Command, conn chain.Conn, signer *chain.Signer) error {
	var err error
	if signer.Fees, err = cmd.Flags().GetString(flags.FlagFees); err != nil {
		return err
	}
	if signer.GasPrices, err = cmd.Flags().GetString(flags.FlagGasPrices); err != nil {
		return err
	}
	if signer.Fees != "" && signer.GasPrices != "" {
		return fmt.Errorf("give --%s or --%s, not both", flags.FlagFees, flags.FlagGasPrices)
	}
	if signer.Fees == "" && signer.GasPrices == "" {
		signer.GasPrices, err = chain.NodeGasPrices(cmd.Context(), conn)
	}
	return err
}

func printReceipt(cmd *cobra.Command, receipt submit.Receipt) error {
	output, err := cmd.Flags().GetString(flags.FlagOutput)
	if err != nil {
		return err
	}
	if output == "json" {
		b, err := json.Marshal(receipt)
		if err != nil {
			return err
		}
		_, err = fmt.Fprintln(cmd.OutOrStdout(), string(b))
		return err
	}
	_, err = fmt.Fprintf(cmd.OutOrStdout(), "contribution %d\nsha256       %s\nprice        %duweal, burnt\nbond         %duweal, given back when it leaves\nIt is measured from the next epoch on at which all earlier commits of the topic are settled.\nWatch it with: weald query contribution show %d\n",
		receipt.ContributionID, receipt.SHA256, receipt.Price, receipt.Bond, receipt.ContributionID)
	return err
}

// parseUweal reads an amount with its denom; nothing is 0.
func parseUweal(flag, given string) (uint64, error) {
	if given == "" {
		return 0, nil
	}
	coin, err := sdk.ParseCoinNormalized(given)
	if err != nil || coin.Denom != app.BaseDenom || !coin.Amount.IsUint64() {
		return 0, fmt.Errorf("--%s %q: expected an amount of %s, such as 2000000%s", flag, given, app.BaseDenom, app.BaseDenom)
	}
	return coin.Amount.Uint64(), nil
}

// parseParents reads ID:BP pairs.
func parseParents(given []string) ([]contributiontypes.Parent, error) {
	parents := make([]contributiontypes.Parent, 0, len(given))
	for _, g := range given {
		id, share, ok := strings.Cut(g, ":")
		n, err := strconv.ParseUint(id, 10, 64)
		bp, err2 := strconv.ParseUint(share, 10, 32)
		if !ok || err != nil || err2 != nil {
			return nil, fmt.Errorf("--parent %q: expected a contribution's id, a colon and its share in basis points, such as 3:1000", g)
		}
		parents = append(parents, contributiontypes.Parent{Id: n, ShareBp: uint32(bp)})
	}
	return parents, nil
}
