import Cryptography
import Tabular
import TestSupport
import Testing

@testable import Pseudonymisation

@Suite("Pseudonymiser")
struct PseudonymiserTests {
  @Test("a column that no policy names is dropped before the first row is parsed")
  func deniesByDefault() throws {
    let night = try SmallNight()
    let register = try night.plan("register")
    #expect(register.wanted == ["bsn", "surname", "birth_date", "postcode", "sex", "area"])
    let staged = register.tokens.map(\.name) + register.identityColumns.map(\.name)
    #expect(
      staged == [
        "bsn", "surname", "birth_date", "postcode", "birth_date_year", "postcode_pc4", "sex",
      ]
    )
    #expect(register.rowColumns.map(\.name) == ["area"])
    #expect(try night.plan("care").rowColumns.map(\.name) == ["kind", "amount"])
  }

  @Test("a token is HMAC over HMAC, framed as the design says")
  func tokensAreTwoLevels() throws {
    let night = try SmallNight()
    let pseudonymiser = try night.pseudonymiser("care")
    let rows = try pseudonymise([[(999_990_019, "ggz", 5)]], pseudonymiser)
    let staged = try StagedRows(pseudonymiser, rows)
    guard case .tokens(let tokens)? = staged.identities["bsn"] else {
      Issue.record("no tokens")
      return
    }
    let scope = pseudonymiser.memos.scope
    let standardisation = scope.standardisation
    var source = try MessageAuthenticator(
      key: scope.root.key("koppel/token/v1", ["source", "person", "small", standardisation])
    )
    var region = try MessageAuthenticator(
      key: scope.root.key("koppel/token/v1", ["region", "person", "small", standardisation])
    )
    let first = try source.fullTag([0x01, 0x00, 0x09] + Array("999990019".utf8))
    let second = try region.fullTag([0x02] + first[..<16])
    let high = second[..<8].reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    let low = second[8..<16].reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    #expect(Array(tokens) == [Token(high: high, low: low)])
  }

  @Test("a reject tells no number, not even as the length of a text that it is not")
  func rejectsTellNoNumber() throws {
    let night = try SmallNight(
      text: SmallNight.text.replacing("{type: bsn}", with: "{type: bsn, required: true}")
    )
    let pseudonymiser = try night.pseudonymiser("care")
    let worker = try pseudonymiser.worker()
    let rows = try worker.pseudonymise(
      ClearBatch(care: [(999_990_018, "ggz", 5), (999_990_019, "ggz", 5)]),
      file: 0
    )
    #expect(rows.rejects.map(\.reason) == [.bsnCheck])
    #expect(rows.rejects.map(\.shape) == [""])
    #expect(rows.rows.table.rowCount == 1)
  }

  @Test(
    "names of one label have one standard form, whose surname they may be",
    arguments: ["surname", "partner-surname"]
  )
  func labelsOfSurnames(label: String) throws {
    let text = SmallNight.text.replacing("{token: surname}", with: "{token: \(label)}")
    let pseudonymiser = try SmallNight(text: text).pseudonymiser("register")
    var rows = [RegisterRow(), RegisterRow()]
    rows[0].surname = "van den Berg"
    rows[1].surname = "Berg, v.d."
    let worker = try pseudonymiser.worker()
    let chunk = try worker.pseudonymise(ClearBatch(rows), file: 0)
    worker.finish()
    #expect(try StagedRows(pseudonymiser, [chunk]).identities.rowCount == 1)
  }

  @Test("chunks of any size, in any order, on any worker, stage the same", arguments: 0..<20)
  func chunksDoNotMatter(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let people = (0..<60).map { _ in randomResident(&random) }
    let rows = (0..<200).map { _ in people.randomElement(using: &random) ?? RegisterRow() }
    let night = try SmallNight()
    func staged(cut: Int, workers: Int) throws -> [String] {
      let pseudonymiser = try night.pseudonymiser("register", buckets: 8)
      let workers = try (0..<workers).map { _ in try pseudonymiser.worker() }
      var chunks: [PseudonymisedRows] = []
      for (number, start) in stride(from: 0, to: rows.count, by: cut).enumerated() {
        let part = Array(rows[start..<min(start + cut, rows.count)])
        chunks.append(
          try workers[number % workers.count].pseudonymise(ClearBatch(part), file: 0)
        )
      }
      for worker in workers { worker.finish() }
      return try StagedRows(pseudonymiser, chunks).texts
    }
    let whole = try staged(cut: 200, workers: 1)
    #expect(whole.count == 200)
    #expect(try staged(cut: 7, workers: 1) == whole, "seed \(seed)")
    #expect(try staged(cut: 31, workers: 3) == whole, "seed \(seed)")
  }

  @Test("staged order tells nothing of the order of the extract")
  func orderIsLost() throws {
    let night = try SmallNight()
    let pseudonymiser = try night.pseudonymiser("care", buckets: 16)
    let count = 20_000
    let rows = try goodNumbers(count).enumerated().map { place, number in
      (bsn: number, kind: "k", amount: Int64(place))
    }
    let staged = try StagedRows(pseudonymiser, try pseudonymise([rows], pseudonymiser))
    var ranks: [Int64] = []
    for group in staged.groups {
      guard case .integers(let amounts, _)? = group.rows.table["amount"] else { continue }
      ranks += amounts
    }
    #expect(ranks.count == count)
    let mean = Double(count - 1) / 2
    var covariance = 0.0
    var variance = 0.0
    for (place, rank) in ranks.enumerated() {
      covariance += (Double(place) - mean) * (Double(rank) - mean)
      variance += (Double(place) - mean) * (Double(place) - mean)
    }
    #expect(abs(covariance / variance) < 4 / Double(count).squareRoot())
  }

  @Test("two releases, and two keys, have no token in common")
  func releasesCannotBeJoined() throws {
    let night = try SmallNight()
    func tokens(key: UInt8, release: String) throws -> Set<Token> {
      let pseudonymiser = try night.pseudonymiser("care", key: key, release: release)
      let rows = try goodNumbers(500).map { (bsn: $0, kind: "k", amount: Int64(1)) }
      let staged = try StagedRows(pseudonymiser, try pseudonymise([rows], pseudonymiser))
      guard case .tokens(let tokens)? = staged.identities["bsn"] else { return [] }
      return Set(tokens)
    }
    let all = [
      try tokens(key: 7, release: "small/2026-08"), try tokens(key: 7, release: "small/2026-09"),
      try tokens(key: 8, release: "small/2026-08"),
    ]
    #expect(all.allSatisfy { $0.count == 500 })
    #expect(all[0].union(all[1]).union(all[2]).count == 1500)
    #expect(try tokens(key: 7, release: "small/2026-08") == all[0])
  }

  @Test("two spellings of one name are one identity; a missing value is no token")
  func spellingsMeet() throws {
    let night = try SmallNight()
    let pseudonymiser = try night.pseudonymiser("register")
    let worker = try pseudonymiser.worker()
    var noDay = RegisterRow(surname: "Bakker")
    noDay.birthDate = 1968_00_00
    let batch = ClearBatch([
      RegisterRow(surname: "van den Berg"), RegisterRow(surname: "BERG, v.d."), noDay,
    ])
    let rows = try worker.pseudonymise(batch, file: 0)
    worker.finish()
    let staged = try StagedRows(pseudonymiser, [rows])
    #expect(staged.identities.rowCount == 2)
    #expect(staged.texts.count == 3)
    guard case .tokens(let dates)? = staged.identities["birth_date"],
      case .integers(let years, .year)? = staged.identities["birth_date_year"],
      case .integers(let digits, _)? = staged.identities["postcode_pc4"],
      case .tokens(let numbers)? = staged.identities["bsn"]
    else {
      Issue.record("columns are missing")
      return
    }
    #expect(dates.count { $0.isMissing } == 1)
    #expect(years.sorted() == [1950, 1968])
    #expect(digits == [7001, 7001])
    #expect(numbers.filter { !$0.isMissing }.isEmpty)
  }

  @Test("a required name that cannot be standardised rejects its row and no other")
  func faultyNamesReject() throws {
    let night = try SmallNight()
    let pseudonymiser = try night.pseudonymiser("register")
    let worker = try pseudonymiser.worker()
    let batch = ClearBatch([
      RegisterRow(surname: "Jansen"), RegisterRow(surname: "北京"), RegisterRow(surname: "Bos"),
    ])
    let rows = try worker.pseudonymise(batch, file: 3)
    #expect(rows.rows.table.rowCount == 2)
    #expect(rows.buckets.count == 2)
    #expect(rows.rejects.map(\.reason) == [.nameScript])
    #expect(rows.rejects.map(\.line) == [3])
    #expect(rows.rejects.map(\.file) == [3])
    #expect(!rows.rejects.contains { $0.shape.contains("北") })
  }

  @Test("a row that is rejected for its name is told with its own file of the chunk")
  func rejectsOfSeveralFiles() throws {
    let pseudonymiser = try SmallNight().pseudonymiser("register")
    let worker = try pseudonymiser.worker()
    var batch = ClearBatch([
      RegisterRow(surname: "Jansen"), RegisterRow(surname: "北京"), RegisterRow(surname: "東京"),
    ])
    batch.files = [3, 5, 8]
    let rows = try worker.pseudonymise(batch, file: 3)
    #expect(rows.rejects.map(\.file) == [5, 8])
  }

  private func pseudonymise(
    _ chunks: [[(bsn: Int64, kind: String, amount: Int64)]],
    _ pseudonymiser: Pseudonymiser
  ) throws -> [PseudonymisedRows] {
    let worker = try pseudonymiser.worker()
    let rows = try chunks.map { try worker.pseudonymise(ClearBatch(care: $0), file: 0) }
    worker.finish()
    return rows
  }

  private func randomResident(_ random: inout SeededGenerator) -> RegisterRow {
    var row = RegisterRow()
    if random.next() % 4 > 0 { row.bsn = Int64(random.next() % 40) + 123_456_000 }
    row.surname = ["Jansen", "de Vries", "Bos", "jansen"].randomElement(using: &random) ?? ""
    row.birthDate = Int64(1950 + random.next() % 3) * 10_000 + 100 + Int64(random.next() % 28)
    row.sex = ["M", "V"].randomElement(using: &random) ?? ""
    row.area = ["BU1", "BU2", "BU3"].randomElement(using: &random) ?? ""
    return row
  }
}
