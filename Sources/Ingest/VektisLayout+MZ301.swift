// Dental care.

extension VektisLayout {
  static let mz301 = VektisLayout(
    standard: "MZ301",
    version: 103,
    careTypes: [(176, "dental")],
    length: 310,
    ends: [1: 117, 2: 181, 3: 297, 4: 204, 98: 158, 99: 45],
    fields: opening + insuredFields(deceased: 181) + dayFields(59...66) + [
      Field("code_list", 4, 73...75),
      Field("activity", 4, 76...81),
      Field("performer", 4, 99...106, .zeroNone),
      Field("count", 4, 131...134),
      Field("reference", 4, 165...184),
      Field("previous_reference", 4, 185...204),
    ],
    amountRecord: 4,
    amount: 156...163,
    counts: commonCounts,
    total: 34...44,
    keys: nil
  )
}
