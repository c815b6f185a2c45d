import Diagnostics
import Pseudonymisation
import Files
import Tabular

/// What became of the rows of one source: read = accepted + rejected + skipped.
struct SourceAccount: Sendable, Equatable {
  struct Delivery: Sendable, Equatable {
    /// As the user is told it.
    var name: String
    /// As it is kept; nil where that is the same.
    var keptName: String?
    var sha256: String
    var byteCount: Int
    /// What a packed file holds; nil for any other, and where its content was not read.
    var content: PackedContent?

    /// The name to write anywhere.
    var stored: String { keptName ?? name }

    init(name: String, sha256: String, byteCount: Int, content: PackedContent? = nil) {
      self.name = name
      self.sha256 = sha256
      self.byteCount = byteCount
      self.content = content
    }
  }

  /// Rows of the files of other periods, which windows look at.
  struct Others: Sendable, Equatable {
    var accepted = 0
    /// By reason.
    var rejected: [String: Int] = [:]
    var takenOut = 0

    var rejectedCount: Int { rejected.values.reduce(0, +) }
  }

  var deliveries: [Delivery] = []
  /// All counts are of all files; these of them are of other periods.
  var others = Others()
  var read = 0
  var accepted = 0
  var rejected = 0
  var skipped: [String: Int] = [:]
  var rejectedByReason: [String: Int] = [:]
  /// By column: faulty values of columns that are not required, which became missing.
  var blanked: [String: Int] = [:]
  /// Rows that take back what nobody sent.
  var removalsWithoutTarget = 0
  /// Rows that others replace or take back; they count as skipped.
  var takenOutCount = 0
  /// What it came to, file by file and column by column.
  var figures = DeliveryFigures()
  /// Accepted rows that were completed from client rows.
  var completed = 0
  /// Client rows that disagree on birth date or sex, so that nothing was completed from them.
  var contradicting = 0
  /// By column: codes that no list knows and that stay nonetheless.
  var unknownCodes: [String: Int] = [:]
  /// A message that is refused as a whole: where and why, in words that hold no value.
  struct Refusal: Sendable, Equatable {
    var file: Int
    var line: Int
    var sentence: String
    var hint: String?
  }

  /// In the order of the files.
  var refusals: [Refusal] = []
  /// What is odd about files whose rows are read all the same, in the order of the files; then what is
  /// doubtful about kept columns, which is of no file.
  var remarks: [Refusal] = []
  /// The first rejects, in the order of files and lines.
  var rejects: [RejectedRow] = []

  /// How many rejects are told one by one; the counts always tell all.
  static let rejectLimit = 10_000

  /// What decides what is staged of the files: their names, their bytes, and which are passed over.
  var madeFrom: [(name: String, sha256: String)] {
    deliveries.indices.map { number in
      let file = figures.files.indices.contains(number) ? figures.files[number] : .init()
      let folder = file.otherPeriod.map { "\($0)/" } ?? ""
      return (folder + deliveries[number].stored, deliveries[number].sha256 + (file.skipped ?? ""))
    }
  }

  /// The account of the delivery itself, by which it is judged: without the rows of other periods.
  var ofOwnPeriod: SourceAccount {
    var own = self
    own.others = Others()
    own.accepted -= others.accepted
    own.rejected -= others.rejectedCount
    own.takenOutCount -= others.takenOut
    own.rejectedByReason = rejectedByReason.merging(others.rejected) { $0 - $1 }
      .filter { $0.value > 0 }
    own.rejects = rejects.filter { reject in
      !figures.files.indices.contains(reject.file) || figures.files[reject.file].otherPeriod == nil
    }
    return own
  }

  /// Takes the names of its files: as they are kept, and as the user is told them.
  mutating func name(_ files: [InboxFile]) {
    for (number, file) in files.enumerated() where deliveries.indices.contains(number) {
      deliveries[number].name = file.toldName
      deliveries[number].keptName = file.name
    }
  }

  /// The rows of the files that count, as they were sent: rejected, replaced and removed ones too.
  var sentCount: Int { accepted + rejected + takenOutCount }

  var skippedCount: Int { skipped.values.reduce(0, +) }
  var balances: Bool {
    read == accepted + rejected + skippedCount
      && rejected == rejectedByReason.values.reduce(0, +)
  }

  var rejectedShare: Double {
    let judged = accepted + rejected
    return judged == 0 ? 0 : Double(rejected) / Double(judged)
  }

  /// Keeps what is doubtful about kept columns, for each run that uses what is staged.
  mutating func add(_ findings: [IdentifierFinding]) {
    remarks += findings.map { finding in
      let diagnostic = finding.diagnostic
      return Refusal(file: -1, line: 0, sentence: diagnostic.sentence, hint: diagnostic.hint)
    }
  }

  /// As it stands in the header of the staged table.
  var json: JSONValue {
    [
      "deliveries": .array(
        deliveries.map {
          .object(
            [
              "name": .string($0.stored), "sha256": .string($0.sha256),
              "bytes": .integer(Int64($0.byteCount)),
            ].merging($0.content?.members ?? [:]) { $1 }
          )
        }
      ),
      "read": .integer(Int64(read)), "accepted": .integer(Int64(accepted)),
      "rejected": .integer(Int64(rejected)), "skipped": counts(skipped),
      "reasons": counts(rejectedByReason), "blanked": counts(blanked),
      "removals_without_target": .integer(Int64(removalsWithoutTarget)),
      "taken_out": .integer(Int64(takenOutCount)),
      "others": [
        "accepted": .integer(Int64(others.accepted)), "rejected": counts(others.rejected),
        "taken_out": .integer(Int64(others.takenOut)),
      ],
      "figures": figures.json,
      "completed": .integer(Int64(completed)), "contradicting": .integer(Int64(contradicting)),
      "unknown_codes": counts(unknownCodes),
      "refusals": .array(refusals.map(\.json)), "remarks": .array(remarks.map(\.json)),
      "rejects": .array(
        rejects.map {
          [
            .integer(Int64($0.file)), .integer(Int64($0.line)), .string($0.column),
            .string($0.reason.rawValue), .string($0.shape),
          ]
        }
      ),
    ]
  }

  init() {}

  /// Reads what `json` wrote; nil when it is something else.
  init?(_ json: JSONValue) {
    func number(_ value: JSONValue, _ key: String) -> Int { Int(value[key]?.integerValue ?? -1) }
    guard let deliveries = json["deliveries"]?.arrayValue,
      let rejects = json["rejects"]?.arrayValue,
      let figures = json["figures"].flatMap(DeliveryFigures.init)
    else { return nil }
    self.deliveries = deliveries.map {
      Delivery(
        name: $0["name"]?.stringValue ?? "",
        sha256: $0["sha256"]?.stringValue ?? "",
        byteCount: number($0, "bytes"),
        content: PackedContent(members: $0)
      )
    }
    self.figures = figures
    read = number(json, "read")
    accepted = number(json, "accepted")
    rejected = number(json, "rejected")
    skipped = Self.numbers(json["skipped"])
    rejectedByReason = Self.numbers(json["reasons"])
    blanked = Self.numbers(json["blanked"])
    removalsWithoutTarget = number(json, "removals_without_target")
    takenOutCount = max(0, number(json, "taken_out"))
    if let found = json["others"] {
      others = Others(
        accepted: max(0, number(found, "accepted")),
        rejected: Self.numbers(found["rejected"]),
        takenOut: max(0, number(found, "taken_out"))
      )
    }
    completed = number(json, "completed")
    contradicting = number(json, "contradicting")
    unknownCodes = Self.numbers(json["unknown_codes"])
    refusals = (json["refusals"]?.arrayValue ?? []).compactMap(Refusal.init)
    remarks = (json["remarks"]?.arrayValue ?? []).compactMap(Refusal.init)
    self.rejects = rejects.compactMap { reject in
      guard let parts = reject.arrayValue, parts.count == 5, let file = parts[0].integerValue,
        let line = parts[1].integerValue, let column = parts[2].stringValue,
        let reason = parts[3].stringValue.flatMap(RejectReason.init),
        let shape = parts[4].stringValue
      else { return nil }
      return RejectedRow(
        file: Int(file),
        line: Int(line),
        column: column,
        reason: reason,
        shape: shape
      )
    }
    guard balances else { return nil }
  }

  private func counts(_ numbers: [String: Int]) -> JSONValue {
    .object(numbers.mapValues { .integer(Int64($0)) })
  }

  private static func numbers(_ json: JSONValue?) -> [String: Int] {
    (json?.objectValue ?? [:]).compactMapValues { $0.integerValue.map(Int.init) }
  }
}

extension SourceAccount.Refusal {
  fileprivate var json: JSONValue {
    [.integer(Int64(file)), .integer(Int64(line)), .string(sentence), .string(hint ?? "")]
  }

  fileprivate init?(_ json: JSONValue) {
    guard let parts = json.arrayValue, parts.count == 4, let file = parts[0].integerValue,
      let line = parts[1].integerValue, let sentence = parts[2].stringValue,
      let hint = parts[3].stringValue
    else { return nil }
    self.init(
      file: Int(file),
      line: Int(line),
      sentence: sentence,
      hint: hint.isEmpty ? nil : hint
    )
  }
}
