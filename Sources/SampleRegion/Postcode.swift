/// A made-up postcode; it belongs to one street, and so to one neighbourhood.
///
/// Two neighbourhoods share the four digits, as happens in the Netherlands, never the letters.
struct Postcode: Hashable {
  static let streetsPerNeighbourhood = 190

  // The letters that are in use; SA, SD and SS are not given out.
  private static let pairs: [(UInt8, UInt8)] = {
    let letters = Array("ABCDEGHJKLMNPRSTVWXZ".utf8)
    let barred = ["SA", "SD", "SS"].map { Array($0.utf8) }
    return letters.flatMap { first in letters.map { (first, $0) } }
      .filter { !barred.contains([$0.0, $0.1]) }
  }()

  let digits: Int
  private let pair: Int

  /// The postcode of a street.
  ///
  /// - Parameters:
  ///   - neighbourhood: from 0.
  ///   - street: in 0..<`streetsPerNeighbourhood`.
  init(neighbourhood: Int, street: Int) {
    digits = 7_001 + neighbourhood / 2
    pair = (neighbourhood % 2 * Self.streetsPerNeighbourhood + street) % Self.pairs.count
  }

  /// A postcode outside the region.
  init(outside draw: Int) {
    digits = 1_011 + draw % 5_000
    pair = draw / 5_000 % Self.pairs.count
  }

  func append(to text: inout [UInt8]) {
    text.append(number: digits, width: 4)
    let letters = Self.pairs[pair]
    text.append(letters.0)
    text.append(letters.1)
  }

  var description: String {
    var text: [UInt8] = []
    append(to: &text)
    return String(decoding: text, as: UTF8.self)
  }
}
