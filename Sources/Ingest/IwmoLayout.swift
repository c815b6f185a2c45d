import PipelineFile

/// The parts of one message kind that a source reads, as a tree of element names.
struct IwmoLayout: Sendable {
  /// An element, and what it means.
  struct Node: Sendable {
    let name: [UInt8]
    var children: [Int] = []
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
  private(set) var nodes = [Node(name: Array("Bericht".utf8))]
  /// One a slot.
  private(set) var levels: [Level] = []
  /// For each declared column its slot, or -1 when the message does not offer it.
  private(set) var columnSlots: [Int] = []
  // Slots of values that others are made with; -1 where the message has none.
  private(set) var messageCode = -1
  private(set) var birthDate = -1
  private(set) var dateUse = -1
  private(set) var addressKind = -1
  private(set) var status = -1
  private(set) var amount = -1
  private(set) var direction = -1
  private(set) var total = -1
  private(set) var totalDirection = -1
  /// Slots without a path: the number of the message and the law.
  private(set) var messageNumber = -1
  private(set) var law = -1

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
    mark(IwmoPaths.client(of: message), as: .client)
    mark(IwmoPaths.row(of: message), as: .row)
    let asksAddress = message == 301 && !asked.isDisjoint(with: IwmoPaths.addressColumns)
    if asksAddress { mark(IwmoPaths.address, as: .address) }
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
      let node = node(at: entry.path)
      nodes[node].slot = levels.count
      slots[entry.column] = levels.count
      levels.append(level(of: entry.path, message))
    }
    for name in ["message", "law"] where asked.contains(name) {
      slots[name] = levels.count
      levels.append(.message)
    }
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

  /// The child of that name, or -1.
  func child(_ node: Int, _ name: UnsafePointer<UInt8>) -> Int {
    for child in nodes[node].children {
      let wanted = nodes[child].name
      var position = 0
      while position < wanted.count, unsafe name[position] == wanted[position] { position += 1 }
      if position == wanted.count, unsafe name[position] == 0 { return child }
    }
    return -1
  }

  private func level(of path: String, _ message: Int) -> Level {
    if path.hasPrefix(IwmoPaths.row(of: message) + "/") { return .row }
    if path.hasPrefix(IwmoPaths.address + "/") { return .address }
    if path.hasPrefix(IwmoPaths.client(of: message) + "/") { return .client }
    return .message
  }

  private mutating func mark(_ path: String, as scope: Scope) {
    nodes[node(at: path)].scope = scope
  }

  private mutating func node(at path: String) -> Int {
    var node = 0
    for part in path.split(separator: "/") {
      let name = Array(part.utf8)
      if let known = nodes[node].children.first(where: { nodes[$0].name == name }) {
        node = known
      } else {
        nodes.append(Node(name: name))
        nodes[node].children.append(nodes.count - 1)
        node = nodes.count - 1
      }
    }
    return node
  }
}
