import Files

extension XMLSchema {
  private static let space = Array("http://www.w3.org/2001/XMLSchema".utf8)

  /// The names of all elements that the files of a schema declare.
  static func elementNames(in files: [String]) -> Set<[UInt8]> {
    var names: Set<[UInt8]> = []
    for file in files {
      guard let source = try? ByteSource(path: file) else { continue }
      let input = XMLInput(DocumentInput(start: [], rest: source))
      guard var reader = XMLReader(input) else { continue }
      // What is no XML had no schema made of it.
      while let node = try? reader.read() {
        guard node == .elementStart, let name = unsafe reader.localName,
          unsafe isEqual(name, Array("element".utf8)),
          unsafe reader.namespace.map({ unsafe isEqual($0, space) }) == true
        else { continue }
        var value: [UInt8] = []
        if reader.appendAttribute(Array("name".utf8), space: [], to: &value) == 1 {
          names.insert(value)
        }
      }
    }
    return names
  }

  /// The name of an element, if the schema declares one of it.
  func knownName(_ name: [UInt8]) -> String? {
    elementNames.contains(name) ? String(decoding: name, as: UTF8.self) : nil
  }
}
