import Diagnostics
import NightlyRun
import PipelineFile

extension Command {
  /// Prints what lies in the inbox of each source, and tells what does not fit.
  static func checkData(of pipeline: Pipeline, _ console: Console) throws -> ExitStatus {
    let check = try DataCheck(pipeline)
    for line in aligned(check.rows) { console.print(line) }
    for diagnostic in check.diagnostics { console.tell(diagnostic) }
    return check.exitStatus
  }
}
