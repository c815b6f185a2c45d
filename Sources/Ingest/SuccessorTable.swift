import Diagnostics
import PipelineFile
import Tabular

/// Codes that gave way to others: municipal mergers, as in national table 33.
///
/// A code holds from its first day until the day before `until`; what took its place is named once.
/// A municipality that was divided has one successor here, whatever the neighbourhood.
struct SuccessorTable {
  private struct Span {
    let from: Int32
    let until: Int32
    let new: String?
  }

  private var spans: [String: [Span]] = [:]
  private var codes: [String] = []
  private let place: Place
  /// Chains of five occur; a longer one is a fault of the table.
  private static let longestChain = 16

  /// - Throws: `table`.
  init(_ form: SuccessorForm, region: RegionLevel?) throws(IngestError) {
    place = Place(file: form.path)
    let table = try CodeTable(
      form.path,
      headers: [form.code, form.new, form.from, form.until],
      delimiter: form.delimiter,
      encoding: form.encoding,
      place: form.place
    )
    func formed(_ code: String) -> String {
      region?.form(of: Array(code.utf8)).map { String(decoding: $0, as: UTF8.self) } ?? code
    }
    for row in table.rows {
      guard let code = row[0].map(formed) else { continue }
      guard let from = Self.day(row[2], else: .min) else {
        throw .table(.faultyRow(.date, column: form.from), place)
      }
      guard let until = Self.day(row[3], else: .max) else {
        throw .table(.faultyRow(.date, column: form.until), place)
      }
      if let new = row[1], let region, region.form(of: Array(new.utf8)) == nil {
        throw .table(.faultyRow(.code, column: form.new), place)
      }
      if spans[code] == nil { codes.append(code) }
      spans[code, default: []].append(Span(from: from, until: until, new: row[1].map(formed)))
    }
    guard !codes.isEmpty else { throw .table(.empty, place) }
  }

  /// The day number of a date as YYYYMMDD or YYYY-MM-DD; nil if it is none.
  private static func day(_ text: String?, else missing: Int32) -> Int32? {
    let digits = (text ?? "").filter { $0 != "-" && $0 != " " }
    if digits.allSatisfy({ $0 == "0" }) { return missing }
    guard digits.utf8.count == 8, let number = Int(digits) else { return nil }
    return CivilDate(year: number / 10_000, month: number / 100 % 100, day: number % 100)
      .map { Int32($0.dayNumber) }
  }

  /// The code that stands in the place of another on a day.
  ///
  /// - Returns: nil for a code that the table does not have.
  /// - Throws: `table`, if codes follow each other in a circle.
  func successor(of code: String, on day: CivilDate) throws(IngestError) -> String? {
    guard spans[code] != nil else { return nil }
    let day = Int32(day.dayNumber)
    var current = code
    for _ in 0..<Self.longestChain {
      let known = spans[current] ?? []
      if known.contains(where: { $0.from <= day && day < $0.until }) { return current }
      let ended = known.filter { $0.until <= day }.max { $0.until < $1.until }
      guard let next = ended?.new else { return current }
      current = next
    }
    throw .table(.circle, place)
  }

  /// What each code becomes on a day.
  ///
  /// - Parameters:
  ///   - day: the reference date.
  ///   - values: what a code list made of the codes before; empty for none.
  /// - Returns: a value for each code of the list, or of this table.
  /// - Throws: `table`, if codes follow each other in a circle.
  func values(on day: CivilDate, after values: [CodeValue]) throws(IngestError) -> [CodeValue] {
    guard values.isEmpty else {
      return try values.map { (value) throws(IngestError) in
        CodeValue(
          written: value.written,
          meaning: try successor(of: value.meaning, on: day) ?? value.meaning
        )
      }
    }
    return try codes.map { (code) throws(IngestError) in
      CodeValue(written: code, meaning: try successor(of: code, on: day) ?? code)
    }
  }
}

extension CodeListForm {
  /// The table itself, where a fault has no line.
  var tablePlace: Place { Place(file: path) }
}
