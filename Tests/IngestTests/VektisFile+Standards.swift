extension VektisFile.Standard {
  static let all = [
    aw319("187", "wlz"), aw319("428", "nursing"), aw319("430", "sensory"), zh308, mz301, ap304v7,
    ap304v8,
  ]

  static func aw319(_ code: String, _ careType: String) -> Self {
    Self(
      description: "AW319 \(code)",
      code: code,
      version: "0104",
      careType: careType,
      length: 310,
      deceased: 181,
      activity: [
        "start": 106...113, "end": 114...121, "code_list": 122...124, "activity": 125...129,
        "count": 130...133, "performer": 136...143, "amount": 186...193, "reference": 195...214,
        "function": 101...102, "care_package": 103...105,
      ],
      tariff: [:],
      details: 27...33,
      total: 34...44,
      ends: ["01": 117, "02": 205, "04": 234, "98": 158, "99": 45]
    )
  }

  static let zh308 = Self(
    description: "ZH308",
    code: "101",
    version: "0900",
    careType: "hospital",
    length: 610,
    deceased: 181,
    activity: [
      "start": 76...83, "end": 84...91, "code_list": 67...69, "activity": 70...75,
      "count": 196...199, "sequence": 92...93, "care_product": 94...102, "diagnosis": 213...219,
      "reference": 556...575,
    ],
    tariff: [
      "code_list": 43...45, "activity": 49...54, "start": 55...62, "sequence": 63...64,
      "performer": 67...74, "amount": 107...114,
    ],
    details: 39...45,
    total: 46...56,
    ends: ["01": 117, "02": 181, "04": 595, "06": 155, "98": 158, "99": 57]
  )

  static let mz301 = Self(
    description: "MZ301",
    code: "176",
    version: "0103",
    careType: "dental",
    length: 310,
    deceased: 181,
    activity: [
      "start": 59...66, "code_list": 73...75, "activity": 76...81, "performer": 99...106,
      "count": 131...134, "amount": 156...163, "reference": 165...184,
    ],
    tariff: [:],
    details: 27...33,
    total: 34...44,
    ends: ["01": 117, "02": 181, "03": 297, "04": 204, "98": 158, "99": 45]
  )

  static let ap304v7 = Self(
    description: "AP304 7.2",
    code: "106",
    version: "0702",
    careType: "pharmacy",
    length: 310,
    deceased: 182,
    activity: [
      "start": 67...74, "code_list": 75...77, "activity": 78...89, "count": 101...109,
      "performer": 118...125, "amount": 225...232, "reference": 234...253,
    ],
    tariff: [:],
    details: 27...33,
    total: 34...44,
    ends: ["01": 117, "02": 182, "03": 297, "04": 273, "98": 158, "99": 45]
  )

  static let ap304v8 = Self(
    description: "AP304 8.0",
    code: "193",
    version: "0800",
    careType: "pharmacy",
    length: 360,
    deceased: 182,
    activity: [
      "start": 68...75, "code_list": 92...94, "activity": 95...108, "count": 120...128,
      "performer": 129...136, "amount": 299...306, "reference": 308...327,
    ],
    tariff: [:],
    details: 27...33,
    total: 34...44,
    ends: ["01": 117, "02": 182, "03": 343, "04": 347, "98": 158, "99": 45]
  )
}
