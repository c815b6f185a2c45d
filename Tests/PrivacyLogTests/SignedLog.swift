import Cryptography
import Files
import Foundation
import Tabular

@testable import PrivacyLog

/// A key whose seed is 32 times the same byte.
func signingKey(_ byte: UInt8) throws -> SigningKey {
  let seed = [UInt8](repeating: byte, count: 32)
  return try unsafe SigningKey(
    seed: seed.span.withUnsafeBytes { (raw) throws(CryptographyError) in
      try unsafe SecretBytes(copying: raw)
    }
  )
}

/// Nights as runs write them: opened, sealed before tables leave, sealed at the end.
struct SignedNights {
  let folder: LogFolder
  let key: SigningKey
  let clock: () -> Int64

  init(_ folder: LogFolder, key: SigningKey? = nil, clock: @escaping () -> Int64) throws {
    self.folder = folder
    self.key = try key ?? signingKey(7)
    self.clock = clock
  }

  /// A run of so many stages, which tells when each step is done: what a kill may fall between.
  func night(
    _ number: Int,
    lines: Int = 4,
    policy: Character = "a",
    _ done: () throws -> Void = {}
  ) throws {
    let hex = String(number, radix: 16)
    let run = String(repeating: "0", count: 32 - hex.utf8.count) + hex
    let log = try openedWhenFree {
      try PrivacyLog.open(path: folder.log, run: run, pipeline: "region", clock: clock)
    }
    try done()
    func append(_ event: LogEvent, _ outcome: String, _ fields: [String: JSONValue]) throws {
      try log.append(event, run: run, outcome: outcome, fields: fields, waiting: false)
      try done()
    }
    let digest = JSONValue.string(String(repeating: policy, count: 64))
    func sign() throws {
      try append(
        .keyLoaded,
        "loaded",
        ["key": ["id": "log.1", "name": "log", "public": .string(lowerHex(key.publicKey))]]
      )
    }
    if log.openedUnsealed {
      try sign()
      try log.seal(key, isNightEnd: false)
      try done()
    }
    try append(
      .runStarted,
      "started",
      ["pipeline": "region", "policy": digest, "period": "2026-08", "host": "Zwolle"]
    )
    if let before = log.lastPolicy, before != String(repeating: policy, count: 64) {
      try append(.policyChanged, "changed", ["policy": digest])
    }
    if !log.openedUnsealed { try sign() }
    for stage in 0..<lines {
      try append(.stageEnded, "read", ["stage": "ingest", "source": .string("source \(stage)")])
    }
    try append(
      .outputReleased,
      "released",
      ["output": [["table": "use", "sha256": digest, "rows": .integer(Int64(number))]]]
    )
    try log.seal(key, isNightEnd: false)
    try done()
    try append(.runEnded, "published", ["exit": 0])
    try log.seal(key, isNightEnd: true)
    try done()
  }

  /// Verifies with the checkpoints beside the log.
  func verify(_ witness: WitnessedLog? = nil) throws -> LogVerdict {
    var evidence = PrivacyLog.Evidence()
    evidence.checkpoints = .beside(log: folder.log)
    evidence.witness = witness
    return try PrivacyLog.verify(path: folder.log, against: evidence)
  }

  /// The lines of the log, without line ends.
  func lines() throws -> [[UInt8]] { try folder.bytes().split(separator: 0x0A).map { Array($0) } }

  var checkpoints: CheckpointFolder { .beside(log: folder.log) }
}

extension [[UInt8]] {
  /// The bytes of a log of these lines.
  var joinedLines: [UInt8] { flatMap { $0 + [0x0A] } }
}
