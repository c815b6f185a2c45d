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
    /// Its text must be a day of the calendar, wherever it goes.
    var isDate = false

    /// Whether its text is looked at.
    var takesText: Bool { slot >= 0 || isDate }
  }

  /// What begins and ends with an element.
  enum Scope: Sendable {
    case none
    case client
    case decision
    case address
    case row
  }

  /// To what a slot belongs: it is emptied when the next one begins.
  enum Level: Int, Sendable, CaseIterable {
    case message
    case client
    case decision
    case address
    case row
  }

  let kind: IwmoKind
  /// The root is number 0.
  let nodes: [Node]
  /// One a node.
  let names: [[UInt8]]
  /// One a slot.
  let levels: [Level]
  /// Whether its rows may correct others.
  let isCorrectable: Bool
  private let slotsOfLevels: [UInt64]
  /// For each declared column its slot, or -1 when the message does not offer it.
  let columnSlots: [Int]
  // Slots of values that others are made with; -1 where the message has none.
  let messageCode: Int
  let messageId: Int
  let messageDate: Int
  let municipality: Int
  let provider: Int
  let person: Int
  let birthDate: Int
  let dateUse: Int
  let addressKind: Int
  let assignment: Int
  let category: Int
  let product: Int
  let start: Int
  let assignedDate: Int
  let assignedTime: Int
  let status: Int
  let secret: Int
  let volume: Int
  let tariff: Int
  let amount: Int
  let direction: Int
  let total: Int
  let totalDirection: Int
  /// Slots without a path: the number of the message and the law.
  let messageNumber: Int
  let law: Int

  /// The layouts of the messages that a source asks for.
  static func all(of messages: Set<Int>, columns: [SourceColumn]) -> [IwmoKind: IwmoLayout] {
    var layouts: [IwmoKind: IwmoLayout] = [:]
    for kind in IwmoKind.all where messages.contains(kind.message) {
      layouts[kind] = IwmoLayout(kind, columns: columns)
    }
    return layouts
  }

  private static let dates: Set<String> = [
    "message_date", "birth_date", "assigned_date", "start", "end", "assignment_start",
    "claim_start", "claim_end",
  ]
  /// Who sent it and what it is called: for the ledger, and for corrections.
  private static let ofMessage: Set<String> = [
    IwmoPaths.messageCode, "message_id", "message_date", "municipality", "provider",
  ]
  /// What tells that two rows are about the same thing, and which of them holds.
  private static let ofCorrection: Set<String> = [
    "bsn", "assignment", "category", "product", "start", "assigned_date", "assigned_time",
    "status",
  ]
  private static let ofClaim: Set<String> = [
    "amount", "volume", "tariff", IwmoPaths.direction, IwmoPaths.total, IwmoPaths.totalDirection,
  ]

  init(_ kind: IwmoKind, columns: [SourceColumn]) {
    self.kind = kind
    let paths = IwmoPaths(kind: kind)
    let asked = Set(columns.map(\.sourceName))
    var needed = asked.union(Self.ofMessage)
    needed.formUnion(kind.message == 323 ? Self.ofClaim : Self.ofCorrection)
    if asked.contains("birth_date") { needed.insert(IwmoPaths.dateUse) }
    let asksAddress = kind.message == 301 && !asked.isDisjoint(with: IwmoPaths.addressColumns)
    if asksAddress { needed.insert(IwmoPaths.addressKind) }

    var slots: [String: Int] = [:]
    var levels: [Level] = []
    var tree = IwmoTree()
    tree.mark(paths.client) { $0.scope = .client }
    tree.mark(paths.row) { $0.scope = .row }
    if let decision = paths.decision { tree.mark(decision) { $0.scope = .decision } }
    if asksAddress { tree.mark(paths.address) { $0.scope = .address } }
    for path in paths.otherDates { tree.mark(path) { $0.isDate = true } }
    for entry in paths.entries {
      if Self.dates.contains(entry.column) { tree.mark(entry.path) { $0.isDate = true } }
      guard needed.contains(entry.column) else { continue }
      tree.mark(entry.path) { $0.slot = levels.count }
      slots[entry.column] = levels.count
      levels.append(Self.level(of: entry.path, paths))
    }
    for name in ["message", "law"] where asked.contains(name) {
      slots[name] = levels.count
      levels.append(.message)
    }
    nodes = tree.nodes
    names = tree.names
    self.levels = levels
    slotsOfLevels = Level.allCases.map { level in
      levels.indices.reduce(0) { levels[$1] == level ? $0 | 1 << UInt64($1) : $0 }
    }
    isCorrectable = kind.message != 323 && (kind.message == 301 || slots["status"] != nil)
    columnSlots = columns.map { slots[$0.sourceName] ?? -1 }
    messageCode = slots[IwmoPaths.messageCode] ?? -1
    messageId = slots["message_id"] ?? -1
    messageDate = slots["message_date"] ?? -1
    municipality = slots["municipality"] ?? -1
    provider = slots["provider"] ?? -1
    person = slots["bsn"] ?? -1
    birthDate = slots["birth_date"] ?? -1
    dateUse = slots[IwmoPaths.dateUse] ?? -1
    addressKind = slots[IwmoPaths.addressKind] ?? -1
    assignment = slots["assignment"] ?? -1
    category = slots["category"] ?? -1
    product = slots["product"] ?? -1
    start = slots["start"] ?? -1
    assignedDate = slots["assigned_date"] ?? -1
    assignedTime = slots["assigned_time"] ?? -1
    status = slots["status"] ?? -1
    secret = slots["secret"] ?? -1
    volume = slots["volume"] ?? -1
    tariff = slots["tariff"] ?? -1
    amount = slots["amount"] ?? -1
    direction = slots[IwmoPaths.direction] ?? -1
    total = slots[IwmoPaths.total] ?? -1
    totalDirection = slots[IwmoPaths.totalDirection] ?? -1
    messageNumber = slots["message"] ?? -1
    law = slots["law"] ?? -1
  }

  private static func level(of path: String, _ paths: IwmoPaths) -> Level {
    if path.hasPrefix(paths.row + "/") { return .row }
    if let decision = paths.decision, path.hasPrefix(decision + "/") { return .decision }
    if path.hasPrefix(paths.address + "/") { return .address }
    if path.hasPrefix(paths.client + "/") { return .client }
    return .message
  }

  /// The slots of a level, the lowest bit for slot 0.
  func slots(of level: Level) -> UInt64 { slotsOfLevels[level.rawValue] }

  /// The name of an element, if it is one that the layout knows.
  func knownName(_ name: [UInt8]) -> String? {
    names.contains(name) ? String(decoding: name, as: UTF8.self) : nil
  }
}

/// A tree of element names while it grows.
private struct IwmoTree {
  private(set) var nodes = [IwmoLayout.Node()]
  private(set) var names = [Array("Bericht".utf8)]

  mutating func mark(_ path: String, _ change: (inout IwmoLayout.Node) -> Void) {
    let number = node(at: path)
    change(&nodes[number])
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
