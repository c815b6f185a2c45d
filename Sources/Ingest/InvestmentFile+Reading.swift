import Diagnostics
import PipelineFile
import Tabular

extension InvestmentFile {
  /// Reads the file.
  ///
  /// - Returns: the same with what each payer invested.
  /// - Throws: `table`, with the place in the file, or in the pipeline if it cannot be opened.
  func read() throws(IngestError) -> InvestmentFile {
    var read = self
    var total: Int64 = 0
    let table = try CodeTable(
      path,
      headers: ["payer", "euros"],
      delimiter: UInt8(ascii: ";"),
      encoding: .utf8,
      place: place
    )
    for row in table.rows {
      guard let payer = row[0] else {
        throw .table(.faultyRow(.required, column: "payer"), Place(file: path))
      }
      // Whoever adds them up need not look whether that fits.
      guard let cents = row[1].flatMap({ hundredths($0) }),
        case (let sum, false) = total.addingReportingOverflow(cents)
      else { throw .table(.faultyRow(.number, column: "euros"), Place(file: path)) }
      total = sum
      guard read.cents.updateValue(cents, forKey: payer) == nil else {
        throw .table(.ambiguous, Place(file: path))
      }
    }
    return read
  }
}

/// A number from 0 with at most two decimals, as `12.5`, in hundredths; nil for anything else.
func hundredths(_ text: String) -> Int64? {
  let parts = text.split(separator: ".", omittingEmptySubsequences: false)
  // Only digits, and so few that the product fits.
  guard parts.count <= 2, let whole = parts.first, 1...15 ~= whole.utf8.count,
    parts.count == 1 || 1...2 ~= parts[1].utf8.count,
    parts.allSatisfy({ $0.utf8.allSatisfy { 0x30...0x39 ~= $0 } }), let number = Int64(whole)
  else { return nil }
  let decimals = parts.count == 1 ? "00" : parts[1].utf8.count == 1 ? parts[1] + "0" : parts[1]
  return Int64(decimals).map { number * 100 + $0 }
}
