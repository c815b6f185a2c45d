import PipelineFile
import Tabular

@testable import Pseudonymisation

/// A pipeline whose sources hold rows that do something to each other.
enum CorrectingNight {
  /// `support` makes corrections, `register` has a column of unique values.
  static let text = SmallNight.text
    .replacing("bsn:        {type: bsn}", with: "bsn:        {type: bsn, unique: true}")
    .replacing(
      "pseudonymise:\n  key",
      with: """
          support:
            domain: social
            read: iwmo
            files: support.xml
        pseudonymise:
          key
        """
    )
    .replacing("    kind:       keep", with: "    kind:       keep\n    product:    keep")
}

/// A row of a message: what it is about, when it holds, what it does, what it says.
struct MessageRow: Hashable {
  var bsn: Int64
  var product: String
  var key: String
  var order: String
  var action: RowCorrection.Action
}

extension ClearBatch {
  /// The columns that a plan wants, by name; all others are missing.
  init(_ rows: [MessageRow], _ plan: SourcePlan) {
    self.init(columnCount: plan.wanted.count)
    for (row, message) in rows.enumerated() {
      cells.append(Int64(row + 1))
      for name in plan.wanted {
        switch name {
        case "bsn": cells.append(message.bsn)
        case "product": cells.append(text(message.product))
        default: cells.append(missingInteger)
        }
      }
      let key = text(message.key)
      corrections.append(
        RowCorrection(row: row, action: message.action, key: key, order: text(message.order))
      )
    }
    rowCount = rows.count
  }

  private mutating func text(_ text: String) -> Int64 {
    defer { bytes += Array(text.utf8) }
    return Self.textCell(offset: bytes.count, length: text.utf8.count)
  }
}

/// A source whose rows were settled: what a night does, without files.
struct SettledSource {
  let settlement: RowSettlement
  let rejects: [RejectedRow]
  let staged: StagedRows

  init(_ pseudonymiser: Pseudonymiser, _ chunks: [ClearBatch]) throws {
    let worker = try pseudonymiser.worker()
    var waiting: [[[Int64]]] = []
    for (number, chunk) in chunks.enumerated() {
      let rows = try worker.pseudonymise(chunk, file: number)
      pseudonymiser.note(rows, chunk: number)
      waiting.append(
        rows.rows.table.columns.map { column in
          guard case .integers(let values, _) = column else { return [] }
          return values
        }
      )
    }
    worker.finish()
    var settlement = try RowSettlement(of: pseudonymiser, workers: 2)
    var rejects = waiting.enumerated().flatMap { number, columns in
      settlement.judge(chunk: number, columns: columns)
    }
    var ordered = try settlement.order(workers: 2)
    let settled = waiting.enumerated().map { number, columns in
      settlement.settled(chunk: number, columns: columns)
    }
    ordered.forgetOtherTexts(of: pseudonymiser)
    staged = StagedRows(pseudonymiser, ordered, settled.map { ($0.rows, $0.buckets) })
    rejects += settled.flatMap(\.rejects)
    self.settlement = settlement
    self.rejects = rejects
  }
}
