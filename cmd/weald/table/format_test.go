// SPDX-License-Identifier: Apache-2.0

package table_test

import (
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"cosmossdk.io/math"

	"github.com/weal-network/weal/cmd/weald/table"
)

func TestAmountsAreExactInBothUnits(t *testing.T) {
	for uweal, want := range map[string]string{
		"1500000": "1.5 WEAL (1500000 uweal)", "1": "0.000001 WEAL (1 uweal)", "1000000": "1 WEAL (1000000 uweal)", "0": "",
		"21000000000000": "21000000 WEAL (21000000000000 uweal)", "18446744073709551615": "18446744073709.551615 WEAL (18446744073709551615 uweal)",
	} {
		require.Equal(t, want, table.Amount(uweal, clock))
	}
	require.Equal(t, "none", table.AmountOrNone(nil, clock))
	require.Equal(t, "x uweal", table.Weal("x"))
}

func TestWealIsUwealOverAMillion(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := math.NewIntFromUint64(rapid.Uint64().Draw(t, "uweal"))
		require.Equal(t, math.LegacyNewDecFromInt(n).QuoInt64(1_000_000).String(), math.LegacyMustNewDecFromStr(table.Weal(n.String())[:len(table.Weal(n.String()))-5]).String())
	})
}

func TestHeightsSayAboutWhen(t *testing.T) {
	for height, want := range map[string]string{
		"1000": "1000 (now)", "1001": "1001 (in about 2 s)", "970": "970 (about 1 min ago)", "2845": "2845 (in about 1 h 1 min)",
		"1": "1 (about 33 min 18 s ago)", "87400": "87400 (in about 2 d)", "": "", "0": "",
	} {
		require.Equal(t, want, table.Height(height, clock))
	}
	require.Equal(t, "970", table.Height("970", table.Clock{}), "a node that does not answer leaves the height alone")
	require.Equal(t, "24 (about 48 s)", table.Blocks("24", clock))
	require.Equal(t, "24", table.Blocks("24", table.Clock{}))
}

func TestOtherValuesAreWrittenForPeople(t *testing.T) {
	require.Equal(t, "2.5%", table.Percent(json.Number("250"), clock))
	require.Equal(t, "0%", table.Percent(nil, clock))
	require.Equal(t, "50.00%", table.Fraction("2147483648", clock))
	require.Equal(t, "yes", table.YesNo(true, clock))
	require.Equal(t, "no", table.YesNo(nil, clock))
	require.Equal(t, "lower is better", table.Enum(1)("DIRECTION_LOWER_IS_BETTER", clock))
	require.Equal(t, "topic retired", table.Enum(2)("END_REASON_TOPIC_RETIRED", clock))
	require.Equal(t, "", table.Enum(1)("STATUS_UNSPECIFIED", clock))
	require.Equal(t, "2026-03-01 12:30 UTC", table.Time("2026-03-01T12:30:59.5Z", clock))
	require.Equal(t, "soon", table.Time("soon", clock))
	require.Equal(t, "2026-03-01 12:30 UTC", table.Milliseconds("1772368259500", clock))
	require.Empty(t, table.Milliseconds("0", clock))
	require.Equal(t, "about 1 h 30 min", table.Seconds("5400", clock))
	require.Equal(t, "abab", table.Digest("q6s=", clock))
}

func TestWhatAStrangerWroteDoesNotMoveTheCursor(t *testing.T) {
	require.Equal(t, `a\x1b[2Jb\nc\u202ed "e" 言`, table.Text("a\x1b[2Jb\nc\u202ed \"e\" 言", clock))
}

func FuzzNoTextBreaksALine(f *testing.F) {
	f.Add("a\nb")
	f.Add("\x00\u2028")
	f.Fuzz(func(t *testing.T, text string) {
		require.NotContains(t, table.Text(text, clock), "\n")
		require.NotContains(t, table.Text(text, clock), "\x1b")
	})
}
