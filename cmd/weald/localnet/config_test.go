// SPDX-License-Identifier: Apache-2.0

package localnet

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/weal-network/weal/app"
)

func TestMain(m *testing.M) {
	app.Seal()
	os.Exit(m.Run())
}

// small is the least description of a network.
const small = `version: 1
accounts:
  - name: alice
    coins: [2000000uweal]
validators:
  - name: alice
    bonded: 1000000uweal
`

func TestTheProjectsOwnDescriptionIsAccepted(t *testing.T) {
	cfg, err := LoadConfig(filepath.Join("..", "..", "..", "config.yml"))
	require.NoError(t, err)
	require.Len(t, cfg.Validators, 4)
	require.Equal(t, []string{"erin", "frank", "grace", "heidi", "ivan", "judy", "mallory"}, cfg.Contributors())
}

func TestADescriptionThatIsWrongIsRefusedWithWhatToDo(t *testing.T) {
	cases := map[string]struct {
		yaml string
		says []string
	}{
		"an empty file": {"", []string{"empty", "expected version"}},
		"a key with a typo at the top names its line and the keys there are": {
			small + "acounts: []\n", []string{"line 8", `unknown key "acounts"`, "accounts"},
		},
		"a key with a typo inside an account names its line": {
			"version: 1\naccounts:\n  - name: alice\n    coin: [1uweal]\n", []string{"line 4", `unknown key "coin"`, "coins"},
		},
		"a second document":                        {small + "---\nversion: 1\n", []string{"second YAML document"}},
		"a version from the future":                {"version: 2\n", []string{"version is 2, expected 1"}},
		"a consumer chain":                         {"version: 1\nvalidation: consumer\n", []string{"consumer", "expected sovereign"}},
		"an account without a name":                {"version: 1\naccounts: [{coins: [1uweal]}]\n", []string{"accounts[0]", "name is empty"}},
		"two accounts of one name":                 {"version: 1\naccounts: [{name: a}, {name: a}]\n", []string{"accounts[1]", "used twice"}},
		"coins that are no amount":                 {"version: 1\naccounts: [{name: a, coins: [much]}]\n", []string{"accounts[0]", `"much"`, "expected an amount"}},
		"a mnemonic that is not one":               {"version: 1\naccounts: [{name: a, mnemonic: one two}]\n", []string{"mnemonic", "BIP-39"}},
		"an address of another chain":              {"version: 1\naccounts: [{name: a, address: cosmos1qqqq}]\n", []string{"address of \"a\""}},
		"no validator":                             {"version: 1\naccounts: [{name: a}]\n", []string{"validators is empty"}},
		"a validator that is no account":           {"version: 1\naccounts: [{name: a}]\nvalidators: [{name: b, bonded: 1uweal}]\n", []string{"validators[0]", "not among accounts"}},
		"a bond in another coin":                   {"version: 1\naccounts: [{name: a, coins: [5uatom]}]\nvalidators: [{name: a, bonded: 1uatom}]\n", []string{"expected a positive amount of uweal"}},
		"a bond beyond what the account has":       {"version: 1\naccounts: [{name: a, coins: [5uweal]}]\nvalidators: [{name: a, bonded: 6uweal}]\n", []string{"bonds 6uweal and has 5uweal"}},
		"a validator named twice":                  {"version: 1\naccounts: [{name: a, coins: [5uweal]}]\nvalidators: [{name: a, bonded: 2uweal}, {name: a, bonded: 2uweal}]\n", []string{"validators[1]", "twice"}},
		"a faucet that is no account":              {small + "faucet: {name: tap, coins: [1uweal]}\n", []string{"faucet", `"tap"`, "add it to accounts"}},
		"a faucet without coins":                   {small + "faucet: {name: alice}\n", []string{"faucet", "coins is empty"}},
		"a faucet at a port that there cannot be":  {small + "faucet: {name: alice, coins: [1uweal], port: 70000}\n", []string{"port is 70000"}},
		"a list where a map is expected says line": {"version: 1\nbuild: []\n", []string{"line 2"}},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			_, err := ParseConfig([]byte(tc.yaml))
			require.Error(t, err)
			for _, s := range tc.says {
				require.ErrorContains(t, err, s)
			}
		})
	}
}

func TestADescriptionThatDoesNotExistNamesTheFlag(t *testing.T) {
	_, err := LoadConfig(filepath.Join(t.TempDir(), "config.yml"))
	require.ErrorIs(t, err, os.ErrNotExist)
	require.ErrorContains(t, err, "--config")
}

func FuzzParseConfigNeverPanicsAndAcceptsOnlyWhatIsValid(f *testing.F) {
	f.Add([]byte(small))
	f.Add([]byte("version: 1\naccounts: [{name: a, coins: [5uweal]}]\n"))
	f.Add([]byte("&a [*a]"))
	f.Fuzz(func(t *testing.T, bz []byte) {
		cfg, err := ParseConfig(bz)
		if err == nil {
			require.NoError(t, cfg.Validate())
		}
	})
}
