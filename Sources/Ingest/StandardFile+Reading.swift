import Diagnostics
import PipelineFile
import Tabular

extension StandardFile {
  /// Reads the file.
  ///
  /// - Parameter labels: those that each of the strata can have; nil where only the rows tell.
  /// - Returns: the same with its weights.
  /// - Throws: `table`, with the place in the file, or in the pipeline if it cannot be opened.
  func read(_ labels: [[String]?]) throws(IngestError) -> StandardFile {
    var read = self
    let table = try CodeTable(
      path,
      headers: strata + ["weight"],
      delimiter: UInt8(ascii: ";"),
      encoding: .utf8,
      place: place
    )
    for (row, line) in zip(table.rows, table.lines) {
      let place = Place(file: path, line: line)
      var stratum: [String] = []
      for (number, name) in strata.enumerated() {
        guard let label = row[number] else {
          throw .table(.faultyRow(.required, column: name), place)
        }
        if label == "unknown" || labels[number]?.contains(label) == false {
          throw .table(.noLabel(column: name, among: labels[number] ?? []), place)
        }
        stratum.append(label)
      }
      // Only digits: `Double` would read `nan` and hexadecimals too.
      guard let text = row.last ?? nil, text.utf8.count <= 20,
        text.utf8.allSatisfy({ 0x30...0x39 ~= $0 || $0 == 0x2E }), let weight = Double(text)
      else { throw .table(.noWeight, place) }
      guard read.weights.updateValue(weight, forKey: stratum) == nil else {
        throw .table(.stratumTwice, place)
      }
    }
    guard read.weights.values.contains(where: { $0 > 0 }) else {
      throw .table(.noWeight, Place(file: path))
    }
    if let stratum = read.firstLacking(among: labels) {
      throw .table(.noStratum(zip(strata, stratum).map { "\($0) \($1)" }), Place(file: path))
    }
    read.digest = try CodeTable.digest(path, place)
    return read
  }

  /// The first stratum there can be that has no weight; nil where only the rows tell which there are.
  private func firstLacking(among labels: [[String]?]) -> [String]? {
    let labels = labels.compactMap(\.self)
    guard labels.count == strata.count else { return nil }
    let count = labels.reduce(1) { count, labels in
      let (product, overflow) = count.multipliedReportingOverflow(by: labels.count)
      return overflow ? .max : product
    }
    // It is found after as many steps as there are weights: however many there can be.
    return (0..<count).lazy.map { number -> [String] in
      var rest = number
      var stratum: [String] = []
      for labels in labels.reversed() {
        stratum.append(labels[rest % labels.count])
        rest /= labels.count
      }
      return stratum.reversed()
    }.first { weights[$0] == nil }
  }
}
