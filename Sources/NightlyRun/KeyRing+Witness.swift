import Files
import PipelineFile
import PrivacyLog
import Tabular

extension KeyRing {
  /// What the logs of a pipeline say of its keys: that of the work folder, and where the user names
  /// another work folder, that of the usual one.
  static func witnesses(
    _ own: KeyLives,
    of pipeline: Pipeline,
    workFolder: String
  ) throws -> [KeyLives] {
    let usual = WorkFolder(nil, of: pipeline)
    guard usual.path != workFolder, somethingStands(at: usual.log) else { return [own] }
    return [own, try KeyLives(ofLog: usual.log)]
  }

  /// Refuses a key that ended, whatever it is called now.
  ///
  /// A pipeline file that calls it by another name begins another record; the logs, and the records
  /// beside that one, still know its fingerprint.
  func checkEnd(of fingerprint: String) throws(KeyFault) {
    for lives in witnesses {
      guard let life = lives.ended(fingerprint: fingerprint) else { continue }
      throw life.state == .destroyed ? .destroyed(id: life.id) : .retired(id: life.id)
    }
    for other in otherRecords {
      for generation in other.generations where generation.fingerprint == fingerprint {
        switch generation.state {
        case .destroyed: throw .destroyed(id: generation.id)
        case .retired: throw .retired(id: generation.id)
        default: break
        }
      }
    }
  }

  /// How many runs of a day used the key under other names that it has in the same folder.
  func runsUnderOtherNames(on day: CivilDate) -> Int {
    guard let fingerprint = record.active?.fingerprint else { return 0 }
    return otherRecords.filter { $0.generations.contains { $0.fingerprint == fingerprint } }
      .reduce(0) { $0 + $1.runs(on: day) }
  }

  /// The records of other keys in the same folder, as far as they can be read.
  private var otherRecords: [KeyRecord] {
    let ending = ".key.json"
    let folder = parentFolder(of: recordPath)
    let names = (try? namesInFolder(folder)) ?? []
    return names.filter { $0.hasSuffix(ending) }.map { String($0.dropLast(ending.count)) }
      .filter { $0 != name }
      .compactMap { try? KeyRecord.read("\(folder)/\($0)\(ending)", ofKey: $0) }
  }
}

extension KeyRecord {
  /// Holds a record against what a log says: a key that ended stays ended, and a fingerprint stays.
  ///
  /// The record may know more than the log, as of a rotation through another pipeline; never less.
  ///
  /// - Parameters:
  ///   - record: nil when none stands there.
  ///   - lives: of the key of that name.
  /// - Returns: the record, with fingerprints that only the log still knew.
  /// - Throws: where the record says less.
  static func held(
    _ record: KeyRecord?,
    against lives: [KeyLives.Life]
  ) throws(KeyRecordFault) -> KeyRecord? {
    guard var record else {
      guard let life = lives.last else { return nil }
      throw .lost(id: life.id, line: life.line)
    }
    for life in lives {
      let allowed: [State]? =
        switch life.state {
        case .used: nil
        case .wrapped: [.wrapped, .retired, .destroyed]
        case .retired: [.retired, .destroyed]
        case .destroyed: [.destroyed]
        }
      func behind(_ found: String?) -> KeyRecordFault {
        .behindLog(id: life.id, found: found, expected: life.state.rawValue, line: life.line)
      }
      guard var generation = record[life.id] else { throw behind(nil) }
      if let allowed, !allowed.contains(generation.state) {
        throw behind(generation.state.rawValue)
      }
      guard !life.fingerprint.isEmpty else { continue }
      guard let fingerprint = generation.fingerprint else {
        generation.fingerprint = life.fingerprint
        record[life.id] = generation
        continue
      }
      guard fingerprint == life.fingerprint else {
        throw .otherThanLog(id: life.id, line: life.line)
      }
    }
    return record
  }
}
