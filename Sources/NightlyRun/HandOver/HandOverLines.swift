import Cryptography
import PipelineFile
import Pseudonymisation
import Tabular

/// Writes staged rows as the lines of a package: comma-separated as in RFC 4180, missing values empty.
struct HandOverLines: Sendable {
  /// Where the values of a column stand.
  private struct Place: Sendable {
    let isOfIdentity: Bool
    let column: Int
    /// `column` is one of `filters`.
    var isFilter = false
  }

  /// The texts of a dictionary, quoted where they must be.
  private struct Texts: Sendable {
    var bytes: [UInt8] = []
    var ends: [Int] = [0]
  }

  /// In the order of the lines.
  let columns: [DeliveryNote.Column]
  private let places: [Place]
  private let identities: Table
  /// One a line column; empty for what is no code.
  private let identityTexts: [Texts]
  private let filters: [FieldFilters]

  /// Prepares for one source.
  ///
  /// The columns are in the order of the pipeline file, a token before what is kept beside it.
  ///
  /// - Parameters:
  ///   - source: as the pipeline defines it.
  ///   - stage: its policies.
  ///   - identities: of the staged source.
  ///   - rowNames: of the columns of its rows.
  ///   - filters: of its columns, by their name; one for each that has a policy of filters.
  init(
    source: Source,
    stage: PseudonymiseStage,
    identities: Table,
    rowNames: [String],
    filters: [String: FieldFilters]
  ) {
    var found: [FieldFilters] = []
    var columns: [DeliveryNote.Column] = []
    var places: [Place] = []
    func place(_ name: String) -> Place? {
      if let column = identities.names.firstIndex(of: name) {
        return Place(isOfIdentity: true, column: column)
      }
      return rowNames.firstIndex(of: name).map { Place(isOfIdentity: false, column: $0) }
    }
    for column in source.columns {
      guard let policy = stage.policy(for: column.name) else { continue }
      if let label = policy.token, let place = place(column.name) {
        columns.append(.init(name: column.name, label: label, kind: .token))
        places.append(place)
      }
      if let label = policy.bloom, let name = policy.filterName, let made = filters[column.name] {
        columns.append(.init(name: name, label: label, kind: .encoded))
        places.append(Place(isOfIdentity: true, column: found.count, isFilter: true))
        found.append(made)
      }
      if let name = policy.keptName, let place = place(name) {
        let kind: DeliveryNote.Column.Kind = policy.keep == .value ? .kept : .generalised
        columns.append(.init(name: name, kind: kind, type: column.type))
        places.append(place)
      }
    }
    self.columns = columns
    self.places = places
    self.identities = identities
    self.filters = found
    identityTexts = places.map { place in
      place.isOfIdentity && !place.isFilter
        ? Self.texts(of: identities.columns[place.column]) : Texts()
    }
  }

  /// The names of the columns and a line end.
  var header: [UInt8] {
    var line: [UInt8] = []
    for (number, column) in columns.enumerated() {
      if number > 0 { line.append(UInt8(ascii: ",")) }
      Self.append(column.name, to: &line)
    }
    return line + [0x0A]
  }

  /// The lines of a group, without line ends, and where each ends.
  func lines(of group: RowGroup) -> (text: [UInt8], ends: [Int]) {
    let rows = group.rows.table
    let rowTexts = places.map { place in
      place.isOfIdentity ? Texts() : Self.texts(of: rows.columns[place.column])
    }
    var text: [UInt8] = []
    text.reserveCapacity(rows.rowCount * places.count * 16)
    var ends: [Int] = []
    ends.reserveCapacity(rows.rowCount)
    var row = 0
    for (offset, count) in group.rowCounts.enumerated() {
      for _ in 0..<count {
        for number in places.indices {
          if number > 0 { text.append(UInt8(ascii: ",")) }
          let place = places[number]
          if place.isFilter {
            Self.append(filters[place.column], group.firstIdentity + offset, to: &text)
          } else if place.isOfIdentity {
            let column = identities.columns[place.column]
            Self.append(column, group.firstIdentity + offset, identityTexts[number], to: &text)
          } else {
            Self.append(rows.columns[place.column], row, rowTexts[number], to: &text)
          }
        }
        ends.append(text.count)
        row += 1
      }
    }
    return (text, ends)
  }

  private static func append(
    _ column: Column,
    _ row: Int,
    _ texts: Texts,
    to line: inout [UInt8]
  ) {
    switch column {
    case .tokens(let tokens):
      guard !tokens[row].isMissing else { return }
      let token = tokens[row]
      TokenText.append(high: token.high, low: token.low, level: .source, to: &line)
    case .codes(let codes, _):
      guard codes[row] != missingCode else { return }
      let code = Int(codes[row])
      line.append(contentsOf: texts.bytes[texts.ends[code]..<texts.ends[code + 1]])
    case .integers(let values, let unit):
      guard values[row] != missingInteger else { return }
      append(values[row], unit, to: &line)
    }
  }

  /// The filter of an identity, byte by byte from its first bit, in base64.
  private static func append(_ filters: FieldFilters, _ identity: Int, to line: inout [UInt8]) {
    let number = filters.numbers[identity]
    guard number != missingCode else { return }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(FieldFilters.wordCount * 8)
    for word in filters.filter(Int(number)) {
      for shift in stride(from: 56, through: 0, by: -8) {
        bytes.append(UInt8(truncatingIfNeeded: word >> UInt64(shift)))
      }
    }
    Base64Text.append(bytes[...], to: &line)
  }

  private static func append(_ value: Int64, _ unit: IntegerUnit, to line: inout [UInt8]) {
    switch unit {
    case .number, .year: line.append(contentsOf: String(value).utf8)
    case .day: line.append(contentsOf: CivilDate(dayNumber: Int(value)).description.utf8)
    case .yesNo: line.append(contentsOf: (value == 0 ? "no" : "yes").utf8)
    case .cents: appendFraction(value, digits: 2, to: &line)
    case .tenThousandths: appendFraction(value, digits: 4, to: &line)
    }
  }

  private static func appendFraction(_ value: Int64, digits: Int, to line: inout [UInt8]) {
    let scale: UInt64 = digits == 2 ? 100 : 10_000
    if value < 0 { line.append(UInt8(ascii: "-")) }
    line.append(contentsOf: String(value.magnitude / scale).utf8)
    line.append(UInt8(ascii: "."))
    let fraction = String(value.magnitude % scale)
    line.append(contentsOf: repeatElement(UInt8(ascii: "0"), count: digits - fraction.utf8.count))
    line.append(contentsOf: fraction.utf8)
  }

  private static func texts(of column: Column) -> Texts {
    guard case .codes(_, let dictionary) = column else { return Texts() }
    var texts = Texts()
    for text in dictionary {
      append(text, to: &texts.bytes)
      texts.ends.append(texts.bytes.count)
    }
    return texts
  }

  /// A text, between quotes where a reader could take it for something else.
  private static func append(_ text: String, to line: inout [UInt8]) {
    let isPlain = text.utf8.allSatisfy { byte in
      byte != UInt8(ascii: ",") && byte != UInt8(ascii: "\"") && byte != 0x0A && byte != 0x0D
    }
    if isPlain, text.utf8.first != 0x20, text.utf8.last != 0x20 {
      line.append(contentsOf: text.utf8)
      return
    }
    line.append(UInt8(ascii: "\""))
    for byte in text.utf8 {
      if byte == UInt8(ascii: "\"") { line.append(byte) }
      line.append(byte)
    }
    line.append(UInt8(ascii: "\""))
  }
}
