import Tabular

/// The monthly declaration of a provider to a municipality: 323, with many clients.
struct DeclarationMessages {
  /// A row of a declaration.
  struct Row {
    let client: Int
    let assignment: SupportAssignment
    /// As in `ReferentieNummer`.
    let reference: String
    /// The row that this one takes back.
    let previousReference: String?
    let firstDay: Int
    let lastDay: Int
    let volume: Int

    var isCredit: Bool { previousReference != nil }
    var amountInCents: Int { volume * assignment.product.tariffInCents }
    var signedAmountInCents: Int { isCredit ? -amountInCents : amountInCents }
  }

  let seed: UInt64
  let clients: [SupportClient]

  /// One row in so many is taken back the month after, and declared anew with one unit less.
  private static let correctedPerMille = 15

  /// What the clients of one provider and municipality had in a month.
  ///
  /// Who has no BSN cannot be declared.
  func rows(of numbers: [Int], month: Int) -> [Row] {
    numbers.flatMap { number -> [Row] in
      guard clients[number].bsn != nil else { return [] }
      return clients[number].assignments.flatMap { assignment in
        corrections(of: assignment, client: number, month: month - 1)
          + [row(of: assignment, client: number, month: month)].compactMap(\.self)
      }
    }
  }

  private func row(of assignment: SupportAssignment, client: Int, month: Int) -> Row? {
    guard let first = CivilDate(year: CareExtract.year, month: month, day: 1)?.dayNumber else {
      return nil
    }
    let last = first + CivilDate.dayCount(ofMonth: month, in: CareExtract.year) - 1
    guard assignment.isActive(from: first, to: last) else { return nil }
    var random = RandomStream(seed, .declaration, assignment.number, month)
    let usual = assignment.product.monthlyVolume(assignment.volume)
    return Row(
      client: client,
      assignment: assignment,
      reference: "D\(assignment.number)\(padded(month, 2))",
      previousReference: nil,
      firstDay: max(first, assignment.startDay),
      lastDay: min(last, assignment.lastDay),
      volume: max(1, usual - (usual > 2 ? random.below(3) : 0))
    )
  }

  private func corrections(of assignment: SupportAssignment, client: Int, month: Int) -> [Row] {
    guard CareExtract.months.contains(month),
      let wrong = row(of: assignment, client: client, month: month), wrong.volume > 1
    else { return [] }
    var random = RandomStream(seed, .declaration, assignment.number, 100 + month)
    guard random.below(1_000) < Self.correctedPerMille else { return [] }
    return [
      corrected(wrong, letter: "C", previous: wrong.reference, volume: wrong.volume),
      corrected(wrong, letter: "N", previous: nil, volume: wrong.volume - 1),
    ]
  }

  private func corrected(_ row: Row, letter: String, previous: String?, volume: Int) -> Row {
    Row(
      client: row.client,
      assignment: row.assignment,
      reference: row.reference + letter,
      previousReference: previous,
      firstDay: row.firstDay,
      lastDay: row.lastDay,
      volume: volume
    )
  }

  /// The document of some rows, those of a client standing together.
  func document(of rows: [Row], _ message: SupportMessage, month: Int) -> [UInt8] {
    var xml = message.document()
    let total = rows.reduce(0) { $0 + $1.signedAmountInCents }
    xml.element("Declaratie") { declaration in
      declaration.element("DeclaratieNummer", "F" + message.identification)
      if let first = CivilDate(year: CareExtract.year, month: month, day: 1)?.dayNumber {
        let last = first + CivilDate.dayCount(ofMonth: month, in: CareExtract.year) - 1
        period("DeclaratiePeriode", first, last, to: &declaration)
      }
      amount("TotaalIngediendBedrag", total, to: &declaration)
      declaration.element("Clienten") { list in
        var start = 0
        while start < rows.count {
          let number = rows[start].client
          let end = rows[start...].firstIndex { $0.client != number } ?? rows.count
          list.element("Client") { client in
            client.element("Bsn", padded(clients[number].bsn ?? 999_999_999, 9))
            client.element("Prestaties") { part in
              for row in rows[start..<end] { append(row, to: &part) }
            }
          }
          start = end
        }
      }
    }
    return xml.finished()
  }

  private func append(_ row: Row, to xml: inout XMLText) {
    let product = row.assignment.product
    xml.element("Prestatie") { part in
      part.element("ProductReferentie") { reference in
        reference.element("ReferentieNummer", .types, row.reference)
        reference.element("VorigReferentieNummer", .types, row.previousReference)
      }
      part.element("ToewijzingNummer", String(row.assignment.number))
      part.element("ProductCategorie", product.category)
      part.element("ProductCode", product.code)
      period("ProductPeriode", row.firstDay, row.lastDay, to: &part)
      part.element("GeleverdVolume", String(row.volume))
      part.element("Eenheid", product.unit)
      part.element("ProductTarief", String(product.tariffInCents))
      amount("IngediendBedrag", row.signedAmountInCents, to: &part)
    }
  }

  private func period(_ name: String, _ first: Int, _ last: Int, to xml: inout XMLText) {
    xml.element(name) { period in
      period.element("Begindatum", .types, SupportMessage.date(first))
      period.element("Einddatum", .types, SupportMessage.date(last))
    }
  }

  /// An amount without sign, and whether it is owed (D) or given back (C).
  private func amount(_ name: String, _ cents: Int, to xml: inout XMLText) {
    xml.element(name) { amount in
      amount.element("Bedrag", .types, String(cents.magnitude))
      amount.element("DebetCredit", .types, cents < 0 ? "C" : "D")
    }
  }
}
