import PipelineFile
import Tabular

/// Makes rows of FHIR resources: of those of one type, and of the patients that complete them.
///
/// - Note: Clear identifiers pass through here.
struct FhirRecord: Sendable {
  private enum Kind {
    case patient
    case encounter
    case condition
    case claim
  }

  let layout: FhirShape
  var shape: JsonShape { layout.keys }
  private let kind: Kind
  private let rows: [UInt8]

  private static let patientType = Array("Patient".utf8)
  private static let mistake = Array("entered-in-error".utf8)

  /// Rows are the resources of the type that `rows` names.
  init(rows: String, _ columns: [SourceColumn]) {
    layout = FhirShape(rows: rows, columns)
    self.rows = Array(rows.utf8)
    kind =
      switch rows {
      case "Encounter": .encounter
      case "Condition": .condition
      case "Claim": .claim
      default: .patient
      }
  }

  /// Reads the resource that was scanned.
  func read(
    _ row: inout JsonRow,
    _ scanner: borrowing JsonScanner,
    _ text: UnsafePointer<UInt8>,
    file: Int,
    line: Int,
    into all: inout DocumentRows
  ) {
    guard scanner.entry(0).kind == .object else {
      row.refuse(Fault.structure, in: -1)
      return all.append(row, file: file, line: line)
    }
    let type = scanner.first(layout.resourceType)
    guard type >= 0 else { return all.skip(.otherType) }
    if unsafe scanner.isText(type, rows, text) {
      switch kind {
      case .patient:
        unsafe fill(&row, layout.patient, scanner, text, item: 0)
        all.append(row, file: file, line: line)
      case .claim:
        unsafe FhirClaim(self, file: file, line: line).read(&row, scanner, text, into: &all)
      case .encounter, .condition:
        if unsafe isMistake(scanner, text) { return all.skip(.withdrawn) }
        unsafe fill(&row, layout.row, scanner, text, item: 0)
        all.append(row, file: file, line: line, role: .event)
      }
    } else if unsafe scanner.isText(type, Self.patientType, text) {
      unsafe fill(&row, layout.patient, scanner, text, item: 0)
      all.append(row, file: file, line: line, role: .person)
    } else {
      all.skip(.otherType)
    }
  }

  /// Whether the resource says of itself that it is an error.
  func isMistake(_ scanner: borrowing JsonScanner, _ text: UnsafePointer<UInt8>) -> Bool {
    let node = kind == .condition ? layout.verification : layout.status
    var place = scanner.first(node)
    guard place >= 0 else { return false }
    while place < scanner.entryCount {
      if scanner.entry(place).node == node, unsafe scanner.isText(place, Self.mistake, text) {
        return true
      }
      place += 1
    }
    return false
  }

  /// Fills the columns of a row, each as its access says; `item` is the entry that paths of items
  /// begin at.
  func fill(
    _ row: inout JsonRow,
    _ accesses: [FhirShape.Access?],
    _ scanner: borrowing JsonScanner,
    _ text: UnsafePointer<UInt8>,
    item: Int
  ) {
    for column in accesses.indices {
      guard let access = accesses[column] else { continue }
      switch access {
      case .text(let place):
        let entry = scanner.first(place.node, in: place.isOfItem ? item : 0)
        if entry >= 0 { row.set(column, to: scanner.entry(entry)) }
      case .match(let place, let key, let wanted, let value):
        let object = unsafe scanner.first(
          place.node,
          in: place.isOfItem ? item : 0,
          where: key,
          is: wanted,
          text
        )
        guard object >= 0 else { continue }
        let entry = scanner.first(value, in: object)
        if entry >= 0 { row.set(column, to: scanner.entry(entry)) }
      case .reference(let place, let type):
        let entry = scanner.first(place.node, in: place.isOfItem ? item : 0)
        if entry >= 0 { unsafe setReference(&row, column, scanner.entry(entry), type, text) }
      case .date(let places):
        for place in places {
          let entry = scanner.first(place.node, in: place.isOfItem ? item : 0)
          guard entry >= 0 else { continue }
          unsafe setDate(&row, column, scanner.entry(entry), text)
          break
        }
      case .amount: unsafe FhirClaim.setAmount(&row, column, layout, scanner, text, item: item)
      case .surname, .family, .given, .sex, .deceased, .home, .homeLine:
        unsafe fill(&row, column, access, scanner, text)
      }
    }
  }

  /// The identifier that a reference ends in.
  ///
  /// One that only describes what is meant is not resolved.
  private func setReference(
    _ row: inout JsonRow,
    _ column: Int,
    _ entry: JsonEntry,
    _ type: [UInt8],
    _ text: UnsafePointer<UInt8>
  ) {
    guard entry.isText, entry.fault == Fault.none else { return row.set(column, to: entry) }
    let start = Int(entry.start)
    let length = Int(entry.length)
    var identifier = -1
    for place in 0..<length {
      let byte = unsafe text[start + place]
      if byte == UInt8(ascii: "?") { return }
      let isBegin = unsafe place == 0 || text[start + place - 1] == 0x2F
      guard isBegin, length - place > type.count, unsafe areEqual(text + start + place, type) else {
        continue
      }
      identifier = start + place + type.count
    }
    guard identifier >= 0 else { return }
    var end = identifier
    while end < start + length, unsafe text[end] != 0x2F, unsafe text[end] != UInt8(ascii: "|") {
      end += 1
    }
    row.values[column] = UInt64(identifier) << 32 | UInt64(end - identifier)
  }

  private func areEqual(_ left: UnsafePointer<UInt8>, _ right: [UInt8]) -> Bool {
    for place in right.indices where unsafe left[place] != right[place] { return false }
    return true
  }

  /// The day of a date or time, as written: no zone is shifted.
  ///
  /// What lacks a day or a month is partial.
  private func setDate(
    _ row: inout JsonRow,
    _ column: Int,
    _ entry: JsonEntry,
    _ text: UnsafePointer<UInt8>
  ) {
    guard entry.isText, entry.fault == Fault.none else {
      row.set(column, to: entry)
      // A number of eight digits would be read as a day.
      return row.refuse(Fault.structure, in: column)
    }
    let start = Int(entry.start)
    let length = Int(entry.length)
    let written = unsafe UnsafeBufferPointer(start: text + start, count: length)
    switch length {
    case 4: unsafe row.set(column, to: Array(written) + Array("-00-00".utf8))
    case 7: unsafe row.set(column, to: Array(written) + Array("-00".utf8))
    case 11... where unsafe written[10] == UInt8(ascii: "T"):
      row.values[column] = UInt64(start) << 32 | 10
    default: row.set(column, to: entry)
    }
  }
}

extension DocumentRows {
  /// Counts a record that is no row.
  mutating func skip(_ reason: SkipReason) { skipped[reason, default: 0] += 1 }
}
