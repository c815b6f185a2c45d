import Tabular

/// The persons whose rows are skipped because they object, as the run numbers their tokens.
///
/// The numbers mean nothing outside the run, and are never written. They are those of BSNs, of which
/// each has one number; a name has one for each spelling.
package struct Objections: Sendable {
  /// The label of their tokens, and the type of the column.
  let column: SourcePlan.TokenColumn
  private var words: [UInt64] = []
  /// The tokens of the same persons, for what arrives pseudonymised.
  private var tokens: Set<Token> = []
  /// How many distinct persons object.
  package private(set) var count = 0

  /// Takes the list, read to its end as a source of its own.
  ///
  /// - Parameter list: of one token column and nothing else.
  package init?(of list: Pseudonymiser) {
    guard list.plan.tokens.count == 1, list.plan.keptColumns.isEmpty else { return nil }
    column = list.plan.tokens[0]
    let memo = list.columnMemos[0]
    for code in list.identities.seenCodes where code >= 0 {
      insert(code)
      tokens.insert(memo.token(ofCode: code))
    }
  }

  private mutating func insert(_ code: Int32) {
    let word = Int(code) >> 6
    if word >= words.count { words += Array(repeating: 0, count: word + 1 - words.count) }
    guard words[word] & 1 << UInt64(code & 63) == 0 else { return }
    words[word] |= 1 << UInt64(code & 63)
    count += 1
  }

  /// Where the column stands among the tokens of a source; nil when it has none of that name.
  ///
  /// A partner's number has the same label: her objection is not his.
  func column(of plan: SourcePlan) -> Int? {
    plan.tokens.firstIndex {
      $0.name == column.name && $0.label == column.label
        && ($0.type == column.type || $0.isArrived)
    }
  }

  func contains(_ token: Token) -> Bool { tokens.contains(token) }

  func contains(_ code: Int32) -> Bool {
    guard code >= 0, Int(code) >> 6 < words.count else { return false }
    return words[Int(code) >> 6] & 1 << UInt64(code & 63) != 0
  }
}
