/// Holds published folders against the lines of the log that say what left.
struct PublishedCheck {
  private let folders: [PublishedFolder]
  /// What the log says of the tables of each run that is wanted.
  private var released: [String: [(table: String, digest: String)]] = [:]
  /// The line that says so, of each.
  private var lines: [String: Int] = [:]
  private var blocked: Set<String> = []

  init(_ folders: [PublishedFolder]) { self.folders = folders }

  var isEmpty: Bool { folders.isEmpty }

  /// Takes a line that says that tables left, or did not after all.
  mutating func take(_ line: Span<UInt8>, _ read: LogLine, _ reader: LogLineReader, at number: Int)
  {
    guard let run = LogFields.text(line, reader.value(line, "run")),
      folders.contains(where: { $0.run == run })
    else { return }
    guard read.event == .outputReleased else {
      blocked.insert(run)
      return
    }
    guard let output = reader.value(line, "output") else { return }
    lines[run] = number
    released[run] = LogFields.elements(line, of: output).compactMap { element in
      guard let table = LogFields.text(line, LogFields.member(line, of: element, "table")),
        let digest = LogFields.text(line, LogFields.member(line, of: element, "sha256"))
      else { return nil }
      return (table, digest)
    }
  }

  /// The first folder that is not what the log says, or stands though no checkpoint covers that.
  ///
  /// - Parameter sealedSize: how many lines the last checkpoint covers.
  /// - Returns: nil when all are.
  func fault(sealedSize: Int) -> LogFault? {
    for folder in folders {
      guard let tables = released[folder.run], !blocked.contains(folder.run) else {
        return LogFault(file: folder.path, cause: .unknownOutput)
      }
      if let line = lines[folder.run], line > sealedSize {
        return LogFault(line: line, cause: .unsealed)
      }
      for table in tables where folder.digests[table.table] != table.digest {
        return LogFault(file: folder.path, cause: .output("\(table.table).csv"))
      }
      let known = Set(tables.map(\.table))
      if let other = folder.digests.keys.filter({ !known.contains($0) }).min() {
        return LogFault(file: folder.path, cause: .output("\(other).csv"))
      }
    }
    return nil
  }
}
