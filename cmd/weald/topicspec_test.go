// SPDX-License-Identifier: Apache-2.0

package main

import (
	"bytes"
	"testing"

	"github.com/spf13/cobra"
	"github.com/stretchr/testify/require"

	"github.com/cosmos/cosmos-sdk/codec"
	codectypes "github.com/cosmos/cosmos-sdk/codec/types"

	topictypes "github.com/weal-network/weal/x/topic/types"
)

func TestASpecIsMadeAnotherByFlags(t *testing.T) {
	paid := topictypes.TopicSpec{Slug: "first", Title: "A title", Steward: "a", Pricing: topictypes.DefaultPricing()}
	spec, err := specChanges{slug: "practice", sandbox: true, steward: "b", title: "Another"}.apply(paid)
	require.NoError(t, err)
	require.Equal(t, topictypes.TopicSpec{Slug: "practice", Title: "Another", Steward: "b", Sandbox: true}, spec)

	back, err := specChanges{slug: "first", paid: true, steward: "a", title: "A title"}.apply(spec)
	require.NoError(t, err)
	require.Equal(t, paid, back)

	own := paid
	own.Pricing.Bond = 5
	kept, err := specChanges{paid: true}.apply(own)
	require.NoError(t, err)
	require.Equal(t, own, kept, "a paid topic keeps its own price")
}

func TestASpecIsNotMadeWhatNoTopicCanBe(t *testing.T) {
	_, err := specChanges{sandbox: true, paid: true}.apply(topictypes.TopicSpec{})
	require.ErrorContains(t, err, "--sandbox and --paid")
	_, err = specChanges{slug: "No"}.apply(topictypes.TopicSpec{})
	require.ErrorContains(t, err, "--slug")
	require.ErrorIs(t, err, topictypes.ErrInvalidSlug)
}

func TestAPrintedSpecIsReadAsItWas(t *testing.T) {
	cdc := codec.NewProtoCodec(codectypes.NewInterfaceRegistry())
	spec := topictypes.TopicSpec{Slug: "first", Evaluation: topictypes.Evaluation{SpecSha256: []byte{1}}, Pricing: topictypes.DefaultPricing()}
	var out bytes.Buffer
	cmd := &cobra.Command{}
	cmd.SetOut(&out)
	require.NoError(t, printSpec(cmd, cdc, spec))
	var again topictypes.TopicSpec
	require.NoError(t, cdc.UnmarshalJSON(out.Bytes(), &again))
	require.True(t, topictypes.SameSpec(spec, again))
}
