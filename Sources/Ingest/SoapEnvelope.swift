import PipelineFile

/// Where an answer stands in a document: in a SOAP body of either version, or alone.
enum SoapEnvelope {
  private static let spaces = [
    "http://schemas.xmlsoap.org/soap/envelope/", "http://www.w3.org/2003/05/soap-envelope",
  ]

  /// Makes the nodes of the bodies.
  ///
  /// - Parameters:
  ///   - tree: where they go.
  ///   - faultMeaning: the meaning of a SOAP fault.
  /// - Returns: the nodes that an answer can stand in; nothing else than what is put there may.
  static func bodies(in tree: inout XMLTree, faultMeaning: Int) -> [Int] {
    var parents = [0]
    for space in spaces {
      let body = tree.node(
        at: ["Envelope", "Body"].map { XmlPath.Step($0, space: space) }
      )
      tree.change(body) { $0.isClosed = true }
      let fault = tree.node(at: [XmlPath.Step("Fault", space: space)], below: body)
      tree.change(fault) { $0.meaning = faultMeaning }
      parents.append(body)
    }
    return parents
  }
}
