// SPDX-License-Identifier: Apache-2.0

package sim

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	topictypes "github.com/weal-network/weal/x/topic/types"
)

// ErrScenario says that a scenario cannot be played, and why.
var ErrScenario = errors.New("bad scenario")

// Bounds of a scenario, so that a slip of the finger is told at once and not after a night.
const (
	maxItems      = 4096
	maxValidators = 256
	maxEpochs     = 100_000
	maxSeeds      = 10_000
	maxGroups     = 32
)

// Scenario is a population and what it plays for.
type Scenario struct {
	// Name is said in tables and plots.
	Name string `yaml:"name"`
	// Rules is the rule set that closes epochs; see RuleSets.
	Rules string `yaml:"rules"`
	// Coverage is how many validators each item is dealt to, 0 for all of them, and Sharpness the power that scores are
	// raised to before they become weights, 0 and 1 for none; with the bounds of a topic.
	Coverage  uint32 `yaml:"coverage"`
	Sharpness uint32 `yaml:"sharpness"`
	// Shards says on what validators measure.
	Shards Shards `yaml:"shards"`
	// Items are contributions of nobody and of groups, always so many.
	Items int `yaml:"items"`
	// TurnoverBp is the chance of an item of nobody to be replaced by a new one, an epoch.
	TurnoverBp int64 `yaml:"turnover_bp"`
	// Epochs are played; the first Warmup of them are not counted.
	Epochs int `yaml:"epochs"`
	Warmup int `yaml:"warmup"`
	// Seeds are played one after the other, from Seed on.
	Seeds int    `yaml:"seeds"`
	Seed  uint64 `yaml:"seed"`
	// Groups are the validators. The first group is what the others are compared with.
	Groups []Group `yaml:"groups"`
	// Contributors submit items of their own, beside Items. Under the default rules they are then
	// paid for what they add to the best so far.
	Contributors []Contributor `yaml:"contributors,omitempty"`
}

// Group is some validators that play alike.
type Group struct {
	Name string `yaml:"name"`
	// Strategy is one of Strategies, Params its numbers.
	Strategy string `yaml:"strategy"`
	Params   Knobs  `yaml:"params,omitempty"`
	// Validators are how many, with equal parts of the group's power.
	Validators int `yaml:"validators"`
	// PowerBp is the group's share of the scoring power.
	PowerBp int64 `yaml:"power_bp"`
	// Owns is how many of the items are the group's; they are not replaced.
	Owns int `yaml:"owns,omitempty"`
}

// DefaultScenario is a copying validator among honest ones.
func DefaultScenario() *Scenario {
	return &Scenario{
		Name: "a copier among honest validators", Rules: RulesDefault, Shards: Shared,
		Items: 24, TurnoverBp: 200, Epochs: 300, Warmup: 60, Seeds: 20, Seed: 1,
		Groups: []Group{
			{Name: "honest", Strategy: "honest", Validators: 18, PowerBp: 9_000},
			{Name: "copier", Strategy: "copier", Validators: 2, PowerBp: 1_000},
		},
	}
}

// Parse reads a scenario. What it does not say is as in DefaultScenario; a key that is not
// known is refused. The error is ErrScenario.
func Parse(raw []byte) (*Scenario, error) {
	s := DefaultScenario()
	dec := yaml.NewDecoder(bytes.NewReader(raw))
	dec.KnownFields(true)
	if err := dec.Decode(s); err != nil {
		if errors.Is(err, io.EOF) {
			return nil, fmt.Errorf("%w: the file is empty; `weald sim run --print` shows a whole one", ErrScenario)
		}
		return nil, fmt.Errorf("%w: %s", ErrScenario, strings.TrimPrefix(err.Error(), "yaml: "))
	}
	if err := s.Validate(); err != nil {
		return nil, err
	}
	return s, nil
}

// Marshal writes a scenario as Parse reads it.
func (s *Scenario) Marshal() ([]byte, error) { return yaml.Marshal(s) }

// Validate checks everything that a run needs. The error is ErrScenario and says which, and
// what is expected.
func (s *Scenario) Validate() error {
	if !slices.Contains(RuleSets(), s.Rules) {
		return fmt.Errorf("%w: rules is %q, expected one of %s", ErrScenario, s.Rules, strings.Join(RuleSets(), ", "))
	}
	if s.Shards != Shared && s.Shards != Own {
		return fmt.Errorf("%w: shards is %q, expected %q or %q", ErrScenario, s.Shards, Shared, Own)
	}
	if err := s.scoring().Validate(); err != nil {
		return fmt.Errorf("%w: rules %s: %w", ErrScenario, s.Rules, err)
	}
	least := int64(1)
	if len(s.Contributors) > 0 {
		least = 0
	}
	for _, n := range []struct {
		name          string
		value, lo, hi int64
	}{
		{"items", int64(s.Items), least, maxItems},
		{"turnover_bp", s.TurnoverBp, 0, basisPoints},
		{"epochs", int64(s.Epochs), 1, maxEpochs},
		{"warmup", int64(s.Warmup), 0, int64(s.Epochs) - 1},
		{"seeds", int64(s.Seeds), 1, maxSeeds},
		{"groups", int64(len(s.Groups)), 1, maxGroups},
		{"contributors", int64(len(s.Contributors)), 0, maxGroups},
	} {
		if err := within(n.name, n.value, n.lo, n.hi); err != nil {
			return err
		}
	}
	for i, c := range s.Contributors {
		if _, err := newMaker(c.Strategy, c.Params); err != nil {
			return fmt.Errorf("contributor %d (%s): %w", i+1, c.Name, err)
		}
	}
	return s.validateGroups()
}

func (s *Scenario) validateGroups() error {
	var power int64
	owned, names := 0, map[string]bool{}
	for i, g := range s.Groups {
		at := fmt.Sprintf("group %d (%s)", i+1, g.Name)
		if g.Name == "" || names[g.Name] {
			return fmt.Errorf("%w: %s needs a name of its own", ErrScenario, at)
		}
		names[g.Name] = true
		if _, err := newStrategy(g.Strategy, g.Params); err != nil {
			return fmt.Errorf("%s: %w", at, err)
		}
		if err := within(at+": validators", int64(g.Validators), 1, maxValidators); err != nil {
			return err
		}
		if err := within(at+": power_bp", g.PowerBp, 1, basisPoints); err != nil {
			return err
		}
		if err := within(at+": owns", int64(g.Owns), 0, int64(s.Items)); err != nil {
			return err
		}
		power += g.PowerBp
		owned += g.Owns
	}
	if power != basisPoints {
		return fmt.Errorf("%w: power_bp of all groups adds up to %d, expected %d", ErrScenario, power, basisPoints)
	}
	if owned > s.Items {
		return fmt.Errorf("%w: groups own %d items, and there are %d", ErrScenario, owned, s.Items)
	}
	return within("validators of all groups", int64(s.validators()), 1, maxValidators)
}

func within(name string, value, lo, hi int64) error {
	if value < lo || value > hi {
		return fmt.Errorf("%w: %s is %d, expected %d to %d", ErrScenario, name, value, lo, hi)
	}
	return nil
}

// scoring are the rules as a topic has them.
func (s *Scenario) scoring() topictypes.Scoring {
	scoring := topictypes.DefaultScoring()
	scoring.Coverage, scoring.Sharpness = s.Coverage, s.Sharpness
	if s.Rules == RulesYuma3 {
		scoring.ScoreRule, scoring.DividendRule = topictypes.SCORE_RULE_CLIPPED_SUM, topictypes.DIVIDEND_RULE_BONDS
	}
	if s.Rules == RulesYuma3 || len(s.Contributors) == 0 {
		scoring.RewardRule = topictypes.REWARD_RULE_PROPORTIONAL
		return scoring
	}
	scoring.Baseline = lowestQuality
	return scoring
}

func (s *Scenario) validators() int {
	n := 0
	for _, g := range s.Groups {
		n += g.Validators
	}
	return n
}

func (s *Scenario) slots() int {
	if len(s.Contributors) > 0 {
		return s.Items + room
	}
	return s.Items
}

// Honestly is the scenario with everybody honest: same validators, power, items, steps and seeds.
func (s *Scenario) Honestly() *Scenario {
	c := *s
	c.Groups = slices.Clone(s.Groups)
	for i := range c.Groups {
		c.Groups[i].Strategy, c.Groups[i].Params = "honest", nil
	}
	c.Contributors = slices.Clone(s.Contributors)
	for i := range c.Contributors {
		c.Contributors[i].Strategy = "steady"
		c.Contributors[i].Params = Knobs{}
		for _, k := range stepKnobs {
			if v, given := s.Contributors[i].Params[k.name]; given {
				c.Contributors[i].Params[k.name] = v
			}
		}
	}
	return &c
}
