// SPDX-License-Identifier: Apache-2.0

package blocks_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/weal-network/weal/tests/docs/blocks"
)

const page = "# Start\n\n" +
	"```sh make\nmake run\n```\n\n" +
	"```json\n{\"not\": \"shell\"}\n```\n\n" +
	"- in a list:\n\n  ```sh net\n  # a comment\n  weald query topic topics \\\n    --output json\n  ```\n"

func TestBlocksAreFoundWithTheirKindAndLine(t *testing.T) {
	found, err := blocks.Of("README.md", page)
	require.NoError(t, err)
	require.Len(t, found, 2)
	require.Equal(t, "README.md:4", found[0].Name())
	require.Equal(t, blocks.Make, found[0].Kind)
	require.Equal(t, []string{"make run"}, found[0].Commands())
	require.Equal(t, blocks.Net, found[1].Kind)
	require.Equal(t, []string{"weald query topic topics      --output json"}, found[1].Commands())
}

func TestABlockThatDoesNotSayHowItIsHeldIsRefused(t *testing.T) {
	for _, info := range []string{"sh", "bash", "sh later", "console run", "sh run net"} {
		_, err := blocks.Of("README.md", "```"+info+"\nmake run\n```\n")
		require.ErrorContains(t, err, "README.md:1", info)
	}
}

func TestAFenceThatIsNeverClosedIsRefused(t *testing.T) {
	_, err := blocks.Of("README.md", "```sh run\nmake run\n")
	require.ErrorContains(t, err, "never closed")
}

func TestCommandsOfWealdAreFoundInALine(t *testing.T) {
	for line, want := range map[string][][]string{
		"build/weald version --long":                {{"version", "--long"}},
		"id=$(weald keys show alice -a) && weald q": {{"keys", "show", "alice", "-a"}, {"q"}},
		"weald status | jq .sync_info":              {{"status"}},
		`weald tx bank send "$from" 'a b' --yes`:    {{"tx", "bank", "send", "$from", "a b", "--yes"}},
		"cd weald":                                  nil,
		"HOME=x ./build/weald start --home=y # go":  {{"start", "--home=y"}},
	} {
		require.Equal(t, want, blocks.Invocations(line), line)
	}
}
