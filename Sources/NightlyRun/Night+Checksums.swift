import Diagnostics
import Files
import PipelineFile

/// What the sender says of the bytes of a file, and whether it held while the night worked.
extension Night {
  /// A file of digests is no bigger, however many files it is about.
  private static let checksumByteLimit = 1 << 20

  /// Refuses files that were written to since they were found.
  ///
  /// - Throws: `RunError.missingDeliveries`.
  func checkUnchanged(_ received: [ReceivedSource], _ log: NightLog) throws {
    var growing: [Diagnostic] = []
    for files in received {
      guard let path = files.changedFile else { continue }
      try log.late(files.source.name, lateness(of: files.source))
      growing.append(
        Diagnostic(
          at: Place(file: path),
          "source '\(files.source.name)': the file changed while the night worked: it is still "
            + "being written",
          hint: "wait until the delivery is complete, then run again"
        )
      )
    }
    if !growing.isEmpty { throw RunError.missingDeliveries(growing) }
  }

  /// Compares files with the digests that stand beside them, as `X.sha256` beside `X`.
  ///
  /// - Returns: a gate for each file that is another than its digest says.
  /// - Throws: `FilesError` when a digest cannot be read.
  func checksumFaults(_ received: ReceivedSource) throws -> [Diagnostic] {
    var gates: [Diagnostic] = []
    for file in received.files {
      let path = file.path + ".sha256"
      guard somethingStands(at: path) else { continue }
      let expected = try Self.checksum(in: path, of: lastPart(of: file.path))
      guard let expected else {
        gates.append(
          Diagnostic(
            at: Place(file: path),
            "found no SHA-256 of '\(file.toldName)', expected one as sha256sum writes it",
            hint: "ask the sender for it, or remove the file"
          )
        )
        continue
      }
      guard expected != file.sha256 else { continue }
      gates.append(
        Diagnostic(
          at: Place(file: file.path),
          "found a file with SHA-256 \((file.sha256 ?? "").prefix(12))…, expected "
            + "\(expected.prefix(12))… as '\(file.toldName).sha256' says",
          hint: "the file was cut or changed on its way: ask for the delivery again"
        )
      )
    }
    return gates
  }

  /// The digest of a file of that name, in 64 small hexadecimal digits; nil where none stands.
  static func checksum(in path: String, of name: String) throws(FilesError) -> String? {
    let file = try OpenFile(reading: path, followingLinks: false)
    let size = try file.size()
    guard size <= checksumByteLimit else { return nil }
    return checksum(of: name, in: try file.bytes(at: 0, count: size))
  }

  /// The digest of a file of that name, among lines of `sha256sum` or standing alone.
  static func checksum(of name: String, in bytes: [UInt8]) -> String? {
    var found: [(digest: String, name: [UInt8])] = []
    for line in bytes.split(whereSeparator: { $0 == 0x0A || $0 == 0x0D }) {
      let text = unmarked(line)
      if let tagged = tagged(text) {
        found.append(tagged)
        continue
      }
      let digits = text.prefix { isHexadecimal($0) }
      guard digits.count == 64 else { continue }
      let digest = String(decoding: digits, as: UTF8.self).lowercased()
      let rest = text.dropFirst(64).drop { $0 == 0x20 || $0 == 0x09 || $0 == UInt8(ascii: "*") }
      found.append((digest, Array(rest.reversed().drop { $0 == 0x20 || $0 == 0x09 }.reversed())))
    }
    let named = found.first { entry in
      entry.name.elementsEqual(name.utf8)
        || entry.name.suffix(name.utf8.count + 1)
          .elementsEqual("/\(name)".utf8)
    }
    if let named { return named.digest }
    // A single digest is that of the file beside it, whatever it was called at the sender's.
    return found.count == 1 ? found[0].digest : nil
  }

  /// A line without the mark of UTF-8, which editors put before the first one.
  private static func unmarked(_ line: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    let text = line.starts(with: [0xEF, 0xBB, 0xBF]) ? line.dropFirst(3) : line
    // Before a name with a backslash or a line end in it, sha256sum writes a backslash.
    return text.first == UInt8(ascii: "\\") ? text.dropFirst() : text
  }

  /// The digest and the name of a line as `SHA256 (NAME) = DIGEST`; nil for any other.
  private static func tagged(_ line: ArraySlice<UInt8>) -> (digest: String, name: [UInt8])? {
    guard line.starts(with: Array("SHA".utf8)), let open = line.firstIndex(of: UInt8(ascii: "(")),
      let close = line.lastIndex(of: UInt8(ascii: ")")), open < close
    else { return nil }
    let digits = line[close...].dropFirst().drop { $0 == 0x20 || $0 == UInt8(ascii: "=") }
    let digest = digits.prefix { isHexadecimal($0) }
    guard digest.count == 64 else { return nil }
    return (String(decoding: digest, as: UTF8.self).lowercased(), Array(line[(open + 1)..<close]))
  }

  private static func isHexadecimal(_ byte: UInt8) -> Bool {
    0x30...0x39 ~= byte || 0x61...0x66 ~= byte || 0x41...0x46 ~= byte
  }
}
