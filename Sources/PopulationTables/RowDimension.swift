import PipelineFile
import Tabular

/// A dimension by which rows are cut, for all sources of a table together.
struct RowDimension: Sendable {
  /// How a source's values become labels.
  private enum Encoding: Sendable {
    /// By the source's code.
    case codes([Int32])
    /// By the source's integer, then by the number of its label.
    case integers(NumberLabels, [Int32])
    /// The same for all rows of the source.
    case constant(Int32)
    /// The source has no such column.
    case absent
  }

  /// The label of more than one source, or of none.
  static let shared: Int32 = -1

  let name: String
  /// Distinct, in byte order.
  let labels: [String]
  /// For each label: the only source of the table that can have it, or `shared`.
  let owners: [Int32]
  private let encodings: [Encoding]
  private let unknown: Int32

  /// - Parameters:
  ///   - name: of the column.
  ///   - sources: of the table.
  ///   - integers: for each source whose column holds integers, those that occur.
  /// - Throws: `typeMismatch` for tokens, `noColumn` when no source has it.
  init(
    name: String,
    sources: [LinkedSource],
    integers: [Int: Set<Int64>]
  ) throws(PopulationTablesError) {
    var dictionaries: [[String]] = []
    var numbers: [NumberLabels?] = []
    var isPresent: [Bool] = []
    // A column of that name goes first.
    let isDomain = name == domainDimension && sources.allSatisfy { $0.column(named: name) == nil }
    for (number, source) in sources.enumerated() {
      switch source.column(named: name) {
      case .codes(_, let dictionary)?:
        dictionaries.append(dictionary)
        numbers.append(nil)
        isPresent.append(true)
      case .integers(_, let unit)?:
        let labels = NumberLabels(distinct: Array(integers[number] ?? []), unit: unit)
        dictionaries.append(labels.labels)
        numbers.append(labels)
        isPresent.append(true)
      case .tokens?: throw .typeMismatch(column: name)
      case nil where isDomain:
        dictionaries.append([source.rows.domain])
        numbers.append(nil)
        isPresent.append(true)
      case nil:
        // Nobody can tell what a source without rows would have had.
        if source.hasRows && sources.allSatisfy({ !$0.hasRows || $0.column(named: name) == nil }) {
          throw .noColumn(name: name)
        }
        dictionaries.append([])
        numbers.append(nil)
        isPresent.append(false)
      }
    }
    let unified = UnifiedDictionary(dictionaries + [[unknownLabel]])
    let unknown = unified.codes[sources.count][0]
    var owners = [Int32](repeating: -2, count: unified.texts.count)
    for (number, codes) in unified.codes.dropLast().enumerated() {
      for code in codes {
        owners[Int(code)] = owners[Int(code)] == -2 ? Int32(number) : Self.shared
      }
    }
    owners[Int(unknown)] = sources.count == 1 ? 0 : Self.shared
    self.name = name
    labels = unified.texts
    self.owners = owners.map { $0 == -2 ? Self.shared : $0 }
    self.unknown = unknown
    encodings = isPresent.indices.map { number in
      guard isPresent[number] else { return .absent }
      if isDomain { return .constant(unified.codes[number][0]) }
      if let labels = numbers[number] { return .integers(labels, unified.codes[number]) }
      return .codes(unified.codes[number])
    }
  }

  /// The labels' numbers of a group's rows.
  ///
  /// - Parameters:
  ///   - group: of the source.
  ///   - source: its number within the table.
  /// - Returns: one a row.
  /// - Throws: when the group lacks the column that its source has.
  func codes(of group: LinkedGroup, source: Int) throws(PopulationTablesError) -> [Int32] {
    switch encodings[source] {
    case .absent: return [Int32](repeating: unknown, count: group.rowCount)
    case .constant(let code): return [Int32](repeating: code, count: group.rowCount)
    case .codes(let map):
      guard case .codes(let values, _) = try group.vector(named: name) else {
        throw .typeMismatch(column: name)
      }
      let unknown = unknown
      return values.map { code in
        let place = Int(code)
        return place >= 0 && place < map.count ? map[place] : unknown
      }
    case .integers(let labels, let map):
      guard let values = try group.integers(named: name) else { throw .noColumn(name: name) }
      return labels.codes(of: values).map { map[Int($0)] }
    }
  }
}
