// SPDX-License-Identifier: Apache-2.0

// Package table prints the answers of queries for people: lists as aligned columns and
// single records as lines, amounts in WEAL and uweal, heights with about when. Programs
// ask for --output json and get what the chain answered.
//
// What is shown of an answer is data, in one file a module; a test compares it with the
// answers' descriptors.
package table
