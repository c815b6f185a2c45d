import PipelineFile

/// The elements of documents that are read, as a tree of names; everything else is passed over
/// unseen.
struct XMLTree: Sendable {
  /// An element.
  ///
  /// It is told by its number; -1 is none, 0 the document itself.
  struct Node: Sendable {
    var firstChild = -1
    /// The next child of the same parent.
    var sibling = -1
    /// Whether its own text is wanted; that of other elements in it never is.
    var takesText = false
    /// Whether an element in it that the tree does not have refuses the document.
    var isClosed = false
    /// What it means to the reader of the document.
    var meaning = 0
  }

  private(set) var nodes = [Node(isClosed: true)]
  /// One a node: the name without prefix.
  private(set) var names: [[UInt8]] = [[]]
  /// One a node: the name space, nil for any.
  private(set) var spaces: [[UInt8]?] = [nil]

  init() {}

  /// The node of an element below another; it is made if there is none.
  mutating func node(at steps: [XmlPath.Step], below parent: Int = 0) -> Int {
    var node = parent
    for step in steps {
      let name = Array(step.name.utf8)
      let space = step.space.map { Array($0.utf8) }
      var child = nodes[node].firstChild
      while child >= 0, names[child] != name || spaces[child] != space {
        child = nodes[child].sibling
      }
      if child < 0 {
        child = nodes.count
        nodes.append(Node(sibling: nodes[node].firstChild))
        names.append(name)
        spaces.append(space)
        nodes[node].firstChild = child
      }
      node = child
    }
    return node
  }

  mutating func change(_ node: Int, _ body: (inout Node) -> Void) { body(&nodes[node]) }

  /// Whether a node has others below it.
  func hasChildren(_ node: Int) -> Bool { nodes[node].firstChild >= 0 }
}
