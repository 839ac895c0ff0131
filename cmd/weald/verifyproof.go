// SPDX-License-Identifier: Apache-2.0

package main

import (
	"encoding/hex"
	"encoding/json"
	"fmt"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"github.com/cosmos/cosmos-sdk/client/flags"

	"github.com/weal-network/weal/pkg/fixed"
	"github.com/weal-network/weal/x/scoring/verify"
)

// maxProofBytes bounds the file: a proof is a few kilobytes.
const maxProofBytes = 1 << 20

// newVerifyProofCmd checks a result's proof without asking anybody.
func newVerifyProofCmd() *cobra.Command {
	var appHash, chainID, output string
	var height int64
	cmd := &cobra.Command{
		Use:   "verify-proof FILE",
		Short: "Check a result's proof offline, against an app hash that you trust",
		Long: "Checks what `weald query scoring proof` wrote: that the result is in the Merkle tree of its epoch, and that the state of that app hash holds\n" +
			"the tree's root. It asks nobody, so all depends on where you have the app hash from: a node of your own, a light client, or an explorer\n" +
			"that you trust. The file says which height it is of; that height's app hash stands in the header of the block after it, since a header\n" +
			"holds the hash of the state before its block: for a proof of height 100, ask for block 101. The height and the chain id in the file are\n" +
			"not proved; give --height and --chain-id to have them compared.",
		Example:     "weald verify-proof proof.json --app-hash 5A1C...",
		Args:        cobra.ExactArgs(1),
		Annotations: map[string]string{standsAloneAnnotation: ""},
		RunE: func(cmd *cobra.Command, args []string) error {
			trusted, err := hex.DecodeString(strings.TrimPrefix(strings.ToLower(appHash), "0x"))
			if err != nil || len(trusted) != hashBytes {
				return fmt.Errorf("--app-hash %q: expected %d bytes in hexadecimal", appHash, hashBytes)
			}
			document, err := readProof(args[0])
			if err != nil {
				return err
			}
			if height != 0 && height != document.Height {
				return fmt.Errorf("the proof is of height %d, not %d: its app hash stands in the header of block %d", document.Height, height, document.Height+1)
			}
			if chainID != "" && chainID != document.ChainID {
				return fmt.Errorf("the proof is of chain %s, not %s", document.ChainID, chainID)
			}
			if err := document.Prove(trusted); err != nil {
				return err
			}
			return printProved(cmd, output, document)
		},
	}
	cmd.Flags().StringVar(&appHash, "app-hash", "", "app hash that you trust, in hexadecimal: of the header of the block after the proof's height")
	cmd.Flags().Int64Var(&height, flags.FlagHeight, 0, "height that the proof must be of; not compared unless given")
	cmd.Flags().StringVar(&chainID, flags.FlagChainID, "", "chain id that the proof must be of; not compared unless given")
	cmd.Flags().StringVarP(&output, flags.FlagOutput, "o", "text", "text or json")
	if err := cmd.MarkFlagRequired("app-hash"); err != nil {
		panic(err)
	}
	return cmd
}

// hashBytes is the length of an app hash.
const hashBytes = 32

// readProof reads a proof from a file.
func readProof(path string) (verify.Document, error) {
	info, err := os.Stat(path)
	if err != nil {
		return verify.Document{}, err
	}
	if info.Size() > maxProofBytes {
		return verify.Document{}, fmt.Errorf("%s is %d bytes, no proof is longer than %d", path, info.Size(), maxProofBytes)
	}
	data, err := os.ReadFile(path)
	if err != nil {
		return verify.Document{}, err
	}
	document, err := verify.ParseDocument(data)
	if err != nil {
		return verify.Document{}, fmt.Errorf("%s: %w", path, err)
	}
	return document, nil
}

func printProved(cmd *cobra.Command, output string, d verify.Document) error {
	r := d.Result
	if output == flags.OutputFormatJSON {
		return json.NewEncoder(cmd.OutOrStdout()).Encode(r)
	}
	_, err := fmt.Fprintf(cmd.OutOrStdout(), "proved: contribution %d in epoch %d of topic %d\nquality %d of 65535, consensus %s, incentive %s, paid %d uweal\n",
		r.ContributionID, r.Epoch, r.TopicID, r.Quality, fixed.Q32(r.Consensus), fixed.Q32(r.Incentive), r.Reward)
	return err
}
