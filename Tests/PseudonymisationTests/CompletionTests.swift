import Tabular
import TestSupport
import Testing

@testable import Pseudonymisation

@Suite("Rows that are completed from client rows")
struct CompletionTests {
  private let client = ClientRow(
    birthDate: 1950_01_31,
    sex: "female",
    surname: "jansen",
    postcode: "7001AB",
    product: "assigned"
  )
  private let claim = ClientRow(role: .event, message: "323", product: "claimed")

  @Test("a claim takes over the tokens and the kept parts of its client, and what they came from")
  func completes() throws {
    let source = try settled([[claim, client]])
    let rows = rows(source)
    #expect(
      rows["claimed"] == [
        "person surname birth-date postcode 1950 7001 female from 301"
      ]
    )
    #expect(
      rows["assigned"] == ["person surname birth-date postcode 1950 7001 female from -"]
    )
    // Both are of one identity.
    #expect(source.staged.identities.rowCount == 1)
    #expect(source.settlement.completedCount == 1)
    #expect(source.settlement.contradictingCount == 0)
  }

  @Test("a row that only tells of a person completes others and is not staged")
  func persons() throws {
    var person = client
    person.role = .person
    let source = try settled([[person], [claim, claim]])
    #expect(rows(source).keys.sorted() == ["claimed"])
    #expect(source.staged.identities.rowCount == 1)
    #expect(source.settlement.completedCount == 2)
  }

  @Test(
    "clients who disagree on birth date or sex fill nothing, and their rows are counted",
    arguments: ["sex", "birth date"]
  )
  func contradiction(column: String) throws {
    var other = client
    if column == "sex" { other.sex = "male" } else { other.birthDate = 1950_01_30 }
    let source = try settled([[client, other, other, claim]])
    #expect(rows(source)["claimed"] == ["person - - - - - - from -"])
    #expect(source.settlement.contradictingCount == 3)
    #expect(source.settlement.completedCount == 0)
  }

  @Test("that a sex or a day is unknown contradicts nobody")
  func unknownParts() throws {
    var other = client
    other.sex = "unknown"
    other.birthDate = 1950_00_00
    let source = try settled([[client, other, claim]])
    #expect(
      rows(source)["claimed"] == [
        "person surname birth-date postcode 1950 7001 female from 301"
      ]
    )
  }

  @Test("a disagreement is seen where neither birth date nor sex leaves the stage")
  func judgedByWhatIsDropped() throws {
    let text = CorrectingNight.completing
      .replacing("    birth_date: {token: birth-date, keep: year}\n", with: "")
      .replacing("    sex:        keep\n", with: "")
    var other = client
    other.birthDate = 1950_01_30
    let source = try settled([[client, other, claim]], text)
    #expect(source.settlement.contradictingCount == 2)
    #expect(source.settlement.completedCount == 0)
    #expect(!source.staged.identities.names.contains { $0.hasPrefix("birth_date") })
  }

  @Test("clients who differ in a name or postcode leave that out and fill the rest")
  func differences() throws {
    var other = client
    other.message = "305"
    other.surname = "de vries"
    other.postcode = ""
    let source = try settled([[other, client, claim]])
    #expect(
      rows(source)["claimed"] == ["person - birth-date postcode 1950 7001 female from 301"]
    )
  }

  @Test("what a row has itself is not overwritten")
  func keepsItsOwn() throws {
    var event = claim
    event.sex = "male"
    let source = try settled([[client, event]])
    #expect(
      rows(source)["claimed"] == ["person surname birth-date postcode 1950 7001 male from 301"]
    )
  }

  @Test("rows are joined though no token of what joins them leaves the stage")
  func joinsBlindly() throws {
    let source = try settled([[claim], [client]], CorrectingNight.completingBlindly)
    #expect(!source.staged.identities.names.contains("bsn"))
    #expect(
      rows(source)["claimed"] == ["- surname birth-date postcode 1950 7001 female from 301"]
    )
  }

  @Test("a claim without a number, or of somebody else, is left as it is")
  func strangers() throws {
    var stranger = claim
    stranger.bsn = 100_000_010
    var nameless = claim
    nameless.bsn = missingInteger
    var unknown = client
    unknown.bsn = missingInteger
    let source = try settled([[client, unknown, stranger, nameless]])
    #expect(
      rows(source)["claimed"]?.sorted() == ["- - - - - - - from -", "person - - - - - - from -"]
    )
  }

  @Test("a row that lacks a required column still, once others are known, is refused by its line")
  func requiredAfterAll() throws {
    let text = CorrectingNight.completing.replacing(
      "    files: support.xml\n",
      with: """
            files: support.xml
            columns:
              postcode: {required: true}
              surname: {required: true}

        """
    )
    var stranger = claim
    stranger.bsn = 100_000_010
    let source = try settled([[client, claim], [stranger, claim]], text)
    #expect(rows(source).mapValues(\.count) == ["assigned": 1, "claimed": 2])
    #expect(
      source.rejects == [
        RejectedRow(file: 1, line: 1, column: "postcode", reason: .required, shape: "")
      ]
    )
    #expect(source.staged.identities.rowCount == 1)
    #expect(source.settlement.completedCount == 2)
  }

  @Test("client rows that were taken back complete nothing and contradict nobody")
  func removedClients() throws {
    let pseudonymiser = try night(CorrectingNight.completing)
    var other = client
    other.sex = "male"
    other.product = "wrong"
    var batch = ClearBatch([other, client, claim], pseudonymiser.plan)
    for (row, order, action) in [
      (0, "1", .add), (1, "2", .replace),
    ] as [(Int, String, RowCorrection.Action)] {
      let cell = ClearBatch.textCell(offset: batch.bytes.count, length: 1)
      batch.bytes += Array(order.utf8)
      batch.corrections.append(RowCorrection(row: row, action: action, key: 0, order: cell))
    }
    let source = try SettledSource(pseudonymiser, [batch])
    #expect(rows(source).keys.sorted() == ["assigned", "claimed"])
    #expect(source.settlement.completedCount == 1)
    #expect(source.settlement.contradictingCount == 0)
  }

  @Test(
    "what is filled follows from the rows of one person, not from files, chunks or workers",
    arguments: 0..<60 as Range<UInt64>
  )
  func agreesWithPlainRules(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let rows = (0..<Int.random(in: 0...40, using: &random)).map { number in
      ClientRow(
        role: [.ordinary, .event, .person][Int.random(in: 0...2, using: &random)],
        message: ["301", "305", "307"][Int.random(in: 0...2, using: &random)],
        bsn: [100_000_009, 100_000_010, 100_000_022][Int.random(in: 0...2, using: &random)],
        birthDate: Int.random(in: 0..<12, using: &random) == 0
          ? 1950_01_30
          : [missingInteger, 1950_01_31, 1950_00_00][Int.random(in: 0...2, using: &random)],
        sex: Int.random(in: 0..<12, using: &random) == 0
          ? "male" : ["", "unknown", "female"][Int.random(in: 0...2, using: &random)],
        surname: ["", "jansen", "jansen", "de vries"][Int.random(in: 0...3, using: &random)],
        postcode: ["", "7001AB"][Int.random(in: 0...1, using: &random)],
        product: "p\(number)"
      )
    }
    let expected = Set(PlainCompletion.completed(rows))
    for _ in 0..<2 {
      var chunks: [[ClientRow]] = [[]]
      for row in rows.shuffled(using: &random) {
        if Int.random(in: 0..<8, using: &random) == 0 { chunks.append([]) }
        chunks[chunks.count - 1].append(row)
      }
      let source = try settled(chunks)
      let found = self.rows(source).map { "\($0) \($1.joined())" }
      #expect(Set(found) == expected, "seed \(seed)")
      #expect(source.staged.unusedTexts.isEmpty, "seed \(seed)")
    }
  }

  private func night(_ text: String) throws -> Pseudonymiser {
    try SmallNight(text: text).pseudonymiser("support")
  }

  private func settled(
    _ chunks: [[ClientRow]],
    _ text: String = CorrectingNight.completing
  ) throws -> SettledSource {
    let pseudonymiser = try night(text)
    return try SettledSource(pseudonymiser, chunks.map { ClearBatch($0, pseudonymiser.plan) })
  }

  /// By product: which tokens rows have, what is kept, and what it came from.
  private func rows(_ source: SettledSource) -> [String: [String]] {
    var found: [String: [String]] = [:]
    let identities = source.staged.identities
    for group in source.staged.groups {
      var row = 0
      for (offset, count) in group.rowCounts.enumerated() {
        let identity = group.firstIdentity + offset
        let tokens = [
          ("bsn", "person"), ("surname", "surname"), ("birth_date", "birth-date"),
          ("postcode", "postcode"),
        ].map { name, label in
          guard case .tokens(let tokens)? = identities[name] else { return "-" }
          return tokens[identity].isMissing ? "-" : label
        }
        let kept = ["birth_date_year", "postcode_pc4", "sex"].map {
          Self.text(identities[$0], identity)
        }
        for _ in 0..<count {
          let origin = Self.text(group.rows.table["completed_from"], row)
          let line = (tokens + kept + ["from", origin]).joined(separator: " ")
          found[Self.text(group.rows.table["product"], row), default: []].append(line)
          row += 1
        }
      }
    }
    return found
  }

  private static func text(_ column: Column?, _ row: Int) -> String {
    switch column {
    case .codes(let codes, let texts)?: codes[row] < 0 ? "-" : texts[Int(codes[row])]
    case .integers(let values, _)?: values[row] == missingInteger ? "-" : String(values[row])
    case .tokens?, nil: "-"
    }
  }
}

/// The same rules on clear rows, one row after the other.
private enum PlainCompletion {
  static func completed(_ rows: [ClientRow]) -> [String] {
    rows.filter { $0.role != .person }.map { row in
      var clients = rows.filter { $0.role != .event && $0.bsn == row.bsn }
      let whole = { (date: Int64) in date > 0 && date % 100 > 0 }
      let days = Set(clients.map(\.birthDate).filter(whole))
      let sexes = Set(clients.map(\.sex).filter { !$0.isEmpty && $0 != "unknown" })
      if days.count > 1 || sexes.count > 1 { clients = [] }
      var row = row
      var origins: [String] = []
      var year = row.birthDate == missingInteger ? 0 : row.birthDate / 10_000
      var hasBirthToken = whole(row.birthDate)
      func agreed<Value: Hashable>(_ value: (ClientRow) -> Value?) -> (Value, String)? {
        let saying = clients.filter { value($0) != nil }
        guard Set(saying.compactMap(value)).count == 1, let first = saying.first,
          let said = value(first), let least = saying.map(\.message).min()
        else { return nil }
        return (said, least)
      }
      if row.role == .event {
        if year == 0, let (said, from) = agreed({ $0.birthDate > 0 ? 1950 as Int64 : nil }) {
          year = said
          origins.append(from)
        }
        if !hasBirthToken, let (_, from) = agreed({ whole($0.birthDate) ? true : nil }) {
          hasBirthToken = true
          origins.append(from)
        }
        if row.sex.isEmpty || row.sex == "unknown",
          let (said, from) = agreed({ sexes.contains($0.sex) ? $0.sex : nil })
        {
          row.sex = said
          origins.append(from)
        }
        if row.surname.isEmpty, let (said, from) = agreed({ $0.surname.isEmpty ? nil : $0.surname })
        {
          row.surname = said
          origins.append(from)
        }
        if row.postcode.isEmpty,
          let (said, from) = agreed({ $0.postcode.isEmpty ? nil : $0.postcode })
        {
          row.postcode = said
          origins.append(from)
        }
      }
      let words = [
        row.product, "person", row.surname.isEmpty ? "-" : "surname",
        hasBirthToken ? "birth-date" : "-", row.postcode.isEmpty ? "-" : "postcode",
        year == 0 ? "-" : String(year), row.postcode.isEmpty ? "-" : "7001",
        row.sex.isEmpty ? "-" : row.sex, "from", origins.min() ?? "-",
      ]
      return words.joined(separator: " ")
    }
  }
}
