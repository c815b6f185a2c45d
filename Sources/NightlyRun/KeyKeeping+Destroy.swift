import Cryptography
import Diagnostics
import Files
import PipelineFile
import PrivacyLog
import Tabular

extension KeyKeeping {
  /// Destroys a generation of the key: its files on this machine, and its right to be used.
  ///
  /// Files are overwritten, synchronised and removed; then the record and the log say so. One half is
  /// enough. Who is interrupted does it again: a file that is half overwritten is known by its name.
  ///
  /// - Parameters:
  ///   - number: of the generation; nil for the one in use.
  ///   - file: where it lies, when neither record nor pipeline file name a file.
  ///   - grounds: why, and who agreed.
  /// - Throws: `KeyError`, `RunError.key`, and what files and log throw.
  package func destroy(generation number: Int?, file: String?, _ grounds: Grounds) throws {
    defer { seal() }
    let chosen = ring.record.generations.first { generation in
      number.map { generation.number == $0 } ?? (generation.state == .active)
    }
    guard var generation = chosen else {
      throw refusal(
        "key '\(ring.name)' has no generation "
          + (number.map { "\($0)" } ?? "in use") + " that its record knows",
        hint:
          "koppel key list PIPELINE tells which there are; a key that no run has used is a file "
          + "to remove"
      )
    }
    if generation.state == .active || generation.state == .wrapped {
      try checkAlone(grounds, isEnd: true)
    }
    let paths = try file.map { [$0] } ?? filePaths(of: generation)
    let removed = try paths.filter { try KeyFile.destroy($0, id: generation.id) }
    for other in ring.record.generations
    where other.id == generation.id || other.wrap?.by == generation.id {
      try destroyTable(of: other, grounds)
    }
    generation = ring.record[generation.id] ?? generation
    generation.state = .destroyed
    generation.reason = grounds.reason.isEmpty ? "destroyed" : grounds.reason
    generation.approvers = grounds.approvers
    let (id, final) = (generation.id, generation)
    ring.change { $0[id] = final }
    try ring.write()
    try tell(
      .keyDestroyed,
      removed.isEmpty ? "gone" : "destroyed",
      EndedKey(generation: generation).key(named: ring.name),
      grounds,
      counts: ["files": .integer(Int64(removed.count))]
    )
    for path in paths {
      observer.note(
        removed.contains(path)
          ? "overwritten, synchronised and removed: \(escapedForTerminal(path))"
          : "found no file \(escapedForTerminal(path)): nothing to overwrite there"
      )
    }
    observer.note("key \(id) is destroyed: no run will take it again")
    observer.note(
      "this proves nothing on flash, on file systems that copy what they change, and in backups and "
        + "snapshots: the bytes may be there still; who needs certainty destroys the medium"
    )
  }

  /// The files of a generation on this machine.
  private func filePaths(of generation: KeyRecord.Generation) throws -> [String] {
    let paths = try ring.place(of: generation).locations.compactMap { location in
      if case .file(let path) = location { path } else { nil }
    }
    guard !paths.isEmpty else {
      throw refusal(
        "key \(generation.id) is a credential, and systemd alone knows its file",
        hint: "name it: koppel key destroy … --file FILE, as LoadCredential= does"
      )
    }
    return paths
  }
}
