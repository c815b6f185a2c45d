// Long-term care, nursing and sensory care.

extension VektisLayout {
  static let aw319 = VektisLayout(
    standard: "AW319",
    version: 104,
    careTypes: [(187, "wlz"), (428, "nursing"), (430, "sensory")],
    length: 310,
    ends: [1: 117, 2: 205, 3: 310, 4: 234, 98: 158, 99: 45],
    fields: opening + insuredFields(deceased: 181) + [
      Field("function", 4, 101...102),
      Field("care_package", 4, 103...105),
      Field("start", 4, 106...113, .zeroNone),
      Field("date", 4, 106...113, .zeroNone),
      Field("end", 4, 114...121, .zeroNone),
      Field("code_list", 4, 122...124),
      Field("activity", 4, 125...129),
      Field("count", 4, 130...133),
      Field("time_unit", 4, 134...135),
      Field("performer", 4, 136...143, .zeroNone),
      Field("reference", 4, 195...214),
      Field("previous_reference", 4, 215...234),
    ],
    amountRecord: 4,
    amount: 186...193,
    counts: commonCounts,
    total: 34...44,
    keys: nil
  )
}
