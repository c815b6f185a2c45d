import Cryptography
import Diagnostics
import Files
import Tabular

/// What people judged of pairs, by the tokens of both records; judgements are added and never changed.
///
/// A journal proved by the key of the pipeline. Tokens are of a release: in the next one, or after a
/// rotation of the key, the decisions are of nobody.
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

    fileprivate var json: JSONValue {
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

  /// Of one import; far from the longest block of a journal.
  private static let decisionsInPart = 10_000

  /// In the order in which they were made.
  private(set) var decisions: [Decision] = []
  /// What to tell of the ledger that was found.
  private(set) var warning: Diagnostic?
  private let path: String
  private let head: [UInt8]
  private let key: SecretBytes
  /// Nil when none of this pipeline and key stands there yet.
  private var journal: Journal?

  /// Reads the ledger of a work folder; an empty one where none stands.
  ///
  /// - Throws: `FilesError.journal` when it is not as it was written; `FilesError`, `CryptographyError`.
  init(path: String, pipeline: String, root: RootKey) throws {
    self.path = path
    let head: JSONValue = ["key": .string(root.fingerprint), "pipeline": .string(pipeline)]
    self.head = Array(head.canonical.utf8)
    key = try root.key("koppel/reviews/v1", ["ledger"])
    guard somethingStands(at: path) else { return }
    guard let found = try Journal.head(of: path) else {
      throw FilesError.journal(path: path, fault: try Journal.headFault(of: path))
    }
    if found != self.head, try Journal.isHeadChanged(path, key: key) {
      throw FilesError.journal(path: path, fault: "its first block was changed")
    }
    guard found == self.head else {
      warning = Diagnostic(
        .warning,
        at: Place(file: path),
        "the ledger of judgements is of another key or pipeline: none of them is used",
        hint: "the next import begins a new one; move this one away first, if it is to be kept"
      )
      return
    }
    var decisions: [Decision] = []
    // An import that was killed before the log told of it has not taken place.
    journal = try Journal.open(path, key: key, staysAfterAll: { _ in false }) { part in
      let read = part.split(separator: 0x0A).map { LedgerLine.value($0).flatMap(Decision.init) }
      decisions += read.compactMap(\.self)
      return !read.contains { $0 == nil }
    }
    self.decisions = decisions
  }

  /// Adds decisions; whoever looks finds all of them or none.
  ///
  /// - Parameters:
  ///   - added: of one sheet.
  ///   - facts: what the import was.
  ///   - telling: tells the log of it, before they count.
  /// - Throws: `FilesError`, `CryptographyError`, and what `telling` throws; then nothing was added.
  mutating func add(_ added: [Decision], facts: JSONValue, telling: () throws -> Void) throws {
    let journal = try journal ?? Journal.begin(path, key: key, head: head)
    self.journal = journal
    let parts = stride(from: 0, to: added.count, by: Self.decisionsInPart).map { first in
      let part = added[first..<min(first + Self.decisionsInPart, added.count)]
      return Array(part.map { $0.json.canonical + "\n" }.joined().utf8)
    }
    try journal.add(parts, facts: Array(facts.canonical.utf8))
    do {
      try telling()
    } catch {
      try? journal.withdraw()
      throw error
    }
    try journal.stay()
    decisions += added
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
