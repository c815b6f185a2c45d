import PipelineFile
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
  ///   - plan: of the source; its first token column tells persons apart.
  ///   - earlier: what was staged, under the same policy and key.
  ///   - later: what is staged now.
  init?(_ plan: SourcePlan, from earlier: StagedSource, to later: StagedSource) {
    guard let column = plan.tokens.first(where: { $0.type == .bsn }) ?? plan.tokens.first else {
      return nil
    }
    let differing = Self.differingCount(
      Self.persons(of: earlier, column.name),
      Self.persons(of: later, column.name),
      limit: Self.personLimit
    )
    guard 1..<Self.personLimit ~= differing else { return nil }
    source = later.name
  }

  private static func persons(of source: StagedSource, _ column: String) -> [Token] {
    guard case .tokens(let tokens)? = source.identities.table[column] else { return [] }
    return tokens.filter { !$0.isMissing }.sorted()
  }

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
