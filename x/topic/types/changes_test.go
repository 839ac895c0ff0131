// SPDX-License-Identifier: Apache-2.0

package types_test

import (
	"reflect"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/weal-network/weal/x/topic/types"
)

// leaf is a field of TopicSpec that is no message, with a way to change it.
type leaf struct {
	path   string
	change func(*types.TopicSpec)
}

// leaves lists every field of TopicSpec, found by reflection, so that none is forgotten.
func leaves(t *testing.T) (list []leaf) {
	t.Helper()
	var walk func(typ reflect.Type, prefix string, index []int)
	walk = func(typ reflect.Type, prefix string, index []int) {
		for i := range typ.NumField() {
			field := typ.Field(i)
			tag := field.Tag.Get("protobuf")
			if tag == "" {
				continue
			}
			_, name, found := strings.Cut(tag, "name=")
			require.True(t, found, field.Name)
			name, _, _ = strings.Cut(name, ",")
			at := append(append([]int{}, index...), i)
			if field.Type.Kind() == reflect.Struct {
				walk(field.Type, prefix+name+".", at)
				continue
			}
			list = append(list, leaf{prefix + name, func(s *types.TopicSpec) { alter(t, reflect.ValueOf(s).Elem().FieldByIndex(at)) }})
		}
	}
	walk(reflect.TypeOf(types.TopicSpec{}), "", nil)
	return list
}

// alter makes a value another one.
func alter(t *testing.T, v reflect.Value) {
	t.Helper()
	switch v.Kind() {
	case reflect.String:
		v.SetString(v.String() + "x")
	case reflect.Bool:
		v.SetBool(!v.Bool())
	case reflect.Int32, reflect.Int64:
		v.SetInt(v.Int() + 1)
	case reflect.Uint32, reflect.Uint64:
		v.SetUint(v.Uint() + 1)
	case reflect.Slice:
		grown := reflect.MakeSlice(v.Type(), v.Len()+1, v.Len()+1)
		reflect.Copy(grown, v)
		v.Set(grown)
	default:
		t.Fatalf("no way to change a %s", v.Kind())
	}
}

// rulesFor are the rules that cover a field.
func rulesFor(path string) (covering []types.FieldRule) {
	for _, rule := range types.FieldRules() {
		if rule.Path == path || strings.HasPrefix(path, rule.Path+".") {
			covering = append(covering, rule)
		}
	}
	return covering
}

func TestEveryFieldOfASpecHasOneRuleOfWhoMayChangeIt(t *testing.T) {
	used := map[string]bool{}
	for _, field := range leaves(t) {
		covering := rulesFor(field.path)
		require.Len(t, covering, 1, "%s: decide who may change it", field.path)
		used[covering[0].Path] = true
	}
	require.Len(t, used, len(types.FieldRules()), "a rule covers no field")
}

func TestAChangeOfAFieldIsTakenFromThoseWhoMayAndRefusedFromOthers(t *testing.T) {
	for _, field := range leaves(t) {
		for _, sandbox := range []bool{false, true} {
			before := validSpec()
			before.Sandbox = sandbox
			after := before
			field.change(&after)
			rule := rulesFor(field.path)[0]
			for _, by := range []types.Changer{types.Authority, types.Steward} {
				changed, err := types.CheckChanges(before, after, by)
				who := rule.Changer(sandbox)
				switch {
				case who == types.Nobody:
					require.ErrorIs(t, err, types.ErrFieldFixed, field.path)
				case by == types.Steward && who == types.Authority:
					require.ErrorIs(t, err, types.ErrNotForSteward, field.path)
					require.ErrorContains(t, err, "weald tx topic propose update")
				default:
					require.NoError(t, err, field.path)
					require.Equal(t, []string{rule.Path}, changed)
				}
				require.False(t, types.SameSpec(before, after), field.path)
			}
		}
	}
}

func TestMoneyAndScoringOfAPaidTopicAreTheAuthoritys(t *testing.T) {
	for _, path := range []string{"access", "metric", "schedule", "scoring", "pricing", "steward_bp", "artifact_rules", "evaluation.spec_sha256"} {
		require.Equal(t, types.Authority, rulesFor(path)[0].Changer(false), path)
	}
	require.Equal(t, "nobody authority steward", strings.Join([]string{types.Nobody.String(), types.Authority.String(), types.Steward.String()}, " "))
}

func TestAnUpdateThatChangesNothingIsRefused(t *testing.T) {
	_, err := types.CheckChanges(validSpec(), validSpec(), types.Authority)
	require.ErrorIs(t, err, types.ErrNothingChanged)
	require.True(t, types.SameSpec(validSpec(), validSpec()))
}
