import PipelineFile
import Tabular

/// What a source reads of XML: where its rows are, and the columns in them.
struct XmlLayout: Sendable {
  /// An attribute that is wanted of an element.
  struct Attribute: Sendable {
    let name: [UInt8]
    let space: [UInt8]?
    let slot: Int
  }

  private(set) var tree = XMLTree()
  /// The name that the root must have.
  let root: String
  /// The element that is a row.
  let record: Int
  /// For each node of the tree the slot of its text, or -1.
  private(set) var slots: [Int] = []
  /// For each node of the tree the attributes that are wanted.
  private(set) var attributes: [[Attribute]] = []
  /// For each declared column its slot.
  private(set) var columnSlots: [Int] = []
  /// For each slot whether other slots can lie in its element.
  private(set) var mixed: [Bool] = []
  /// For each slot whether a column has it that is no plain text.
  private(set) var unbroken: [Bool] = []

  /// - Throws: the first path that is none; the pipeline file was checked for that.
  init(record: String, columns: [SourceColumn]) throws(XmlPathFault) {
    let path = try XmlPath(record)
    guard let root = path.elements.first, path.attribute == nil else { throw .emptyStep }
    self.root = root.name
    self.record = tree.node(at: path.elements)
    slots = Array(repeating: -1, count: tree.nodes.count)
    attributes = Array(repeating: [], count: tree.nodes.count)
    var holders: [Int] = []
    for column in columns {
      var text = column.sourceName
      if case .path(let at) = column.address { text = at }
      let path = try XmlPath(text)
      let node = tree.node(at: path.elements, below: self.record)
      slots += Array(repeating: -1, count: tree.nodes.count - slots.count)
      attributes += Array(repeating: [], count: tree.nodes.count - attributes.count)
      columnSlots.append(slot(of: node, path.attribute, &holders))
    }
    unbroken = Array(repeating: false, count: holders.count)
    for (slot, column) in zip(columnSlots, columns) where column.type != .text {
      unbroken[slot] = true
    }
    mixed = holders.map { $0 >= 0 && tree.hasChildren($0) }
  }

  /// The slot of a text or an attribute; two columns of one path have one.
  private mutating func slot(
    of node: Int,
    _ attribute: XmlPath.Step?,
    _ holders: inout [Int]
  ) -> Int {
    guard let attribute else {
      if slots[node] < 0 {
        slots[node] = holders.count
        tree.change(node) { $0.takesText = true }
        holders.append(node)
      }
      return slots[node]
    }
    let name = Array(attribute.name.utf8)
    let space = attribute.space.map { Array($0.utf8) }
    for known in attributes[node] where known.name == name && known.space == space {
      return known.slot
    }
    attributes[node].append(Attribute(name: name, space: space, slot: holders.count))
    holders.append(-1)
    return holders.count - 1
  }
}
