package import Diagnostics
import PipelineFile
import Tabular

/// What `koppel test` prints: which cases of a pipeline file hold, and where the others differ.
package struct CaseReport {
  /// One case.
  package struct Outcome: Sendable {
    package let name: String
    package let place: Place
    /// Tables of cells, each with its title; empty when the case holds.
    ///
    /// The first row is a header, the first cell of another is `-` for expected or `+` for found.
    package fileprivate(set) var differences: [(title: String, rows: [[String]])] = []
    /// Why it could not be run to its end.
    package fileprivate(set) var faults: [Diagnostic] = []

    package var holds: Bool { differences.isEmpty && faults.isEmpty }
  }

  /// In file order.
  package let outcomes: [Outcome]

  /// Runs the cases of a pipeline file, in a folder that vanishes.
  ///
  /// - Parameters:
  ///   - path: of the pipeline file.
  ///   - options: what the user asked.
  ///   - clock: milliseconds since 1970 in UTC.
  /// - Throws: an error of the module that refused before a case was run; each is a `KoppelError`.
  package init(
    path: String,
    options: RunOptions,
    clock: @escaping @Sendable () -> Int64
  ) throws {
    let (pipeline, own) = try loadPipeline(path: path, options, clock: clock)
    guard !pipeline.cases.isEmpty else {
      outcomes = []
      return
    }
    outcomes = try Night.inTrialFolder(beside: own) { folder in
      let run = try CaseRun(pipeline, in: folder, options, clock)
      return concurrentChunks(pipeline.cases.count, workers: options.workers) { number in
        Self.outcome(of: pipeline.cases[number], number: number, run)
      }
    }
  }

  private static func outcome(
    of tested: PipelineCase,
    number: Int,
    _ run: CaseRun
  ) -> Outcome {
    var outcome = Outcome(name: tested.name, place: tested.place)
    do {
      outcome.differences = try run.differences(of: tested, number: number).map { comparison in
        (comparison.title, [[""] + comparison.columns] + comparison.lines.map(\.told))
      }
    } catch let error as any KoppelError {
      outcome.faults = error.diagnostics
    } catch {
      outcome.faults = [Diagnostic("an error that koppel does not know; this is a bug of ours")]
    }
    return outcome
  }
}

extension RowComparison.Line {
  /// With a star before what differs.
  fileprivate var told: [String] {
    [sign] + zip(cells, differs).map { cell, differs in (differs ? "*" : "") + cell }
  }
}
