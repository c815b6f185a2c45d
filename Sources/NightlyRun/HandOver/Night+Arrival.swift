import Diagnostics
import Files
import PipelineFile

/// What comes with the first level made: judged before its first row, and when all are read.
extension Night {
  /// Judges packages before a row of them is read.
  ///
  /// - Throws: `RunError.handOver` for a key, scope, rules or signature that forbid them;
  ///   `RunError.gates` for what is not whole. Then the log says that they were refused.
  func checkPackages(
    _ staging: SourceStaging,
    _ received: ReceivedSource,
    _ log: NightLog
  ) throws {
    guard let expected = staging.package else { return }
    let (notes, faults) = try expected.notes(
      of: received.files.map { file in
        (file.path, received.source.isByPeriod ? file.otherPeriod ?? received.period : nil)
      }
    )
    guard faults.areNone else {
      try log.handOverRead(staging.source.name, notes, outcome: "refused")
      if faults.refused.isEmpty { throw RunError.gates(faults.gates) }
      throw RunError.handOver(faults.refused + faults.gates)
    }
  }

  /// Compares what was read of packages with what their notes count, and logs that they were taken
  /// over.
  ///
  /// - Returns: the gates that failed.
  func judgePackages(
    _ account: SourceAccount,
    _ received: ReceivedSource,
    _ log: NightLog
  ) throws -> [Diagnostic] {
    guard received.source.arrival != nil else { return [] }
    var gates: [Diagnostic] = []
    var notes: [DeliveryNote] = []
    for (number, path) in received.paths.enumerated() {
      guard let notePath = DeliveryNote.path(ofLines: path),
        let note = try? DeliveryNote.read(notePath)
      else { continue }
      guard case .accepted = received.selection.fates[number] else { continue }
      notes.append(note)
      guard account.figures.files.indices.contains(number),
        let count = account.figures.files[number].rowCount, count != note.counts.accepted
      else { continue }
      gates.append(
        Diagnostic(
          at: Place(file: path),
          "source '\(received.source.name)': found \(counted(count, "row")), expected "
            + "\(grouped(note.counts.accepted)) as the note of the package counts",
          hint: "the package is not what its supplier made: ask for it again"
        )
      )
    }
    try log.handOverRead(
      received.source.name,
      notes,
      outcome: gates.isEmpty ? "read" : "refused"
    )
    let optedOut = notes.reduce(0) { $0 + $1.counts.optedOut }
    if optedOut > 0 {
      observer.note(
        "\(received.source.name): the supplier left out \(counted(optedOut, "row")) of persons who "
          + "object"
      )
    }
    return gates
  }
}
