import Cryptography
import Files
import Foundation
import Glibc
import Tabular
import Testing

@testable import PrivacyLog

@Suite("A log whose run was killed, or whose disk was full")
struct TornLogTests {
  /// What stands on the disk after one step of a run.
  struct Moment: Sendable {
    let byteCount: Int
    /// The files beside the log, by name.
    let files: [String: [UInt8]]
  }

  struct Sample: Sendable {
    let bytes: [UInt8]
    let moments: [Moment]
  }

  /// Five nights, the third under another policy, and what stood there after each step.
  static let sample: Sample? = try? makeSample()

  static func makeSample() throws -> Sample {
    let folder = try LogFolder()
    let nights = try SignedNights(folder, clock: tickingClock())
    var moments = [Moment(byteCount: 0, files: [:])]
    func note() throws {
      var files: [String: [UInt8]] = [:]
      if nights.checkpoints.exists {
        for name in try namesInFolder(nights.checkpoints.path) {
          files[name] = try folder.bytes("checkpoints/\(name)")
        }
      }
      moments.append(Moment(byteCount: try folder.bytes().count, files: files))
    }
    for number in 1...5 { try nights.night(number, policy: number == 3 ? "b" : "a", note) }
    return Sample(bytes: try folder.bytes(), moments: moments)
  }

  /// Every place where a write can end: all offsets, each with the files of the step before it, and
  /// at the end of a line also with those of the step after.
  static func places(_ sample: Sample) -> [(offset: Int, files: [String: [UInt8]])] {
    var places: [(offset: Int, files: [String: [UInt8]])] = []
    for (before, after) in zip(sample.moments, sample.moments.dropFirst()) {
      for offset in before.byteCount..<max(after.byteCount, before.byteCount + 1) {
        places.append((offset, before.files))
      }
      // Some files of a step may be there and others not: they come in the order of their writing.
      let new = after.files.filter { before.files[$0.key] == nil }.sorted { left, right in
        left.key.hasSuffix(".checkpoint") && !right.key.hasSuffix(".checkpoint")
      }
      var files = before.files
      for (name, bytes) in new {
        files[name] = bytes
        places.append((after.byteCount, files))
      }
    }
    return places
  }

  private func lay(
    _ place: (offset: Int, files: [String: [UInt8]]),
    of sample: Sample
  ) throws -> LogFolder {
    let folder = try LogFolder()
    try folder.write(Array(sample.bytes[..<place.offset]))
    if !place.files.isEmpty {
      try #require(unsafe mkdir("\(folder.path)/checkpoints", 0o700) == 0)
    }
    for (name, bytes) in place.files {
      try Data(bytes).write(to: URL(fileURLWithPath: "\(folder.path)/checkpoints/\(name)"))
    }
    return folder
  }

  @Test("is never called tampered, keeps the torn tail aside, and goes on", arguments: 0..<16)
  func everyPlace(part: Int) throws {
    let sample = try #require(Self.sample)
    let places = Self.places(sample)
    #expect(places.count > 10_000)
    var count = 0
    for number in stride(from: part, to: places.count, by: 16 * 5) {
      let place = places[number]
      let folder = try lay(place, of: sample)
      let nights = try SignedNights(folder, clock: tickingClock())
      let before = try nights.verify()
      #expect(before.fault == nil, "place \(number), offset \(place.offset)")
      let log = try PrivacyLog.open(path: folder.log, pipeline: "region", clock: tickingClock())
      let torn = before.tornByteCount
      if torn > 0 {
        let apart = Array(sample.bytes[(place.offset - torn)..<place.offset]) + [0x0A]
        #expect(try folder.bytes("privacy.log.torn") == apart, "place \(number)")
        #expect(log.recovered != nil)
      }
      let kept = place.offset - torn
      #expect(try folder.bytes().starts(with: sample.bytes[..<kept]), "place \(number)")
      try log.append(
        .keyLoaded,
        run: testRun,
        outcome: "loaded",
        fields: ["key": ["name": "log", "public": .string(TreeDigest(nights.key.publicKey).hex)]],
        waiting: false
      )
      try log.seal(nights.key, isNightEnd: true)
      let after = try nights.verify()
      #expect(after.fault == nil, "place \(number), offset \(place.offset)")
      #expect(after.sealedSize == log.head.size, "place \(number)")
      count += 1
    }
    #expect(count >= 125)
  }

  @Test("is verified at every single byte where a write can end")
  func everyByte() throws {
    let sample = try #require(Self.sample)
    #expect(Self.places(sample).count > 10_000)
    let folder = try LogFolder()
    let nights = try SignedNights(folder, clock: tickingClock())
    try #require(unsafe mkdir("\(folder.path)/checkpoints", 0o700) == 0)
    var laid: Set<String> = []
    for (number, place) in Self.places(sample).enumerated() {
      try folder.write(Array(sample.bytes[..<place.offset]))
      for (name, bytes) in place.files where laid.insert(name).inserted {
        try Data(bytes).write(to: URL(fileURLWithPath: "\(folder.path)/checkpoints/\(name)"))
      }
      let verdict = try nights.verify()
      #expect(verdict.fault == nil, "place \(number), offset \(place.offset)")
    }
  }

  @Test("a disk that is full at any byte of the log loses no line and hinders no later night")
  func fullDisk() async {
    // A limit on file sizes is the process's own: this runs in one of its own.
    await #expect(processExitsWith: .success) {
      signal(SIGXFSZ, SIG_IGN)
      let folder = try LogFolder()
      let nights = try SignedNights(folder, clock: tickingClock())
      try nights.night(1)
      var limit = rlimit(rlim_cur: rlim_t.max, rlim_max: rlim_t.max)
      for number in 2...120 {
        let before = try folder.bytes()
        limit.rlim_cur = rlim_t(before.count + number * 29)
        guard unsafe setrlimit(__rlimit_resource_t(1), &limit) == 0 else { exit(0) }
        do {
          try nights.night(number)
        } catch let error as PrivacyLogError {
          guard case .file = error else { exit(2) }
        }
        limit.rlim_cur = rlim_t.max
        guard unsafe setrlimit(__rlimit_resource_t(1), &limit) == 0 else { exit(3) }
        guard try nights.verify().fault == nil else { exit(4) }
        guard try folder.bytes().starts(with: before) else { exit(5) }
        try nights.night(1000 + number, lines: 0)
        guard try nights.verify().fault == nil else { exit(6) }
      }
      exit(0)
    }
  }
}
