// SPDX-License-Identifier: Apache-2.0

package innovation_test

import (
	"math"
	"sort"

	"github.com/weal-network/weal/pkg/fixed"
	"github.com/weal-network/weal/pkg/innovation"
)

// The definition as it is written, in binary floating point: the vectors are built, and
// projected twice.

func number(q fixed.Q32) float64 { return float64(q) / float64(fixed.One) }

func floor30(x float64) float64 { return max(x, math.Pow(2, -30)) }

// member says whether validator i was to score column j.
func member(in innovation.Input, i, j int) bool {
	n := len(in.Power)
	return in.Assigned == nil || in.Assigned[j*innovation.Words(n)+i/64]>>(i%64)&1 == 1
}

func scoreOf(in innovation.Input, i, j int) float64 {
	m := in.Scores
	if m.Starts == nil {
		return float64(m.Values[i*in.Columns+j])
	}
	for at := m.Starts[i]; at < m.Starts[i+1]; at++ {
		if int(m.Columns[at]) == j {
			return float64(m.Values[at])
		}
	}
	return 0
}

func weightsOf(in innovation.Input) [][]float64 {
	w := make([][]float64, len(in.Power))
	for i := range w {
		w[i] = make([]float64, in.Columns)
		sum := 0.0
		for j := range w[i] {
			w[i][j] = scoreOf(in, i, j)
			sum += w[i][j]
		}
		for j := range w[i] {
			if sum > 0 {
				w[i][j] = math.Floor(w[i][j]*(1<<32)/sum) / (1 << 32)
			}
		}
	}
	return w
}

// without is the median of column j for validator i: the largest weight that at least kappa of
// the power of the other members supports.
func without(in innovation.Input, kappa float64, w [][]float64, i, j int) float64 {
	var values []float64
	total := 0.0
	support := func(v float64) (s float64) {
		for k := range w {
			if k != i && member(in, k, j) && (in.Active == nil || in.Active[k]) && w[k][j] >= v {
				s += float64(in.Power[k])
			}
		}
		return s
	}
	total = support(-1)
	for k := range w {
		if k != i && member(in, k, j) {
			values = append(values, w[k][j])
		}
	}
	sort.Float64s(values)
	best := 0.0
	for _, v := range values {
		if total > 0 && support(v) >= kappa*total && support(v) > 0 {
			best = v
		}
	}
	return best
}

func dot(a, b []float64) (sum float64) {
	for j := range a {
		sum += a[j] * b[j]
	}
	return sum
}

// projected takes the span of the public vectors out of v, twice.
func projected(v []float64, basis [][]float64) []float64 {
	v = append([]float64(nil), v...)
	for range 2 {
		for _, q := range basis {
			along := dot(v, q)
			for j := range v {
				v[j] -= along * q[j]
			}
		}
	}
	return v
}

// oracle is each validator's innovation.
func oracle(p innovation.Params, in innovation.Input) []float64 {
	n, m := len(in.Power), in.Columns
	w := weightsOf(in)
	surprise := func(share, last float64) float64 {
		clip := number(p.Clip)
		return math.Sqrt(last) * max(-clip, min(clip, math.Log(floor30(share)/last)))
	}
	out := make([]float64, n)
	for i := range n {
		medians, sum, revealed := make([]float64, m), 0.0, 0.0
		for j := range m {
			revealed += w[i][j]
			if member(in, i, j) {
				medians[j] = without(in, number(p.Kappa), w, i, j)
				sum += medians[j]
			}
		}
		a, b := make([]float64, m), make([]float64, m)
		public := [3][]float64{make([]float64, m), make([]float64, m), make([]float64, m)}
		for j := range m {
			if !member(in, i, j) {
				continue
			}
			last := floor30(number(in.Public.Last[j]))
			fast, slow := floor30(number(in.Public.Fast[j])), floor30(number(in.Public.Slow[j]))
			public[0][j] = math.Sqrt(last)
			public[1][j] = math.Sqrt(last) * math.Log(fast/last)
			public[2][j] = math.Sqrt(last) * math.Log(slow/last)
			share := 0.0
			if sum > 0 {
				share = medians[j] / sum
			}
			a[j], b[j] = surprise(w[i][j], last), surprise(share, last)
		}
		var basis [][]float64
		for _, u := range public {
			u = projected(u, basis)
			if norm := math.Sqrt(dot(u, u)); norm >= 1e-6 {
				for j := range u {
					u[j] /= norm
				}
				basis = append(basis, u)
			}
		}
		a, b = projected(a, basis), projected(b, basis)
		if revealed > 0 && dot(a, a) >= 1e-5 && dot(b, b) >= 1e-9 {
			out[i] = dot(a, b) / math.Sqrt(max(dot(a, a), dot(b, b))*dot(b, b))
		}
	}
	return out
}
