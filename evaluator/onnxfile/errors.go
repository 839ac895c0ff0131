// SPDX-License-Identifier: Apache-2.0

package onnxfile

import (
	"errors"
	"fmt"
)

// Errors that Scan and Read return; match them with errors.Is.
var (
	// ErrFormat says that the bytes are not an ONNX model at all.
	ErrFormat = errors.New("not an ONNX model")
	// ErrLimit says that the model exceeds one of the Limits.
	ErrLimit = errors.New("model exceeds a limit")
	// ErrUnsupported says that the model uses a feature that is not run here.
	ErrUnsupported = errors.New("model uses an unsupported feature")
	// ErrMalformed says that the model contradicts itself or is cut short.
	ErrMalformed = errors.New("malformed ONNX model")
	// ErrSignature says that inputs or outputs are not what the topic's kind asks for.
	ErrSignature = errors.New("model has the wrong inputs or outputs")
)

func limitf(format string, args ...any) error {
	return fmt.Errorf("%w: %s", ErrLimit, fmt.Sprintf(format, args...))
}

func unsupportedf(format string, args ...any) error {
	return fmt.Errorf("%w: %s", ErrUnsupported, fmt.Sprintf(format, args...))
}

func malformedf(format string, args ...any) error {
	return fmt.Errorf("%w: %s", ErrMalformed, fmt.Sprintf(format, args...))
}
