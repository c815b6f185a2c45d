import Diagnostics
import DisclosureControl
import Ingest
package import PipelineFile
package import Tabular

/// Reads a pipeline file and the tables beside it; no key is touched, and no extract but the head of
/// those of made-up data whose columns the file does not name.
///
/// - Parameters:
///   - path: of the file, as the user wrote it.
///   - settings: what `--set name=value` gave.
///   - today: what the period `previous` counts from.
///   - countingOnePeriod: of a table of progress: what it says of periods is not judged.
/// - Returns: a valid pipeline whose code lists were read.
/// - Throws: `PipelineFileError`: every fault at once; `IngestError`: the first fault of a table.
package func loadPipeline(
  path: String,
  settings: [String: String],
  today: CivilDate,
  countingOnePeriod: Bool = false
) throws -> Pipeline {
  let pipeline = try PipelineLoader.load(
    path: path,
    settings: settings,
    today: today,
    survey: ContractSurvey { proposedContracts(patterns: $0) },
    countingOnePeriod: countingOnePeriod
  ).readingCodeTables()
  if case .cellKey(let noise) = pipeline.aggregate.protect.method { try check(noise) }
  return pipeline
}

/// Sees that the noise that the file asks for can be made, before anything is read.
private func check(_ noise: CellKeyNoise) throws(PipelineFileError) {
  do throws(DisclosureControlError) {
    try DisclosureControl.check(noise)
  } catch {
    throw .faulty(
      error.diagnostics.map { Diagnostic(at: noise.place, $0.sentence, hint: $0.hint) }
    )
  }
}

/// Loads the pipeline that a user named, as it reads today, and tells where its work folder is.
func loadPipeline(
  path: String,
  _ options: RunOptions,
  clock: () -> Int64
) throws -> (pipeline: Pipeline, folder: WorkFolder) {
  let pipeline = try loadPipeline(
    path: path,
    settings: options.settings,
    today: day(ofMilliseconds: clock())
  )
  return (pipeline, WorkFolder(options.workFolder, of: pipeline))
}

/// The contracts that the first files of some patterns seem to have, fitted to each other.
private func proposedContracts(patterns: [String]) -> [ContractSurvey.Finding] {
  var surveys: [Survey] = []
  var faults: [String?] = []
  for pattern in patterns {
    do {
      guard let file = try InboxFile.matching(pattern).files.first else {
        faults.append("no file is called so")
        continue
      }
      surveys.append(try Survey(path: file).tested())
      faults.append(nil)
    } catch let error as any KoppelError {
      faults.append(error.diagnostics.first?.sentence ?? "it cannot be read")
    } catch {
      faults.append("it cannot be read")
    }
  }
  var contracts = Survey.fitted(surveys).map { survey in
    Array(survey.contract(named: survey.proposedName, version: Version.number).utf8)
  }[...]
  return faults.map { fault in
    if let fault { return .fault(fault) }
    return contracts.popFirst().map { .contract($0) } ?? .fault("it cannot be read")
  }
}
