// SPDX-License-Identifier: Apache-2.0

package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"

	cmtcfg "github.com/cometbft/cometbft/config"
	"github.com/spf13/cobra"
	"github.com/spf13/viper"

	"github.com/cosmos/cosmos-sdk/server"
	serverconfig "github.com/cosmos/cosmos-sdk/server/config"
)

// undeclaredKeys are settings that the server reads by name, without a field in the
// configuration's type.
var undeclaredKeys = map[string][]string{
	"app.toml": {"grpc.historical-grpc-address-block-range", "inv-check-period"},
}

// checkConfigFiles refuses a node's configuration files if they say something that
// nothing reads: a misspelt safety limit would otherwise be ignored in silence.
func checkConfigFiles(cmd *cobra.Command) error {
	dir := filepath.Join(server.GetServerContextFromCmd(cmd).Config.RootDir, "config")
	return errors.Join(
		checkConfigFile(filepath.Join(dir, "app.toml"), serverconfig.Config{}),
		checkConfigFile(filepath.Join(dir, "config.toml"), cmtcfg.Config{}),
	)
}

// checkConfigFile compares the keys of a TOML file with the fields of shape.
func checkConfigFile(path string, shape any) error {
	v := viper.New()
	v.SetConfigFile(path)
	if err := v.ReadInConfig(); err != nil {
		if errors.Is(err, os.ErrNotExist) {
			return nil
		}
		return fmt.Errorf("%s is not valid TOML: %w", path, err)
	}
	known := append(configKeys(reflect.TypeOf(shape), ""), undeclaredKeys[filepath.Base(path)]...)
	var unknown []error
	for _, key := range v.AllKeys() {
		if !knownKey(known, key) {
			unknown = append(unknown, fmt.Errorf("%s: nothing reads %q%s", path, key, suggestion(known, key)))
		}
	}
	slices.SortFunc(unknown, func(a, b error) int { return strings.Compare(a.Error(), b.Error()) })
	return errors.Join(unknown...)
}

// knownKey reports whether key is one of known, or lies below one that is a free map.
func knownKey(known []string, key string) bool {
	for _, k := range known {
		if k == key || (strings.HasSuffix(k, ".*") && strings.HasPrefix(key, strings.TrimSuffix(k, "*"))) {
			return true
		}
	}
	return false
}

// configKeys lists the dotted keys of a configuration type by its mapstructure tags.
func configKeys(t reflect.Type, prefix string) []string {
	for t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	var keys []string
	for i := range t.NumField() {
		field := t.Field(i)
		name, options, _ := strings.Cut(field.Tag.Get("mapstructure"), ",")
		fieldType := field.Type
		for fieldType.Kind() == reflect.Pointer {
			fieldType = fieldType.Elem()
		}
		switch {
		case name == "-":
		case strings.Contains(options, "squash"):
			keys = append(keys, configKeys(fieldType, prefix)...)
		case name == "":
		case fieldType.Kind() == reflect.Struct:
			keys = append(keys, configKeys(fieldType, prefix+name+".")...)
		case fieldType.Kind() == reflect.Map:
			keys = append(keys, prefix+name+".*")
		default:
			keys = append(keys, strings.ToLower(prefix+name))
		}
	}
	return keys
}

// suggestion names the known key that is most like key, if one is close.
func suggestion(known []string, key string) string {
	best, distance := "", len(key)/3+1
	for _, k := range known {
		if d := editDistance(k, key); d < distance {
			best, distance = k, d
		}
	}
	if best == "" {
		return ": remove it"
	}
	return fmt.Sprintf(": did you mean %q?", best)
}

// editDistance counts the insertions, deletions and substitutions from a to b.
func editDistance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := 1; i <= len(a); i++ {
		diagonal := row[0]
		row[0] = i
		for j := 1; j <= len(b); j++ {
			substitution := diagonal
			if a[i-1] != b[j-1] {
				substitution++
			}
			diagonal = row[j]
			row[j] = min(substitution, row[j]+1, row[j-1]+1)
		}
	}
	return row[len(b)]
}
