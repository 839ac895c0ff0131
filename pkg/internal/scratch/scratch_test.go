// SPDX-License-Identifier: Apache-2.0

package scratch_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/weal-network/weal/pkg/internal/scratch"
)

func TestMemoryThatIsLargeEnoughIsUsedAgain(t *testing.T) {
	s := []int{1, 2, 3}
	require.Same(t, &s[0], &scratch.Sized(s, 2)[0])
	require.Len(t, scratch.Sized(s[:0], 3), 3)
	require.Len(t, scratch.Sized(s, 4), 4)
	require.NotNil(t, scratch.Sized[int](nil, 0))
	require.Equal(t, []int{0, 0}, scratch.Zeroed(s, 2))
	require.Equal(t, 3, s[2], "what lies behind stays")
}
