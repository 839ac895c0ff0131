// SPDX-License-Identifier: Apache-2.0

package table

import (
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"math/big"
	"strconv"
	"strings"
	"time"
)

// Format writes a value of decoded JSON for people; empty when there is nothing to say.
type Format func(value any, clock Clock) string

// Text writes a value as it is. What would move the cursor or turn the writing around is
// shown and not done: some of it was written by strangers.
func Text(value any, _ Clock) string {
	switch v := value.(type) {
	case nil:
		return ""
	case string:
		return plain(v)
	case json.Number:
		return v.String()
	case bool:
		return strconv.FormatBool(v)
	}
	bz, err := json.Marshal(value)
	if err != nil {
		return fmt.Sprint(value)
	}
	return plain(string(bz))
}

// plain escapes what is not printable.
func plain(text string) string {
	quoted := strconv.QuoteToGraphic(text)
	unquoted := quoted[1 : len(quoted)-1]
	return strings.ReplaceAll(unquoted, `\"`, `"`)
}

// Number writes a number, and nothing for 0, which stands for none.
func Number(value any, clock Clock) string {
	if text := Text(value, clock); text != "0" {
		return text
	}
	return ""
}

// Count writes a number, 0 as well: answers leave it out.
func Count(value any, clock Clock) string {
	if text := Text(value, clock); text != "" {
		return text
	}
	return "0"
}

// YesNo writes a flag.
func YesNo(value any, _ Clock) string {
	if set, _ := value.(bool); set {
		return "yes"
	}
	return "no"
}

// Enum writes a constant without the words that all of its kind begin with: STATUS_ACTIVE
// is active.
func Enum(words int) Format {
	return func(value any, clock Clock) string {
		parts := strings.SplitN(Text(value, clock), "_", words+1)
		name := strings.ToLower(strings.ReplaceAll(parts[len(parts)-1], "_", " "))
		if name == "unspecified" {
			return ""
		}
		return name
	}
}

// Enums writes a list of constants.
func Enums(words int) Format {
	return List(Enum(words))
}

// List writes the parts of a list with commas between.
func List(part Format) Format {
	return func(value any, clock Clock) string {
		list, _ := value.([]any)
		texts := make([]string, 0, len(list))
		for _, item := range list {
			texts = append(texts, part(item, clock))
		}
		return strings.Join(texts, ", ")
	}
}

// Fields writes fields of a part one after another, as in "7 20%".
func Fields(columns ...Column) Format {
	return func(value any, clock Clock) string {
		texts := make([]string, 0, len(columns))
		for _, column := range columns {
			if text := column.As(at(value, column.Path), clock); text != "" {
				texts = append(texts, text)
			}
		}
		return strings.Join(texts, " ")
	}
}

// Amount writes uweal in both units: 1.5 WEAL (1500000 uweal).
func Amount(value any, clock Clock) string {
	text := Number(value, clock)
	if text == "" {
		return ""
	}
	return Weal(text) + " (" + text + " uweal)"
}

// AmountOrNone is Amount, with a word for nothing.
func AmountOrNone(value any, clock Clock) string {
	if text := Amount(value, clock); text != "" {
		return text
	}
	return "none"
}

// Short is Amount in WEAL alone, for columns.
func Short(value any, clock Clock) string {
	text := Number(value, clock)
	if text == "" {
		return ""
	}
	return Weal(text)
}

// Weal writes whole uweal, given as decimal digits, in WEAL, exactly.
func Weal(digits string) string {
	n, ok := new(big.Int).SetString(digits, 10)
	if !ok || n.Sign() < 0 {
		return digits + " uweal"
	}
	whole, rest := new(big.Int).QuoRem(n, big.NewInt(1_000_000), new(big.Int))
	fraction := strings.TrimRight(fmt.Sprintf("%06d", rest.Int64()), "0")
	if fraction == "" {
		return whole.String() + " WEAL"
	}
	return whole.String() + "." + fraction + " WEAL"
}

// Percent writes basis points: 2550 is 25.5%.
func Percent(value any, clock Clock) string {
	bp, err := strconv.ParseUint(Count(value, clock), 10, 32)
	if err != nil {
		return Text(value, clock)
	}
	return strconv.FormatFloat(float64(bp)/100, 'f', -1, 64) + "%"
}

// Fraction writes a number in 2^-32 as a percentage.
func Fraction(value any, clock Clock) string {
	n, err := strconv.ParseUint(Count(value, clock), 10, 64)
	if err != nil {
		return Text(value, clock)
	}
	return strconv.FormatFloat(float64(n)/(1<<32)*100, 'f', 2, 64) + "%"
}

// Blocks writes a number of blocks with about how long they take.
func Blocks(value any, clock Clock) string {
	n, err := strconv.ParseInt(Count(value, clock), 10, 64)
	if err != nil || clock.Pace == 0 {
		return Text(value, clock)
	}
	return fmt.Sprintf("%d (%s)", n, about(time.Duration(n)*clock.Pace))
}

// Height writes a height with about when it was or will be.
func Height(value any, clock Clock) string {
	text := Number(value, clock)
	n, err := strconv.ParseInt(text, 10, 64)
	if err != nil || clock.Pace == 0 {
		return text
	}
	switch away := time.Duration(n-clock.Height) * clock.Pace; {
	case away > 0:
		return fmt.Sprintf("%d (in %s)", n, about(away))
	case away < 0:
		return fmt.Sprintf("%d (%s ago)", n, about(-away))
	}
	return fmt.Sprintf("%d (now)", n)
}

// Seconds writes a length of time.
func Seconds(value any, clock Clock) string {
	n, err := strconv.ParseInt(Number(value, clock), 10, 64)
	if err != nil {
		return ""
	}
	return about(time.Duration(n) * time.Second)
}

// Time writes a moment to the minute, in UTC.
func Time(value any, clock Clock) string {
	text := Text(value, clock)
	moment, err := time.Parse(time.RFC3339Nano, text)
	if err != nil {
		return text
	}
	return moment.UTC().Format("2006-01-02 15:04 UTC")
}

// Milliseconds writes a moment that is given in milliseconds since 1970 as Time does; 0 is none.
func Milliseconds(value any, clock Clock) string {
	ms, err := strconv.ParseInt(Number(value, clock), 10, 64)
	if err != nil {
		return ""
	}
	return Time(time.UnixMilli(ms).UTC().Format(time.RFC3339Nano), clock)
}

// Digest writes bytes as hexadecimal, as sha256sum does.
func Digest(value any, clock Clock) string {
	text := Text(value, clock)
	bz, err := base64.StdEncoding.DecodeString(text)
	if err != nil {
		return text
	}
	return hex.EncodeToString(bz)
}

// ShortDigest is the beginning of a digest, for columns.
func ShortDigest(value any, clock Clock) string {
	if text := Digest(value, clock); len(text) > 12 {
		return text[:12]
	}
	return Digest(value, clock)
}

// about writes a length of time in its two largest units.
func about(d time.Duration) string {
	units := []struct {
		name string
		size time.Duration
	}{{"d", 24 * time.Hour}, {"h", time.Hour}, {"min", time.Minute}, {"s", time.Second}}
	for i, unit := range units {
		if d < unit.size {
			continue
		}
		text := fmt.Sprintf("about %d %s", d/unit.size, unit.name)
		if i+1 < len(units) && d%unit.size >= units[i+1].size {
			text += fmt.Sprintf(" %d %s", d%unit.size/units[i+1].size, units[i+1].name)
		}
		return text
	}
	return "less than 1 s"
}
