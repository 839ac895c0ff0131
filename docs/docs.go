// SPDX-License-Identifier: Apache-2.0

// Package docs carries the documents that the binary itself serves.
package docs

import _ "embed"

// OpenAPI is the generated description of the REST interface of Weal's own modules,
// served by every node at /openapi.json.
//
//go:embed static/openapi.json
var OpenAPI []byte
