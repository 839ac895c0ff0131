// SPDX-License-Identifier: Apache-2.0

package main

import (
	"bytes"
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/require"
)

const merged = `{"info":{"title":"weal/topic/v1/query.proto"},"tags":[{"name":"Query"}],"paths":{
"/weal/topic/v1/params":{"get":{"operationId":"Query_Params","tags":["Query"]}},
"/weal/scoring/v1/params":{"get":{"operationId":"Query_Params","tags":["Query"]}}}}`

func TestOperationIdsAreUniqueAcrossModules(t *testing.T) {
	out, err := finish([]byte(merged))
	require.NoError(t, err)

	var doc struct {
		Info  struct{ Title string }
		Paths map[string]map[string]struct {
			OperationID string `json:"operationId"`
			Tags        []string
		}
	}
	require.NoError(t, json.Unmarshal(out, &doc))
	require.Equal(t, "Weal", doc.Info.Title)
	require.Equal(t, "topic_Query_Params", doc.Paths["/weal/topic/v1/params"]["get"].OperationID)
	require.Equal(t, "scoring_Query_Params", doc.Paths["/weal/scoring/v1/params"]["get"].OperationID)
	require.Equal(t, []string{"topic"}, doc.Paths["/weal/topic/v1/params"]["get"].Tags)
}

func TestEqualInputGivesEqualBytes(t *testing.T) {
	first, err := finish([]byte(merged))
	require.NoError(t, err)
	for range 20 {
		again, err := finish([]byte(merged))
		require.NoError(t, err)
		require.True(t, bytes.Equal(first, again))
	}
}

func TestADocumentThatIsNotJSONIsRefused(t *testing.T) {
	_, err := finish([]byte("swagger: 2.0"))
	require.Error(t, err)
}
