// SPDX-License-Identifier: Apache-2.0

package localnet

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"time"

	"github.com/gofrs/flock"
	"golang.org/x/sync/errgroup"

	"github.com/weal-network/weal/evaluator/config"
)

// Options are what the command's flags say.
type Options struct {
	// Home is the network's folder.
	Home string
	// ConfigPath is the network's description.
	ConfigPath string
	// Reset deletes what an earlier run left.
	Reset bool
	// Dishonest is what the last validator's evaluator does instead of measuring: see config.Config; empty for nothing.
	Dishonest string
	// Epochs ends the run after so many scored epochs; 0 goes on until it is interrupted.
	Epochs uint64
	// ReportPath is where the last table is written as JSON; empty for nowhere.
	ReportPath string
	// Out is where progress and the table go.
	Out io.Writer
	// Terminal is whether Out is a terminal that the table may be redrawn on.
	Terminal bool
}

// Network is a local network: its description, its state and its processes.
type Network struct {
	opts         Options
	home         string
	cfg          Config
	configSHA256 string
	cli          cli
	state        *state
	spec         specDigests
	processes    []*process

	mu    sync.Mutex
	notes []string
}

// Run makes or resumes the network, runs it until ctx ends or its epochs are over, and stops every process.
func Run(ctx context.Context, opts Options) error {
	n, unlock, err := open(opts)
	if err != nil {
		return err
	}
	defer unlock()
	if err := n.prepare(ctx); err != nil {
		return err
	}
	// The processes outlive the interrupt by a moment, so that a transaction or a report that is under way ends well.
	processes, stop := context.WithCancel(context.WithoutCancel(ctx))
	defer stop()
	g, processCtx := errgroup.WithContext(processes)
	for _, p := range n.processes {
		g.Go(func() error { return p.run(processCtx, n.cli.binary) })
	}
	work, endWork := context.WithCancel(ctx)
	defer endWork()
	// A process that cannot be kept alive ends the work.
	context.AfterFunc(processCtx, endWork)
	err = n.work(work)
	n.say("stopping %d processes", len(n.processes))
	stop()
	if processErr := g.Wait(); processErr != nil {
		return processErr
	}
	if errors.Is(err, context.Canceled) && ctx.Err() != nil && opts.Epochs == 0 {
		n.say("stopped; the same command resumes the network in %s", n.home)
		return nil
	}
	return err
}

// open reads the description, takes the home for this process alone, and loads what an earlier run left.
func open(opts Options) (*Network, func(), error) {
	if opts.Dishonest != "" && opts.Dishonest != config.Copy {
		return nil, nil, fmt.Errorf("--dishonest is %q: use %s, or leave it out", opts.Dishonest, config.Copy)
	}
	cfg, err := LoadConfig(opts.ConfigPath)
	if err != nil {
		return nil, nil, err
	}
	bz, err := os.ReadFile(opts.ConfigPath)
	if err != nil {
		return nil, nil, err
	}
	digest := sha256.Sum256(bz)
	home, err := filepath.Abs(opts.Home)
	if err != nil {
		return nil, nil, err
	}
	binary, err := os.Executable()
	if err != nil {
		return nil, nil, err
	}
	lock, err := lockHome(home)
	if err != nil {
		return nil, nil, err
	}
	n := &Network{
		opts: opts, home: home, cfg: cfg, configSHA256: hex.EncodeToString(digest[:]),
		cli: cli{binary: binary, home: home},
	}
	return n, func() { _ = lock.Unlock() }, nil
}

// lockHome keeps a second localnet out of the same home.
func lockHome(home string) (*flock.Flock, error) {
	if err := os.MkdirAll(filepath.Dir(home), 0o750); err != nil {
		return nil, err
	}
	lock := flock.New(home + ".lock")
	held, err := lock.TryLock()
	if err != nil {
		return nil, err
	}
	if !held {
		return nil, fmt.Errorf("another localnet runs in %s: stop it, or choose another --home", home)
	}
	return lock, nil
}

// prepare makes the network, or makes sure that the one in the home can go on.
func (n *Network) prepare(ctx context.Context) error {
	if n.opts.Reset {
		if err := n.reset(); err != nil {
			return err
		}
	}
	st, err := loadState(n.home)
	if err != nil {
		return err
	}
	switch {
	case st == nil || !st.Ready:
		// What was left half made is nobody's yet.
		if err := n.reset(); err != nil {
			return err
		}
		if err := n.create(ctx); err != nil {
			return fmt.Errorf("the network could not be made: %w", err)
		}
	case st.ConfigSHA256 != n.configSHA256:
		return fmt.Errorf("%s has changed since the network in %s was made: start over with --reset, or take the change back", n.opts.ConfigPath, n.home)
	default:
		n.say("resuming the network in %s", n.home)
		n.state = st
		if err := n.renewPorts(); err != nil {
			return err
		}
	}
	if err := n.writeNodeConfigs(); err != nil {
		return err
	}
	if err := n.writeEvaluatorConfigs(); err != nil {
		return err
	}
	n.defineProcesses()
	return n.state.save(n.home)
}

// reset deletes the home, but never a folder that is not a network's: one has its state from the first moment on.
func (n *Network) reset() error {
	entries, err := os.ReadDir(n.home)
	if errors.Is(err, os.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	isState := func(e os.DirEntry) bool { return e.Name() == stateFile }
	if len(entries) > 0 && !slices.ContainsFunc(entries, isState) {
		return fmt.Errorf("%s is not a local network's folder, as it has no %s: nothing was deleted; choose another --home", n.home, stateFile)
	}
	return os.RemoveAll(n.home)
}

func (n *Network) defineProcesses() {
	for i, nd := range n.state.Nodes {
		evaluate := []string{"evaluator", "start", "--home", n.evaluatorHome(nd)}
		if i == len(n.state.Nodes)-1 && n.opts.Dishonest != "" {
			evaluate = append(evaluate, "--dishonest", n.opts.Dishonest)
		}
		n.processes = append(n.processes,
			&process{name: fmt.Sprintf("node%d", i), log: n.logPath("node", i), args: []string{"start", "--home", n.nodeHome(nd)}},
			&process{name: fmt.Sprintf("evaluator%d", i), log: n.logPath("evaluator", i), args: evaluate},
		)
	}
}

// work is what happens while the processes run.
func (n *Network) work(ctx context.Context) error {
	chain, err := n.connect(ctx)
	if err != nil {
		return err
	}
	defer chain.close()
	if err := n.nameScorers(ctx); err != nil {
		return err
	}
	n.say("%s", n.addresses())
	g, ctx := errgroup.WithContext(ctx)
	g.Go(func() error { return n.submitModels(ctx) })
	if n.cfg.Faucet != nil {
		g.Go(func() error { return n.serveFaucet(ctx) })
	}
	g.Go(func() error {
		if err := n.watch(ctx, chain); err != nil {
			return err
		}
		return errDone
	})
	if err := g.Wait(); !errors.Is(err, errDone) {
		return err
	}
	return nil
}

// errDone ends the work because its epochs are over.
var errDone = errors.New("the epochs asked for are over")

// nameScorers has each operator name its evaluator's hot key, once.
func (n *Network) nameScorers(ctx context.Context) error {
	if n.state.ScorersSet {
		return nil
	}
	g, gctx := errgroup.WithContext(ctx)
	g.SetLimit(2)
	for _, nd := range n.state.Nodes {
		g.Go(func() error {
			return n.cli.tx(gctx, nd.Name, "scoring", "set-scorer", nd.Scorer)
		})
	}
	if err := g.Wait(); err != nil {
		return fmt.Errorf("an operator could not name its evaluator's key: %w", err)
	}
	n.mu.Lock()
	defer n.mu.Unlock()
	n.state.ScorersSet = true
	return n.state.save(n.home)
}

func (n *Network) index(nd *node) int { return slices.Index(n.state.Nodes, nd) }

func (n *Network) nodeHome(nd *node) string {
	return filepath.Join(n.home, fmt.Sprintf("node%d", n.index(nd)))
}

func (n *Network) evaluatorHome(nd *node) string {
	return filepath.Join(n.home, fmt.Sprintf("evaluator%d", n.index(nd)))
}

func (n *Network) genesisPath(nd *node) string {
	return filepath.Join(n.nodeHome(nd), "config", "genesis.json")
}

func (n *Network) logPath(kind string, i int) string {
	return filepath.Join(n.home, "logs", fmt.Sprintf("%s%d.log", kind, i))
}

// storeURL is where contributors put their artifacts: the first validator's evaluator.
func (n *Network) storeURL() string { return "http://" + local(n.state.Nodes[0].Ports.Evaluator) }

// say prints a line of progress with the time, or keeps it for the table's foot.
func (n *Network) say(format string, args ...any) {
	line := time.Now().Format("15:04:05 ") + fmt.Sprintf(format, args...)
	n.mu.Lock()
	defer n.mu.Unlock()
	n.notes = append(n.notes, line)
	if len(n.notes) > maxNotes {
		n.notes = n.notes[len(n.notes)-maxNotes:]
	}
	fmt.Fprintln(n.opts.Out, line)
}

// maxNotes is how many lines of progress the table's foot shows.
const maxNotes = 6
