// SPDX-License-Identifier: Apache-2.0

package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"strings"

	cmtcfg "github.com/cometbft/cometbft/config"
	"github.com/spf13/cobra"
	"github.com/spf13/viper"

	"github.com/cosmos/cosmos-sdk/client"
	clientconfig "github.com/cosmos/cosmos-sdk/client/config"
	serverconfig "github.com/cosmos/cosmos-sdk/server/config"
)

// configFile is one of the three files of a home directory.
type configFile struct {
	shape any
	// write validates the settings in v and writes them to path, with the comments of the
	// file's template where it has one.
	write func(v *viper.Viper, path string) error
}

// configFiles are the files that `weald config` reads and writes, by name.
var configFiles = map[string]configFile{
	"app":    {shape: serverconfig.Config{}, write: writeAppConfig},
	"config": {shape: cmtcfg.Config{}, write: writeCometConfig},
	"client": {shape: clientconfig.ClientConfig{}, write: writeClientConfig},
}

// configCmd shows and changes a home directory's configuration files.
func configCmd() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "config",
		Short: "Show and change the configuration files of a home directory",
		Long:  "Show and change the configuration files of a home directory: app (app.toml), config (config.toml), client (client.toml).",
		RunE:  client.ValidateCmd,
	}
	cmd.AddCommand(
		&cobra.Command{
			Use: "home", Short: "Print the home directory", Args: cobra.NoArgs,
			Run: func(cmd *cobra.Command, _ []string) { cmd.Println(client.GetClientContextFromCmd(cmd).HomeDir) },
		},
		&cobra.Command{
			Use: "view FILE", Short: "Print a file", Example: "weald config view app", Args: cobra.ExactArgs(1),
			RunE: viewConfig,
		},
		&cobra.Command{
			Use: "get FILE KEY", Short: "Print one setting", Example: "weald config get app minimum-gas-prices", Args: cobra.ExactArgs(2),
			RunE: getConfig,
		},
		&cobra.Command{
			Use: "set FILE KEY VALUE", Short: "Change one setting", Example: "weald config set client chain-id weal-1", Args: cobra.ExactArgs(3),
			RunE: setConfig,
		},
		&cobra.Command{
			Use: "check", Short: "Say what a node would not read in its files", Args: cobra.NoArgs,
			RunE: func(cmd *cobra.Command, _ []string) error { return checkConfigFiles(cmd) },
		},
	)
	return cmd
}

// openConfig loads the file that name stands for and checks that it has key.
func openConfig(cmd *cobra.Command, name, key string) (file configFile, v *viper.Viper, path string, err error) {
	name = strings.TrimSuffix(name, ".toml")
	file, ok := configFiles[name]
	if !ok {
		return configFile{}, nil, "", fmt.Errorf("there is no file %q: name app, config or client", name)
	}
	path = filepath.Join(client.GetClientContextFromCmd(cmd).HomeDir, "config", name+".toml")
	known := configKeys(reflect.TypeOf(file.shape), "")
	if key != "" && !knownKey(known, strings.ToLower(key)) {
		return configFile{}, nil, "", fmt.Errorf("%s has no setting %q%s", path, key, suggestion(known, key))
	}
	v = viper.New()
	v.SetConfigFile(path)
	if err := v.ReadInConfig(); err != nil {
		return configFile{}, nil, "", fmt.Errorf("%s: %w", path, err)
	}
	return file, v, path, nil
}

func viewConfig(cmd *cobra.Command, args []string) error {
	_, _, path, err := openConfig(cmd, args[0], "")
	if err != nil {
		return err
	}
	content, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	_, err = cmd.OutOrStdout().Write(content)
	return err
}

func getConfig(cmd *cobra.Command, args []string) error {
	_, v, _, err := openConfig(cmd, args[0], args[1])
	if err != nil {
		return err
	}
	cmd.Println(v.Get(args[1]))
	return nil
}

func setConfig(cmd *cobra.Command, args []string) error {
	file, v, path, err := openConfig(cmd, args[0], args[1])
	if err != nil {
		return err
	}
	v.Set(args[1], args[2])
	if err := file.write(v, path); err != nil {
		return fmt.Errorf("%s = %q was not written to %s: %w", args[1], args[2], path, err)
	}
	return nil
}

func writeAppConfig(v *viper.Viper, path string) error {
	cfg, err := serverconfig.GetConfig(v)
	if err != nil {
		return err
	}
	if err := cfg.ValidateBasic(); err != nil {
		return err
	}
	serverconfig.SetConfigTemplate(serverconfig.DefaultConfigTemplate)
	serverconfig.WriteConfigFile(path, cfg)
	return nil
}

func writeCometConfig(v *viper.Viper, path string) error {
	cfg := defaultCometConfig()
	if err := v.Unmarshal(cfg); err != nil {
		return err
	}
	if err := cfg.ValidateBasic(); err != nil {
		return err
	}
	cmtcfg.WriteConfigFile(path, cfg)
	return nil
}

func writeClientConfig(v *viper.Viper, path string) error {
	var cfg clientconfig.ClientConfig
	if err := v.Unmarshal(&cfg); err != nil {
		return err
	}
	if cfg.Output != "text" && cfg.Output != "json" {
		return errors.New("output is text or json")
	}
	return v.WriteConfigAs(path)
}
