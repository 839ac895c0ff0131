// SPDX-License-Identifier: Apache-2.0

package main

import (
	"fmt"
	"io"
	"runtime"

	"github.com/spf13/cobra"

	"github.com/weal-network/weal/cmd/weald/sim"
	"github.com/weal-network/weal/cmd/weald/sim/search"
)

// newSimSearchCmd looks for the cheat that earns most.
func newSimSearchCmd() *cobra.Command {
	s := sim.DefaultScenario()
	s.Seeds, s.Epochs, s.Warmup = 8, 160, 60
	var shards, out string
	var cabal bool
	budget, workers := 300, runtime.NumCPU()
	cmd := &cobra.Command{
		Use:   "search",
		Short: "Search for the way of cheating that earns most",
		Long: "Coordinate search over the numbers of the strategy `blend`, from honesty and then from random starts, for one validator of 10% or a\n" +
			"cabal of 30%, either with items of its own. Says the revenue, dividends and pay, of the best find beside honest play of the same seeds.",
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			s.Shards = sim.Shards(shards)
			s.Name = "the best find for one validator of 10%"
			s.Groups = []sim.Group{
				{Name: "honest", Strategy: "honest", Validators: 9, PowerBp: 9_000},
				{Name: "others", Strategy: "blend", Validators: 1, PowerBp: 1_000, Owns: 2},
			}
			if cabal {
				s.Name = "the best find for a cabal of 30%"
				s.Groups[0].Validators, s.Groups[0].PowerBp = 7, 7_000
				s.Groups[1].Validators, s.Groups[1].PowerBp = 3, 3_000
			}
			find, err := search.Run(cmd.Context(), s, budget, workers, progress(cmd.ErrOrStderr(), "strategies"))
			if err != nil {
				return err
			}
			raw, err := find.Scenario.Marshal()
			if err != nil {
				return err
			}
			fmt.Fprintf(cmd.OutOrStdout(), "revenue %s of honest play, the best of %d strategies; %s on seeds that the search did not see\n\n%s", find.Gain, find.Tried, find.Fresh, raw)
			return writeFile(out, func(w io.Writer) error {
				_, err := w.Write(raw)
				return err
			})
		},
	}
	cmd.Flags().StringVar(&s.Rules, "rules", s.Rules, "rule set")
	cmd.Flags().StringVar(&shards, "shards", string(sim.Shared), "what validators measure on: shared, own")
	cmd.Flags().BoolVar(&cabal, "cabal", false, "search for a cabal of 30%, not for one validator of 10%")
	cmd.Flags().IntVar(&budget, "budget", budget, "strategies to play at most")
	cmd.Flags().IntVar(&s.Seeds, "seeds", s.Seeds, "seeds a strategy")
	cmd.Flags().IntVar(&s.Epochs, "epochs", s.Epochs, "epochs a seed")
	cmd.Flags().Int64Var(&s.TurnoverBp, "turnover-bp", 100, "chance that an item is replaced by a new one, an epoch, in basis points")
	cmd.Flags().Uint64Var(&s.Seed, "seed", s.Seed, "the first seed, and that of the search")
	cmd.Flags().IntVar(&workers, "workers", workers, "seeds played at a time; does not change the results")
	cmd.Flags().StringVar(&out, "out", "", "write the scenario of the best find to this file")
	return cmd
}
