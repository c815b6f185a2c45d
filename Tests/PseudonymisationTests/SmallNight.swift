import Cryptography
import PipelineFile
import Tabular

@testable import Pseudonymisation

/// A pipeline of two sources and what it takes to pseudonymise their rows in a test.
struct SmallNight {
  static let text = """
    koppel: 1
    pipeline: small
    title: Small
    owner: test
    purpose: {text: test, basis: test}
    sample: true
    keys: {region: {file: demo.key}}
    ingest:
      register:
        domain: municipal
        read: csv
        files: register.csv
        columns:
          bsn:        {type: bsn}
          surname:    {type: name, required: true}
          birth_date: {type: partial-date}
          postcode:   {type: postcode}
          sex:        {type: code, class: quasi}
          area:       {type: text}
          remark:     {type: text}
      care:
        domain: care
        read: csv
        files: care.csv
        columns:
          bsn:    {type: bsn}
          kind:   {type: code}
          amount: {type: money}
    pseudonymise:
      key: region
      release: "{pipeline}"
      columns:
        bsn:        {token: person}
        surname:    {token: surname}
        birth_date: {token: birth-date, keep: year}
        postcode:   {token: postcode, keep: pc4}
        sex:        keep
        area:       keep
        kind:       keep
        amount:     keep
    link:
      spine: register
      exact:
        - {on: [bsn]}
    aggregate:
      tables:
        t: {by: [area], measure: {n: count, cost: sum care.amount}}
        k: {rows: care, by: [kind], measure: {n: rows}}
      protect: {minimum: 10, method: hide}
    publish:
      to: out
      tables: [t, k]
    """

  let pipeline: Pipeline

  init(text: String = Self.text) throws {
    guard let today = CivilDate(year: 2026, month: 9, day: 1) else { throw NoDate() }
    pipeline = try PipelineLoader.load(
      bytes: Array(text.utf8),
      path: "small.yaml",
      today: today
    )
  }

  struct NoDate: Error {}

  func plan(_ source: String) throws -> SourcePlan {
    guard let source = pipeline.source(named: source) else { throw NoDate() }
    return SourcePlan(source: source, in: pipeline)
  }

  /// A pseudonymiser with a key of equal bytes.
  func pseudonymiser(
    _ source: String,
    key: UInt8 = 7,
    release: String = "small",
    buckets: Int = 4
  ) throws -> Pseudonymiser {
    let half = [UInt8](repeating: key, count: 32)
    let secret = try unsafe half.span.withUnsafeBytes { bytes in
      try unsafe SecretBytes(copying: bytes)
    }
    let standardisation = try Standardisation()
    let scope = TokenScope(
      root: try RootKey(halves: [secret]),
      sourceRelease: "small",
      release: release,
      standardisation: standardisation.identifier
    )
    let plan = try plan(source)
    let memos = TokenMemos(plans: [plan], scope: scope, standardisation: standardisation)
    return Pseudonymiser(plan: plan, memos: memos, bucketCount: buckets)
  }
}

/// One resident as the register writes him.
struct RegisterRow {
  var bsn: Int64 = missingInteger
  var surname = "Jansen"
  var birthDate: Int64 = 1950_01_31
  var postcode = "7001AB"
  var sex = "M"
  var area = "BU1"
}

extension ClearBatch {
  /// The columns that the plan of `register` wants.
  init(_ rows: [RegisterRow]) {
    self.init(columnCount: 6)
    for (line, row) in rows.enumerated() {
      cells.append(Int64(line + 2))
      cells.append(row.bsn)
      appendText(row.surname)
      cells.append(row.birthDate)
      appendText(row.postcode)
      appendText(row.sex)
      appendText(row.area)
    }
    rowCount = rows.count
  }

  /// The columns that the plan of `care` wants.
  init(care rows: [(bsn: Int64, kind: String, amount: Int64)]) {
    self.init(columnCount: 3)
    for (line, row) in rows.enumerated() {
      cells.append(Int64(line + 2))
      cells.append(row.bsn)
      appendText(row.kind)
      cells.append(row.amount)
    }
    rowCount = rows.count
  }

  private mutating func appendText(_ text: String) {
    cells.append(Self.textCell(offset: bytes.count, length: text.utf8.count))
    bytes += Array(text.utf8)
  }
}

/// What a source is staged as: its identities and its rows in order.
struct StagedRows {
  let identities: Table
  let groups: [RowGroup]

  init(_ pseudonymiser: Pseudonymiser, _ chunks: [PseudonymisedRows]) throws {
    self.init(
      pseudonymiser,
      OrderedIdentities(of: pseudonymiser, workers: 2),
      chunks.map { ($0.rows, $0.buckets) }
    )
  }

  init(
    _ pseudonymiser: Pseudonymiser,
    _ ordered: OrderedIdentities,
    _ chunks: [(rows: PseudonymisedTable, buckets: [UInt16])]
  ) {
    let columnCount = pseudonymiser.plan.rowColumns.count + 1
    groups = (0..<pseudonymiser.bucketCount).map { bucket in
      var columns = [[Int64]](repeating: [], count: columnCount)
      for chunk in chunks {
        for (number, column) in chunk.rows.table.columns.enumerated() {
          guard case .integers(let values, _) = column else { continue }
          for (row, value) in values.enumerated() where Int(chunk.buckets[row]) == bucket {
            columns[number].append(value)
          }
        }
      }
      return ordered.group(bucket: bucket, columns: columns)
    }
    identities = ordered.identities.table
  }

  /// All rows as texts, in staged order.
  var texts: [String] {
    groups.flatMap { group in
      var lines: [String] = []
      var row = 0
      for (offset, count) in group.rowCounts.enumerated() {
        for _ in 0..<count {
          lines.append(
            cells(identities, group.firstIdentity + offset) + cells(group.rows.table, row)
          )
          row += 1
        }
      }
      return lines
    }
  }

  /// Texts of dictionaries that no row has: what is staged must not hold them.
  var unusedTexts: [String] {
    var unused: Set<String> = []
    var used: Set<String> = []
    for table in [identities] + groups.map(\.rows.table) {
      for (name, column) in zip(table.names, table.columns) {
        guard case .codes(let codes, let texts) = column else { continue }
        unused.formUnion(texts.map { "\(name) \($0)" })
        used.formUnion(codes.filter { $0 >= 0 }.map { "\(name) \(texts[Int($0)])" })
      }
    }
    return unused.subtracting(used).sorted()
  }

  private func cells(_ table: Table, _ row: Int) -> String {
    zip(table.names, table.columns).map { name, column in
      switch column {
      case .integers(let values, _): "\(name)=\(values[row]) "
      case .codes(let codes, let texts):
        "\(name)=\(codes[row] < 0 ? "-" : texts[Int(codes[row])]) "
      case .tokens(let tokens): "\(name)=\(tokens[row].high):\(tokens[row].low) "
      }
    }
    .joined()
  }
}

/// The first so many numbers from 100,000,000 on that pass the eleven-test, in ascending order.
func goodNumbers(_ count: Int) throws -> [Int64] {
  let standardisation = try Standardisation()
  var numbers: [Int64] = []
  var number: Int64 = 100_000_000
  while numbers.count < count {
    if case .value = standardisation.bsn(number) { numbers.append(number) }
    number += 1
  }
  return numbers
}
