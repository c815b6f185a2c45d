import Tabular

@testable import Pseudonymisation

/// A row of a source whose rows are completed from client rows.
struct ClientRow: Hashable {
  var role = RowRole.ordinary
  var message = "301"
  var bsn: Int64 = 100_000_009
  var birthDate: Int64 = missingInteger
  var sex = ""
  var surname = ""
  var postcode = ""
  /// Tells rows apart.
  var product = ""
}

extension CorrectingNight {
  /// `support` holds claims that are completed; what they are completed from is kept.
  static let completing =
    text
    .replacing("    product:    keep", with: "    product:    keep\n    completed_from: keep")

  /// The same, but that no token of a BSN is given.
  static let completingBlindly =
    completing
    .replacing("    bsn:        {token: person}\n", with: "")
    .replacing("{on: [bsn]}", with: "{on: [surname]}")
}

extension ClearBatch {
  /// The columns that a plan wants, by name; all others are missing.
  init(_ rows: [ClientRow], _ plan: SourcePlan) {
    self.init(columnCount: plan.wanted.count)
    for (row, client) in rows.enumerated() {
      cells.append(Int64(row + 1))
      for name in plan.wanted {
        switch name {
        case "bsn": cells.append(client.bsn)
        case "birth_date": cells.append(client.birthDate)
        case "message": appendCell(client.message)
        case "sex": appendCell(client.sex)
        case "surname": appendCell(client.surname)
        case "postcode": appendCell(client.postcode)
        case "product": appendCell(client.product)
        default: cells.append(missingInteger)
        }
      }
      roles.append(client.role)
    }
    rowCount = rows.count
  }

  private mutating func appendCell(_ text: String) {
    guard !text.isEmpty else {
      cells.append(missingInteger)
      return
    }
    cells.append(Self.textCell(offset: bytes.count, length: text.utf8.count))
    bytes += Array(text.utf8)
  }
}
