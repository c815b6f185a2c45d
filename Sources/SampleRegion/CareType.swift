/// A kind of care: its products, what they cost and who uses them.
struct CareType {
  /// The first age of each age group.
  static let firstAges = [0, 18, 45, 65, 75, 85]
  /// What a claim costs in each age group, beside the usual.
  static let costByAge = [0.8, 0.9, 1, 1.15, 1.25, 1.2]

  let code: String
  let products: [String]
  /// The commonest amount is near this.
  let medianInCents: Double
  /// How far amounts spread: standard deviation of their logarithm.
  let spread: Double
  /// How often, in each age group; only proportions matter.
  let rateByAge: [Double]

  static func ageGroup(age: Int) -> Int {
    (firstAges.lastIndex { $0 <= age }) ?? 0
  }

  static let hospitalCode = "hospital"

  static let all = [
    CareType(
      code: "huisarts",
      products: ["HA10", "HA11", "HA12", "HA20", "HA30"],
      medianInCents: 2_400,
      spread: 0.5,
      rateByAge: [0.3, 0.35, 0.4, 0.5, 0.7, 0.9]
    ),
    CareType(
      code: "farmacie",
      products: ["FA01", "FA02", "FA03", "FA04", "FA05", "FA06"],
      medianInCents: 1_900,
      spread: 0.9,
      rateByAge: [0.12, 0.2, 0.45, 0.8, 1.1, 1.2]
    ),
    CareType(
      code: hospitalCode,
      products: ["ZH100", "ZH110", "ZH200", "ZH210", "ZH300", "ZH900"],
      medianInCents: 21_000,
      spread: 1.1,
      rateByAge: [0.08, 0.12, 0.22, 0.38, 0.45, 0.4]
    ),
    CareType(
      code: "ggz",
      products: ["GZ01", "GZ02", "GZ03"],
      medianInCents: 14_000,
      spread: 0.6,
      rateByAge: [0.08, 0.12, 0.07, 0.04, 0.03, 0.03]
    ),
    CareType(
      code: "mondzorg",
      products: ["MZ01", "MZ02", "MZ03", "MZ04"],
      medianInCents: 6_500,
      spread: 0.6,
      rateByAge: [0.16, 0.16, 0.15, 0.12, 0.08, 0.04]
    ),
    CareType(
      code: "fysiotherapie",
      products: ["FY01", "FY02", "FY03"],
      medianInCents: 3_900,
      spread: 0.25,
      rateByAge: [0.04, 0.12, 0.16, 0.2, 0.22, 0.2]
    ),
    CareType(
      code: "wijkverpleging",
      products: ["WV01", "WV02", "WV03"],
      medianInCents: 24_000,
      spread: 0.7,
      rateByAge: [0.01, 0.01, 0.03, 0.1, 0.35, 0.9]
    ),
    CareType(
      code: "hulpmiddelen",
      products: ["HM01", "HM02", "HM03", "HM04"],
      medianInCents: 8_500,
      spread: 0.9,
      rateByAge: [0.02, 0.03, 0.06, 0.12, 0.2, 0.3]
    ),
  ]
}
