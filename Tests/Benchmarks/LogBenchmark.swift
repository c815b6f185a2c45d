import Cryptography
import Files
import Glibc
import PrivacyLog
import Tabular

/// Writes a privacy log of many nights, signed each night, for `koppel log verify` to be measured on.
struct LogBenchmark {
  private let folder: String
  private let lineCount: Int
  private let nightLength: Int

  init(_ words: [String]) throws(BenchmarkFault) {
    guard words.count == 3, let lineCount = Int(words[1]), let nightLength = Int(words[2]),
      lineCount > 10, nightLength > 10
    else { throw BenchmarkFault(sentences: ["expected DIR LINES LINES-A-NIGHT"]) }
    folder = words[0]
    self.lineCount = lineCount
    self.nightLength = nightLength
  }

  func run() throws {
    try makeFolder("\(folder)/runs")
    let key = try SigningKey(seed: SecretBytes.random(count: 32))
    var milliseconds: Int64 = 1_700_000_000_000
    let log = try PrivacyLog.open(path: "\(folder)/privacy.log", pipeline: "region") {
      milliseconds
    }
    var night = 0
    while log.head.size < lineCount {
      night += 1
      milliseconds += 86_400_000
      try write(log, night, key)
      // A proof reads the whole log: one at the end will do.
      try log.seal(key, isNightEnd: log.head.size >= lineCount)
    }
  }

  private func write(_ log: PrivacyLog, _ night: Int, _ key: SigningKey) throws {
    let run = lowerHex(try randomBytes(16))
    func append(_ event: LogEvent, _ outcome: String, _ fields: [String: JSONValue]) throws {
      try log.append(event, run: run, outcome: outcome, fields: fields, waiting: false)
    }
    let digest = JSONValue.string(String(repeating: "0123456789abcdef", count: 4))
    try append(
      .runStarted,
      "started",
      [
        "host": "region", "actor": ["uid": 1000, "user": "koppel"], "pipeline": "region",
        "policy": digest, "period": "2026-08", "sample": false, "tool": ["version": "0.1.0"],
        "purpose": ["text": "Regiobeeld 2026", "basis": "DPIA 2026-014"],
      ]
    )
    try append(
      .keyLoaded,
      "loaded",
      ["key": ["id": "log.1", "name": "log", "public": .string(lowerHex(key.publicKey))]]
    )
    for source in 0..<nightLength - 4 {
      try append(
        .stageEnded,
        "read",
        [
          "stage": "ingest", "source": .string("source \(source)"),
          "input": [["bytes": .integer(Int64(night) * 4711), "digest": digest]],
        ]
      )
    }
    try append(
      .outputReleased,
      "released",
      ["minimum": 10, "output": [["table": "use", "sha256": digest, "rows": 77, "hidden": 7]]]
    )
    try log.seal(key, isNightEnd: false)
    try append(.runEnded, "published", ["exit": 0])
  }
}
