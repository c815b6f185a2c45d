import Cryptography
import PipelineFile
import Tabular

/// The accepted rows of a source in the order of the extract, and the identity of each.
struct TracedRecords: Sendable {
  /// What a key of a record leads to.
  enum Found: Equatable {
    /// Its place among the accepted rows.
    case record(Int)
    /// A row that was refused or skipped, or may have been.
    case lost
    case unknown
    /// Several rows have it.
    case several
  }

  /// Rows of all files, refused ones too.
  private(set) var rowCount = 0
  /// By record, the row of the source, from 1; ascending.
  private(set) var numbers: [Int] = []
  /// By record.
  private(set) var identities: [Int32] = []
  /// The column that names a row; nil where its number does.
  let column: SourceColumn?
  private let digester: RecordKeyDigester?
  private var places: [Token: Int] = [:]

  private static let several = -1

  init(column: SourceColumn? = nil, digester: RecordKeyDigester? = nil) {
    self.column = column
    self.digester = digester
  }

  var count: Int { identities.count }

  mutating func append(
    numbers chunk: [Int],
    digests: [Token],
    identities chunkIdentities: [Int32],
    rowCount chunkRowCount: Int
  ) {
    for (place, digest) in digests.enumerated() where !digest.isMissing {
      let record = count + place
      places[digest] = places[digest] == nil ? record : Self.several
    }
    numbers += chunk.map { rowCount + $0 }
    identities += chunkIdentities
    rowCount += chunkRowCount
  }

  /// The record of a key.
  ///
  /// - Parameter key: a row number from 1, or a value of the column that names a row.
  /// - Returns: where it stands among the accepted rows, or why it does not.
  /// - Throws: `library`.
  /// - Note: Clear identifiers pass through here.
  func find(_ key: [UInt8]) throws(CryptographyError) -> Found {
    guard let column, let digester else { return find(number: key) }
    guard let digest = try digester.digest(of: key, type: column.type) else { return .unknown }
    switch places[digest] {
    case Self.several?: return .several
    case let record?: return .record(record)
    // What names a refused row is not known.
    case nil: return count < rowCount ? .lost : .unknown
    }
  }

  private func find(number key: [UInt8]) -> Found {
    guard let number = Int(String(decoding: key, as: UTF8.self)), 1...max(1, rowCount) ~= number,
      rowCount > 0
    else { return .unknown }
    var range = 0..<numbers.count
    while !range.isEmpty {
      let middle = range.lowerBound + range.count / 2
      if numbers[middle] == number { return .record(middle) }
      range = numbers[middle] < number ? middle + 1..<range.upperBound : range.lowerBound..<middle
    }
    return .lost
  }
}
