// SPDX-License-Identifier: Apache-2.0

package localnet

import (
	"fmt"
	"os"

	"github.com/pelletier/go-toml/v2"
)

// overlay lays top over base: maps are merged key by key, everything else is replaced. base is changed and returned.
func overlay(base, top map[string]any) map[string]any {
	if base == nil {
		base = make(map[string]any, len(top))
	}
	for key, value := range top {
		below, belowIsMap := base[key].(map[string]any)
		above, aboveIsMap := value.(map[string]any)
		if belowIsMap && aboveIsMap {
			base[key] = overlay(below, above)
			continue
		}
		base[key] = value
	}
	return base
}

// overlayTOML lays the maps over the file at path, the last one on top.
func overlayTOML(path string, tops ...map[string]any) error {
	bz, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	doc := make(map[string]any)
	if err := toml.Unmarshal(bz, &doc); err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	for _, top := range tops {
		doc = overlay(doc, top)
	}
	if bz, err = toml.Marshal(doc); err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	return os.WriteFile(path, bz, 0o600)
}
