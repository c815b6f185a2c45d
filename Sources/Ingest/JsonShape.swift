/// The keys of a record that are read, as a tree; what is not in it is passed over.
///
/// Nodes are told by their number, the record itself is 0. The elements of an array have the node of
/// the array.
struct JsonShape: Sendable {
  /// One a node; the record has none.
  private(set) var keys: [[UInt8]] = [[]]
  /// One a node; -1 for the record.
  private(set) var parents = [-1]

  var nodeCount: Int { keys.count }

  /// The node under a key; made if it is not there.
  mutating func child(_ key: String, of parent: Int) -> Int {
    let bytes = Array(key.utf8)
    for node in keys.indices where parents[node] == parent && keys[node] == bytes { return node }
    keys.append(bytes)
    parents.append(parent)
    return keys.count - 1
  }

  /// The node at a path of keys divided by dots.
  mutating func node(_ path: String) -> Int {
    path.split(separator: ".").reduce(0) { child(String($1), of: $0) }
  }
}
