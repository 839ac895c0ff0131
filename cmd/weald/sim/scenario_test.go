// SPDX-License-Identifier: Apache-2.0

package sim_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/weal-network/weal/cmd/weald/sim"
)

func TestABadScenarioIsRefusedWithWhatWasExpected(t *testing.T) {
	const groups = "groups:\n- {name: a, strategy: honest, validators: 3, power_bp: 10000}\n"
	for name, c := range map[string]struct{ yaml, says string }{
		"an empty file":            {"", "the file is empty"},
		"a key that nothing reads": {"itmes: 3\n", "field itmes not found"},
		"a value of another type":  {"items: many\n", "cannot unmarshal"},
		"no such rules":            {"rules: yuma9\n", `rules is "yuma9", expected one of yuma3`},
		"no such shards":           {"shards: some\n", `shards is "some", expected "shared" or "own"`},
		"fewer validators for each item than can stand for all": {"coverage: 3\n", "coverage is 3: choose 4 to 256 validators for each contribution, or 0 for all of them"},
		"more validators for each item than a topic may have":   {"coverage: 257\n", "scoring.coverage is 257: choose 0 to 256"},
		"a coverage of less than nobody":                        {"coverage: -1\n", "cannot unmarshal"},
		"a coverage under rules that cannot share out":          {"rules: yuma3\ncoverage: 8\n", "rules yuma3: coverage is 8 under RULE_YUMA3 and SCORE_RULE_CLIPPED_SUM"},
		"a sharpness beyond the largest":                        {"sharpness: 9\n", "scoring.sharpness is 9: choose 0 to 8"},
		"no items":                                              {"items: 0\n", "items is 0, expected 1 to 4096"},
		"a warm-up as long as the run":                          {"epochs: 10\nwarmup: 10\n", "warmup is 10, expected 0 to 9"},
		"no seeds":                                              {"seeds: 0\n", "seeds is 0, expected 1 to 10000"},
		"a chance above 1":                                      {"turnover_bp: 10001\n", "turnover_bp is 10001, expected 0 to 10000"},
		"no groups":                                             {"groups: []\n", "groups is 0, expected 1 to 32"},
		"a group without a name":                                {"groups:\n- {strategy: honest, validators: 3, power_bp: 10000}\n", "group 1 () needs a name of its own"},
		"two groups of one name":                                {groups + "- {name: a, strategy: honest, validators: 3, power_bp: 1}\n", "group 2 (a) needs a name of its own"},
		"no such strategy":                                      {"groups:\n- {name: a, strategy: sly, validators: 3, power_bp: 10000}\n", `no strategy "sly", expected one of honest, lazy`},
		"no such param":                                         {"groups:\n- {name: a, strategy: lazy, params: {each: 2}, validators: 3, power_bp: 10000}\n", `no param "each", expected one of every`},
		"a param out of range":                                  {"groups:\n- {name: a, strategy: lazy, params: {every: 1}, validators: 3, power_bp: 10000}\n", "every is 1, expected 2 to 1000"},
		"power that does not add up":                            {"groups:\n- {name: a, strategy: honest, validators: 3, power_bp: 9000}\n", "adds up to 9000, expected 10000"},
		"a group without power":                                 {"groups:\n- {name: a, strategy: honest, validators: 3, power_bp: 0}\n", "power_bp is 0, expected 1 to 10000"},
		"a group of nobody":                                     {"groups:\n- {name: a, strategy: honest, validators: 0, power_bp: 10000}\n", "validators is 0, expected 1 to 256"},
		"more items of groups than there are":                   {"items: 2\ngroups:\n- {name: a, strategy: honest, validators: 3, power_bp: 9000, owns: 2}\n- {name: b, strategy: honest, validators: 3, power_bp: 1000, owns: 1}\n", "groups own 3 items, and there are 2"},
		"more validators than a topic may have":                 {"groups:\n- {name: a, strategy: honest, validators: 200, power_bp: 9000}\n- {name: b, strategy: honest, validators: 57, power_bp: 1000}\n", "validators of all groups is 257, expected 1 to 256"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := sim.Parse([]byte(c.yaml))
			require.ErrorIs(t, err, sim.ErrScenario)
			require.ErrorContains(t, err, c.says)
		})
	}
}

func TestAScenarioIsReadAsItWasWritten(t *testing.T) {
	s := sim.DefaultScenario()
	s.Coverage, s.Sharpness = 8, 3
	s.Groups[1].Strategy, s.Groups[1].Params = "lazy", sim.Knobs{"every": 7}
	raw, err := s.Marshal()
	require.NoError(t, err)
	again, err := sim.Parse(raw)
	require.NoError(t, err)
	require.Equal(t, s, again)
}

func FuzzParse(f *testing.F) {
	f.Add([]byte("items: 3\ngroups:\n- {name: a, strategy: lazy, params: {every: 7}, validators: 3, power_bp: 10000}\n"))
	f.Fuzz(func(t *testing.T, raw []byte) {
		s, err := sim.Parse(raw)
		if err != nil {
			require.ErrorIs(t, err, sim.ErrScenario)
			return
		}
		require.NoError(t, s.Validate())
	})
}
