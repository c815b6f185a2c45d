package import Cryptography
package import PipelineFile
import Tabular

/// Makes up records among those that leave: one for every three, so that who knows the persons of
/// the extract cannot match them by their frequencies or their likeness.
///
/// A record is made up of two that are there: of each feature it has the filter of one of them. So it
/// is as full as others, and as frequent in each feature; nothing tells it but our key. Which they
/// are follows from the records and the key, whatever the order of the extract.
package final class RecordFakes {
  private struct Donor {
    let order: [UInt8]
    /// All features one after the other.
    let features: [UInt64]
  }

  /// So many donors are kept for where there are few.
  private static let keptDonors = 256
  private static let rounds = 256

  /// How many there are to be: a quarter of what leaves.
  package let wanted: Int
  /// How many were made.
  package private(set) var count = 0

  private let wordCount: Int
  private var draw: MessageAuthenticator
  private var hardener: RecordHardener
  private var order: MessageAuthenticator
  private var previous: Donor?
  private var kept: [Donor] = []

  /// - Parameters:
  ///   - form: of the filters.
  ///   - keys: of the run.
  ///   - recordCount: of those that are there.
  /// - Throws: `CryptographyError`.
  package init(
    _ form: RecordFilterForm,
    _ keys: RecordKeys,
    recordCount: Int
  ) throws(CryptographyError) {
    wanted = (recordCount + 2) / 3
    wordCount = form.schema.bitCount / 64
    draw = try MessageAuthenticator(key: keys.fakes)
    hardener = try RecordHardener(form, keys)
    order = try MessageAuthenticator(key: keys.order)
  }

  /// Takes a donor, in the order of their lines, and makes a record of it and of the one before.
  ///
  /// - Parameters:
  ///   - line: of `RecordLines.donors`.
  ///   - rows: gets a line of `RecordLines.rows`, while records are wanted.
  /// - Throws: `PseudonymisationError`.
  package func take(
    _ line: ArraySlice<UInt8>,
    to rows: inout RecordLines.Block
  ) throws(PseudonymisationError) {
    guard count < wanted, let gap = line.firstIndex(of: space),
      let bytes = Base64Text.decode(line[(gap + 1)...])
    else { return }
    let donor = Donor(order: Array(line[..<gap]), features: recordWords(of: bytes))
    // Equal records stand side by side; a mixture of two is one of them.
    guard donor.order != previous?.order else { return }
    if let previous { try append(previous, donor, round: 0, to: &rows) }
    previous = donor
    if kept.count < Self.keptDonors { kept.append(donor) }
  }

  /// Makes what is still wanted of other pairs, where there are few donors.
  ///
  /// - Returns: false where there are too few to make so many.
  /// - Throws: `PseudonymisationError`.
  package func finish(
    to rows: inout RecordLines.Block
  ) throws(PseudonymisationError) -> Bool {
    for round in 1...Self.rounds where count < wanted && kept.count > 1 {
      let step = 1 + round % (kept.count - 1 > 0 ? kept.count - 1 : 1)
      for place in kept.indices where count < wanted {
        let other = kept[(place + step) % kept.count]
        guard other.order != kept[place].order else { continue }
        try append(kept[place], other, round: round, to: &rows)
      }
    }
    return count >= wanted
  }

  private func append(
    _ left: Donor,
    _ right: Donor,
    round: Int,
    to rows: inout RecordLines.Block
  ) throws(PseudonymisationError) {
    do {
      let number = [UInt8(truncatingIfNeeded: round >> 8), UInt8(truncatingIfNeeded: round)]
      let choice = try draw.tag((left.order + right.order + number).span)
      guard let filter = mixture(left, right, choice.high) else { return }
      let bytes = try hardener.hardened(filter)
      let tag = try order.tag(bytes.span)
      rows.text.append(contentsOf: lowerHex(recordBytes(of: [tag.high, tag.low])).utf8)
      rows.text.append(space)
      Base64Text.append(bytes[...], to: &rows.text)
      rows.ends.append(rows.text.count)
      count += 1
    } catch {
      throw .cryptography(step: "filter")
    }
  }

  /// Of each feature the filter of one of the two; nil when whatever is chosen is one of them.
  private func mixture(_ left: Donor, _ right: Donor, _ choice: UInt64) -> [UInt64]? {
    guard left.features.count == right.features.count else { return nil }
    let (first, second) = (united(left.features, wordCount), united(right.features, wordCount))
    let featureCount = left.features.count / wordCount
    func mixed(_ choice: UInt64) -> [UInt64] {
      var words = [UInt64](repeating: 0, count: wordCount)
      for feature in 0..<featureCount {
        let donor = choice >> UInt64(feature & 63) & 1 == 0 ? left : right
        for word in 0..<wordCount { words[word] |= donor.features[feature * wordCount + word] }
      }
      return words
    }
    for turn in -1..<featureCount {
      let words = mixed(turn < 0 ? choice : choice ^ 1 << UInt64(turn & 63))
      if words != first && words != second { return words }
    }
    return nil
  }
}
