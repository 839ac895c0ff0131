// SPDX-License-Identifier: Apache-2.0

package table

// admissionTables are those of x/admission.
func admissionTables() []Table {
	return []Table{
		{Command: "admission list", Method: "weal.admission.v1.Query/Admissions", List: "admissions", Columns: admissionColumns()},
		{Command: "admission of", Method: "weal.admission.v1.Query/AdmissionsOf", List: "admissions", Columns: admissionColumns()},
		{
			Command: "admission show",
			Method:  "weal.admission.v1.Query/Admission",
			Columns: []Column{
				{"admitted", "admitted", YesNo},
				{"role", "admission.role", Enum(1)},
				{"topic", "admission.topic_id", Number},
				{"address", "admission.address", Text},
				{"since", "admission.granted_at", Time},
				{"until", "admission.expires_at", Time},
				{"end put off until", "admission.deferred_until", Time},
				{"reason", "admission.reason_uri", Text},
			},
		},
		{Command: "admission applications", Method: "weal.admission.v1.Query/Applications", List: "applications", Columns: applicationColumns()},
		{Command: "admission applications-of", Method: "weal.admission.v1.Query/ApplicationsOf", List: "applications", Columns: applicationColumns()},
		{
			Command: "admission application",
			Method:  "weal.admission.v1.Query/Application",
			Columns: []Column{
				{"id", "application.id", Text},
				{"role", "application.key.role", Enum(1)},
				{"topic", "application.key.topic_id", Number},
				{"address", "application.key.address", Text},
				{"statement", "application.statement_uri", Text},
				{"deposit", "application.deposit", Amount},
				{"applied", "application.applied_at", Time},
				{"decide until", "application.expires_at", Time},
			},
		},
		{
			Command: "admission registrars",
			Method:  "weal.admission.v1.Query/Registrars",
			List:    "registrars",
			Columns: []Column{{"address", "address", Text}, {"roles", "roles", Enums(1)}},
		},
		{
			Command: "admission history",
			Method:  "weal.admission.v1.Query/History",
			List:    "changes",
			Columns: []Column{
				{"id", "id", Text},
				{"what", "act", Enum(1)},
				{"when", "at", Time},
				{"height", "height", Text},
				{"by", "by", Text},
				{"reason", "reason_uri", Text},
			},
		},
		{
			Command: "admission revoked-power",
			Method:  "weal.admission.v1.Query/RevokedPower",
			Columns: []Column{
				{"power of the set", "total", Count},
				{"revoked today", "revoked", Count},
				{"may still be revoked", "left", Count},
				{"the next day begins", "until", Time},
			},
		},
	}
}

func admissionColumns() []Column {
	return []Column{
		{"role", "role", Enum(1)},
		{"topic", "topic_id", Number},
		{"address", "address", Text},
		{"since", "granted_at", Time},
		{"until", "expires_at", Time},
		{"reason", "reason_uri", Text},
	}
}

func applicationColumns() []Column {
	return []Column{
		{"id", "id", Text},
		{"role", "key.role", Enum(1)},
		{"topic", "key.topic_id", Number},
		{"address", "key.address", Text},
		{"deposit", "deposit", Short},
		{"decide until", "expires_at", Time},
		{"statement", "statement_uri", Text},
	}
}
