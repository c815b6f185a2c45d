import PipelineFile

/// Makes a row of each JSON object, by the paths of its columns.
///
/// - Note: Clear identifiers pass through here.
struct NdjsonRecord: Sendable {
  private enum Access {
    /// A key of the record itself.
    case key(Int)
    case path([Step])
  }

  private enum Step {
    case key(node: Int)
    case element(Int)
    case match(node: Int, text: [UInt8])
  }

  let shape: JsonShape
  private let accesses: [Access]

  init(_ columns: [SourceColumn]) {
    var shape = JsonShape()
    accesses = columns.map { column in
      let path: JsonPath
      if case .path(let text) = column.address, let written = JsonPath(text) {
        path = written
      } else {
        path = JsonPath(key: column.sourceName)
      }
      return Self.access(path, &shape)
    }
    self.shape = shape
  }

  private static func access(_ path: JsonPath, _ shape: inout JsonShape) -> Access {
    var node = 0
    let steps = path.steps.map { step -> Step in
      switch step {
      case .key(let key):
        node = shape.child(key, of: node)
        return .key(node: node)
      case .element(let number): return .element(number)
      case .match(let key, let text):
        return .match(node: shape.child(key, of: node), text: Array(text.utf8))
      }
    }
    if steps.count == 1, case .key(let node) = steps[0] { return .key(node) }
    return .path(steps)
  }

  /// Fills a row with what the record holds.
  func fill(_ row: inout JsonRow, _ scanner: borrowing JsonScanner, _ text: UnsafePointer<UInt8>) {
    guard scanner.entry(0).kind == .object else { return row.refuse(Fault.structure, in: -1) }
    for column in accesses.indices {
      switch accesses[column] {
      case .key(let node):
        let entry = scanner.first(node)
        if entry >= 0 { row.set(column, to: scanner.entry(entry)) }
      case .path(let steps):
        switch unsafe find(steps, scanner, text) {
        case .nothing: break
        case .value(let entry): row.set(column, to: scanner.entry(entry))
        case .other(let entry):
          row.set(column, to: scanner.entry(entry))
          row.refuse(Fault.structure, in: column)
        }
      }
    }
  }

  private enum Found {
    case nothing
    case value(Int)
    /// The path goes on, but not this value: a text, or an array for an object.
    case other(Int)
  }

  /// The entry at a path.
  private func find(
    _ steps: [Step],
    _ scanner: borrowing JsonScanner,
    _ text: UnsafePointer<UInt8>
  ) -> Found {
    var place = 0
    for step in steps {
      let entry = scanner.entry(place)
      if entry.kind == .null { return .nothing }
      let end = Int(entry.next)
      var member = place + 1
      var found = -1
      switch step {
      case .key(let node):
        guard entry.kind == .object else { return .other(place) }
        while member < end && found < 0 {
          if scanner.entry(member).node == node { found = member }
          member = Int(scanner.entry(member).next)
        }
      case .element(let number):
        guard entry.kind == .array else { return .other(place) }
        var left = number
        while member < end && found < 0 {
          if left == 0 { found = member }
          left -= 1
          member = Int(scanner.entry(member).next)
        }
      case .match(let node, let wanted):
        guard entry.kind == .array else { return .other(place) }
        while member < end && found < 0 {
          if unsafe scanner.holds(wanted, node, in: member, text) { found = member }
          member = Int(scanner.entry(member).next)
        }
      }
      if found < 0 { return .nothing }
      place = found
    }
    return .value(place)
  }
}
