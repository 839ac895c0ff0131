// SPDX-License-Identifier: Apache-2.0

package main

import (
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestThePageIsWhatTheCodeSays(t *testing.T) {
	written, err := write("../../proto/weal")
	require.NoError(t, err)
	stands, err := os.ReadFile("../../" + page)
	require.NoError(t, err)
	require.Equal(t, string(stands), string(written), "run make reference")
}

func TestEveryParameterOfWealIsExplained(t *testing.T) {
	written, err := write("../../proto/weal")
	require.NoError(t, err)
	ours, _, _ := strings.Cut(string(written), "## The modules of the SDK and of IBC")
	require.NotContains(t, ours, "|  |\n")
}

func TestCommentsStandAboveTheirFields(t *testing.T) {
	require.Equal(t, map[string]string{"a": "is first, and long", "b": "", "c": "is third"}, fieldComments(`
  // a is first,
  // and long
  uint32 a = 1;
  google.protobuf.Duration b = 2 [(x) = true];

  // stray

  // c is third
  repeated string c = 3;`))
}
