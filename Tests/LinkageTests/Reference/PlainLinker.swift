import Linkage
import PipelineFile
import Tabular

/// A record of the slow version: a value for each column it has.
typealias PlainRecord = [String: String]

/// Links one record after another by looking at every resident.
///
/// Many-to-one only; it knows nothing of hashes, codes or dictionaries.
func plainLinks(
  spine: [PlainRecord],
  source: [PlainRecord],
  sourceColumns: Set<String>,
  passes: [ExactPass]
) -> (persons: [Int32], reasons: [UnlinkedReason?]) {
  var persons: [Int32] = []
  var reasons: [UnlinkedReason?] = []
  for record in source {
    var person = -1
    var barred: Set<Int> = []
    var met: Set<UnlinkedReason> = []
    for pass in passes where person < 0 && sourceColumns.isSuperset(of: pass.on) {
      let isBSNPass = pass.on.contains("bsn")
      let candidates = spine.indices.filter { resident in
        pass.on.allSatisfy { record[$0] != nil && record[$0] == spine[resident][$0] }
      }
      if candidates.count > 1 { met.insert(isBSNPass ? .duplicateBSN : .tie) }
      guard candidates.count == 1, !barred.contains(candidates[0]) else { continue }
      let resident = spine[candidates[0]]
      let differ = pass.unless?.differ ?? []
      if !differ.isEmpty, differ.allSatisfy({ differs(record, resident, $0) }) {
        barred.insert(candidates[0])
        met.insert(.veto)
      } else if !isBSNPass, differs(record, resident, "bsn") {
        met.insert(.bsnConflict)
      } else {
        person = candidates[0]
      }
    }
    persons.append(Int32(person))
    let order: [UnlinkedReason] = [.veto, .duplicateBSN, .bsnConflict, .tie]
    reasons.append(person >= 0 ? nil : order.first(where: met.contains) ?? .noBlock)
  }
  return (persons, reasons)
}

private func differs(_ left: PlainRecord, _ right: PlainRecord, _ column: String) -> Bool {
  guard let first = left[column], let second = right[column] else { return false }
  return first != second
}
