import PipelineFile

/// Makes a row of a person.
///
/// - Note: Clear identifiers pass through here.
struct BrpPerson: Sendable {
  /// A date of the BRP, and the parts that its type tells of.
  private struct TypedDate {
    let node: Int
    let type: Int
    let day: Int
    let year: Int
    let month: Int

    init(_ path: String, _ shape: inout JsonShape) {
      node = shape.node(path)
      type = shape.node(path + ".type")
      day = shape.node(path + ".datum")
      year = shape.node(path + ".jaar")
      month = shape.node(path + ".maand")
    }
  }

  private enum Access {
    case text([Int])
    case date([TypedDate])
    case sex
    case deceased
    case address([Int])
  }

  let shape: JsonShape
  private let accesses: [Access?]
  private let signs: [Int]
  private let sex: Int
  private let death: Int
  private let suspension: Int
  private let addressType: Int

  private static let sexes: [(letter: [UInt8], word: [UInt8])] = [
    (Array("M".utf8), Array("male".utf8)), (Array("V".utf8), Array("female".utf8)),
    (Array("O".utf8), Array("unknown".utf8)),
  ]
  private static let died = Array("O".utf8)
  private static let mistakes = [Array("F".utf8), Array("W".utf8)]
  private static let address = Array("Adres".utf8)
  private static let day = Array("Datum".utf8)
  private static let month = Array("JaarMaandDatum".utf8)
  private static let year = Array("JaarDatum".utf8)
  private static let unknown = Array("DatumOnbekend".utf8)

  init(_ columns: [SourceColumn]) {
    var shape = JsonShape()
    accesses = columns.map { column in
      switch BrpPaths.rules[column.sourceName] {
      case nil: nil
      case .text(let paths): .text(paths.map { shape.node($0) })
      case .address(let paths): .address(paths.map { shape.node($0) })
      case .date(let paths): .date(paths.map { TypedDate($0, &shape) })
      case .sex: .sex
      case .deceased: .deceased
      }
    }
    signs = BrpPaths.signs.map { shape.node($0) }
    sex = shape.node(BrpPaths.sex)
    death = shape.node(BrpPaths.death)
    suspension = shape.node(BrpPaths.suspension)
    addressType = shape.node(BrpPaths.addressType)
    self.shape = shape
  }

  /// Fills a row with what the person holds.
  ///
  /// - Returns: false if the person was entered by mistake.
  func fill(
    _ row: inout JsonRow,
    _ scanner: borrowing JsonScanner,
    _ text: UnsafePointer<UInt8>
  ) -> Bool {
    guard scanner.entry(0).kind == .object, signs.contains(where: { scanner.first($0) >= 0 }) else {
      row.refuse(Fault.structure, in: -1)
      return true
    }
    let reason = scanner.first(suspension, in: 0)
    if reason >= 0 {
      for mistake in Self.mistakes where unsafe scanner.isText(reason, mistake, text) {
        return false
      }
    }
    for column in accesses.indices {
      switch accesses[column] {
      case nil: break
      case .text(let nodes): setText(&row, column, nodes, scanner)
      case .address(let nodes):
        let type = scanner.first(addressType, in: 0)
        if unsafe type < 0 || scanner.isText(type, Self.address, text) {
          setText(&row, column, nodes, scanner)
        }
      case .date(let dates):
        for date in dates where scanner.first(date.node, in: 0) >= 0 {
          unsafe setDate(&row, column, date, scanner, text)
          break
        }
      case .sex: unsafe setSex(&row, column, scanner, text)
      case .deceased:
        let isDead = unsafe reason >= 0 && scanner.isText(reason, Self.died, text)
        row.set(column, to: isDead || hasDied(scanner) ? "yes".utf8 : "no".utf8)
      }
    }
    return true
  }

  private func setText(
    _ row: inout JsonRow,
    _ column: Int,
    _ nodes: [Int],
    _ scanner: borrowing JsonScanner
  ) {
    for node in nodes {
      let entry = scanner.first(node, in: 0)
      if entry >= 0 { return row.set(column, to: scanner.entry(entry)) }
    }
  }

  // Some senders write an object without members for what is not there.
  private func hasDied(_ scanner: borrowing JsonScanner) -> Bool {
    let entry = scanner.first(death, in: 0)
    guard entry >= 0 else { return false }
    return scanner.entry(entry).kind != .object || scanner.entry(entry).length > 0
  }

  private func setSex(
    _ row: inout JsonRow,
    _ column: Int,
    _ scanner: borrowing JsonScanner,
    _ text: UnsafePointer<UInt8>
  ) {
    let entry = scanner.first(sex, in: 0)
    guard entry >= 0 else { return }
    for (letter, word) in Self.sexes where unsafe scanner.isText(entry, letter, text) {
      return row.set(column, to: word)
    }
    row.set(column, to: scanner.entry(entry))
  }

  private func setDate(
    _ row: inout JsonRow,
    _ column: Int,
    _ date: TypedDate,
    _ scanner: borrowing JsonScanner,
    _ text: UnsafePointer<UInt8>
  ) {
    let place = scanner.first(date.node, in: 0)
    let entry = scanner.entry(place)
    // Eight digits, some of them zeros, are read as in LO3.
    guard entry.kind == .object else { return row.set(column, to: entry) }
    let type = scanner.first(date.type, in: place)
    let day = scanner.first(date.day, in: place)
    let year = scanner.first(date.year, in: place)
    let month = scanner.first(date.month, in: place)
    // The older form has no type.
    let isUntyped = type < 0
    func isType(_ wanted: [UInt8]) -> Bool { unsafe scanner.isText(type, wanted, text) }
    if isUntyped ? day >= 0 : isType(Self.day) && day >= 0 {
      return row.set(column, to: scanner.entry(day))
    }
    if isUntyped ? year < 0 : isType(Self.unknown) { return }
    let isMonth = isUntyped ? month >= 0 : isType(Self.month)
    let isYear = isUntyped ? !isMonth : isType(Self.year)
    guard isMonth && month >= 0 || isYear, year >= 0 else {
      row.set(column, to: entry)
      return row.refuse(Fault.structure, in: column)
    }
    let written = unsafe digits(scanner.entry(year), 4, text)
    let second = isMonth ? unsafe digits(scanner.entry(month), 2, text) : Array("00".utf8)
    guard let written, let second else {
      // No digits: the column refuses what it is given.
      row.values[column] = entry.place
      return
    }
    row.set(column, to: written + [0x2D] + second + Array("-00".utf8))
  }

  /// The digits of a number, filled up with zeros; nil if there are more, or none.
  private func digits(
    _ entry: JsonEntry,
    _ count: Int,
    _ text: UnsafePointer<UInt8>
  ) -> [UInt8]? {
    let length = Int(entry.length)
    guard entry.kind == .number || entry.kind == .string, length >= 1, length <= count else {
      return nil
    }
    var digits = [UInt8](repeating: 0x30, count: count - length)
    for place in Int(entry.start)..<Int(entry.start) + length {
      let byte = unsafe text[place]
      guard byte ^ 0x30 <= 9 else { return nil }
      digits.append(byte)
    }
    return digits
  }
}
