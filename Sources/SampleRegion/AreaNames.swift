/// What the areas of the made-up region are called; no such places exist.
enum AreaNames {
  private static let municipalities = [
    "Lindeloo", "Oudervoort", "Hazelbeek", "Westerdonk", "Elzerade", "Kattenesch", "Berkzijl",
    "Nieuw-Varik",
  ]

  /// The name of a municipality, by its number from 0.
  static func municipality(_ number: Int) -> String {
    number < municipalities.count ? municipalities[number] : "Gemeente \(number + 1)"
  }

  /// The region of a municipality: the first two thirds are one, the rest another.
  static func region(municipality number: Int, of count: Int) -> String {
    number * 3 < count * 2 ? "Binnenland" : "Grensland"
  }
}
