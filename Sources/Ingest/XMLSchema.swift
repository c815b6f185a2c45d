/// A compiled XML Schema; libxml2 does not say that threads may share one, so each has its own.
@safe final class XMLSchema {
  let schema: OpaquePointer
  /// The files that it is made of, itself first.
  let files: [String]
  /// The names of the elements that it declares.
  let elementNames: Set<[UInt8]>

  /// Reads a schema and those that it imports from its folder.
  ///
  /// - Throws: where it is wrong.
  init(path: String) throws(XMLSchemaFault) {
    guard LibXML2.isPrepared else { throw XMLSchemaFault(file: path, line: 0, code: 0) }
    let (result, files) = unsafe XMLSchemaFolder.opening(path) {
      unsafe LibXML2.compileSchema(path)
    }
    switch unsafe result {
    case .success(let made): unsafe schema = made
    case .failure(let fault): throw fault
    }
    self.files = files
    elementNames = Self.elementNames(in: files)
  }

  deinit { unsafe LibXML2.freeSchema(schema) }
}
