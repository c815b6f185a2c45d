import Files
import Pseudonymisation
import Tabular

/// A source that was read again with nearly the same persons.
///
/// Who may add one row to an extract and look at what is staged learns whose token is whose, one
/// person a run. Corrections look the same, so it is noted for the privacy officer and stops nothing.
struct ProbeSuspicion: Sendable, Equatable {
  let source: String

  /// So many persons or more are no probe.
  static let personLimit = 10

  /// Compares two versions of a source; nil when the persons are the same, or ten or more differ.
  ///
  /// - Parameters:
  ///   - source: its name.
  ///   - earlier: its persons before, in order.
  ///   - later: its persons now, in order.
  init?(source: String, from earlier: [Token], to later: [Token]) {
    let differing = Self.differingCount(earlier, later, limit: Self.personLimit)
    guard 1..<Self.personLimit ~= differing else { return nil }
    self.source = source
  }

  /// Compares a source with what is staged of it, and with what was read of it today; one that is new
  /// with all that was read today, for a name is soon changed.
  ///
  /// So few persons as tell nothing are compared with what is staged of them alone.
  ///
  /// - Parameters:
  ///   - source: its name.
  ///   - earlier: its persons before, in order; nil when nothing is staged.
  ///   - later: its persons now, in order.
  ///   - sketch: of its persons now.
  ///   - today: what other runs of the day read.
  init?(
    source: String,
    from earlier: [Token]?,
    to later: [Token],
    _ sketch: PersonSketch?,
    today: [(source: String, sketch: PersonSketch)]
  ) {
    if let earlier, let found = Self(source: source, from: earlier, to: later) {
      self = found
      return
    }
    let own = today.filter { $0.source == source }
    let others = earlier == nil && own.isEmpty ? today : own
    guard let sketch, Self.differingCount([], later, limit: Self.personLimit) >= Self.personLimit,
      others.contains(where: { 1..<Self.personLimit ~= sketch.differing(from: $0.sketch) })
    else { return nil }
    self.source = source
  }

  /// What is staged of a source, whatever policy it was staged under; nil when it is of another key.
  ///
  /// It can still be read when another stands in its place.
  static func staged(at path: String, key: String) -> StagedTable? {
    guard somethingStands(at: path), let table = try? StagedTable(path: path),
      table.header["key"]?.stringValue == key
    else { return nil }
    return table
  }

  /// The persons among tokens, in order.
  static func persons(of tokens: TokenColumn) -> [Token] { sortedTokens(tokens.values) }

  /// How many distinct tokens are in one of two sorted lists alone; at most `limit`.
  static func differingCount(_ left: [Token], _ right: [Token], limit: Int) -> Int {
    var (leftPlace, rightPlace, count) = (0, 0, 0)
    func skip(_ tokens: [Token], _ place: inout Int) {
      let token = tokens[place]
      while place < tokens.count, tokens[place] == token { place += 1 }
    }
    while count < limit, leftPlace < left.count || rightPlace < right.count {
      if rightPlace == right.count
        || (leftPlace < left.count && left[leftPlace] < right[rightPlace])
      {
        skip(left, &leftPlace)
        count += 1
      } else if leftPlace == left.count || right[rightPlace] < left[leftPlace] {
        skip(right, &rightPlace)
        count += 1
      } else {
        skip(left, &leftPlace)
        skip(right, &rightPlace)
      }
    }
    return count
  }
}
