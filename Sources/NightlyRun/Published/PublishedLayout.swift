import Diagnostics
import DisclosureControl

/// Which columns of a published table are labels, numbers and marks.
struct PublishedLayout {
  let header: [String]
  let dimensions: Range<Int>
  /// Columns that may hold numbers that add up.
  let numbers: [Int]
  /// One a column of numbers: that of its marks.
  let marks: [Int?]
  /// Names of columns that must be of numbers, by the manifest; the others may be of text.
  let told: Set<String>

  /// - Parameters:
  ///   - header: the names of the columns.
  ///   - measures: what the manifest tells; nil: what has a column of marks is a figure.
  ///   - path: of the file.
  /// - Throws: `PublishedFault`.
  init(header: [String], _ measures: PublishedMeasures?, path: String) throws(PublishedFault) {
    let names = Set(header)
    let figures = measures.map { Set($0.figures.map(\.name)) }
    let first = header.firstIndex { name in
      figures?.contains(name) ?? names.contains("\(name)_mark")
    }
    guard let first else {
      throw PublishedFault(
        Place(file: path, line: 1),
        "found no column of figures, expected those that its manifest names"
      )
    }
    let told = (measures?.figures ?? []).filter { $0.kind != .other }
      .flatMap { figure in [figure.name] + figure.beside.map { figure.name + $0 } }
    try self.init(header: header, dimensionCount: first, told: Set(told), path: path)
  }

  /// - Parameters:
  ///   - header: the names of the columns.
  ///   - dimensionCount: so many, from the first, are labels.
  ///   - told: columns that must be of numbers.
  ///   - path: of the file.
  /// - Throws: `PublishedFault`.
  init(
    header: [String],
    dimensionCount: Int,
    told: Set<String> = [],
    path: String
  ) throws(PublishedFault) {
    var seen: Set<String> = []
    for name in header where !seen.insert(name).inserted {
      throw PublishedFault(
        Place(file: path, line: 1),
        "found the column '\(escapedForTerminal(name))' twice, expected each once"
      )
    }
    self.header = header
    self.told = told
    dimensions = 0..<dimensionCount
    numbers = header.indices.dropFirst(dimensionCount).filter { column in
      let name = header[column]
      return !name.hasSuffix("_mark") && !name.hasPrefix("coverage_")
        && !name.hasPrefix("linked_")
    }
    marks = numbers.map { column in header.firstIndex(of: "\(header[column])_mark") }
  }
}
