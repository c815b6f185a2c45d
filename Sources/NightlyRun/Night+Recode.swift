import DisclosureControl
import PipelineFile

extension Night {
  /// Takes the next step of `protect.recode`, after which tables are counted and protected anew.
  ///
  /// - Parameter error: why they could not be protected as they are.
  /// - Throws: the error where it is another one, or no step is left.
  mutating func recode(after error: any Error) throws {
    let stage = pipeline.aggregate
    guard case DisclosureControlError.unprotected(let count, let tables) = error,
      let step = stage.protect.recode.first
    else { throw error }
    pipeline = pipeline.with(stage.recoded)
    observer.note(
      "recoded: \(step.text); \(counted(count, "number")) of "
        + tables.map { "'\($0)'" }.joined(separator: ", ") + " could not be protected"
    )
  }
}
