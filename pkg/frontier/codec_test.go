// SPDX-License-Identifier: Apache-2.0

package frontier_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/weal-network/weal/pkg/frontier"
)

func TestTheStateComesBackFromItsEncoding(t *testing.T) {
	k := newTopic(t, 2, 5, 300, 100)
	k.commit(1, "ann", 30_000)
	k.play(12)
	k.commit(7, "bob", 31_000)
	k.play(3)
	data := k.m.Encode(nil)
	back, err := frontier.Decode(data)
	require.NoError(t, err)
	require.Equal(t, data, back.Encode(nil))
	require.Equal(t, k.m.Segments, back.Segments)
	require.Equal(t, k.m.Windows, back.Windows)
	require.Equal(t, k.m.Epochs, back.Epochs)
	require.Equal(t, k.m.Noise.Gaps, back.Noise.Gaps)
}

func FuzzDecode(f *testing.F) {
	k := newTopic(f, 2, 5, 300, 100)
	k.commit(1, "ann", 30_000)
	k.play(12)
	k.commit(7, "bob", 31_000)
	k.play(3)
	f.Add(k.m.Encode(nil))
	f.Add([]byte{1, 0, 0, 0, 0, 0, 0, 0, 0, 0})
	f.Fuzz(func(t *testing.T, data []byte) {
		s, err := frontier.Decode(data)
		if err != nil {
			require.ErrorIs(t, err, frontier.ErrEncoding)
			return
		}
		require.Equal(t, data, s.Encode(nil))
	})
}

// An epoch in one go, and in tiles of three columns with the state put away and taken up again after
// every call, come to the same.
func TestAnEpochThatIsInterruptedEndsAsOneThatIsNot(t *testing.T) {
	play := func(interrupt bool) *topic {
		k := newTopic(t, 5, 7, 500, 400)
		if interrupt {
			k.tile = 3
			k.between = func() {
				state, err := frontier.Decode(k.m.Encode(nil))
				require.NoError(t, err)
				k.m = frontier.Machine{State: state}
			}
		}
		k.silent = func(validator int, id uint64) bool { return (uint64(validator)*7+id*3+k.number)%5 == 0 }
		for id := uint64(1); id <= 25; id++ {
			k.commit(id, fmt.Sprint(id%4), 28_000+float64(id%9)*900)
			k.play(2)
		}
		k.play(15)
		return k
	}
	whole, parts := play(false), play(true)
	require.Equal(t, whole.outcomes, parts.outcomes)
	require.Equal(t, whole.m.Encode(nil), parts.m.Encode(nil))
	require.NotEmpty(t, whole.m.Segments)
}

func TestBytesThatAreNoStateAreRefused(t *testing.T) {
	for name, c := range map[string]struct {
		data []byte
		text string
	}{
		"nothing":                      {nil, "version is cut off"},
		"another version":              {[]byte{2}, "version is 2"},
		"more segments than can be":    {[]byte{1, 0xff, 0x7f}, "segments is 16383"},
		"an empty segment":             {[]byte{1, 1, 5, 0, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0}, "segment is empty"},
		"windows that do not rise":     {[]byte{1, 0, 2, 5, 1, 10, 0, 1, 10, 0, 0, 0, 0, 0, 0, 0}, "window does not rise"},
		"a number longer than it need": {[]byte{1, 0x80, 0}, "segments is not in its shortest form"},
		"bytes behind the end":         {[]byte{1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 9}, "end has 1 bytes behind it"},
		"a flag that is neither":       {[]byte{1, 0, 0, 0, 2, 0, 0, 0, 0, 0}, "known is 2"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := frontier.Decode(c.data)
			require.ErrorIs(t, err, frontier.ErrEncoding)
			require.ErrorContains(t, err, c.text)
		})
	}
}
