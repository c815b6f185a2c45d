import Diagnostics
import DisclosureControl
import Files
import Publication
import Tabular

/// One published table as it stands in its file.
struct PublishedFile {
  /// A published table is longer than this only by mistake.
  static let sizeLimit = 256 << 20

  let path: String
  let bytes: [UInt8]

  /// - Throws: `FilesError`; `PublishedFault` for a file that is too long.
  init(path: String) throws {
    self.path = path
    let file = try OpenFile(reading: path)
    let size = try file.size()
    guard size <= Self.sizeLimit else {
      throw PublishedFault(
        Place(file: path),
        "found \(size) bytes, expected a published table of at most \(Self.sizeLimit)"
      )
    }
    bytes = try file.bytes(at: 0, count: size)
  }

  /// The table as an outsider reads it.
  ///
  /// - Parameters:
  ///   - name: of the table.
  ///   - measures: what its manifest tells; nil where there is none.
  ///   - protection: of its release.
  /// - Returns: its cells, with what is known of each number.
  /// - Throws: `PublishedFault` with the line.
  func table(
    named name: String,
    _ measures: PublishedMeasures?,
    _ protection: PublishedProtection
  ) throws -> OutsiderTable {
    var layout: PublishedLayout?
    var labels: [Labels] = []
    var numbers: [PublishedNumbers] = []
    var marks: [[CellMark]] = []
    var rows: [[Int32]: Int] = [:]
    // Without a manifest a column that has something else than numbers is none of numbers.
    var isText: Set<Int> = []
    do {
      if measures == nil { layout = try guessedLayout() }
      try forEachCSVRecord(in: bytes) { fields, line in
        guard let known = layout ?? nil, line > 1 else {
          let own = try layout ?? PublishedLayout(header: fields, measures, path: path)
          layout = own
          labels = own.dimensions.map { _ in Labels() }
          numbers = own.numbers.map { PublishedNumbers(name: fields[$0]) }
          marks = own.marks.map { _ in [] }
          return
        }
        guard fields.count == known.header.count else {
          throw fault(
            line,
            "found \(counted(fields.count, "field")), expected \(known.header.count)"
          )
        }
        var codes: [Int32] = []
        for (place, column) in known.dimensions.enumerated() {
          codes.append(labels[place].add(fields[column]))
        }
        if let earlier = rows.updateValue(line, forKey: codes) {
          throw fault(line, "found the labels of line \(earlier) again, expected each cell once")
        }
        for (place, column) in known.numbers.enumerated() where !isText.contains(place) {
          do throws(PublishedNumbers.Refusal) { try numbers[place].add(fields[column]) } catch {
            let mayBeText =
              measures == nil ? error == .noNumber : !known.told.contains(known.header[column])
            guard mayBeText else {
              throw fault(
                line,
                "column '\(escapedForTerminal(known.header[column]))': found "
                  + (error == .noNumber ? "text" : "a number that 64 bits cannot hold")
                  + ", expected a number"
              )
            }
            isText.insert(place)
          }
          if let column = known.marks[place] {
            guard let mark = CellMark(symbol: fields[column]) else {
              throw fault(
                line,
                "column '\(escapedForTerminal(known.header[column]))': found a mark that no "
                  + "published table has"
              )
            }
            marks[place].append(mark)
          }
        }
      }
    } catch let error as CSVFault { throw PublishedFault(error, path: path) }
    guard let layout else { throw fault(1, "found an empty file, expected a published table") }
    return OutsiderTable(
      name: name,
      dimensions: layout.dimensions.enumerated().map { place, column in
        labels[place].dimension(named: layout.header[column])
      },
      columns: try layout.numbers.indices.filter { !isText.contains($0) }.compactMap { place in
        guard let (values, perOne) = numbers[place].scaled() else {
          if measures != nil, !layout.told.contains(numbers[place].name) { return nil }
          throw PublishedFault(
            Place(file: path),
            "column '\(escapedForTerminal(numbers[place].name))': found a number that 64 bits "
              + "cannot hold with the decimals of the others"
          )
        }
        return OutsiderTable.Column(
          name: numbers[place].name,
          values: values,
          marks: marks[place],
          perOne: perOne
        )
      },
      measures: measures,
      protection
    )
  }

  /// Where nobody tells: the first columns with text are labels, and as many more as it takes to tell
  /// the rows apart.
  private func guessedLayout() throws -> PublishedLayout? {
    var header: [String] = []
    var textColumns: Set<Int> = []
    var rows: [[String]] = []
    try forEachCSVRecord(in: bytes) { fields, line in
      if header.isEmpty {
        header = fields
        return
      }
      for (column, field) in fields.prefix(header.count).enumerated()
      where !textColumns.contains(column) {
        var one = PublishedNumbers(name: "")
        do throws(PublishedNumbers.Refusal) { try one.add(field) } catch {
          textColumns.insert(column)
        }
      }
      // Labels come first: few columns tell the rows apart.
      rows.append(Array(fields.prefix(8)))
    }
    guard !header.isEmpty, !header.contains(where: { $0.hasSuffix("_mark") }) else { return nil }
    var count = header.indices.prefix { textColumns.contains($0) }.count
    while count < min(8, header.count), Set(rows.map { $0.prefix(count) }).count < rows.count {
      count += 1
    }
    return try PublishedLayout(header: header, dimensionCount: count, path: path)
  }

  private func fault(_ line: Int, _ sentence: String) -> PublishedFault {
    PublishedFault(Place(file: path, line: line), sentence)
  }

  /// The labels of a dimension, numbered as they come.
  private struct Labels {
    private var numbers: [String: Int32] = [:]
    private var labels: [String] = []
    private var codes: [Int32] = []

    /// Adds the label of a cell, and tells its code.
    mutating func add(_ label: String) -> Int32 {
      let code: Int32
      if label == "total" {
        code = CellTable.total
      } else if let known = numbers[label] {
        code = known
      } else {
        code = Int32(labels.count)
        numbers[label] = code
        labels.append(label)
      }
      codes.append(code)
      return code
    }

    func dimension(named name: String) -> CellTable.Dimension {
      CellTable.Dimension(name: name, labels: labels, codes: codes)
    }
  }
}
