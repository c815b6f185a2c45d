import PipelineFile

/// The parts of one message kind that a source reads, as a tree of element names.
final class IwmoLayout: Sendable {
  /// An element, and what it means; nodes are told by their number, -1 is none.
  struct Node: Sendable {
    var firstChild = -1
    /// The next child of the same parent.
    var sibling = -1
    /// Where its text goes; -1 for nowhere.
    var slot = -1
    var scope = Scope.none
  }

  /// What begins and ends with an element.
  enum Scope: Sendable {
    case none
    case client
    case address
    case row
  }

  /// To what a slot belongs: it is emptied when the next one begins.
  enum Level: Sendable {
    case message
    case client
    case address
    case row
  }

  let message: Int
  /// The root is number 0.
  let nodes: [Node]
  /// One a node.
  let names: [[UInt8]]
  /// One a slot.
  let levels: [Level]
  /// For each declared column its slot, or -1 when the message does not offer it.
  let columnSlots: [Int]
  // Slots of values that others are made with; -1 where the message has none.
  let messageCode: Int
  let birthDate: Int
  let dateUse: Int
  let addressKind: Int
  let status: Int
  let amount: Int
  let direction: Int
  let total: Int
  let totalDirection: Int
  /// Slots without a path: the number of the message and the law.
  let messageNumber: Int
  let law: Int

  /// The layouts of the kinds that a source asks for.
  static func all(of messages: Set<Int>, columns: [SourceColumn]) -> [Int: IwmoLayout] {
    var layouts: [Int: IwmoLayout] = [:]
    for message in messages where IwmoPaths.messageCodes[message] != nil {
      layouts[message] = IwmoLayout(message: message, columns: columns)
    }
    return layouts
  }

  init(message: Int, columns: [SourceColumn]) {
    self.message = message
    let asked = Set(columns.map(\.sourceName))
    var slots: [String: Int] = [:]
    var levels: [Level] = []
    var tree = IwmoTree()
    tree.mark(IwmoPaths.client(of: message), as: .client)
    tree.mark(IwmoPaths.row(of: message), as: .row)
    let asksAddress = message == 301 && !asked.isDisjoint(with: IwmoPaths.addressColumns)
    if asksAddress { tree.mark(IwmoPaths.address, as: .address) }
    for entry in IwmoPaths.entries(of: message) {
      let isNeeded =
        switch entry.column {
        case IwmoPaths.messageCode, IwmoPaths.direction, "amount", "status", IwmoPaths.total,
          IwmoPaths.totalDirection:
          true
        case IwmoPaths.dateUse: asked.contains("birth_date")
        case IwmoPaths.addressKind: asksAddress
        default: asked.contains(entry.column)
        }
      guard isNeeded else { continue }
      tree.place(levels.count, at: entry.path)
      slots[entry.column] = levels.count
      levels.append(Self.level(of: entry.path, message))
    }
    for name in ["message", "law"] where asked.contains(name) {
      slots[name] = levels.count
      levels.append(.message)
    }
    nodes = tree.nodes
    names = tree.names
    self.levels = levels
    columnSlots = columns.map { slots[$0.sourceName] ?? -1 }
    messageCode = slots[IwmoPaths.messageCode] ?? -1
    birthDate = slots["birth_date"] ?? -1
    dateUse = slots[IwmoPaths.dateUse] ?? -1
    addressKind = slots[IwmoPaths.addressKind] ?? -1
    status = slots["status"] ?? -1
    amount = slots["amount"] ?? -1
    direction = slots[IwmoPaths.direction] ?? -1
    total = slots[IwmoPaths.total] ?? -1
    totalDirection = slots[IwmoPaths.totalDirection] ?? -1
    messageNumber = slots["message"] ?? -1
    law = slots["law"] ?? -1
  }

  private static func level(of path: String, _ message: Int) -> Level {
    if path.hasPrefix(IwmoPaths.row(of: message) + "/") { return .row }
    if path.hasPrefix(IwmoPaths.address + "/") { return .address }
    if path.hasPrefix(IwmoPaths.client(of: message) + "/") { return .client }
    return .message
  }
}

/// A tree of element names while it grows.
private struct IwmoTree {
  private(set) var nodes = [IwmoLayout.Node()]
  private(set) var names = [Array("Bericht".utf8)]

  mutating func mark(_ path: String, as scope: IwmoLayout.Scope) {
    nodes[node(at: path)].scope = scope
  }

  mutating func place(_ slot: Int, at path: String) {
    nodes[node(at: path)].slot = slot
  }

  private mutating func node(at path: String) -> Int {
    var node = 0
    for part in path.split(separator: "/") {
      let name = Array(part.utf8)
      var child = nodes[node].firstChild
      while child >= 0, names[child] != name { child = nodes[child].sibling }
      if child < 0 {
        child = nodes.count
        nodes.append(IwmoLayout.Node(sibling: nodes[node].firstChild))
        names.append(name)
        nodes[node].firstChild = child
      }
      node = child
    }
    return node
  }
}
