// SPDX-License-Identifier: Apache-2.0

package statecode_test

import (
	"testing"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/analysistest"

	"github.com/weal-network/weal/tools/weallint/statecode"
)

// The comments `// want` in testdata/src say what each analyzer must report,
// and by their absence what it must leave alone.
func TestAnalyzersReportWhatTheirTestdataWants(t *testing.T) {
	for _, analyzer := range statecode.Analyzers() {
		t.Run(analyzer.Name, func(t *testing.T) {
			analysistest.Run(t, analysistest.TestData(), analyzer, analyzer.Name)
		})
	}
}

func TestADirectiveSilencesOneAnalyzerAndNeedsAReason(t *testing.T) {
	analysistest.Run(t, analysistest.TestData(), statecode.NoMapRange, "allow")
}

func TestPackagesOfSimulationAreLeftAlone(t *testing.T) {
	for _, analyzer := range []*analysis.Analyzer{statecode.NoRand, statecode.NoTimeNow} {
		analysistest.Run(t, analysistest.TestData(), analyzer, "x/topic/simulation")
	}
}
