import PipelineFile

/// The rule that a group of fewer than `minimum` persons is not shown.
///
/// Zero is no group, unless that nobody is in a cell must not be told either.
struct MinimumRule: Sendable {
  let minimum: Int64
  /// Whether nobody is too few.
  var hidesZeros = false
  /// How large a part may be that tells persons to be alike.
  var group: Protection.GroupShare? = nil

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

  /// Whether a part of a cell is nearly all of it, and says something about health or support.
  ///
  /// - Parameters:
  ///   - alike: those who are told to be alike.
  ///   - persons: of the cell.
  /// - Returns: false without such a rule.
  func isNearlyAll(_ alike: Int64, of persons: Int64) -> Bool {
    group.map { alike > $0.limit(of: persons) } ?? false
  }

  private func isTooFew(_ persons: Int64) -> Bool {
    (persons > 0 || hidesZeros) && persons < minimum
  }
}
