// SPDX-License-Identifier: Apache-2.0

package onnxfile

import (
	"bytes"
	"fmt"
)

// format is another file format that people submit by mistake, or on purpose.
type format struct {
	name  string
	magic []byte
	why   string
}

var formats = []format{
	{"a zip archive (such as a PyTorch checkpoint)", []byte("PK\x03\x04"), "it may hold pickled code"},
	{"an empty zip archive", []byte("PK\x05\x06"), "it holds no model"},
	{"a Python pickle, protocol 2", []byte("\x80\x02"), "loading it runs code"},
	{"a Python pickle, protocol 3", []byte("\x80\x03"), "loading it runs code"},
	{"a Python pickle, protocol 4", []byte("\x80\x04"), "loading it runs code"},
	{"a Python pickle, protocol 5", []byte("\x80\x05"), "loading it runs code"},
	{"a Python pickle, protocol 0", []byte("(lp"), "loading it runs code"},
	{"a Python pickle, protocol 0", []byte("(dp"), "loading it runs code"},
	{"a Python pickle, protocol 0", []byte("cos\n"), "loading it runs code"},
	{"a gzip file", []byte("\x1f\x8b"), "models are submitted uncompressed"},
	{"a zstd file", []byte("\x28\xb5\x2f\xfd"), "models are submitted uncompressed"},
	{"an HDF5 file (such as a Keras model)", []byte("\x89HDF"), "it may hold pickled code"},
	{"a GGUF file", []byte("GGUF"), "this topic runs ONNX"},
	{"an ELF program", []byte("\x7fELF"), "programs are not run"},
	{"a Windows program", []byte("MZ"), "programs are not run"},
	{"a script", []byte("#!"), "programs are not run"},
	{"an HTML page", []byte("<!"), "the store answered with a page, not with the file"},
	{"an HTML page", []byte("<html"), "the store answered with a page, not with the file"},
	{"a Git LFS pointer", []byte("version https://git-lfs"), "fetch the file that it points to"},
	{"a JSON document", []byte("{"), "models are binary"},
}

// sniff refuses files whose first bytes show that they are something else.
func sniff(b []byte) error {
	if len(b) == 0 {
		return fmt.Errorf("%w: the file is empty", ErrFormat)
	}
	for _, f := range formats {
		if bytes.HasPrefix(b, f.magic) {
			return formatError(f.name, f.why)
		}
	}
	// safetensors: 8 bytes of header length, then JSON.
	if len(b) > 8 && b[8] == '{' && b[5] == 0 && b[6] == 0 && b[7] == 0 {
		return formatError("a safetensors file", "it holds weights and no graph")
	}
	return nil
}

func formatError(found, why string) error {
	return fmt.Errorf("%w: found %s, and %s: export the model to ONNX", ErrFormat, found, why)
}
