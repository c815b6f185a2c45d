import Diagnostics
package import Tabular

/// Reads and checks pipeline files.
package enum PipelineLoader {
  /// Reads a pipeline file and those that it names; no key or clock is touched, and no extract but by
  /// the survey.
  ///
  /// - Parameters:
  ///   - path: of the file, as the user wrote it.
  ///   - settings: what `--set name=value` gave.
  ///   - today: what the period `previous` counts from.
  ///   - survey: what is asked about sources of made-up data that name no columns.
  ///   - countingOnePeriod: of a table of progress: what it says of periods is not judged.
  /// - Returns: a valid pipeline, with its warnings.
  /// - Throws: every fault at once, in file order.
  package static func load(
    path: String,
    settings: [String: String] = [:],
    today: CivilDate,
    survey: ContractSurvey? = nil,
    countingOnePeriod: Bool = false
  ) throws(PipelineFileError) -> Pipeline {
    let bytes: [UInt8]
    do throws(PipelineFileReading.Failure) {
      bytes = try PipelineFileReading.bytes(of: path)
    } catch {
      throw .unreadable(Diagnostic(at: Place(file: path), error.sentence))
    }
    return try load(
      bytes: bytes,
      path: path,
      settings: settings,
      today: today,
      survey: survey,
      countingOnePeriod: countingOnePeriod
    )
  }

  /// Checks the bytes of a pipeline file.
  ///
  /// - Parameters:
  ///   - bytes: of the file.
  ///   - path: of the file; stages in files of their own are read beside it.
  ///   - settings: what `--set name=value` gave.
  ///   - today: what the period `previous` counts from.
  ///   - survey: what is asked about sources of made-up data that name no columns.
  ///   - countingOnePeriod: of a table of progress: what it says of periods is not judged.
  /// - Returns: a valid pipeline, with its warnings.
  /// - Throws: every fault at once, in file order.
  package static func load(
    bytes: [UInt8],
    path: String,
    settings: [String: String] = [:],
    today: CivilDate,
    survey: ContractSurvey? = nil,
    countingOnePeriod: Bool = false
  ) throws(PipelineFileError) -> Pipeline {
    var faults = FaultList()
    let file = faults.add(SourceText(path: path, bytes: bytes))
    guard let root = YAMLReading.root(of: file, &faults) else { throw error(faults) }
    guard case .mapping(let entries) = root.content else {
      faults.report(at: root.span, "found no keys, expected the keys of a pipeline, as koppel: 1")
      throw error(faults)
    }
    let tree = StageInclusion.apply(to: entries, of: root, &faults)
    var variables = Variables(settings: settings)
    let period = PeriodChoice(tree, &variables, today: today)
    variables.define("pipeline", PeriodChoice.name(of: tree))
    variables.noteMentions(in: tree)
    var check = StructureCheck(faults: faults, variables: variables)
    check.isSample = tree["sample"]?.text == "true"
    let start = entries.first?.keySpan ?? root.span
    let context = StructureCheck.Context(noun: "the pipeline", place: start)
    var checked = check.check(tree, as: .mapping(PipelineDefinition.root), context)
    checked = SurveyInclusion.apply(to: checked, survey, &check)
    checked = ContractInclusion.apply(to: checked, &check)
    period.report(checked, &check.faults)
    check.variables.reportSettings(&check.faults)
    var reading = PipelineReading(root: checked, period: period.period, faults: check.faults)
    reading.countsOnePeriod = countingOnePeriod
    if let pipeline = reading.read() { return pipeline }
    throw error(reading.faults)
  }

  private static func error(_ faults: FaultList) -> PipelineFileError {
    let errors = faults.errors
    guard !errors.isEmpty else {
      let path = faults.files.first?.path ?? ""
      return .faulty([Diagnostic(at: Place(file: path), "the pipeline cannot be understood")])
    }
    if !faults.keys.isEmpty { return .holdsKey(faults.keys) }
    return faults.onlySettingsAreWrong ? .settings(errors) : .faulty(errors)
  }
}
