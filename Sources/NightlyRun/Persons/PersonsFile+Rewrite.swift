import Cryptography
import Files
import Linkage
import Tabular

/// The ledger of persons with the tokens of other keys.
extension PersonsFile {
  /// The keys of tokens, and the one in use that proves a ledger of them.
  struct Keys {
    let fingerprint: String
    let root: RootKey
  }

  /// Writes the ledger of a release anew beside itself, with the tokens of other keys.
  ///
  /// - Parameters:
  ///   - folder: the work folder.
  ///   - pipeline: its name.
  ///   - release: of the tokens.
  ///   - old: the keys that the ledger is of.
  ///   - new: the keys that it is to be of.
  ///   - carried: gives each event its other tokens.
  /// - Returns: the path where it is to be put; nil where no ledger of the old keys stands.
  /// - Throws: as `open`, and what `carried` throws.
  static func rewrite(
    in folder: WorkFolder,
    pipeline: String,
    release: String,
    from old: Keys,
    to new: Keys,
    _ carried: (PersonEvent) throws -> PersonEvent
  ) throws -> String? {
    let heads = [old, new].map {
      Head(pipeline: pipeline, release: release, keys: $0.fingerprint)
    }
    for path in try paths(ofRelease: release, in: folder) where try Head(of: path) == heads[0] {
      // This proves it, and mends it.
      _ = try Journal.open(
        path,
        key: proof(old.root, release),
        staysAfterAll: wasPublished
      ) { _ in true }
      let journal = try Journal.begin(
        path + carriedSuffix,
        key: proof(new.root, release),
        head: heads[1].bytes
      )
      for night in try Journal.nights(of: path) {
        var parts: [[UInt8]] = []
        try Journal.read(night, of: path) { part in
          guard let events = PersonEvent.events(of: part) else {
            throw FilesError.journal(path: path, fault: "a part of it is none of events")
          }
          parts += PersonEvent.parts(try events.map(carried))
        }
        try journal.add(parts, facts: night.facts)
        try journal.stay()
      }
      return path
    }
    return nil
  }

  /// Puts what `rewrite` has written in its place.
  static func placeRewritten(_ path: String) throws(FilesError) {
    try Journal.move(path + carriedSuffix, to: path)
  }

  /// The numbers that the ledger of a release holds, each once and in order; nobody proves them here.
  static func numbers(
    in folder: WorkFolder,
    pipeline: String,
    release: String,
    keys: String
  ) throws -> [Token] {
    let head = Head(pipeline: pipeline, release: release, keys: keys)
    var tokens: Set<Token> = []
    for path in try paths(ofRelease: release, in: folder) where try Head(of: path) == head {
      for night in try Journal.nights(of: path) {
        try Journal.read(night, of: path) { part in
          for event in PersonEvent.events(of: part) ?? [] where event.anchor.isNumber {
            tokens.insert(event.anchor.token)
          }
        }
      }
    }
    return tokens.sorted()
  }
}
