// SPDX-License-Identifier: Apache-2.0

package types_test

import (
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/weal-network/weal/x/contribution/types"
	topictypes "github.com/weal-network/weal/x/topic/types"
)

func TestMain(m *testing.M) {
	sdk.GetConfig().SetBech32PrefixForAccount("weal", "wealpub")
	os.Exit(m.Run())
}

func TestParamsAreTakenOnlyWithinTheirBounds(t *testing.T) {
	require.NoError(t, types.DefaultParams().Validate())
	for name, tc := range map[string]struct {
		set  func(p *types.Params, v uint64)
		ok   []uint64
		fail []uint64
	}{
		"reveal_period":          {func(p *types.Params, v uint64) { p.RevealPeriod = v }, []uint64{2, 100_000}, []uint64{0, 1, 100_001, 1 << 63}},
		"max_pending":            {func(p *types.Params, v uint64) { p.MaxPending = uint32(v) }, []uint64{1, 4096}, []uint64{0, 4097}},
		"incentive_smoothing_bp": {func(p *types.Params, v uint64) { p.IncentiveSmoothingBp = uint32(v) }, []uint64{1, 10_000}, []uint64{0, 10_001}},
		"max_expiries_per_block": {func(p *types.Params, v uint64) { p.MaxExpiriesPerBlock = uint32(v) }, []uint64{1, 10_000}, []uint64{0, 10_001}},

		"guardian_period_seconds":   {func(p *types.Params, v uint64) { p.GuardianPeriodSeconds = v }, []uint64{60, 259_200}, []uint64{0, 59, 259_201}},
		"guardian_share_bp":         {func(p *types.Params, v uint64) { p.GuardianShareBp = uint32(v) }, []uint64{0, 2_500}, []uint64{2_501}},
		"guardian_cooldown_seconds": {func(p *types.Params, v uint64) { p.GuardianCooldownSeconds = v }, []uint64{86_400, 31_536_000}, []uint64{86_399, 31_536_001}},
	} {
		p := types.DefaultParams()
		for _, v := range tc.ok {
			tc.set(&p, v)
			require.NoError(t, p.Validate(), "%s = %d", name, v)
		}
		for _, v := range tc.fail {
			tc.set(&p, v)
			err := p.Validate()
			require.ErrorIs(t, err, types.ErrInvalidParams, "%s = %d", name, v)
			require.ErrorContains(t, err, name)
		}
	}
}

func TestAURIIsTakenOnlyInAFormThatEvaluatorsFetch(t *testing.T) {
	for uri, ok := range map[string]bool{
		"https://example.org/m.onnx":                                       true,
		"http://127.0.0.1:8080/blobs/00ff?x=1#y":                           true,
		"s3://bucket/key":                                                  true,
		"oci://registry.example.org/models/m@sha256:00ff":                  true,
		"file:///models/a.onnx":                                            true,
		"https://example.org/" + strings.Repeat("a", types.MaxURIBytes-20): true,
		"https://example.org/" + strings.Repeat("a", types.MaxURIBytes-19): false,
		"":                              false,
		"https":                         false,
		"https://":                      false,
		"https:///m.onnx":               false,
		"https://?x":                    false,
		"HTTPS://example.org":           false,
		"ftp://example.org/m":           false,
		"ipfs://bafy":                   false,
		"://example.org":                false,
		"file://models/a.onnx":          false,
		"file:///":                      false,
		"https://me:secret@example.org": false,
		"https://example.org/a b":       false,
		"https://example.org/a\n":       false,
		"https://example.org/\x00":      false,
		"https://exämple.org/":          false,
	} {
		if ok {
			require.NoError(t, types.ValidateURI(uri), uri)
		} else {
			require.ErrorIs(t, types.ValidateURI(uri), types.ErrInvalidURI, uri)
		}
	}
}

func FuzzURI(f *testing.F) {
	f.Add("https://example.org/m.onnx")
	f.Add("file:///models/a.onnx")
	f.Add("https://me@example.org")
	f.Fuzz(func(t *testing.T, uri string) {
		if err := types.ValidateURI(uri); err != nil {
			require.ErrorIs(t, err, types.ErrInvalidURI)
			return
		}
		scheme, rest, ok := strings.Cut(uri, "://")
		require.True(t, ok)
		require.NotEmpty(t, rest)
		require.Contains(t, []string{"http", "https", "file", "oci", "s3"}, scheme)
		require.LessOrEqual(t, len(uri), types.MaxURIBytes)
		require.NotContains(t, uri, " ")
	})
}

func TestALicenseIsAnSPDXExpression(t *testing.T) {
	for license, ok := range map[string]bool{
		"": true, "MIT": true, "Apache-2.0 OR (GPL-2.0+ AND MIT)": true, "LicenseRef-mine": true,
		strings.Repeat("a", 64): true, strings.Repeat("a", 65): false, "MIT\n": false, "MIT;": false, "Lizenz ä": false,
	} {
		if ok {
			require.NoError(t, types.ValidateLicense(license), license)
		} else {
			require.ErrorIs(t, types.ValidateLicense(license), types.ErrInvalidLicense, license)
		}
	}
}

func TestEightParentsOfHalfTogetherAreTheMost(t *testing.T) {
	var parents []types.Parent
	for id := uint64(1); id <= types.MaxParents; id++ {
		parents = append(parents, types.Parent{Id: id, ShareBp: types.MaxParentShareBp / types.MaxParents})
	}
	require.NoError(t, types.ValidateParents(9, parents))
	require.ErrorIs(t, types.ValidateParents(8, parents), types.ErrInvalidParents)
	parents[7].ShareBp++
	require.ErrorIs(t, types.ValidateParents(9, parents), types.ErrInvalidParents)
	require.ErrorIs(t, types.ValidateParents(9, []types.Parent{{Id: 0, ShareBp: 1}}), types.ErrInvalidParents)
}

func FuzzParents(f *testing.F) {
	f.Add(uint64(9), []byte{1, 10, 2, 20})
	f.Fuzz(func(t *testing.T, id uint64, raw []byte) {
		var parents []types.Parent
		var sum uint32
		for i := 0; i+1 < len(raw); i += 2 {
			p := types.Parent{Id: uint64(raw[i]), ShareBp: uint32(raw[i+1]) * 40}
			parents, sum = append(parents, p), sum+p.ShareBp
		}
		if err := types.ValidateParents(id, parents); err != nil {
			require.ErrorIs(t, err, types.ErrInvalidParents)
			return
		}
		require.LessOrEqual(t, len(parents), types.MaxParents)
		require.LessOrEqual(t, sum, uint32(types.MaxParentShareBp))
		for i, p := range parents {
			require.Less(t, p.Id, id)
			require.True(t, i == 0 || parents[i-1].Id < p.Id)
		}
	})
}

func TestAnArtifactKeepsTheTopicsRules(t *testing.T) {
	rules := topictypes.ArtifactRules{MediaTypes: []string{"application/onnx", "text/csv"}, MaxBytes: 100}
	require.NoError(t, types.Artifact{Size_: 100, MediaType: "text/csv"}.ValidateFor(rules))
	require.ErrorIs(t, types.Artifact{Size_: 101, MediaType: "text/csv"}.ValidateFor(rules), types.ErrInvalidArtifact)
	require.ErrorContains(t, types.Artifact{Size_: 1, MediaType: "text/plain"}.ValidateFor(rules), "application/onnx, text/csv")
}

func TestACommitWaitsForItsRevealNoLongerThanAnEpoch(t *testing.T) {
	p := types.DefaultParams()
	require.Equal(t, int64(600), types.RevealBlocks(p, topictypes.Schedule{EpochBlocks: 1000}))
	require.Equal(t, int64(50), types.RevealBlocks(p, topictypes.Schedule{EpochBlocks: 50}))
}
