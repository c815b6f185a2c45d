// Hospital care. An activity (04) has its amounts in tariff records (06); procedures (16) are
// counted only.

extension VektisLayout {
  static let zh308 = VektisLayout(
    standard: "ZH308",
    version: 900,
    careTypes: [(101, "hospital")],
    length: 610,
    ends: [1: 117, 2: 181, 3: 610, 4: 595, 6: 155, 16: 169, 98: 158, 99: 57],
    fields: opening + insuredFields(deceased: 181) + [
      Field("code_list", 4, 67...69),
      Field("activity", 4, 70...75),
      Field("start", 4, 76...83, .zeroNone),
      Field("date", 4, 76...83, .zeroNone),
      Field("end", 4, 84...91, .zeroNone),
      Field("care_product", 4, 94...102),
      Field("count", 4, 196...199),
      Field("diagnosis", 4, 213...219),
      Field("icd10", 4, 223...229),
      Field("reference", 4, 556...575),
      Field("previous_reference", 4, 576...595),
      Field("performer", 6, 67...74, .zeroNone),
    ],
    amountRecord: 6,
    amount: 107...114,
    counts: [
      Count(2, 3...8), Count(3, 9...14), Count(4, 15...20), Count(6, 21...26), Count(16, 27...32),
      Count(98, 33...38), Count(0, 39...45),
    ],
    total: 46...56,
    keys: (
      activity: Key(codeList: 67, activity: 70, start: 76, sequence: 92),
      tariff: Key(codeList: 43, activity: 49, start: 55, sequence: 63)
    )
  )
}
