import PipelineFile
import Tabular

/// Pairs of records that are not one person, whatever else agrees.
///
/// Told from what the records hold, so that no set of pairs is kept.
struct BarredPairs {
  /// A pass whose `unless` refuses pairs.
  private struct Veto {
    /// By record: what it has of the columns that the pass asks for.
    let keys: [Int32]
    /// The same of each column that must not differ.
    let differing: [[Int32]]
  }

  private let vetoes: [Veto]
  /// By record: its BSN; empty without that column.
  private let numbers: [Int32]
  /// Pairs that people judged to be two persons, the lower record first: record · 2³² + record.
  private let different: Set<UInt64>
  /// By record: the first of the same identity.
  private let firsts: [Int32]

  /// - Parameters:
  ///   - passes: whose vetoes count.
  ///   - table: of the records.
  ///   - judged: what people said of pairs of records, each the first of its identity.
  ///   - firsts: by record, the first of the same identity.
  init(_ passes: [ExactPass], of table: Table, judged: [JudgedPair] = [], firsts: [Int32] = []) {
    different = Set(
      judged.filter { !$0.isSame }.map { Self.key($0.pair.resident, $0.pair.identity) }
    )
    self.firsts = firsts
    func codes(_ name: String) -> CodedColumn? { CodedColumn(name, left: table, right: table) }
    vetoes = passes.compactMap { pass in
      let keys = pass.on.compactMap(codes)
      let differing = (pass.unless?.differ ?? []).compactMap { codes($0)?.left }
      // A column that nobody has differs nowhere.
      guard let unless = pass.unless, keys.count == pass.on.count, !keys.isEmpty,
        differing.count == unless.differ.count
      else { return nil }
      return Veto(keys: CodedColumn(joining: keys).left, differing: differing)
    }
    numbers = codes("bsn")?.left ?? []
  }

  /// Why two records may not be one person; nil when they may.
  func reason(_ one: Int, _ other: Int) -> UnlinkedReason? {
    if isJudgedDifferent(one, other) { return .judgedDifferent }
    if !numbers.isEmpty, differ(numbers, one, other) { return .bsnConflict }
    for veto in vetoes where veto.keys[one] >= 0 && veto.keys[one] == veto.keys[other] {
      if veto.differing.allSatisfy({ differ($0, one, other) }) { return .veto }
    }
    return nil
  }

  /// Whether people judged them to be two persons.
  func isJudgedDifferent(_ one: Int, _ other: Int) -> Bool {
    !different.isEmpty && different.contains(Self.key(firsts[one], firsts[other]))
  }

  private static func key(_ one: Int32, _ other: Int32) -> UInt64 {
    UInt64(UInt32(bitPattern: min(one, other))) << 32 | UInt64(UInt32(bitPattern: max(one, other)))
  }

  private func differ(_ codes: [Int32], _ one: Int, _ other: Int) -> Bool {
    codes[one] >= 0 && codes[other] >= 0 && codes[one] != codes[other]
  }
}
