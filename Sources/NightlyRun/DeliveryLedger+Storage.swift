import Cryptography
import Diagnostics
import Files
import PipelineFile
import Tabular

/// The ledger on disk: a line that names the format, the pipeline and the key, a line an entry, a line
/// that proves those before it.
extension DeliveryLedger {
  private static let format = "koppel-deliveries/1"
  static let fileName = "deliveries.ledger"
  /// The first line is shorter: names of pipelines are, and what is sealed is of few keys.
  private static let headLimit = 1 << 13

  /// Refuses the ledger of another pipeline: what was delivered there is not known here.
  ///
  /// It needs no key, so that a run looks before it writes to the privacy log. Whoever forges the
  /// name has `load` against him. Older ledgers name no pipeline.
  ///
  /// - Throws: `RunError.folders`; `FilesError`.
  static func checkOwner(path: String, pipeline: String) throws {
    guard let owner = try head(path)?["pipeline"]?.stringValue, owner != pipeline else { return }
    throw RunError.folders(
      Diagnostic(
        at: Place(file: path),
        "found the ledger of deliveries of pipeline '\(escapedForTerminal(owner))', expected that of "
          + "'\(pipeline)'",
        hint: "give each pipeline a work folder of its own; --work names one"
      )
    )
  }

  /// The first line of a ledger; nil where none stands, or it cannot be read.
  static func head(_ path: String) throws(FilesError) -> JSONValue? {
    guard somethingStands(at: path) else { return nil }
    let file = try OpenFile(reading: path, followingLinks: false)
    let bytes = try file.bytes(at: 0, count: min(file.size(), headLimit))
    return bytes.firstIndex(of: 0x0A).flatMap { LedgerLine.value(bytes[..<$0]) }
  }

  /// Reads the ledger of a work folder.
  ///
  /// - Returns: an empty one where none stands. Of a ledger of another key only what needs no key is
  ///   taken, with a warning.
  /// - Throws: `RunError.ledger` when it does not prove itself; `FilesError`, `CryptographyError`.
  static func load(
    path: String,
    _ keys: Keys
  ) throws -> (ledger: DeliveryLedger, warning: Diagnostic?) {
    guard somethingStands(at: path) else { return (DeliveryLedger(), nil) }
    let file = try OpenFile(reading: path, followingLinks: false)
    let size = try file.size()
    // One that was torn may be lengthened by gigabytes of zeros: they are not worth reading.
    guard size > 0, try file.bytes(at: size - 1, count: 1) == [0x0A] else {
      throw damaged(path, "it does not end as one that koppel wrote")
    }
    let bytes = try file.bytes(at: 0, count: size)
    guard let proofStart = bytes.dropLast().lastIndex(of: 0x0A).map({ $0 + 1 }),
      let proof = LedgerLine.value(bytes[proofStart..<bytes.count - 1]),
      let headEnd = bytes.firstIndex(of: 0x0A), let head = LedgerLine.value(bytes[..<headEnd])
    else { throw damaged(path, "it does not end as one that koppel wrote") }
    guard head["format"]?.stringValue == format, let fingerprint = head["key"]?.stringValue else {
      throw damaged(path, "its first line is of another format")
    }
    let body = Array(bytes[..<proofStart])
    let isOurs = fingerprint == keys.fingerprint
    let mac = isOurs ? try mac(of: body, keys) : proof["mac"]?.stringValue ?? ""
    guard try proofLine(of: body, mac: mac).utf8.elementsEqual(bytes[proofStart...]) else {
      throw damaged(path, "its last line does not prove the others")
    }
    var ledger = DeliveryLedger()
    ledger.pipeline = head["pipeline"]?.stringValue
    for text in body[(headEnd + 1)...].split(separator: 0x0A) {
      guard let json = LedgerLine.value(text) else {
        throw damaged(path, "a line of it is no entry")
      }
      if json["kind"]?.stringValue == "delivery", let delivery = LedgerDelivery(json) {
        ledger.deliveries.append(delivery)
      } else if let entry = LedgerFile(json) {
        ledger.files.append(entry)
      } else {
        throw damaged(path, "a line of it is no entry")
      }
    }
    guard !isOurs else { return (ledger, nil) }
    for entry in ledger.files.indices {
      ledger.files[entry].message = nil
      ledger.files[entry].payload = nil
    }
    return (
      ledger,
      Diagnostic(
        .warning,
        at: Place(file: path),
        "the ledger of deliveries is of another key: files are compared by their bytes alone, "
          + "messages of earlier nights by nothing",
        hint: "after a change of keys this is told once"
      )
    )
  }

  /// The files of a ledger as they stand there, proved by nothing: for who only looks.
  ///
  /// - Returns: none where no ledger stands; what is no entry is passed over.
  static func unproven(path: String) throws(FilesError) -> [LedgerFile] {
    guard somethingStands(at: path) else { return [] }
    let file = try OpenFile(reading: path, followingLinks: false)
    return try file.bytes(at: 0, count: file.size()).split(separator: 0x0A).compactMap { line in
      LedgerLine.value(line).flatMap(LedgerFile.init)
    }
  }

  /// Writes the ledger in place of the one before; whoever looks finds one of the two, whole.
  func write(to path: String, _ keys: Keys) throws {
    var head: [String: JSONValue] = [
      "format": .string(Self.format), "key": .string(keys.fingerprint),
    ]
    head["pipeline"] = pipeline.map { .string($0) }
    if !keys.sealed.isEmpty { head["sealed"] = .array(keys.sealed.map(\.json)) }
    var bytes = Array((JSONValue.object(head).canonical + "\n").utf8)
    for file in files { bytes += Array((file.json.canonical + "\n").utf8) }
    for delivery in deliveries { bytes += Array((delivery.json.canonical + "\n").utf8) }
    bytes += Array(try Self.proofLine(of: bytes, mac: try Self.mac(of: bytes, keys)).utf8)
    try AtomicFile.write(path, bytes, mode: 0o600)
  }

  private static func proofLine(
    of body: [UInt8],
    mac: String
  ) throws(CryptographyError) -> String {
    let proof: JSONValue = ["sha256": .string(lowerHex(try sha256(of: body))), "mac": .string(mac)]
    return proof.canonical + "\n"
  }

  private static func mac(of bytes: [UInt8], _ keys: Keys) throws(CryptographyError) -> String {
    var authenticator = try MessageAuthenticator(key: keys.proof)
    return lowerHex(try authenticator.fullTag(bytes))
  }

  private static func damaged(_ path: String, _ reason: String) -> RunError {
    .ledger(
      Diagnostic(
        at: Place(file: path),
        "found a ledger of deliveries that cannot be trusted: \(reason)",
        hint: "put back a copy of it; or move it away, and earlier deliveries are no longer known: "
          + "what was sent before then counts as new"
      )
    )
  }
}
