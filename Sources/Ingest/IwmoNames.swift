/// Finds the elements of a layout by the address of their name.
///
/// libxml2 keeps every name of a document once: after the first time, equal names have one address
/// and other names have another. Holds for one document only.
struct IwmoNames {
  private let layout: IwmoLayout
  /// For each node of the layout the address of its name, 0 before it is met.
  private var addresses: [UInt]

  init(_ layout: IwmoLayout) {
    self.layout = layout
    addresses = Array(repeating: 0, count: layout.nodes.count)
  }

  /// The child of a node that has this name, or -1.
  mutating func child(of parent: Int, named name: UnsafePointer<UInt8>) -> Int {
    let address = UInt(bitPattern: name)
    var child = layout.nodes[parent].firstChild
    while child >= 0, addresses[child] != address { child = layout.nodes[child].sibling }
    return unsafe child >= 0 ? child : childMetFirst(of: parent, name)
  }

  private mutating func childMetFirst(of parent: Int, _ name: UnsafePointer<UInt8>) -> Int {
    var child = layout.nodes[parent].firstChild
    while child >= 0 {
      if addresses[child] == 0, unsafe isEqual(name, layout.names[child]) {
        addresses[child] = UInt(bitPattern: name)
        return child
      }
      child = layout.nodes[child].sibling
    }
    return -1
  }
}

/// Whether a text that a zero byte ends is this one.
func isEqual(_ text: UnsafePointer<UInt8>, _ wanted: [UInt8]) -> Bool {
  for position in wanted.indices {
    guard unsafe text[position] == wanted[position] else { return false }
  }
  return unsafe text[wanted.count] == 0
}
