// SPDX-License-Identifier: Apache-2.0

package localnet

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"reflect"
	"regexp"
	"slices"
	"strings"

	"github.com/cosmos/go-bip39"
	"go.yaml.in/yaml/v3"

	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/weal-network/weal/app"
)

// Config is config.yml: Ignite's schema, version 1, as far as a local network needs it. A key that is not here is refused
// with its line.
type Config struct {
	// Version is the schema's, 1.
	Version int `yaml:"version"`
	// Validation is "sovereign": the chain has validators of its own.
	Validation string `yaml:"validation"`
	// Build says how the binary is built. It is read by `ignite chain build`; here the running binary is used.
	Build Build `yaml:"build"`
	// Accounts exist in genesis. Those that operate no validator and are not the faucet's contribute models.
	Accounts []Account `yaml:"accounts"`
	// Validators each run a node and an evaluator.
	Validators []Validator `yaml:"validators"`
	// Faucet gives coins to whoever asks, over HTTP; none when absent.
	Faucet *Faucet `yaml:"faucet"`
	// Genesis is laid over the default genesis: maps are merged, everything else is replaced.
	Genesis map[string]any `yaml:"genesis"`
}

// Build says how the binary is built.
type Build struct {
	// Main is the main package's folder.
	Main string `yaml:"main"`
	// Binary is the binary's name.
	Binary string `yaml:"binary"`
	// Output is the folder that it is put into.
	Output string `yaml:"output"`
}

// Account exists in genesis with some coins.
type Account struct {
	// Name is the key's name in the keyring.
	Name string `yaml:"name"`
	// Coins are what it has, such as "5000000uweal".
	Coins []string `yaml:"coins"`
	// Mnemonic derives the key; a random one is made when both it and Address are absent.
	Mnemonic string `yaml:"mnemonic"`
	// Address is used instead of a key; such an account cannot sign here.
	Address string `yaml:"address"`
}

// Validator is an account that runs a node and an evaluator.
type Validator struct {
	// Name is the account's.
	Name string `yaml:"name"`
	// Bonded is its self-delegation, such as "1000000uweal".
	Bonded string `yaml:"bonded"`
	// App is laid over the node's app.toml.
	App map[string]any `yaml:"app"`
	// Config is laid over the node's config.toml.
	Config map[string]any `yaml:"config"`
	// Client is laid over the node's client.toml.
	Client map[string]any `yaml:"client"`
}

// Faucet gives coins to whoever asks.
type Faucet struct {
	// Name is the account that pays.
	Name string `yaml:"name"`
	// Coins are given for one request.
	Coins []string `yaml:"coins"`
	// Port is where it listens on the loopback address; a free one is chosen when it is 0.
	Port int `yaml:"port"`
}

// LoadConfig reads and checks the file at path.
func LoadConfig(path string) (Config, error) {
	bz, err := os.ReadFile(path)
	if err != nil {
		return Config{}, fmt.Errorf("cannot read the network's description: %w. Name it with --config, or run from the folder that holds config.yml", err)
	}
	cfg, err := ParseConfig(bz)
	if err != nil {
		return Config{}, fmt.Errorf("%s: %w", path, err)
	}
	return cfg, nil
}

// ParseConfig reads and checks a config.yml.
func ParseConfig(bz []byte) (Config, error) {
	var cfg Config
	dec := yaml.NewDecoder(bytes.NewReader(bz))
	dec.KnownFields(true)
	if err := dec.Decode(&cfg); err != nil {
		if errors.Is(err, io.EOF) {
			return Config{}, errors.New("the file is empty: expected version, accounts, validators and genesis")
		}
		return Config{}, explain(err)
	}
	if err := dec.Decode(new(Config)); !errors.Is(err, io.EOF) {
		return Config{}, errors.New("a second YAML document follows: keep one")
	}
	return cfg, cfg.Validate()
}

var unknownKey = regexp.MustCompile(`line (\d+): field (\S+) not found in type localnet\.(\w+)`)

// explain says of each unknown key which ones there are.
func explain(err error) error {
	var typeErr *yaml.TypeError
	if !errors.As(err, &typeErr) {
		return err
	}
	lines := make([]string, len(typeErr.Errors))
	for i, line := range typeErr.Errors {
		lines[i] = unknownKey.ReplaceAllStringFunc(line, func(s string) string {
			m := unknownKey.FindStringSubmatch(s)
			return fmt.Sprintf("line %s: unknown key %q: expected one of %s", m[1], m[2], strings.Join(keysOf(m[3]), ", "))
		})
	}
	return errors.New(strings.Join(lines, "; "))
}

func keysOf(typeName string) []string {
	for _, v := range []any{Config{}, Build{}, Account{}, Validator{}, Faucet{}} {
		t := reflect.TypeOf(v)
		if t.Name() != typeName {
			continue
		}
		keys := make([]string, t.NumField())
		for i := range keys {
			keys[i] = t.Field(i).Tag.Get("yaml")
		}
		return keys
	}
	return nil
}

// Validate checks what the schema alone does not.
func (c Config) Validate() error {
	if c.Version != 1 {
		return fmt.Errorf("version is %d, expected 1", c.Version)
	}
	if c.Validation != "" && c.Validation != "sovereign" {
		return fmt.Errorf("validation is %q, expected sovereign: consumer chains are not supported", c.Validation)
	}
	coins := make(map[string]sdk.Coins, len(c.Accounts))
	for i, a := range c.Accounts {
		owned, err := a.validate()
		if err != nil {
			return fmt.Errorf("accounts[%d]: %w", i, err)
		}
		if _, twice := coins[a.Name]; twice {
			return fmt.Errorf("accounts[%d]: the name %q is used twice: names are unique", i, a.Name)
		}
		coins[a.Name] = owned
	}
	if len(c.Validators) == 0 {
		return errors.New("validators is empty: a network needs at least one")
	}
	for i, v := range c.Validators {
		if slices.ContainsFunc(c.Validators[:i], func(o Validator) bool { return o.Name == v.Name }) {
			return fmt.Errorf("validators[%d]: %q is named twice: an account operates one validator", i, v.Name)
		}
		if err := v.validate(c, coins); err != nil {
			return fmt.Errorf("validators[%d]: %w", i, err)
		}
	}
	if c.Faucet != nil {
		if err := c.Faucet.validate(c); err != nil {
			return fmt.Errorf("faucet: %w", err)
		}
	}
	return nil
}

func (a Account) validate() (sdk.Coins, error) {
	if a.Name == "" {
		return nil, errors.New("name is empty")
	}
	if a.Mnemonic != "" && !bip39.IsMnemonicValid(a.Mnemonic) {
		return nil, fmt.Errorf("the mnemonic of %q is not valid: expected 12 to 24 words of the BIP-39 list with a right checksum", a.Name)
	}
	if a.Address != "" {
		if a.Mnemonic != "" {
			return nil, fmt.Errorf("%q has both an address and a mnemonic: keep one", a.Name)
		}
		if _, err := sdk.AccAddressFromBech32(a.Address); err != nil {
			return nil, fmt.Errorf("the address of %q: %w", a.Name, err)
		}
	}
	return parseCoins(a.Coins)
}

func (v Validator) validate(c Config, coins map[string]sdk.Coins) error {
	owned, ok := coins[v.Name]
	if !ok {
		return fmt.Errorf("%q is not among accounts: add it there with its coins", v.Name)
	}
	if c.account(v.Name).Address != "" {
		return fmt.Errorf("%q has an address and no key here, so it cannot sign for a validator", v.Name)
	}
	bonded, err := sdk.ParseCoinNormalized(v.Bonded)
	if err != nil {
		return fmt.Errorf("bonded is %q, expected an amount such as 1000000%s: %w", v.Bonded, app.BaseDenom, err)
	}
	if bonded.Denom != app.BaseDenom || !bonded.IsPositive() {
		return fmt.Errorf("bonded is %s, expected a positive amount of %s", bonded, app.BaseDenom)
	}
	if owned.AmountOf(app.BaseDenom).LT(bonded.Amount) {
		return fmt.Errorf("%q bonds %s and has %s", v.Name, bonded, owned)
	}
	return nil
}

func (f Faucet) validate(c Config) error {
	if a := c.account(f.Name); a.Name == "" || a.Address != "" {
		return fmt.Errorf("%q is not an account with a key: add it to accounts", f.Name)
	}
	if f.Port < 0 || f.Port > 65535 {
		return fmt.Errorf("port is %d, expected 0 to 65535", f.Port)
	}
	coins, err := parseCoins(f.Coins)
	if err == nil && coins.Empty() {
		err = errors.New("coins is empty: name what one request gives")
	}
	return err
}

func parseCoins(list []string) (sdk.Coins, error) {
	coins := sdk.NewCoins()
	for _, s := range list {
		coin, err := sdk.ParseCoinNormalized(s)
		if err != nil {
			return nil, fmt.Errorf("coins has %q, expected an amount such as 5000000%s: %w", s, app.BaseDenom, err)
		}
		coins = coins.Add(coin)
	}
	return coins, nil
}

func (c Config) account(name string) Account {
	for _, a := range c.Accounts {
		if a.Name == name {
			return a
		}
	}
	return Account{}
}

// Contributors are the accounts that can sign, operate no validator and are not the faucet's, in order.
func (c Config) Contributors() []string {
	var names []string
	for _, a := range c.Accounts {
		isValidator := slices.ContainsFunc(c.Validators, func(v Validator) bool { return v.Name == a.Name })
		if a.Address == "" && !isValidator && (c.Faucet == nil || c.Faucet.Name != a.Name) {
			names = append(names, a.Name)
		}
	}
	return names
}
