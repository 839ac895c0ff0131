// SPDX-License-Identifier: Apache-2.0

package types

// NewAccrual says where a topic's budget comes from, given its account, settled, and its payment before; zero for none. The
// account holds what was carried and what it accrued since.
func NewAccrual(issuance Issuance, account TopicAccount, before EpochPayment) Accrual {
	index := orZero(issuance.TopicIndex).Uint64()
	return Accrual{
		Provision: issuance.Provision - before.Accrual.ProvisionTotal, TopicsPart: index - before.Accrual.IndexTotal,
		Accrued: account.Accrued - before.Carried, Carried: before.Carried,
		FractionBeforeBp: before.Accrual.FractionBp, FractionBp: account.AccruedCarryBp,
		ProvisionTotal: issuance.Provision, IndexTotal: index,
	}
}

// DueBp is what the topic was due by its share, in basis points of a unit.
func (a Accrual) DueBp() uint64 {
	return toInt(a.Accrued).MulRaw(BasisPoints).Add(toInt(a.FractionBp)).Sub(toInt(a.FractionBeforeBp)).Uint64()
}

// checkSum refuses with ErrAccounting an accrual that is not of the payment or of what was issued.
func (p EpochPayment) checkAccrual(issuance Issuance) error {
	a := p.Accrual
	switch {
	case !toInt(a.Accrued).Add(toInt(a.Carried)).Equal(toInt(p.Budget)):
		return p.wrong("accrued %d and carried over %d, budget is %d", a.Accrued, a.Carried, p.Budget)
	case a.Accrued > a.TopicsPart || a.TopicsPart > a.Provision:
		return p.wrong("accrued %d of the topics' part %d of a provision of %d", a.Accrued, a.TopicsPart, a.Provision)
	case a.ProvisionTotal > issuance.Provision || toInt(a.IndexTotal).GT(orZero(issuance.TopicIndex)):
		return p.wrong("blocks were due %d by then, and for topics %d, and by now %d and %s", a.ProvisionTotal, a.IndexTotal, issuance.Provision, orZero(issuance.TopicIndex))
	case a.FractionBp >= BasisPoints || a.FractionBeforeBp >= BasisPoints:
		return p.wrong("fractions are %d and %d basis points of a unit", a.FractionBeforeBp, a.FractionBp)
	}
	return nil
}

// accrualFollows reports whether the accrual begins where that of the topic's payment before ended.
func (p EpochPayment) accrualFollows(before EpochPayment) bool {
	a, b := p.Accrual, before.Accrual
	return a.Carried == before.Carried && a.FractionBeforeBp == b.FractionBp &&
		toInt(b.ProvisionTotal).Add(toInt(a.Provision)).Equal(toInt(a.ProvisionTotal)) &&
		toInt(b.IndexTotal).Add(toInt(a.TopicsPart)).Equal(toInt(a.IndexTotal))
}
