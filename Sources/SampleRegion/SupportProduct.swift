/// A product of the social domain, with how it is counted and what it costs.
struct SupportProduct {
  let category: String
  let code: String
  /// 04 hour, 14 day and night, 16 half day, 82 piece.
  let unit: String
  /// 2 a week, 4 a month.
  let frequency: String
  /// How many units a week or month.
  let volumes: ClosedRange<Int>
  let tariffInCents: Int

  /// The commonest first.
  static let all = [
    SupportProduct(
      category: "01",
      code: "01A01",
      unit: "04",
      frequency: "2",
      volumes: 2...4,
      tariffInCents: 3_450
    ),
    SupportProduct(
      category: "02",
      code: "02A03",
      unit: "04",
      frequency: "2",
      volumes: 1...6,
      tariffInCents: 6_120
    ),
    SupportProduct(
      category: "07",
      code: "07A11",
      unit: "16",
      frequency: "2",
      volumes: 1...5,
      tariffInCents: 4_875
    ),
    SupportProduct(
      category: "01",
      code: "01A03",
      unit: "04",
      frequency: "2",
      volumes: 2...5,
      tariffInCents: 3_980
    ),
    SupportProduct(
      category: "11",
      code: "11B02",
      unit: "82",
      frequency: "4",
      volumes: 1...1,
      tariffInCents: 8_250
    ),
    SupportProduct(
      category: "04",
      code: "04A02",
      unit: "14",
      frequency: "4",
      volumes: 2...6,
      tariffInCents: 14_300
    ),
  ]

  /// Units in a month of about four weeks.
  func monthlyVolume(_ volume: Int) -> Int {
    frequency == "2" ? volume * 4 : volume
  }
}
