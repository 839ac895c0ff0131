// SPDX-License-Identifier: Apache-2.0

package main

import (
	"fmt"
	"io"
	"os"
	"runtime"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/weal-network/weal/cmd/weald/sim"
)

// newSimCmd plays populations against the rules.
func newSimCmd() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "sim",
		Short: "Play honest and dishonest populations against the rules that pay, and see what each earns",
		Long: "Runs the packages that close an epoch on the chain over populations of validators and contributors drawn from seeds.\n" +
			"No node is needed. The same seed gives the same bytes on every machine.",
	}
	cmd.AddCommand(newSimRunCmd(), newSimGatesCmd(), newSimSearchCmd(), newSimLikenessCmd(), newSimStrategiesCmd())
	return cmd
}

// newSimStrategiesCmd lists what a group can play.
func newSimStrategiesCmd() *cobra.Command {
	return &cobra.Command{
		Use:   "strategies",
		Short: "List the strategies, what each is, and its numbers",
		Args:  cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			_, err := fmt.Fprintln(cmd.OutOrStdout(), "Groups of validators:\n\n"+strings.Join(sim.Strategies(), "\n")+
				"\n\nContributors:\n\n"+strings.Join(sim.Making(), "\n"))
			return err
		},
	}
}

// simRun are the flags of `weald sim run`.
type simRun struct {
	scenario   sim.Scenario
	shards     string
	honest     int
	strategy   string
	params     map[string]int64
	validators int
	powerBp    int64
	owns       int
	workers    int
	csv, svg   string
	show       bool
}

// newSimRunCmd plays one scenario.
func newSimRunCmd() *cobra.Command {
	var f simRun
	cmd := &cobra.Command{
		Use:   "run [SCENARIO.yaml]",
		Short: "Play one scenario, from a file or from flags",
		Long: "Plays a scenario for each of its seeds, and its honest twin beside it, and says what each group earned. The file names everything;\n" +
			"flags that are given take its place. Without a file it is one group of honest validators and one that plays --strategy.",
		Example: "weald sim run --strategy copier-smoothed --power-bp 1000 --rules yuma3\n" +
			"weald sim run scenario.yaml --seeds 200 --csv out.csv --svg out.svg",
		Args: cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			s, err := f.read(cmd.Flags(), args)
			if err != nil {
				return err
			}
			if f.show {
				raw, err := s.Marshal()
				if err != nil {
					return err
				}
				_, err = cmd.OutOrStdout().Write(raw)
				return err
			}
			summary, err := sim.Summarize(cmd.Context(), s, f.workers, progress(cmd.ErrOrStderr(), "seeds"))
			if err != nil {
				return err
			}
			return f.write(cmd.OutOrStdout(), summary)
		},
	}
	f.register(cmd.Flags())
	return cmd
}

func (f *simRun) register(flags *pflag.FlagSet) {
	f.registerScenario(flags)
	flags.StringVar(&f.csv, "csv", "", "write one line a seed and group to this file")
	flags.StringVar(&f.svg, "svg", "", "draw dividends by epoch into this file")
	flags.BoolVar(&f.show, "print", false, "print the scenario as a file, and do not play it")
}

func (f *simRun) registerScenario(flags *pflag.FlagSet) {
	d := sim.DefaultScenario()
	flags.StringVar(&f.scenario.Name, "name", d.Name, "name, for the table and the plot")
	flags.StringVar(&f.scenario.Rules, "rules", d.Rules, "rule set: "+strings.Join(sim.RuleSets(), ", "))
	flags.StringVar(&f.shards, "shards", string(d.Shards), "what validators measure on: shared, own")
	flags.Uint32Var(&f.scenario.Coverage, "coverage", d.Coverage, "how many validators score each contribution, as in a topic: 0 for all")
	flags.Uint32Var(&f.scenario.Sharpness, "sharpness", d.Sharpness, "power that scores are raised to, as in a topic: 0 and 1 for none")
	flags.IntVar(&f.scenario.Items, "items", d.Items, "contributions that are scored")
	flags.Int64Var(&f.scenario.TurnoverBp, "turnover-bp", d.TurnoverBp, "chance that an item is replaced by a new one, an epoch, in basis points")
	flags.IntVar(&f.scenario.Epochs, "epochs", d.Epochs, "epochs to play")
	flags.IntVar(&f.scenario.Warmup, "warmup", d.Warmup, "epochs at the beginning that are not counted")
	flags.IntVar(&f.scenario.Seeds, "seeds", d.Seeds, "seeds to play")
	flags.Uint64Var(&f.scenario.Seed, "seed", d.Seed, "the first seed")
	flags.IntVar(&f.honest, "honest", d.Groups[0].Validators, "honest validators (without a file)")
	flags.StringVar(&f.strategy, "strategy", d.Groups[1].Strategy, "what the others play (without a file); see `weald sim strategies`")
	flags.StringToInt64Var(&f.params, "param", nil, "a number of the strategy, as name=value (without a file)")
	flags.IntVar(&f.validators, "validators", d.Groups[1].Validators, "how many the others are (without a file)")
	flags.Int64Var(&f.powerBp, "power-bp", d.Groups[1].PowerBp, "scoring power of the others together, in basis points (without a file)")
	flags.IntVar(&f.owns, "owns", 0, "how many of the items are theirs (without a file)")
	flags.IntVar(&f.workers, "workers", runtime.NumCPU(), "seeds played at a time; does not change the results")
}

// read takes the scenario from the file, or from flags alone, and lays flags over it.
func (f *simRun) read(flags *pflag.FlagSet, args []string) (*sim.Scenario, error) {
	s := sim.DefaultScenario()
	if len(args) == 1 {
		raw, err := os.ReadFile(args[0])
		if err != nil {
			return nil, fmt.Errorf("read the scenario: %w", err)
		}
		if s, err = sim.Parse(raw); err != nil {
			return nil, fmt.Errorf("%s: %w", args[0], err)
		}
		for _, name := range []string{"honest", "strategy", "param", "validators", "power-bp", "owns"} {
			if flags.Changed(name) {
				return nil, fmt.Errorf("%w: --%s is for a scenario from flags alone; write it into the groups of %s", sim.ErrScenario, name, args[0])
			}
		}
	} else {
		s.Groups[0].Validators, s.Groups[0].PowerBp = f.honest, 10_000-f.powerBp
		s.Groups[1] = sim.Group{
			Name: f.strategy, Strategy: f.strategy, Params: f.params, Validators: f.validators, PowerBp: f.powerBp, Owns: f.owns,
		}
		s.Name = f.strategy + " among honest validators"
		if f.strategy == "honest" {
			s.Groups[1].Name = "control"
		}
	}
	f.scenario.Shards = sim.Shards(f.shards)
	for name, set := range map[string]func(){
		"name": func() { s.Name = f.scenario.Name }, "rules": func() { s.Rules = f.scenario.Rules },
		"shards": func() { s.Shards = f.scenario.Shards }, "items": func() { s.Items = f.scenario.Items },
		"turnover-bp": func() { s.TurnoverBp = f.scenario.TurnoverBp }, "epochs": func() { s.Epochs = f.scenario.Epochs },
		"warmup": func() { s.Warmup = f.scenario.Warmup }, "seeds": func() { s.Seeds = f.scenario.Seeds },
		"seed": func() { s.Seed = f.scenario.Seed }, "coverage": func() { s.Coverage = f.scenario.Coverage },
		"sharpness": func() { s.Sharpness = f.scenario.Sharpness },
	} {
		if flags.Changed(name) {
			set()
		}
	}
	err := s.Validate()
	return s, err
}

func (f *simRun) write(out io.Writer, s *sim.Summary) error {
	if err := s.WriteTable(out); err != nil {
		return err
	}
	if err := writeFile(f.csv, s.WriteCSV); err != nil {
		return err
	}
	return writeFile(f.svg, s.WriteSVG)
}

// progress says how far a long run is, on a line of its own that it writes over, each
// hundredth of the way.
func progress(w io.Writer, what string) func(done, all int) {
	last := -1
	return func(done, all int) {
		if percent := 100 * done / all; percent != last {
			last = percent
			fmt.Fprintf(w, "\r%d of %d %s", done, all, what)
		}
		if done == all {
			fmt.Fprintln(w)
		}
	}
}
