import Diagnostics
import PipelineFile
import Tabular

extension Survey {
  /// So many chunks of a file are read on trial.
  private static let chunkLimit = 4
  private static let chunkSize = 1 << 20

  /// The same proposal, after the reader itself read the first rows by it.
  ///
  /// A column with values that the reader refuses becomes text; what else it says is a doubt.
  package func tested() -> Survey {
    var survey = self
    for _ in 0..<3 {
      guard survey.read() else { return survey }
    }
    return survey
  }

  /// - Returns: whether the proposal was changed and should be tried again.
  private mutating func read() -> Bool {
    let bytes = Array(contract(named: "trial", version: "").utf8)
    guard let source = try? ContractLoader.source(bytes: bytes, path: "", files: path) else {
      doubts.append("this version cannot read such a file")
      return false
    }
    var faulty = [Int](repeating: 0, count: source.columns.count)
    var rowCount = 0
    var others: [String: Int] = [:]
    do throws(IngestError) {
      let reader = try ExtractReader(
        source: source,
        wanted: [],
        files: [path],
        chunkSize: Self.chunkSize
      )
      let parser = try reader.makeParser()
      for _ in 0..<Self.chunkLimit {
        guard let chunk = try reader.next() else { break }
        let parsed = try parser.parse(chunk)
        rowCount += parsed.read
        for (column, count) in parsed.blanked.enumerated() { faulty[column] += count }
        for reject in parsed.rejects {
          if let column = source.columns.firstIndex(where: { $0.name == reject.column }) {
            faulty[column] += 1
          } else {
            others[reject.reason.rawValue, default: 0] += 1
          }
        }
        for file in parsed.refused {
          doubts.append("the reader refuses it: \(file.fault.sentence)")
        }
      }
    } catch {
      if let diagnostic = error.diagnostics.first {
        doubts.append("the reader refuses it: \(diagnostic.sentence)")
      }
      return false
    }
    var isChanged = false
    for (number, column) in source.columns.enumerated() where faulty[number] > 0 {
      guard let place = columns.firstIndex(where: { $0.name == column.name }) else { continue }
      let before = columns[place]
      columns[place].demote(faulty[number], of: rowCount)
      if before.type != columns[place].type || before.required { isChanged = true }
    }
    guard !isChanged else { return true }
    for (reason, count) in others.sorted(by: { $0.key < $1.key }) {
      doubts.append("\(count) of the first \(rowCount) rows are rejected: \(reason)")
    }
    return false
  }
}
