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

  init(_ passes: [ExactPass], of table: Table) {
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
    if !numbers.isEmpty, differ(numbers, one, other) { return .bsnConflict }
    for veto in vetoes where veto.keys[one] >= 0 && veto.keys[one] == veto.keys[other] {
      if veto.differing.allSatisfy({ differ($0, one, other) }) { return .veto }
    }
    return nil
  }

  private func differ(_ codes: [Int32], _ one: Int, _ other: Int) -> Bool {
    codes[one] >= 0 && codes[other] >= 0 && codes[one] != codes[other]
  }
}
