// SPDX-License-Identifier: Apache-2.0

package keeper_test

import (
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestREADMEsExample runs the story in the module's README. Run with -update to record what it came to.
func TestREADMEsExample(t *testing.T) {
	const file = "../README.md"
	readme, err := os.ReadFile(file)
	require.NoError(t, err)
	before, rest, found := strings.Cut(string(readme), "```story\n")
	require.True(t, found)
	story, after, found := strings.Cut(rest, "```\n")
	require.True(t, found)

	came := tell(t, story)
	if *update {
		require.NoError(t, os.WriteFile(file, []byte(before+"```story\n"+came+"```\n"+after), 0o600))
	}
	require.Equal(t, story, came)
}
