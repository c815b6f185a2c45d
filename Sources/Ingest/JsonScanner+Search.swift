extension JsonScanner {
  /// Whether an entry is this text.
  func isText(_ entry: Int, _ wanted: [UInt8], _ text: UnsafePointer<UInt8>) -> Bool {
    let entry = self.entry(entry)
    guard entry.isText, Int(entry.length) == wanted.count else { return false }
    let start = Int(entry.start)
    for position in wanted.indices where unsafe text[start + position] != wanted[position] {
      return false
    }
    return true
  }

  /// Whether an object has this text under the key of a node; false for what is no object.
  func holds(
    _ wanted: [UInt8],
    _ node: Int,
    in object: Int,
    _ text: UnsafePointer<UInt8>
  ) -> Bool {
    let entry = self.entry(object)
    guard entry.kind == .object else { return false }
    var member = object + 1
    while member < Int(entry.next) {
      if self.entry(member).node == node { return unsafe isText(member, wanted, text) }
      member = Int(self.entry(member).next)
    }
    return false
  }

  /// The first entry of a node within another entry; arrays are looked into, nulls passed over.
  ///
  /// - Returns: -1 if there is none.
  func first(_ node: Int, in scope: Int) -> Int {
    let start = first(node)
    guard start >= 0 else { return -1 }
    let end = Int(entry(scope).next)
    var place = max(start, scope)
    while place < end {
      let entry = self.entry(place)
      if entry.node == node && entry.kind != .array && entry.kind != .null { return place }
      place += 1
    }
    return -1
  }

  /// The first object of a node within another entry that has this text under a key, or -1.
  func first(
    _ node: Int,
    in scope: Int,
    where key: Int,
    is wanted: [UInt8],
    _ text: UnsafePointer<UInt8>
  ) -> Int {
    let start = first(node)
    guard start >= 0 else { return -1 }
    let end = Int(entry(scope).next)
    var place = max(start, scope)
    while place < end {
      if entry(place).node == node, unsafe holds(wanted, key, in: place, text) { return place }
      place += 1
    }
    return -1
  }
}
