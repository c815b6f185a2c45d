import Cryptography
import Files
import Tabular
import TestSupport

@testable import PrivacyLog

/// A month of nights in a log, written by hand on a fixed clock: October 2026, at about 02:00.
///
/// Night 7 fails on its rejects, night 12 on kept identifiers, night 19 does not run, night 21 tears a
/// line, the policy changes on the 15th, a key is rotated on the 20th, from night 28 on nothing new comes.
final class MonthOfNights {
  let folder: LogFolder
  private let signer: SigningKey
  private var random = SeededGenerator(seed: 2026)
  private var now: Int64 = 0
  private var policy = String(repeating: "1a", count: 32)
  private var key = ("region.1", "c2c509be6c8ac6f9")

  /// Midnight UTC of 1 October 2026.
  static let start: Int64 = 1_790_812_800_000

  init(nights: ClosedRange<Int> = 1...31) throws {
    folder = try LogFolder()
    signer = try signingKey(9)
    now = Self.start
    for night in nights where night != 19 { try write(night) }
  }

  /// Whether the log is as it was written, held against the checkpoints beside it.
  func verdict() throws -> LogVerdict {
    var evidence = PrivacyLog.Evidence()
    evidence.checkpoints = .beside(log: folder.log)
    return try PrivacyLog.verify(path: folder.log, against: evidence)
  }

  func report(
    from first: CivilDate? = CivilDate("2026-10-01"),
    through last: CivilDate? = CivilDate("2026-10-31"),
    witnessedSize: Int = 0
  ) throws -> LogReport {
    var report = LogReport(from: first, through: last, witnessedSize: witnessedSize)
    try report.read(path: folder.log, verdict: verdict())
    return report
  }

  private func open(run: String) throws -> PrivacyLog {
    try PrivacyLog.open(path: folder.log, run: run, pipeline: "region", clock: { [self] in tick() })
  }

  private func tick() -> Int64 {
    now += 400 + Int64(random.next() % 900)
    return now
  }

  private func hex(_ count: Int) -> String {
    lowerHex((0..<count).map { _ in UInt8(truncatingIfNeeded: random.next()) })
  }

  private func write(_ night: Int) throws {
    // The timer rings at 02:00 in Amsterdam; on the 25th the clocks go back.
    let hour: Int64 = night < 26 ? 0 : 3_600_000
    now =
      Self.start + Int64(night - 1) * 86_400_000 + hour + 120_000
      + Int64(random.next() % 600_000)
    if night == 21 { try tear() }
    let run = hex(16)
    if night == 15 { policy = String(repeating: "2b", count: 32) }
    let log = try open(run: run)
    try log.append(
      .runStarted,
      run: run,
      outcome: "started",
      fields: [
        "host": "zorgdb", "pipeline": "region", "sample": false, "period": "2026-09",
        "actor": ["uid": 998, "user": "koppel", "role": "service", "for": "data@regio.example"],
        "tool": [
          "version": night < 25 ? "0.1.0" : "0.2.0",
          "sha256": .string(String(repeating: night < 25 ? "7e" : "8f", count: 32)),
        ],
        "policy": .string(policy),
        "purpose": [
          "text": "Regiobeeld 2026", "basis": "DPIA 2026-014", "activity": "Use by neighbourhood",
        ],
      ]
    )
    if night == 15 {
      let before = String(repeating: "1a", count: 32)
      try log.append(
        .policyChanged,
        run: run,
        outcome: "changed",
        fields: ["policy": .string(policy), "before": .string(before)]
      )
    }
    try log.append(
      night == 1 ? .keyNew : .keyLoaded,
      run: run,
      outcome: night == 1 ? "made" : "loaded",
      fields: [
        "key": ["id": "log.1", "name": "log", "public": .string(lowerHex(signer.publicKey))]
      ]
    )
    if log.openedUnsealed { try log.seal(signer, isNightEnd: false) }
    if night == 20 { try rotate(log, run) }
    try log.append(
      .keyLoaded,
      run: run,
      outcome: "loaded",
      fields: [
        "key": [
          "id": .string(key.0), "name": "region", "fingerprint": .string(key.1),
          "scope": "region/2026-09", "demo": false, "level": "region", "state": "active",
        ]
      ]
    )
    if night == 3 || night == 27 {
      try log.append(.subjectAsked, run: run, outcome: "asked", fields: [:])
      try log.append(.subjectAsked, run: run, outcome: "answered", fields: [:])
    }
    try stage(log, run, night)
  }

  private func stage(_ log: PrivacyLog, _ run: String, _ night: Int) throws {
    let files: [(String, Int, Int)] = [("register", 1, 60_133), ("care", 8, 577_313)]
    for (source, count, bytes) in files {
      try log.append(
        .stageEnded,
        run: run,
        outcome: "read",
        fields: [
          "stage": "ingest", "source": .string(source),
          "input": .array(
            (0..<count).map { file in
              var input: [String: JSONValue] = [
                "digest": .string(digest(source, file, night < 16 ? 0 : 1)),
                "bytes": .integer(Int64(bytes / count)),
              ]
              if night == 16, file == 0 { input["replaces"] = [.string(digest(source, file, 0))] }
              return .object(input)
            }
          ),
        ],
        waiting: false
      )
    }
    if night == 12 {
      try log.append(
        .outputBlocked,
        run: run,
        outcome: "blocked",
        fields: [
          "stage": "pseudonymise", "reason": "identifiers-kept", "columns": ["care.reference"],
        ]
      )
      return try end(log, run, "failed", 77)
    }
    try log.append(
      .optoutApplied,
      run: run,
      outcome: "applied",
      fields: [
        "persons": 12, "counts": ["register": 11, "care": 3],
        "unmatched": ["register": 0, "care": 17],
      ],
      waiting: false
    )
    if night > 27 {
      let unchanged: JSONValue = ["unchanged": 2]
      try log.append(
        .heartbeat,
        run: run,
        outcome: "quiet",
        fields: ["counts": unchanged],
        waiting: false
      )
    }
    let isBad = night == 7
    try log.append(
      .stageEnded,
      run: run,
      outcome: "staged",
      fields: [
        "stage": "pseudonymise", "standardisation": "NL-1:0123456789abcdef",
        "counts": [
          "register": [
            "read": 2000, "accepted": 1989, "rejected": [:], "skipped": ["objection": 11],
            "columns": [
              "token": ["birth_date", "bsn", "first_names", "postcode", "surname"],
              "generalised": ["birth_date_year", "postcode_pc4"],
              "kept": ["municipality", "neighbourhood", "sex"],
              "dropped": ["district", "house_number", "prefix"],
            ],
          ],
          "care": [
            "read": .integer(isBad ? 41_995 : 41_996),
            "accepted": .integer(isBad ? 40_112 : 41_985),
            "rejected": [
              "date": .integer(isBad ? 1878 : 6), "money": .integer(2),
            ],
            "skipped": ["objection": 3],
            "columns": [
              "token": ["bsn"], "generalised": [], "kept": ["amount", "care_type", "provider"],
              "dropped": ["claim_id", "date", "insurer", "product"],
              "reviewed": ["provider": "RSIN of institutions, seen by the officer"],
            ],
          ],
        ],
      ],
      waiting: false
    )
    if isBad { return try end(log, run, "failed", 65) }
    try log.append(
      .stageEnded,
      run: run,
      outcome: "linked",
      fields: [
        "stage": "link", "residents": 1989, "duplicates": 0,
        "counts": ["care": ["linked": 41_381, "unlinked": 604]],
        "uniqueness": ["k_min": 1, "alone": 14, "under_5": 17, "under_10": 61],
      ],
      waiting: false
    )
    try log.append(
      .outputReleased,
      run: run,
      outcome: "released",
      fields: [
        "minimum": 10,
        "output": [
          [
            "table": "use-by-neighbourhood", "sha256": .string(hex(32)), "rows": 52, "hidden": 46,
          ],
          ["table": "care-by-type", "sha256": .string(hex(32)), "rows": 32, "hidden": 0],
        ],
      ]
    )
    try end(log, run, "published", 0)
  }

  private func rotate(_ log: PrivacyLog, _ run: String) throws {
    try log.append(
      .keyRotated,
      run: run,
      outcome: "rotated",
      fields: [
        "key": [
          "id": "region.2", "name": "region", "fingerprint": "0a1b2c3d4e5f6071",
          "from": "region.1", "scope": "region/2026-09",
        ],
        "reason": "yearly rotation", "approvers": ["A. Officer", "B. Steward"],
      ]
    )
    key = ("region.2", "0a1b2c3d4e5f6071")
  }

  private func end(_ log: PrivacyLog, _ run: String, _ outcome: String, _ exit: Int64) throws {
    try log.seal(signer, isNightEnd: false)
    try log.append(.runEnded, run: run, outcome: outcome, fields: ["exit": .integer(exit)])
    try log.seal(signer, isNightEnd: true)
  }

  /// What an interrupted run leaves.
  private func tear() throws {
    let bytes = try folder.bytes() + Array(#"{"event":"run.st"#.utf8)
    try folder.write(bytes)
  }

  private func digest(_ source: String, _ file: Int, _ version: Int) -> String {
    let text = Array("\(source) \(file) \(version)".utf8)
    return (try? sha256(of: text)).map { lowerHex($0) } ?? ""
  }
}
