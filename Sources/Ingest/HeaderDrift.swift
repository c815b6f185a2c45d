import Diagnostics
package import PipelineFile

/// How the header of a file differs from the columns that its source declares.
///
/// Names of headers are no values: they may be told.
package struct HeaderDrift: Sendable, Hashable {
  /// A declared column and the header that seems to be it.
  package struct Renaming: Sendable, Hashable {
    /// What the source declares.
    package let declared: String
    package let found: String

    package init(declared: String, found: String) {
      self.declared = declared
      self.found = found
    }
  }

  /// Headers that no column declares and that are no renaming; without repeats.
  package private(set) var new: [String] = []
  /// Declared headers that are not there and have no likely new name.
  package private(set) var missing: [String] = []
  package private(set) var renamed: [Renaming] = []

  /// Whether the header is the declared one, in whatever order.
  package var isNone: Bool { new.isEmpty && missing.isEmpty && renamed.isEmpty }

  /// What was found before.
  package init(new: [String] = [], missing: [String] = [], renamed: [Renaming] = []) {
    self.new = new
    self.missing = missing
    self.renamed = renamed
  }

  /// Adds what the header of another file differs in.
  package mutating func formUnion(_ other: HeaderDrift) {
    new += other.new.filter { !new.contains($0) }
    missing += other.missing.filter { !missing.contains($0) }
    renamed += other.renamed.filter { !renamed.contains($0) }
  }

  /// Compares.
  ///
  /// A header is taken for a renamed column if it differs only in capitals and signs, or else if it
  /// is nearest by spelling; each header for one column at most.
  ///
  /// - Parameters:
  ///   - columns: those that the source declares; such as are told by their place are passed over.
  ///   - names: the header, in order.
  package init(columns: [SourceColumn], names: [String]) {
    var declared: [String] = []
    for column in columns where column.isFoundByHeader && !declared.contains(column.sourceName) {
      declared.append(column.sourceName)
    }
    let known = Set(declared)
    let present = Set(names)
    var others: [String] = []
    for name in names where !name.isEmpty && !known.contains(name) && !others.contains(name) {
      others.append(name)
    }
    // Fields that a source takes by their number are not new.
    for column in columns {
      guard case .field(let number) = column.address, names.indices.contains(number - 1) else {
        continue
      }
      others.removeAll { $0 == names[number - 1] }
    }
    for name in declared where !present.contains(name) {
      let alike =
        others.first { Self.letters(of: $0) == Self.letters(of: name) }
        ?? nearestName(to: name, among: others)
      // A file without header has a person in its first line: no name of it is told unless others
      // of the declared ones stand there.
      if let alike, !present.isDisjoint(with: known) {
        renamed.append(Renaming(declared: name, found: alike))
        others.removeAll { $0 == alike }
      } else {
        missing.append(name)
      }
    }
    new = present.isDisjoint(with: known) ? [] : others
  }

  /// The one header that is new, if it stands where the one that is missing is declared.
  ///
  /// Only where every column is declared: else there is no saying what stood there before.
  func replacement(of columns: [SourceColumn], in names: [String]) -> Renaming? {
    guard missing.count == 1, new.count == 1, let place = names.firstIndex(of: new[0]) else {
      return nil
    }
    let declared = columns.filter(\.isFoundByHeader).map(\.sourceName)
    guard let own = declared.firstIndex(of: missing[0]), declared.count == names.count else {
      return nil
    }
    let before = (own > 0 ? declared[own - 1] : nil, place > 0 ? names[place - 1] : nil)
    let after = (
      own + 1 < declared.count ? declared[own + 1] : nil,
      place + 1 < names.count ? names[place + 1] : nil
    )
    guard before.0 == before.1, after.0 == after.1 else { return nil }
    return Renaming(declared: missing[0], found: new[0])
  }

  /// Takes a new header for a missing one.
  mutating func rename(_ renaming: Renaming) {
    missing.removeAll { $0 == renaming.declared }
    new.removeAll { $0 == renaming.found }
    renamed.append(renaming)
  }

  private static func letters(of name: String) -> String {
    name.lowercased().filter { $0.isLetter || $0.isNumber }
  }
}

extension SourceColumn {
  /// Whether the header of a delimited file tells where it stands.
  var isFoundByHeader: Bool { address == nil && lookup == nil }
}

/// What the header of a file calls the columns, whatever the source declares.
///
/// - Returns: the names in order; nil for a format without a header of names.
/// - Throws: `file`; `refused` for a header that cannot be read.
package func headerNames(ofFile path: String, as source: Source) throws(IngestError) -> [String]? {
  guard let form = CsvForm(source), case .delimited = form.kind, form.dialect.header > 0 else {
    return nil
  }
  var file = try CsvFile(path: path, form: CsvForm(form.dialect, form.encoding, form.limits))
  return try file.readHead().names(for: source.columns)
}

/// How the header of a file differs from what its source declares.
///
/// Where every column is declared, a new header that stands in the place of a missing one is that one
/// renamed, if its values look like it; for that the file is looked into.
///
/// - Parameters:
///   - names: the header, in order.
///   - path: of the file.
///   - columns: those that the source declares.
///   - policy: whether that is all of them.
/// - Returns: what is new, missing and renamed.
package func headerDrift(
  _ names: [String],
  ofFile path: String,
  columns: [SourceColumn],
  _ policy: DriftPolicy
) -> HeaderDrift {
  var drift = HeaderDrift(columns: columns, names: names)
  guard policy.namesAllColumns, let renaming = drift.replacement(of: columns, in: names),
    let column = columns.first(where: { $0.sourceName == renaming.declared }),
    let survey = try? Survey(path: path), survey.holds(column, under: renaming.found)
  else { return drift }
  drift.rename(renaming)
  return drift
}
