import Cryptography
import PipelineFile

/// The seeds of chance: one stream a run, which depends on the seed, the table and the run alone.
enum ScanStreams {
  /// Gives a seed for each run of each table that asks chance.
  ///
  /// The first eight bytes, the highest first, of the SHA-256 of `SEED TABLE RUN` in ASCII, runs
  /// counted from 1.
  ///
  /// - Returns: seeds by the name of the table.
  static func streams(of stage: AggregateStage) throws -> [String: [UInt64]] {
    var streams: [String: [UInt64]] = [:]
    for table in stage.tables {
      guard case .hotSpots(let search) = table.content, search.find.contains(.scan) else {
        continue
      }
      streams[table.name] = try (1...search.runs).map { run in
        let digest = try sha256(of: Array("\(search.seed) \(table.name) \(run)".utf8))
        return digest.prefix(8).reduce(0) { $0 << 8 | UInt64($1) }
      }
    }
    return streams
  }
}
