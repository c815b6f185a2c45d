// Protected tables to files that leave together.
//
// Takes protected tables and nothing else. It decides no value: what is hidden was hidden before.

package import DisclosureControl
package import PipelineFile
import Tabular

/// A protected table as CSV: RFC 4180, a header line, LF, UTF-8.
///
/// First the dimensions, then each figure; with `full` columns what stands beside it, as
/// `rate_lower`, and its mark, as `rate_mark`, and after all figures `coverage_<source>`, the share
/// of persons who could appear in it and of deliveries that came, and `linked_<source>`, that of its rows
/// that are linked. A hidden figure is an
/// empty field; beside one that an earlier release had the mark tells its day, as `h 2026-08-31`. A total's
/// label is `total`. Money is in whole cents.
///
/// Labels stand as they are. A spreadsheet may read one that begins with `=` as a formula; a file
/// for programs must not alter data to prevent that. `labelDoubts` tells of such labels.
///
/// - Parameters:
///   - table: cells in output order.
///   - columns: the figures alone, or with marks and coverage.
///   - coverage: in output order; unused when the figures stand alone.
/// - Returns: the bytes of the file.
/// - Complexity: O(*bytes*).
package func csvBytes(
  _ table: ProtectedTable,
  columns: PublishStage.Columns,
  coverage: [Coverage]
) -> [UInt8] {
  let labels = table.dimensions.map { $0.labels.map { csvField($0) } }
  // Taken out of the table once: each cell would count references otherwise.
  let codes = table.dimensions.map(\.codes)
  let values = table.figures.map(\.values)
  let marks = table.figures.map(\.marks)
  let days = table.figures.map(\.days)
  let units = table.figures.map(\.unit)
  let texts = table.figures.map { $0.texts.map { csvField($0) } }
  let isFull = columns == .full
  let companions = table.figures.map { isFull ? $0.companions : [] }
  var rowEnd: [UInt8] = []
  if isFull {
    for source in coverage {
      rowEnd += [comma] + Array(source.percent.utf8) + [comma] + Array(source.linkedPercent.utf8)
    }
  }
  rowEnd.append(lineFeed)

  var bytes: [UInt8] = []
  let fieldCount = table.dimensions.count + table.figures.count * (isFull ? 2 : 1)
  bytes.reserveCapacity((table.cellCount + 1) * (fieldCount * 9 + rowEnd.count))
  appendHeader(of: table, isFull: isFull, coverage: coverage, to: &bytes)
  for cell in 0..<table.cellCount {
    for dimension in codes.indices {
      if dimension > 0 { bytes.append(comma) }
      let code = codes[dimension][cell]
      if code == CellTable.total {
        bytes += totalLabel
      } else if labels[dimension].indices.contains(Int(code)) {
        bytes += labels[dimension][Int(code)]
      }
    }
    for figure in values.indices {
      if figure > 0 || !codes.isEmpty { bytes.append(comma) }
      let value = values[figure][cell]
      let mark = marks[figure][cell]
      // The mark is asked too: a value that protection forgot to take out would still not leave.
      if mark != .hidden && value != missingInteger {
        if units[figure] == .text {
          if texts[figure].indices.contains(Int(value)) { bytes += texts[figure][Int(value)] }
        } else {
          append(value, units[figure], to: &bytes)
        }
      }
      for companion in companions[figure].indices {
        bytes.append(comma)
        let beside = companions[figure][companion].values[cell]
        if mark != .hidden && beside != missingInteger {
          append(beside, companions[figure][companion].unit, to: &bytes)
        }
      }
      if isFull {
        bytes.append(comma)
        if mark != .none { bytes += mark.symbol.utf8 }
        if mark == .held, days[figure].indices.contains(cell) {
          bytes += " \(CivilDate(dayNumber: Int(days[figure][cell])))".utf8
        }
      }
    }
    bytes += rowEnd
  }
  return bytes
}

private func append(_ value: Int64, _ unit: FigureUnit, to bytes: inout [UInt8]) {
  switch unit {
  case .tenThousandths, .millionths:
    appendFixedPoint(value, one: UInt64(unit.perWhole), to: &bytes)
  case .number, .cents, .text: appendDecimal(value, to: &bytes)
  }
}

private let totalLabel = Array("total".utf8)

private func appendHeader(
  of table: ProtectedTable,
  isFull: Bool,
  coverage: [Coverage],
  to bytes: inout [UInt8]
) {
  var names = table.dimensions.map(\.name)
  for figure in table.figures {
    names.append(figure.name)
    if isFull {
      names += figure.companions.map { "\(figure.name)\($0.suffix)" }
      names.append("\(figure.name)_mark")
    }
  }
  if isFull {
    names += coverage.flatMap { ["coverage_\($0.source)", "linked_\($0.source)"] }
  }
  bytes += names.map { csvField($0) }.joined(separator: [comma])
  bytes.append(lineFeed)
}
