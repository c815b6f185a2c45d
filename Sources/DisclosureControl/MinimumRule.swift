/// The rule that a group of fewer than `minimum` persons is not shown.
///
/// Zero is no group: that nobody is in a cell gives nobody away.
struct MinimumRule: Sendable {
  let minimum: Int64

  /// Whether a figure that counts all persons of its cell must be hidden.
  func isSensitive(count: Int64, persons: Int64) -> Bool {
    isTooFew(persons) || isTooFew(count)
  }

  /// Whether a figure that counts some persons of its cell must be hidden.
  ///
  /// Whoever knows the cell and the part knows the rest: 47 of 50 tells of 3.
  func isSensitive(part: Int64, persons: Int64) -> Bool {
    let (rest, overflow) = persons.subtractingReportingOverflow(part)
    return isTooFew(persons) || isTooFew(part) || overflow || isTooFew(rest)
  }

  /// Whether a sum to which that many persons contribute must be hidden.
  func isSensitive(contributors: Int64, persons: Int64) -> Bool {
    isTooFew(persons) || isTooFew(contributors)
  }

  /// Whether a number that lies between those of single persons must be hidden.
  ///
  /// - Parameters:
  ///   - side: the persons on the side of fewer.
  ///   - persons: of the cell.
  /// - Returns: whether either is too few.
  func isSensitive(side: Int64, persons: Int64) -> Bool { isTooFew(persons) || side < minimum }

  private func isTooFew(_ persons: Int64) -> Bool { persons > 0 && persons < minimum }
}
