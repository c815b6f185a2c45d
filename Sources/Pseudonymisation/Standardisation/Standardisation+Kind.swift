extension Standardisation {
  /// What of a person a name is.
  package enum Kind: Sendable, CaseIterable {
    /// Without its prefix; parts in byte order.
    case surname
    /// The first of those parts.
    case surnamePart1
    /// The second of those parts; missing where a surname has one.
    case surnamePart2
    /// In the order given.
    case firstNames
    /// The first of them.
    case firstName
    /// A prefix by itself, as `van den`.
    case prefix
    /// The prefix that a surname is written with.
    case prefixOfSurname
    /// Anything else of type `name`.
    case name

    /// The kind that a token's label speaks of, as `surname`, `partner-surname`, `surname_part_1`,
    /// `first-name` or `first_names_1`.
    ///
    /// - Parameters:
    ///   - label: with `-` or `_` between its words.
    ///   - isSplit: the values are those of a column of surnames, out of which the label asks a prefix.
    package init(label: String, isSplit: Bool = false) {
      let label = dashed(label)
      self =
        if label.hasSuffix("surname") {
          .surname
        } else if label.hasSuffix("surname-part-1") {
          .surnamePart1
        } else if label.hasSuffix("surname-part-2") {
          .surnamePart2
        } else if label.hasPrefix("first-name") {
          label.hasSuffix("-1") ? .firstName : .firstNames
        } else if label.hasSuffix("prefix") {
          isSplit ? .prefixOfSurname : .prefix
        } else {
          .name
        }
    }
  }

  /// What of a house number a value is.
  package enum HousePart: Sendable, Hashable {
    /// The number of `0012-A`.
    case number
    /// The suffix of `0012-A`.
    case suffixOfNumber
    /// A suffix by itself, as `A` or `2`.
    case suffix

    /// The part that a token's label speaks of, as `house-number` or `house_suffix`; nil for others.
    ///
    /// - Parameters:
    ///   - label: with `-` or `_` between its words.
    ///   - isSplit: the values are those of a column of house numbers, out of which the label asks a
    ///     suffix.
    package init?(label: String, isSplit: Bool = false) {
      let label = dashed(label)
      if label.hasSuffix("house-number") {
        self = .number
      } else if label.hasSuffix("house-suffix") {
        self = isSplit ? .suffixOfNumber : .suffix
      } else {
        return nil
      }
    }
  }
}

private func dashed(_ label: String) -> String { String(label.map { $0 == "_" ? "-" : $0 }) }
