extension FhirRecord {
  private static let official = Array("official".utf8)
  private static let home = Array("home".utf8)
  private static let ownName = Array(FhirPaths.ownName.utf8)
  private static let qualifier = Array(FhirPaths.qualifier.utf8)
  private static let initial = Array("IN".utf8)
  private static let birthName = Array("BR".utf8)

  /// Fills a column that is made in a way of its own.
  func fill(
    _ row: inout JsonRow,
    _ column: Int,
    _ access: FhirShape.Access,
    _ scanner: borrowing JsonScanner,
    _ text: UnsafePointer<UInt8>
  ) {
    var entry = -1
    switch access {
    case .surname:
      let name = unsafe name(scanner, text)
      guard name >= 0 else { return }
      entry = unsafe value(of: Self.ownName, layout.family, in: name, scanner, text)
      if entry < 0 { entry = scanner.first(layout.familyName, in: name) }
    case .family(let url):
      let name = unsafe name(scanner, text)
      if name >= 0 { entry = unsafe value(of: url, layout.family, in: name, scanner, text) }
    case .given(let initials):
      let name = unsafe name(scanner, text)
      if name >= 0 { unsafe setGiven(&row, column, initials, name, scanner, text) }
    case .sex:
      entry = scanner.first(layout.gender)
      if entry >= 0,
        unsafe scanner.isText(entry, Array("other".utf8), text)
      {
        return row.set(column, to: "unknown".utf8)
      }
    case .deceased:
      let flag = scanner.first(layout.deceased)
      let isDated = scanner.first(layout.deathDate, in: 0) >= 0
      let kind = flag >= 0 ? scanner.entry(flag).kind : .null
      switch kind {
      case .yes: row.set(column, to: "yes".utf8)
      case .no where !isDated: row.set(column, to: "no".utf8)
      case .no, .null: row.set(column, to: isDated ? "yes".utf8 : "unknown".utf8)
      default: entry = flag
      }
    case .home(let node):
      let address = unsafe address(scanner, text)
      if address >= 0 { entry = scanner.first(node, in: address) }
    case .homeLine(let url):
      let address = unsafe address(scanner, text)
      if address >= 0 { entry = unsafe value(of: url, layout.line, in: address, scanner, text) }
    default: return
    }
    if entry >= 0 { row.set(column, to: scanner.entry(entry)) }
  }

  /// The official name, else the first of no stated use: a nickname or a former name is another.
  private func name(_ scanner: borrowing JsonScanner, _ text: UnsafePointer<UInt8>) -> Int {
    let found = unsafe scanner.first(
      layout.name,
      in: 0,
      where: layout.nameUse,
      is: Self.official,
      text
    )
    if found >= 0 { return found }
    var place = scanner.first(layout.name, in: 0)
    while place >= 0 && place < scanner.entryCount {
      let entry = scanner.entry(place)
      if Int(entry.node) == layout.name, entry.kind == .object,
        scanner.first(layout.nameUse, in: place) < 0
      {
        return place
      }
      place += 1
    }
    return -1
  }

  private func address(_ scanner: borrowing JsonScanner, _ text: UnsafePointer<UInt8>) -> Int {
    unsafe scanner.first(layout.address, in: 0, where: layout.addressUse, is: Self.home, text)
  }

  /// The value of the extension of this name, or -1.
  private func value(
    of url: [UInt8],
    _ extensions: FhirShape.Extensions,
    in scope: Int,
    _ scanner: borrowing JsonScanner,
    _ text: UnsafePointer<UInt8>
  ) -> Int {
    let object = unsafe scanner.first(
      extensions.list,
      in: scope,
      where: extensions.url,
      is: url,
      text
    )
    return object >= 0 ? scanner.first(extensions.value, in: object) : -1
  }

  /// Joins the given names that are initials, or those that are none.
  private func setGiven(
    _ row: inout JsonRow,
    _ column: Int,
    _ initials: Bool,
    _ name: Int,
    _ scanner: borrowing JsonScanner,
    _ text: UnsafePointer<UInt8>
  ) {
    var names = -1
    var parts = -1
    var member = name + 1
    while member < Int(scanner.entry(name).next) {
      let entry = scanner.entry(member)
      if Int(entry.node) == layout.given { names = member }
      if Int(entry.node) == layout.givenParts, entry.kind == .array { parts = member }
      member = Int(entry.next)
    }
    guard names >= 0, scanner.entry(names).kind != .null else { return }
    guard scanner.entry(names).kind == .array else {
      row.set(column, to: scanner.entry(names))
      return row.refuse(Fault.structure, in: column)
    }
    var joined: [UInt8] = []
    var element = names + 1
    var part = parts + 1
    while element < Int(scanner.entry(names).next) {
      let entry = scanner.entry(element)
      let hasPart = parts >= 0 && part < Int(scanner.entry(parts).next)
      if unsafe isWanted(initials, hasPart ? part : -1, scanner, text), entry.kind != .null {
        if entry.fault != Fault.none || !entry.isText {
          row.set(column, to: entry)
          return row.refuse(Fault.structure, in: column)
        }
        if !joined.isEmpty && !initials { joined.append(0x20) }
        unsafe joined.append(
          contentsOf: UnsafeBufferPointer(start: text + Int(entry.start), count: Int(entry.length))
        )
      }
      element = Int(entry.next)
      if hasPart { part = Int(scanner.entry(part).next) }
    }
    guard !joined.isEmpty else { return }
    row.set(column, to: joined)
    if joined.count > scanner.fieldLimit { row.refuse(Fault.limit, in: column) }
  }

  /// Whether a given name is of the kind: an initial, or a birth name, as all are unless told
  /// otherwise.
  private func isWanted(
    _ initials: Bool,
    _ part: Int,
    _ scanner: borrowing JsonScanner,
    _ text: UnsafePointer<UInt8>
  ) -> Bool {
    guard part >= 0, scanner.entry(part).kind == .object else { return !initials }
    let value = unsafe value(of: Self.qualifier, layout.givenQualifier, in: part, scanner, text)
    guard value >= 0 else { return !initials }
    return unsafe scanner.isText(value, initials ? Self.initial : Self.birthName, text)
  }
}
