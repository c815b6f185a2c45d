package import Diagnostics
package import Tabular

/// A code list beside the pipeline: a CSV file of what is written and what it becomes.
package struct CodeListForm: Sendable, Hashable {
  /// Relative to the folder of the file that names it already resolved.
  package var path: String
  /// The header of the codes; nil for the first column.
  package var from: String?
  /// The header of what they become; nil for the second column, or the code itself.
  package var to: String?
  package var delimiter: UInt8
  package var encoding: Encoding
  /// Where the pipeline names it.
  package let place: Place
}

/// What becomes of a code that neither a list nor `values` knows.
package enum UnknownCode: String, Sendable, CaseIterable {
  /// The value goes, and is counted; of a required column the row.
  case missing
  /// The row is rejected.
  case reject
  /// It stays as it is written, and is counted.
  case keep
  /// It becomes `other`, and is counted.
  case other
}

/// A table of codes that gave way to others: municipal mergers.
package struct SuccessorForm: Sendable, Hashable {
  package var path: String
  /// The header of the code.
  package var code = "code"
  /// The header of the code that took its place.
  package var new = "new_code"
  /// The header of the first day on which the code holds.
  package var from = "from"
  /// The header of the first day on which it holds no more.
  package var until = "until"
  package var delimiter: UInt8
  package var encoding: Encoding
  package let place: Place
}

/// A table that gives a region for a postcode and a house number.
package struct LookupForm: Sendable, Hashable {
  package var path: String
  /// The columns of the source, by name: a postcode, and a house number where there is one.
  package var postcode: String
  package var houseNumber: String?
  /// The headers of the table for the same.
  package var postcodeHeader = "PC6"
  package var houseNumberHeader = "Huisnummer"
  /// The header of what is looked up.
  package var gives: String
  package var delimiter: UInt8
  package var encoding: Encoding
  package let place: Place
  /// The SHA-256 of the table, once it was read; empty before.
  package var digest = ""
}

/// A kind of region of CBS: its letters, and how many digits follow.
package enum RegionLevel: String, Sendable, CaseIterable {
  case neighbourhood
  case district
  case municipality

  /// What stands before the digits.
  package var letters: String {
    switch self {
    case .neighbourhood: "BU"
    case .district: "WK"
    case .municipality: "GM"
    }
  }

  package var digitCount: Int {
    switch self {
    case .neighbourhood: 8
    case .district: 6
    case .municipality: 4
    }
  }
}

extension Source {
  /// A CSV file beside the pipeline, as a source of its own.
  ///
  /// - Parameters:
  ///   - path: of the file.
  ///   - headers: of the columns that are read, each with its type.
  ///   - dialect: how it is written.
  ///   - encoding: of the file.
  ///   - place: where the pipeline names it.
  /// - Returns: a source of one file, which is no source of a pipeline.
  package static func table(
    _ path: String,
    headers: [(name: String, type: ColumnType)],
    dialect: Dialect,
    encoding: Encoding,
    place: Place
  ) -> Source {
    Source(
      name: "table",
      domain: "",
      format: .csv(dialect, encoding),
      files: path,
      columns: headers.map { header in
        SourceColumn(header.name, header.type, .plain, place: place)
      },
      rejects: RejectThresholds(warnAbove: nil, failAbove: nil),
      place: place
    )
  }
}
