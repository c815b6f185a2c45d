import Diagnostics

/// Puts proposed contracts into the sources of made-up data that say nothing of their columns.
enum SurveyInclusion {
  /// What a source says when its columns are known, and not asked for.
  private static let telling = ["columns", "contract", "read"]

  /// - Returns: the checked tree, every such source with the contract that the survey proposes.
  static func apply(
    to root: CheckedValue,
    _ survey: ContractSurvey?,
    _ check: inout StructureCheck
  ) -> CheckedValue {
    guard let survey, root["sample"]?.flag == true, let stage = root["ingest"] else { return root }
    let silent = stage.entries.filter { entry in
      !entry.value.isFaulty && entry.value["files"]?.text != nil
        && telling.allSatisfy { entry.value[$0] == nil && !entry.value.isUncertain($0) }
    }
    guard !silent.isEmpty else { return root }
    let patterns = silent.compactMap { $0.value["files"] }.map {
      check.faults.path($0, isGlob: true)
    }
    var contracts: [String: CheckedValue] = [:]
    for (entry, finding) in zip(silent, survey.propose(patterns)) {
      let span = entry.value["files"]?.span ?? entry.keySpan
      switch finding {
      case .fault(let sentence):
        check.faults.report(
          at: span,
          "source '\(entry.name)' names no columns, and its files tell none: \(sentence)",
          hint: "name them, each with its type: 'koppel contract FILE' proposes them"
        )
      case .contract(let bytes):
        let path = "\(entry.name): as its first file reads"
        contracts[entry.name] = ContractInclusion.contract(bytes, path: path, &check)
      }
    }
    return root.replacing("ingest") { stage in
      var whole = stage
      whole.content = .mapping(
        stage.entries.map { entry in
          guard let contract = contracts[entry.name] else { return entry }
          var merge = ContractMerge(source: entry.name, faults: check.faults)
          let merged = merge.merged(contract, into: entry)
          check.faults = merge.faults
          return merged
        }
      )
      return whole
    }
  }
}
