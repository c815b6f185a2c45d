// Pharmaceutical care, two versions.

extension VektisLayout {
  static let ap304v7 = VektisLayout(
    standard: "AP304",
    version: 702,
    careTypes: [(106, "pharmacy")],
    length: 310,
    ends: [1: 117, 2: 182, 3: 297, 4: 273, 98: 158, 99: 45],
    fields: opening + insuredFields(deceased: 182) + dayFields(67...74) + [
      Field("code_list", 4, 75...77),
      Field("activity", 4, 78...89),
      Field("count", 4, 101...109),
      Field("performer", 4, 118...125, .zeroNone),
      Field("reference", 4, 234...253),
      Field("previous_reference", 4, 254...273),
    ],
    amountRecord: 4,
    amount: 225...232,
    counts: commonCounts,
    total: 34...44,
    keys: nil
  )

  static let ap304v8 = VektisLayout(
    standard: "AP304",
    version: 800,
    careTypes: [(193, "pharmacy")],
    length: 360,
    ends: [1: 117, 2: 182, 3: 343, 4: 347, 98: 158, 99: 45],
    fields: opening + insuredFields(deceased: 182) + dayFields(68...75) + [
      Field("code_list", 4, 92...94),
      Field("activity", 4, 95...108),
      Field("count", 4, 120...128),
      Field("performer", 4, 129...136, .zeroNone),
      Field("reference", 4, 308...327),
      Field("previous_reference", 4, 328...347),
    ],
    amountRecord: 4,
    amount: 299...306,
    counts: commonCounts,
    total: 34...44,
    keys: nil
  )
}
