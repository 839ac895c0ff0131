// SPDX-License-Identifier: Apache-2.0

package types

import errorsmod "cosmossdk.io/errors"

// MaxLicenseBytes is the longest SPDX expression that the chain keeps.
const MaxLicenseBytes = 64

// ValidateLicense checks that a licence is written in the characters of an SPDX
// expression, such as "Apache-2.0 OR MIT". Whether the identifiers are known is
// not asked: the list grows, and all nodes must agree. Empty is allowed.
func ValidateLicense(license string) error {
	if len(license) > MaxLicenseBytes {
		return errorsmod.Wrapf(ErrInvalidLicense, "license is %d bytes, expected at most %d: write an SPDX expression", len(license), MaxLicenseBytes)
	}
	for i := range len(license) {
		if !isSPDXByte(license[i]) {
			return errorsmod.Wrapf(ErrInvalidLicense, "license %q: write an SPDX expression such as Apache-2.0 or MIT", license)
		}
	}
	return nil
}

func isSPDXByte(b byte) bool {
	switch {
	case b >= 'a' && b <= 'z', b >= 'A' && b <= 'Z', b >= '0' && b <= '9':
		return true
	case b == '.', b == '-', b == '+', b == ':', b == '(', b == ')', b == ' ':
		return true
	default:
		return false
	}
}
