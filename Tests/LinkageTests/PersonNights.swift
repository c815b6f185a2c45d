import Linkage
import TestSupport

@_spi(Pseudonymisation) @testable import Tabular

/// Nights of one register and one source of clients, with the ledger that goes from one to the next.
final class PersonNights {
  /// A client, and the row of the register that linking found besides equal numbers.
  struct Client {
    var record: PlainRecord
    var resident: Int?
  }

  struct Night {
    /// By row of the register.
    var residents: [Int32] = []
    /// By client; 0 for nobody.
    var clients: [Int32] = []
    var events: [PersonEvent] = []

    /// As words, in their order: kind, person, other id.
    var told: [String] {
      events.map { event in
        "\(event.kind) \(event.person)" + (event.other == 0 ? "" : " \(event.other)")
      }
    }
  }

  private(set) var ledger = PersonLedger()
  /// Of all nights.
  private(set) var events: [[PersonEvent]] = []

  /// Settles a night and keeps what it tells.
  func night(_ register: [PlainRecord], _ clients: [Client] = []) -> Night {
    let night = settled(register, clients)
    precondition(ledger.apply(night.events), "the ledger takes its own events")
    events.append(night.events)
    return night
  }

  /// What a night would tell; nothing is kept.
  func settled(_ register: [PlainRecord], _ clients: [Client] = []) -> Night {
    // Staged tables lie in the order of tokens.
    let order = register.indices.sorted { Self.order(register[$0]) < Self.order(register[$1]) }
    let clientOrder = clients.indices.sorted {
      Self.order(clients[$0].record) < Self.order(clients[$1].record)
    }
    let spine = Self.records(order.map { register[$0] }, "register")
    var tonight = PersonsTonight(spine: spine, ledger: ledger)
    let corrections = tonight.corrections
    var rows: [Token: Int32] = [:]
    var places = [Int32](repeating: 0, count: register.count)
    for (row, resident) in order.enumerated() {
      places[resident] = Int32(row)
      if let bsn = register[resident]["bsn"] { rows[token(bsn)] = Int32(row) }
    }
    let linked = clientOrder.map { number -> Int32 in
      let client = clients[number]
      if let bsn = client.record["bsn"].map(token) {
        let corrected = corrections[bsn] ?? bsn
        if let row = rows[corrected] { return row }
      }
      return client.resident.map { places[$0] } ?? -1
    }
    let table = Self.records(
      clientOrder.map { clients[$0].record },
      "clients",
      correcting: corrections
    )
    tonight.add([(table, linked)])
    let settlement = PersonSettlement(tonight)
    var night = Night(
      residents: register.map { _ in 0 },
      clients: clients.map { _ in 0 },
      events: Array(settlement.events.joined())
    )
    for (row, resident) in order.enumerated() { night.residents[resident] = settlement.ids[row] }
    for (place, person) in tonight.persons(of: table, linked: linked).enumerated()
    where person >= 0 { night.clients[clientOrder[place]] = settlement.ids[Int(person)] }
    return night
  }

  private static func order(_ record: PlainRecord) -> Token {
    record["bsn"].map(token) ?? token("\(record.sorted { $0.key < $1.key })")
  }

  private static func records(
    _ plain: [PlainRecord],
    _ source: String,
    correcting corrections: [Token: Token] = [:]
  ) -> PersonRecords {
    var table = staged(plain, allColumns).table
    if case .tokens(let numbers)? = table["bsn"] {
      table = Table(
        names: table.names,
        columns: [.tokens(numbers.replacing { corrections[$0] ?? $0 })] + table.columns.dropFirst(),
        rowCount: table.rowCount
      )
    }
    return PersonRecords(
      PseudonymisedTable(vouchingFor: table),
      source: source,
      number: "bsn",
      birthDate: "birth_date"
    )
  }
}
