import Glibc
import Synchronization

/// The only folder that libxml2 may open files in, and only while it compiles a schema from there.
enum XMLSchemaFolder {
  private struct State {
    /// Without a slash at its end; nil while no schema is compiled.
    var folder: String?
    var opened: [String] = []
  }

  private static let isCompiling = Mutex(())
  private static let state = Mutex(State())

  /// Opens the folder of a schema for as long as `compile` runs; one schema at a time.
  ///
  /// - Returns: what `compile` returns, and the files that were opened.
  static func opening<Outcome>(
    _ path: String,
    compile: () -> Outcome
  ) -> (outcome: Outcome, files: [String]) {
    isCompiling.withLock { _ in
      let file = resolved(path) ?? path
      let end = file.lastIndex(of: "/") ?? file.startIndex
      state.withLock { $0 = State(folder: String(file[..<end])) }
      let outcome = compile()
      let files = state.withLock { state in
        defer { state = State() }
        return state.opened
      }
      return (outcome, files)
    }
  }

  /// The path of a file that libxml2 asks for; nil if it must not have it.
  static func allowed(_ url: UnsafePointer<CChar>) -> String? {
    let asked = unsafe String(cString: url)
    return state.withLock { state in
      guard let folder = state.folder else { return nil }
      // libxml2 writes the blanks of a path as those of an address.
      guard let path = resolved(asked) ?? asked.removingPercentEscapes.flatMap(resolved),
        path.hasPrefix(folder + "/"), !path.hasSuffix(".gz")
      else { return nil }
      if !state.opened.contains(path) { state.opened.append(path) }
      return path
    }
  }

  /// The path without links; nil where no file is.
  private static func resolved(_ path: String) -> String? {
    guard let found = unsafe realpath(path, nil) else { return nil }
    defer { unsafe free(found) }
    return unsafe String(cString: found)
  }
}

/// Where a schema is wrong: libxml2's code, none of its words.
struct XMLSchemaFault: Error, Hashable {
  let file: String
  let line: Int
  let code: Int32

  func at(_ file: String) -> XMLSchemaFault {
    XMLSchemaFault(file: file, line: line, code: code)
  }
}

extension String {
  /// The text in which `%41` stands for `A`; nil if that is no text.
  fileprivate var removingPercentEscapes: String? {
    var bytes: [UInt8] = []
    var rest = utf8[...]
    while let byte = rest.popFirst() {
      if byte == UInt8(ascii: "%"),
        let code = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16)
      {
        bytes.append(code)
        rest = rest.dropFirst(2)
      } else {
        bytes.append(byte)
      }
    }
    return String(validating: bytes, as: UTF8.self)
  }
}
