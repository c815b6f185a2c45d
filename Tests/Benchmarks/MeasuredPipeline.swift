import Diagnostics
import PipelineFile
import Tabular

/// A pipeline that is made up around a source, so that its keys are read as a user's are.
struct MeasuredPipeline {
  let pipeline: Pipeline
  /// What is measured.
  let source: Source

  /// How its tables are protected.
  var policy: Protection { pipeline.aggregate.protect }

  /// Makes a pipeline around a source of a format.
  ///
  /// - Parameters:
  ///   - format: a word of `read:`.
  ///   - keys: other keys of the source, a line each.
  ///   - method: of protection.
  /// - Throws: what the pipeline file is refused for.
  init(format: String, keys: [String], method: String = "hide") throws(BenchmarkFault) {
    do throws(PipelineFileError) {
      pipeline = try PipelineLoader.load(
        bytes: Array(Self.text(format, keys, method).utf8),
        path: "measured.yaml",
        today: .measured
      )
    } catch {
      throw BenchmarkFault(sentences: error.diagnostics.map { "\($0.sentence) \($0.hint ?? "")" })
    }
    guard let source = pipeline.source(named: "measured") else {
      throw BenchmarkFault(sentences: ["no source was made"])
    }
    self.source = source
  }

  private static func text(_ format: String, _ keys: [String], _ method: String) -> String {
    """
    koppel: 1
    pipeline: measured
    title: Measured
    owner: benchmark
    purpose: {text: Measuring speed on made-up people, basis: made-up data}
    sample: true
    keys:
      source: {file: .koppel/source/demo.key}
      region: {file: .koppel/region/demo.key}
    ingest:
      register:
        domain: municipal
        read: csv
        files: register.csv
        columns:
          bsn: {type: bsn}
          birth_date: {type: date}
          sex: {type: code, values: {M: M, V: V}}
      measured:
        domain: care
        read: \(format)
        files: measured
    \(keys.map { "    \($0)" }.joined(separator: "\n"))
    pseudonymise:
      key: region
      release: "{pipeline}"
      columns:
        bsn: {token: person}
        birth_date: {token: birth-date}
        sex: keep
    link:
      spine: register
      exact:
        - {on: [bsn]}
    aggregate:
      tables:
        use:
          by: [sex]
          measure: {persons: count}
      protect:
        minimum: 10
        method: \(method)
    publish:
      to: out
      tables: [use]
    """
  }
}

extension CivilDate {
  /// A fixed day: what is measured must not depend on when.
  fileprivate static var measured: CivilDate {
    CivilDate(year: 2026, month: 11, day: 26) ?? CivilDate(dayNumber: 0)
  }
}
