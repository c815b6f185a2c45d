import Cryptography
import Tabular
import TestSupport
import Testing

@testable import Pseudonymisation

@Suite("Bloom filters of a source's identities")
struct OrderedFiltersTests {
  private static let names = [
    "Jansen", "van den Berg", "Berg, v.d.", "Jansen-de Boer", "Boer-Jansen", "JANSEN", "De Vries",
    "Müller", "Mu\u{308}ller", "O'Brien", "", "Öztürk", "Vos", "Smit", "Bakker", "Visser",
  ]

  private static let both = "{token: surname, bloom: surname}"

  private func night(_ policy: String) throws -> SmallNight {
    try SmallNight(
      text: SmallNight.text.replacing("surname:    {token: surname}", with: "surname: \(policy)")
        .replacing("surname:    {type: name, required: true}", with: "surname: {type: name}")
    )
  }

  private func rows(_ count: Int, seed: UInt64) -> [RegisterRow] {
    var random = SeededGenerator(seed: seed)
    return (0..<count).map { number in
      var row = RegisterRow()
      row.surname = Self.names.randomElement(using: &random) ?? ""
      row.birthDate = 1950_01_01 + Int64(number % 28)
      return row
    }
  }

  private func staged(
    _ policy: String,
    _ rows: [RegisterRow],
    chunk: Int,
    workers: Int
  ) throws -> (identities: Table, filters: FieldFilters, pseudonymiser: Pseudonymiser) {
    let pseudonymiser = try night(policy).pseudonymiser("register")
    let worker = try pseudonymiser.worker()
    for first in stride(from: 0, to: rows.count, by: chunk) {
      let batch = ClearBatch(Array(rows[first..<min(first + chunk, rows.count)]))
      _ = try worker.pseudonymise(batch, file: 0)
    }
    worker.finish()
    let ordered = OrderedIdentities(of: pseudonymiser, workers: workers)
    let column = try #require(pseudonymiser.plan.filters.first)
    let filters = try ordered.filters(of: column, pseudonymiser, workers: workers)
    return (ordered.identities.table, filters, pseudonymiser)
  }

  private func maker(_ scope: TokenScope) throws -> FieldFilterMaker {
    try FieldFilterMaker(
      label: "surname",
      scope: scope,
      permutation: FieldFilterMaker.permutation(label: "surname", scope: scope)
    )
  }

  @Test("each identity has the filter of its own name, and equal tokens have one filter")
  func belongsToItsIdentity() throws {
    let (identities, filters, pseudonymiser) = try staged(
      Self.both,
      rows(400, seed: 1),
      chunk: 64,
      workers: 2
    )
    guard case .tokens(let tokens)? = identities["surname"] else {
      Issue.record("no tokens")
      return
    }
    #expect(filters.numbers.count == tokens.count)
    #expect(filters.count == Set(tokens).subtracting([.missing]).count)
    var maker = try maker(pseudonymiser.memos.scope)
    var makers = try TokenMaker(label: "surname", scope: pseudonymiser.memos.scope)
    for name in Self.names {
      guard
        case .value(let value) = pseudonymiser.memos.standardisation.name(
          Array(name.utf8).span,
          kind: .surname
        )
      else { continue }
      let token = try makers.token(of: value)
      var expected: [UInt64] = []
      #expect(try maker.append(filterOf: value, to: &expected))
      for identity in tokens.indices where tokens[identity] == token {
        #expect(Array(filters.filter(Int(filters.numbers[identity]))) == expected)
      }
    }
    for identity in tokens.indices {
      #expect(tokens[identity].isMissing == (filters.numbers[identity] == missingCode))
    }
    // First come, first numbered: nothing of another order is in it.
    let firsts = filters.numbers.filter { $0 >= 0 }.reduce(into: [Int32]()) { seen, number in
      if !seen.contains(number) { seen.append(number) }
    }
    #expect(firsts == Array(0..<Int32(filters.count)))
  }

  @Test("filters are the same for any cut of the rows, order of them and number of workers")
  func isDeterministic() throws {
    let rows = rows(300, seed: 2)
    let first = try staged(Self.both, rows, chunk: 300, workers: 1)
    let second = try staged(Self.both, rows.reversed(), chunk: 7, workers: 3)
    #expect(first.filters.words == second.filters.words)
    #expect(first.filters.numbers == second.filters.numbers)
  }

  @Test("with a filter alone no token leaves, and names still tell identities apart")
  func standsAlone() throws {
    let (identities, filters, _) = try staged(
      "{bloom: surname}",
      rows(300, seed: 3),
      chunk: 50,
      workers: 1
    )
    #expect(identities["surname"] == nil)
    #expect(
      identities.names == [
        "bsn", "birth_date", "postcode", "birth_date_year", "postcode_pc4", "sex",
      ]
    )
    let both = try staged(Self.both, rows(300, seed: 3), chunk: 50, workers: 1)
    #expect(identities.rowCount == both.identities.rowCount)
    #expect(filters.words == both.filters.words)
    #expect(filters.numbers == both.filters.numbers)
  }

  @Test("another release permutes all filters, and keeps how alike they are")
  func parts() throws {
    var words: [[UInt64]] = []
    for release in ["small", "small/2"] {
      let scope = try night("{bloom: surname}").pseudonymiser("register", release: release).memos
        .scope
      var maker = try maker(scope)
      var both: [UInt64] = []
      for name in ["jansen", "janssen"] {
        #expect(try maker.append(filterOf: Array(name.utf8), to: &both))
      }
      words.append(both)
    }
    #expect(words[0] != words[1])
    let shared = words.map { both in
      (0..<16).reduce(0) { $0 + (both[$1] & both[16 + $1]).nonzeroBitCount }
    }
    #expect(shared[0] == shared[1])
  }
}
