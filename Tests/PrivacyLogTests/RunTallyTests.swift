import Tabular
import TestSupport
import Testing

@testable import PrivacyLog

@Suite("How many runs a day has had")
struct RunTallyTests {
  @Test("a run counts unless all its keys are demo keys")
  func mixedKeys() throws {
    let folder = try LogFolder()
    let log = try PrivacyLog.open(path: folder.log, pipeline: "region", clock: { 1000 })
    for (digit, keys) in [
      ("a", [true]), ("b", [true, false]), ("c", [false, true]), ("d", [false]),
      ("e", [true, true]),
    ] {
      let run = String(repeating: digit, count: 32)
      try log.append(.runStarted, run: run, outcome: "started", fields: [:])
      for isDemo in keys {
        let key: JSONValue = ["name": "region", "demo": .boolean(isDemo)]
        try log.append(.keyLoaded, run: run, outcome: "loaded", fields: ["key": key])
      }
      try log.append(.stageEnded, run: run, outcome: "staged", fields: ["stage": "pseudonymise"])
      try log.append(.runEnded, run: run, outcome: "stopped", fields: [:])
    }
    #expect(try RunTally(path: folder.log, since: 0).counted == 3)
  }

  @Test("a run that was killed and the one that went on with it count once, whichever staged")
  func resumed() throws {
    let folder = try LogFolder()
    let log = try PrivacyLog.open(path: folder.log, pipeline: "region", clock: { 1000 })
    func begin(_ digit: String, resumes: String? = nil, stages: Bool) throws {
      let run = String(repeating: digit, count: 32)
      var fields: [String: JSONValue] = [:]
      fields["resumes"] = resumes.map { .string(String(repeating: $0, count: 32)) }
      try log.append(.runStarted, run: run, outcome: "started", fields: fields)
      guard stages else { return }
      try log.append(.stageEnded, run: run, outcome: "staged", fields: ["stage": "pseudonymise"])
    }
    func counted() throws -> Int { try RunTally(path: folder.log, since: 0).counted }
    try begin("a", stages: false)
    #expect(try counted() == 0)
    try begin("b", resumes: "a", stages: true)
    #expect(try counted() == 1)
    try begin("c", stages: true)
    try begin("d", resumes: "c", stages: true)
    #expect(try counted() == 2)
  }
}
