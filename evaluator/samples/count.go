// SPDX-License-Identifier: Apache-2.0

package samples

import (
	"math"
	"slices"
)

// classes is the size of the reduced alphabet of the order-2 context: the most
// frequent bytes, and one class for the rest. 96*96*256 float32 are 9.4 MB.
const classes = 96

// symbols is the number of values of a byte.
const symbols = 256

// alphabet maps each byte to its class.
type alphabet [symbols]int

// reduce builds the alphabet from the frequencies of bytes; ties go to the
// lower byte.
func reduce(order0 []float64) alphabet {
	byFrequency := make([]int, symbols)
	for i := range byFrequency {
		byFrequency[i] = i
	}
	slices.SortStableFunc(byFrequency, func(a, b int) int {
		switch {
		case order0[a] > order0[b]:
			return -1
		case order0[a] < order0[b]:
			return 1
		}
		return 0
	})
	var a alphabet
	for i, b := range byFrequency {
		a[b] = min(i, classes-1)
	}
	return a
}

// counts holds how often each byte follows each context, for three orders.
type counts struct {
	order0   []float64 // [symbols]
	order1   []float64 // [symbols, symbols]
	order2   []float64 // [classes*classes, symbols]
	alphabet alphabet
}

// count reads all texts; the start of a text counts as following zero bytes.
func count(texts [][]byte) counts {
	c := counts{
		order0: make([]float64, symbols),
		order1: make([]float64, symbols*symbols),
		order2: make([]float64, classes*classes*symbols),
	}
	for _, text := range texts {
		for _, b := range text {
			c.order0[b]++
		}
	}
	c.alphabet = reduce(c.order0)
	for _, text := range texts {
		before, last := 0, 0
		for _, b := range text {
			c.order1[last*symbols+int(b)]++
			c.order2[c.alphabet.pair(before, last)*symbols+int(b)]++
			before, last = last, int(b)
		}
	}
	return c
}

// pair numbers the contexts of two bytes, the earlier one first.
func (a alphabet) pair(before, last int) int { return a[before]*classes + a[last] }

// model0 returns the probabilities of bytes, each counted once more than seen.
func (c counts) model0() []float64 {
	p := make([]float64, symbols)
	total := 0.0
	for i, n := range c.order0 {
		p[i] = n + 1
		total += n + 1
	}
	for i := range p {
		p[i] /= total
	}
	return p
}

// model1 returns probabilities by the last byte.
func (c counts) model1() []float64 {
	p0 := c.model0()
	p := make([]float64, len(c.order1))
	for row := range symbols {
		smooth(p[row*symbols:][:symbols], c.order1[row*symbols:][:symbols], p0)
	}
	return p
}

// model2 returns probabilities by the classes of the last two bytes. The class
// of rare bytes falls back to the order-0 model.
func (c counts) model2() []float64 {
	p0, p1 := c.model0(), c.model1()
	lower := make([][]float64, classes)
	for i := range lower {
		lower[i] = p0
	}
	for b, class := range c.alphabet {
		if class < classes-1 {
			lower[class] = p1[b*symbols:][:symbols]
		}
	}
	p := make([]float64, len(c.order2))
	for row := range classes * classes {
		smooth(p[row*symbols:][:symbols], c.order2[row*symbols:][:symbols], lower[row%classes])
	}
	return p
}

// smooth mixes counts with the lower order's probabilities as Witten and Bell
// do: the more different bytes followed a context, the more weight the lower
// order gets.
func smooth(p, n, lower []float64) {
	total, different := 0.0, 0.0
	for _, v := range n {
		total += v
		if v > 0 {
			different++
		}
	}
	different = max(different, 1)
	for i, v := range n {
		p[i] = (v + different*lower[i]) / (total + different)
	}
}

// logs returns the logarithms as float32, which are the logits of a table model.
func logs(p []float64) []float32 {
	out := make([]float32, len(p))
	for i, v := range p {
		out[i] = float32(math.Log(v))
	}
	return out
}
