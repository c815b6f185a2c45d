import PipelineFile
import Tabular

/// Makes a row of each JSON object, by the paths of its columns.
///
/// - Note: Clear identifiers pass through here.
struct NdjsonRecord: Sendable {
  private enum Step {
    case key(node: Int)
    case element(Int)
    case match(node: Int, text: [UInt8])
  }

  let shape: JsonShape
  /// For each declared column the node of its key in the record itself, or -1: it has a path.
  private let nodes: [Int]
  private let paths: [[Step]]
  /// The mark before decimals that the source declares, and by column whether it is one of numbers.
  private let mark: UInt8
  private let isNumeric: [Bool]

  init(_ columns: [SourceColumn], _ dialect: Dialect = Dialect()) {
    var shape = JsonShape()
    mark = dialect.decimal
    isNumeric = columns.map { [.integer, .decimal, .money].contains($0.type) }
    paths = columns.map { column in
      guard case .path(let text) = column.address, let path = JsonPath(text) else {
        return Self.steps(JsonPath(key: column.sourceName), &shape)
      }
      return Self.steps(path, &shape)
    }
    nodes = paths.map { steps in
      if steps.count == 1, case .key(let node) = steps[0] { return node }
      return -1
    }
    self.shape = shape
  }

  private static func steps(_ path: JsonPath, _ shape: inout JsonShape) -> [Step] {
    var node = 0
    return path.steps.map { step -> Step in
      switch step {
      case .key(let key):
        node = shape.child(key, of: node)
        return .key(node: node)
      case .element(let number): return .element(number)
      case .match(let key, let text):
        return .match(node: shape.child(key, of: node), text: Array(text.utf8))
      }
    }
  }

  /// Fills a row with what the record holds.
  func fill(_ row: inout JsonRow, _ scanner: borrowing JsonScanner, _ text: UnsafePointer<UInt8>) {
    guard scanner.entry(0).kind == .object else { return row.refuse(Fault.structure, in: -1) }
    for column in nodes.indices {
      if nodes[column] >= 0 {
        let entry = scanner.first(nodes[column])
        if entry >= 0 { unsafe set(column, to: scanner.entry(entry), text, &row) }
        continue
      }
      switch unsafe find(paths[column], scanner, text) {
      case .nothing: break
      case .value(let entry): unsafe set(column, to: scanner.entry(entry), text, &row)
      case .other(let entry):
        row.set(column, to: scanner.entry(entry))
        row.refuse(Fault.structure, in: column)
      }
    }
  }

  /// JSON writes its own numbers with a point, whatever the texts of the source have.
  @inline(__always)
  private func set(
    _ column: Int,
    to entry: JsonEntry,
    _ text: UnsafePointer<UInt8>,
    _ row: inout JsonRow
  ) {
    row.set(column, to: entry)
    let point = UInt8(ascii: ".")
    guard mark != point, entry.kind == .number, isNumeric[column], entry.fault == Fault.none else {
      return
    }
    let digits = unsafe UnsafeBufferPointer(
      start: text + Int(entry.start),
      count: Int(entry.length)
    )
    unsafe row.set(column, to: digits.map { $0 == point ? mark : $0 })
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
