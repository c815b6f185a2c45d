extension Expression {
  /// Whether a condition can hold only where another one does, as far as their form tells.
  ///
  /// `a and b` implies `a`, `a` implies `a or b`, and `cost > 500` implies `cost > 100`. Both are read
  /// as any of several groups of conditions that all hold; what stands deeper is compared as it is.
  ///
  /// - Parameter other: a condition on the same records.
  /// - Returns: false also when it cannot be told.
  func implies(_ other: Expression) -> Bool {
    disjuncts.allSatisfy { own in
      other.disjuncts.contains { group in
        group.conjuncts.allSatisfy { needed in
          own.conjuncts.contains { $0.isAsStrict(as: needed) }
        }
      }
    }
  }

  private var disjuncts: [Expression] {
    if case .or(let left, let right) = self { left.disjuncts + right.disjuncts } else { [self] }
  }

  private var conjuncts: [Expression] {
    if case .and(let left, let right) = self { left.conjuncts + right.conjuncts } else { [self] }
  }

  private func isAsStrict(as other: Expression) -> Bool {
    if self == other || other == .boolean(true) || self == .boolean(false) { return true }
    guard case .comparison(let own, let value, let limit) = self,
      case .comparison(let needed, value, let least) = other,
      let limit = limit.literalNumber, let least = least.literalNumber
    else { return false }
    switch (own, needed) {
    case (.greater, .greater), (.greater, .greaterOrEqual), (.greaterOrEqual, .greaterOrEqual),
      (.equal, .greaterOrEqual):
      return limit >= least
    case (.greaterOrEqual, .greater), (.equal, .greater): return limit > least
    case (.less, .less), (.less, .lessOrEqual), (.lessOrEqual, .lessOrEqual),
      (.equal, .lessOrEqual):
      return limit <= least
    case (.lessOrEqual, .less), (.equal, .less): return limit < least
    default: return false
    }
  }

  /// A literal in ten-thousandths; nil for anything else.
  private var literalNumber: Int128? {
    switch self {
    case .integer(let number), .date(let number): Int128(number) * 10_000
    case .decimal(let number): Int128(number)
    case .negate(let operand): operand.literalNumber.map { -$0 }
    default: nil
    }
  }
}
