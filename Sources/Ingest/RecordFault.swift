package import Tabular

/// Why a file of fixed records is refused: a claim of Vektis, or a message in EI records.
package enum RecordFault: Sendable, Hashable {
  /// The first line is no record 01.
  case noOpeningRecord
  /// The file ends, or another begins in it, before a record 99, or in one.
  case noClosingRecord
  /// Something stands behind record 99 that must not.
  case afterClosingRecord
  /// The opening or closing record has not the length of its layout, filler included or not.
  case length(record: Int, found: Int, expected: ClosedRange<Int>)
  /// No record of this number is known; nil for none that is a number.
  case unknownRecord(found: Int?)
  /// Message code and version as digits, or empty; and what is read.
  case version(found: String, expected: String)
  /// A detail record has not the number that follows; nil for none that is a number.
  case detailNumber(found: Int?, expected: Int)
  /// The sender calls it a test.
  case testFile
  /// The currency is not the euro.
  case currency
  /// Record 99 counts otherwise; record 0 stands for all between 01 and 99, `expected` is nil where
  /// it gives no number.
  case count(record: Int, found: Int, expected: Int?)
  /// The amounts add up to so many cents more than record 99 says; nil where it gives no number.
  case total(difference: Int64?)
  /// An amount or its sign cannot be read: the total cannot be reckoned.
  case amount(record: Int)
  /// An insured person has more records than may be held.
  case insuredRecords(limit: Int)

  /// What was found, and what was expected.
  package var sentence: String {
    switch self {
    case .noOpeningRecord: "found no opening record, expected 01 in the first line"
    case .noClosingRecord: "found no closing record, expected 99 at the end"
    case .afterClosingRecord: "found something behind the closing record, expected the end"
    case .length(let record, let found, let expected):
      "found \(found) bytes in record \(Self.name(record)), expected \(expected.lowerBound) "
        + "to \(expected.upperBound)"
    case .unknownRecord(let found):
      "found record \(found.map(Self.name) ?? "without a number"), expected one of the layout"
    case .version(let found, let expected):
      found.isEmpty
        ? "found no message code and version, expected \(expected)"
        : "found \(found), expected \(expected)"
    case .detailNumber(let found, let expected):
      "found \(found.map { "detail record \($0)" } ?? "a detail record without a number"), "
        + "expected number \(expected)"
    case .testFile: "found a test file (purpose T), expected one of production"
    case .currency: "found another currency, expected EUR"
    case .count(let record, let found, let expected):
      "found \(found) \(record == 0 ? "detail records" : "records \(Self.name(record))"), expected "
        + (expected.map { "\($0) as record 99 says" } ?? "a number in record 99")
    case .total(let difference):
      difference.map {
        "the amounts add up to \($0.magnitude) \($0.magnitude == 1 ? "cent" : "cents") "
          + "\($0 < 0 ? "less" : "more") than the total of record 99"
      } ?? "found no total in record 99, expected cents and a D or C"
    case .amount(let record):
      "found no amount in record \(Self.name(record)), expected cents and a D or C"
    case .insuredRecords(let limit):
      "found more than \(limit) records of one insured person"
    }
  }

  /// What to do about it, where something can be done.
  package var hint: String? {
    switch self {
    case .noClosingRecord: "the file is cut: ask for the delivery again"
    case .afterClosingRecord: "were two files joined? Only another claim may follow"
    case .noOpeningRecord, .unknownRecord: "is this a file of that format?"
    case .detailNumber: "records are lost or out of order: ask for the delivery again"
    case .testFile: "ask the sender for the file of production"
    case .count, .total, .amount: "ask the sender which of the two is wrong"
    default: nil
    }
  }

  /// The reason that the rows of the file are counted under.
  package var reason: RejectReason {
    switch self {
    case .noOpeningRecord, .version: .version
    case .noClosingRecord, .afterClosingRecord: .truncated
    case .length(_, let found, let expected):
      found < expected.lowerBound ? .truncated : .malformed
    case .unknownRecord: .malformed
    case .detailNumber: .sequence
    case .testFile: .testFile
    case .currency: .currency
    case .count, .total, .amount: .controlTotal
    case .insuredRecords: .limit
    }
  }

  private static func name(_ record: Int) -> String { record < 10 ? "0\(record)" : "\(record)" }
}
