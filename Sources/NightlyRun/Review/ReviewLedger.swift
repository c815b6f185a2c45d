import Cryptography
import Diagnostics
import Files
import Tabular

/// What people judged of pairs, by the tokens of both records; lines are added and never changed.
///
/// Each line bears the SHA-256 of itself and the line before, so that none can be changed, taken out or
/// put in without the rest. Tokens are of a release: in the next one, or after a rotation of the key,
/// the decisions are of nobody.
struct ReviewLedger {
  static let fileName = "reviews.ledger"

  /// One judgement.
  struct Decision: Equatable {
    let source: String
    let resident: Token
    let identity: Token
    /// Nil where it could not be told.
    let isSame: Bool?
    /// The digest of the sheet that it was made on.
    let sheet: String

    /// What a decision is called.
    static let words: [String: Bool?] = ["same": true, "different": false, "unsure": nil]

    fileprivate var json: [String: JSONValue] {
      [
        "source": .string(source), "resident": .string(resident.text),
        "identity": .string(identity.text), "sheet": .string(sheet),
        "decision": .string(isSame.map { $0 ? "same" : "different" } ?? "unsure"),
      ]
    }

    init(
      source: String,
      resident: Token,
      identity: Token,
      isSame: Bool?,
      sheet: String
    ) {
      self.source = source
      self.resident = resident
      self.identity = identity
      self.isSame = isSame
      self.sheet = sheet
    }

    fileprivate init?(_ json: JSONValue) {
      guard let source = json["source"]?.stringValue, let sheet = json["sheet"]?.stringValue,
        let resident = json["resident"]?.stringValue.flatMap(Token.init(text:)),
        let identity = json["identity"]?.stringValue.flatMap(Token.init(text:)),
        let word = json["decision"]?.stringValue, let decision = Self.words[word]
      else { return nil }
      self.init(
        source: source,
        resident: resident,
        identity: identity,
        isSame: decision,
        sheet: sheet
      )
    }
  }

  let path: String
  /// In the order in which they were made.
  private(set) var decisions: [Decision] = []
  private var bytes: [UInt8] = []
  private var chain = ""

  /// Reads the ledger; an empty one where none stands.
  ///
  /// - Throws: `RunError.ledger` when a line does not follow from the one before; `FilesError`.
  init(path: String) throws {
    self.path = path
    guard somethingStands(at: path) else { return }
    let file = try OpenFile(reading: path, followingLinks: false)
    bytes = try file.bytes(at: 0, count: file.size())
    for (number, line) in bytes.split(separator: 0x0A).enumerated() {
      guard var members = LedgerLine.value(line)?.objectValue,
        let proof = members.removeValue(forKey: "chain")?.stringValue,
        let decision = Decision(.object(members)),
        try Self.chain(after: chain, members) == proof
      else {
        throw RunError.ledger(
          Diagnostic(
            at: Place(file: path, line: number + 1),
            "found a line that does not follow from the ones before",
            hint: "put back a copy of it; or move it away, and what was judged is no longer known"
          )
        )
      }
      chain = proof
      decisions.append(decision)
    }
  }

  /// Adds decisions; whoever looks finds all of them or none.
  mutating func add(_ added: [Decision]) throws {
    for decision in added {
      var members = decision.json
      chain = try Self.chain(after: chain, members)
      members["chain"] = .string(chain)
      bytes += Array((JSONValue.object(members).canonical + "\n").utf8)
      decisions.append(decision)
    }
    try AtomicFile.write(path, bytes, mode: 0o600)
  }

  private static func chain(
    after chain: String,
    _ members: [String: JSONValue]
  ) throws(CryptographyError) -> String {
    lowerHex(try sha256(of: Array((chain + JSONValue.object(members).canonical).utf8)))
  }
}

extension Token {
  fileprivate var text: String {
    [high, low].map { half in
      let digits = String(half, radix: 16)
      return String(repeating: "0", count: 16 - digits.count) + digits
    }.joined()
  }

  fileprivate init?(text: String) {
    guard text.utf8.count == 32, let high = UInt64(text.prefix(16), radix: 16),
      let low = UInt64(text.suffix(16), radix: 16)
    else { return nil }
    self.init(high: high, low: low)
  }
}
