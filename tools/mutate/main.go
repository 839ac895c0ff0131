// SPDX-License-Identifier: Apache-2.0

// Command mutate asks whether tests would notice: it changes the code of a package in one
// place at a time (a comparison, an operator, a constant, a rounding, a statement left out),
// runs the package's tests against each change, and reports those that no test failed on.
//
//	mutate ./pkg/yuma ./pkg/fixed
//	mutate -sample 100 -seed 7 ./pkg/yuma -- -rapid.shrinktime=0s
//
// What stands behind -- goes to the tests. Files stay as they are: the changes are overlays of
// the build, all of a package in one binary. Changes that do not compile do not count. Changes that make no difference are
// listed, with the reason, in the file that -equivalents names.
package main

import (
	"flag"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"sync"
)

func main() {
	if err := run(os.Args[1:], os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "mutate:", err)
		os.Exit(1)
	}
}

// options are the command line.
type options struct {
	minimum          float64
	sample, jobs     int
	seed             uint64
	seconds          int
	equivalents      string
	again            string
	list             bool
	packages, toTest []string
}

func parse(args []string) (options, error) {
	var o options
	flags := flag.NewFlagSet("mutate", flag.ContinueOnError)
	flags.Float64Var(&o.minimum, "min", 90, "fail below this share of noticed changes, in percent")
	flags.IntVar(&o.sample, "sample", 0, "try only so many changes, drawn by -seed; 0 is all")
	flags.Uint64Var(&o.seed, "seed", 1, "seed of -sample")
	flags.IntVar(&o.jobs, "jobs", 2, "changes tried at a time")
	flags.IntVar(&o.seconds, "seconds", 20, "processor time that the tests may take; a change that makes them hang is noticed")
	flags.StringVar(&o.equivalents, "equivalents", "", "file of changes that make no difference")
	flags.StringVar(&o.again, "again", "", "try only what survived, according to this output of an earlier run")
	flags.BoolVar(&o.list, "list", false, "list the changes and try none")
	if split := slices.Index(args, "--"); split >= 0 {
		args, o.toTest = args[:split], args[split+1:]
	}
	if err := flags.Parse(args); err != nil {
		return o, err
	}
	if o.packages = flags.Args(); len(o.packages) == 0 {
		return o, fmt.Errorf("no package given, expected some like ./pkg/yuma")
	}
	return o, nil
}

func run(args []string, out io.Writer) error {
	o, err := parse(args)
	if err != nil {
		return err
	}
	known, err := readEquivalents(o.equivalents)
	if err != nil {
		return err
	}
	mutants, err := find(o.packages)
	if err != nil {
		return err
	}
	mutants = slices.DeleteFunc(mutants, known.has)
	if o.again != "" {
		before, err := os.ReadFile(o.again)
		if err != nil {
			return err
		}
		mutants = slices.DeleteFunc(mutants, func(m mutant) bool { return !m.survivedIn(string(before)) })
	}
	if o.sample > 0 && o.sample < len(mutants) {
		r := rand.New(rand.NewPCG(o.seed, 0))
		r.Shuffle(len(mutants), func(i, j int) { mutants[i], mutants[j] = mutants[j], mutants[i] })
		mutants = mutants[:o.sample]
	}
	if o.list {
		for _, m := range mutants {
			fmt.Fprintln(out, m)
		}
		return nil
	}
	results, err := try(o, mutants, out)
	if err != nil {
		return err
	}
	return report(results, known, o, out)
}

// buildAll builds the tests of each package, with the mutants in them, by folder.
func buildAll(mutants []mutant, in string) (map[string]string, error) {
	byDir := map[string][]mutant{}
	for i := range mutants {
		mutants[i].id = i + 1
		if mutants[i].body != [2]int{} {
			byDir[mutants[i].dir] = append(byDir[mutants[i].dir], mutants[i])
		}
	}
	binaries := map[string]string{}
	for dir, of := range byDir {
		sub, err := os.MkdirTemp(in, "tests")
		if err != nil {
			return nil, err
		}
		if binaries[dir], err = build(dir, of, sub); err != nil {
			return nil, err
		}
	}
	return binaries, nil
}

// try runs the tests against each mutant and prints the survivors as they come.
func try(o options, mutants []mutant, out io.Writer) ([]tried, error) {
	in, err := os.MkdirTemp("", "mutate")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(in)
	binaries, err := buildAll(mutants, in)
	if err != nil {
		return nil, err
	}
	results := make([]tried, len(mutants))
	next := make(chan int)
	var workers sync.WaitGroup
	var printing sync.Mutex
	for range o.jobs {
		workers.Go(func() {
			for i := range next {
				results[i] = tried{mutants[i], mutants[i].try(binaries[mutants[i].dir], o.seconds, o.toTest)}
				printing.Lock()
				if results[i].verdict == survived || results[i].verdict == broken {
					fmt.Fprintf(out, "%s %s\n", results[i].verdict, mutants[i])
				}
				printing.Unlock()
			}
		})
	}
	for i := range mutants {
		next <- i
	}
	close(next)
	workers.Wait()
	return results, nil
}

// report counts by package and fails where too few were noticed.
func report(all []tried, known equivalents, o options, out io.Writer) error {
	var few []string
	byPackage := map[string]map[verdict]int{}
	var names []string
	for _, r := range all {
		if byPackage[r.pkg] == nil {
			byPackage[r.pkg] = map[verdict]int{}
			names = append(names, r.pkg)
		}
		byPackage[r.pkg][r.verdict]++
	}
	slices.Sort(names)
	for _, name := range names {
		n := byPackage[name]
		noticed, counted := n[killed]+n[hung], n[killed]+n[hung]+n[survived]
		share := 100.0
		if counted > 0 {
			share = 100 * float64(noticed) / float64(counted)
		}
		fmt.Fprintf(out, "%s: %d of %d changes noticed (%.1f%%), %d of them by hanging\n", name, noticed, counted, share, n[hung])
		if share < o.minimum || n[broken] > 0 {
			few = append(few, name)
		}
	}
	for _, line := range known.unused() {
		fmt.Fprintf(out, "no such change any more: %s\n", line)
	}
	if len(few) > 0 {
		return fmt.Errorf("too few changes noticed, expected %.0f%%: %s", o.minimum, strings.Join(few, ", "))
	}
	return nil
}
