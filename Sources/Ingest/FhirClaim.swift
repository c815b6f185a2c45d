import Tabular

/// Makes a row of each item of a claim.
///
/// Only an active claim is read. A draft, and what only asks for an estimate or for leave, is no
/// claim yet. All amounts are euros; where the items do not add up to the total that the claim gives,
/// none of them is taken.
///
/// - Note: Clear identifiers pass through here.
struct FhirClaim {
  private let record: FhirRecord
  private let file: Int
  private let line: Int

  private static let active = Array("active".utf8)
  private static let draft = Array("draft".utf8)
  private static let cancelled = Array("cancelled".utf8)
  private static let claim = Array("claim".utf8)
  private static let euro = Array("EUR".utf8)

  init(_ record: FhirRecord, file: Int, line: Int) {
    self.record = record
    self.file = file
    self.line = line
  }

  func read(
    _ row: inout JsonRow,
    _ scanner: borrowing JsonScanner,
    _ text: UnsafePointer<UInt8>,
    into all: inout DocumentRows
  ) {
    let layout = record.layout
    let status = scanner.first(layout.status)
    guard status >= 0 else { return refuse(&row, &all) }
    if unsafe record.isMistake(scanner, text) || scanner.isText(status, Self.cancelled, text) {
      return all.skip(.withdrawn)
    }
    if unsafe scanner.isText(status, Self.draft, text) { return all.skip(.notAsked) }
    guard unsafe scanner.isText(status, Self.active, text) else { return refuse(&row, &all) }
    let use = scanner.first(layout.use)
    if use >= 0, unsafe !scanner.isText(use, Self.claim, text) { return all.skip(.notAsked) }
    let firstRow = all.rows.count
    var place = scanner.first(layout.item)
    while place >= 0 && place < scanner.entryCount {
      let entry = scanner.entry(place)
      if Int(entry.node) == layout.item && entry.kind == .object {
        row.clear()
        unsafe record.fill(&row, layout.row, scanner, text, item: place)
        all.append(row, file: file, line: line, role: .event)
        place = Int(entry.next)
      } else {
        place += 1
      }
    }
    if all.rows.count == firstRow { return refuse(&row, &all) }
    guard unsafe !agreesWithTotal(scanner, text) else { return }
    let column = layout.row.firstIndex { if case .amount = $0 { true } else { false } } ?? -1
    for number in firstRow..<all.rows.count where all.rows[number].fault == Fault.none {
      all.rows[number].fault = Fault.structure
      all.rows[number].faultColumn = column
    }
  }

  private func refuse(_ row: inout JsonRow, _ all: inout DocumentRows) {
    row.refuse(Fault.structure, in: -1)
    all.append(row, file: file, line: line)
  }

  /// Whether the items add up to the total, in euros; also true if there is none, or if an amount
  /// cannot be read: its own row is refused for that.
  private func agreesWithTotal(
    _ scanner: borrowing JsonScanner,
    _ text: UnsafePointer<UInt8>
  ) -> Bool {
    let layout = record.layout
    let entry = scanner.first(layout.totalValue, in: 0)
    guard entry >= 0 else { return true }
    let currency = scanner.first(layout.totalCurrency, in: 0)
    guard currency >= 0, unsafe scanner.isText(currency, Self.euro, text),
      let total = unsafe Self.cents(scanner.entry(entry), text)
    else { return false }
    var sum: Int64 = 0
    var place = max(0, scanner.first(layout.itemValue))
    while place < scanner.entryCount {
      let entry = scanner.entry(place)
      place += 1
      guard Int(entry.node) == layout.itemValue, entry.kind != .null else { continue }
      guard let cents = unsafe Self.cents(entry, text) else { return true }
      let (added, overflow) = sum.addingReportingOverflow(cents)
      guard !overflow else { return false }
      sum = added
    }
    return sum == total
  }

  /// Gives a column what an item costs, in cents.
  static func setAmount(
    _ row: inout JsonRow,
    _ column: Int,
    _ layout: FhirShape,
    _ scanner: borrowing JsonScanner,
    _ text: UnsafePointer<UInt8>,
    item: Int
  ) {
    let entry = scanner.first(layout.itemValue, in: item)
    guard entry >= 0 else { return }
    let value = scanner.entry(entry)
    guard value.kind == .number, let cents = unsafe cents(value, text) else {
      row.set(column, to: value)
      return row.refuse(value.kind == .number ? Fault.money : Fault.structure, in: column)
    }
    row.set(column, to: String(cents).utf8)
    let currency = scanner.first(layout.itemCurrency, in: item)
    guard currency >= 0, unsafe scanner.isText(currency, euro, text) else {
      return row.refuse(Fault.currency, in: column)
    }
  }

  /// The cents that a number of euros makes; nil if it has an exponent or is no whole cent.
  private static func cents(_ entry: JsonEntry, _ text: UnsafePointer<UInt8>) -> Int64? {
    guard entry.kind == .number, entry.length <= 64 else { return nil }
    var number: Int64 = 0
    var decimals = -1
    var isNegative = false
    for place in Int(entry.start)..<Int(entry.start) + Int(entry.length) {
      let byte = unsafe text[place]
      switch byte {
      case UInt8(ascii: "-") where place == Int(entry.start): isNegative = true
      case UInt8(ascii: ".") where decimals < 0: decimals = 0
      case 0x30...0x39:
        if decimals >= 2 {
          guard byte == 0x30 else { return nil }
          continue
        }
        if decimals >= 0 { decimals += 1 }
        guard number < 100_000_000_000_000_000 else { return nil }
        number = number * 10 + Int64(byte ^ 0x30)
      default: return nil
      }
    }
    for _ in max(0, decimals)..<2 {
      guard number < 100_000_000_000_000_000 else { return nil }
      number *= 10
    }
    return isNegative ? -number : number
  }
}
