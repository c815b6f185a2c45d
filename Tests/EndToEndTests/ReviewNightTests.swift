import Foundation
import TestSupport
import Testing

/// What a night uses of what people judged.
@Suite("Reviewing links")
struct ReviewNightTests {
  @Test("a link that is judged to be of two persons is not made again; a pair judged the same is")
  func usesJudgements() throws {
    let folder = try TemporaryFolder()
    try folder.write(Self.pipeline().utf8, to: "names.yaml")
    func koppel(_ words: String...) throws -> CommandRun {
      let run = try runKoppel(words, in: folder.path, environment: [:])
      #expect(run.status == 0, "\(words): \(run.standardError)")
      return run
    }
    _ = try koppel("synth", "region", "--residents", "2000")
    _ = try koppel("run", "names.yaml")
    let sheet = try koppel("review", "export", "names.yaml").standardOutput
    let lines = sheet.split(separator: "\n").map {
      $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    }
    let best = try #require(
      lines.dropFirst().max { (Double($0[2]) ?? 0) < (Double($1[2]) ?? 0) }
    )
    let others = lines.dropFirst().filter { $0[0] != best[0] }.prefix(10)
    var judged = "pair,sheet,decision\n\(best[0]),\(best[1]),different\n"
    for other in others { judged += "\(other[0]),\(other[1]),same\n" }
    try folder.write(judged.utf8, to: "judged.csv")
    let taken = try koppel("review", "import", "names.yaml", "judged.csv").standardOutput
    #expect(taken.contains("10 same, 1 different, 0 unsure"))
    #expect(taken.contains("precision"))

    // The log tells that it was done, of which sheet and how much, and of nobody.
    let log = ".koppel/names/privacy.log"
    _ = try koppel("log", "verify", log)
    let told = String(decoding: try folder.bytes(of: log), as: UTF8.self)
      .split(separator: "\n").filter { $0.contains(#""stage":"review""#) }
    #expect(told.count == 2)
    let line = try #require(told.last)
    #expect(line.contains(#""outcome":"judged""#))
    #expect(line.contains(#""counts":{"different":1,"same":10,"unsure":0}"#))
    #expect(line.contains("\"sheet\":\"\(best[1])\""))
    for (language, word) in [("en", "links judged by people"), ("nl", "koppelingen beoordeeld")] {
      let report = try koppel("log", "report", log, "--language", language).standardOutput
      #expect(report.contains(word))
      #expect(report.contains(best[1]))
    }

    _ = try koppel("run", "names.yaml")
    let links = try koppel(
      "show",
      "--format",
      "csv",
      ".koppel/names/staging/support.links.staged"
    ).standardOutput
    #expect(links.contains("judged-different"))
    // Pass 0 is that of people.
    let passes = links.split(separator: "\n").dropFirst()
      .map { $0.split(separator: ",", omittingEmptySubsequences: false) }
    #expect(passes.count { $0.count > 1 && $0[1] == "0" } == 10)

    // Another night made another sheet: what was judged on the old one is not taken again.
    let again = try runKoppel(
      ["review", "import", "names.yaml", "judged.csv"],
      in: folder.path,
      environment: [:]
    )
    #expect(again.status == 65)
    #expect(again.standardError.contains("another night's sheet"))

    // Whoever changes a judgement has the next night refused.
    var ledger = try folder.bytes(of: ".koppel/names/reviews.ledger")
    let place = try #require(
      ledger.indices.first { ledger[$0...].starts(with: "different".utf8) }
    )
    ledger[place] ^= 1
    try folder.write(ledger, to: ".koppel/names/reviews.ledger")
    let refused = try runKoppel(["run", "names.yaml"], in: folder.path, environment: [:])
    #expect(refused.status == 76)
    #expect(refused.standardError.contains("reviews.ledger: error: found a ledger"))

    // What was judged under another key is of nobody, and no fault of the nights after.
    ledger[place] ^= 1
    try folder.write(ledger, to: ".koppel/names/reviews.ledger")
    try FileManager.default.removeItem(atPath: folder.file("demo.key"))
    let other = try koppel("run", "names.yaml").standardError
    #expect(other.contains("the ledger of judgements is of another key or pipeline"))
    #expect(!other.contains("reviews.ledger: warning"))
  }

  @Test("without a spine a pair that is judged one person is joined, one judged to be two is not")
  func joinsAsJudged() throws {
    let folder = try TemporaryFolder()
    try folder.write(
      """
      koppel: 1
      pipeline: p
      sample: true
      ingest: {waiting: {files: region/waiting-list/*.csv}}
      link: {probabilistic: {}}

      """.utf8,
      to: "p.yaml"
    )
    func koppel(_ words: String...) throws -> CommandRun {
      let run = try runKoppel(words, in: folder.path, environment: [:])
      #expect(run.status == 0, "\(words): \(run.standardError)")
      return run
    }
    func personCount(_ run: CommandRun) throws -> Int {
      let found = try #require(run.standardError.firstMatch(of: /records are ([0-9,]+) persons/))
      return try #require(Int(found.1.filter { $0 != "," }))
    }
    _ = try koppel("synth", "region", "--residents", "2000")
    let before = try personCount(koppel("run", "p.yaml"))
    let pairs = try koppel("review", "export", "p.yaml").standardOutput.split(separator: "\n")
      .dropFirst().map { $0.split(separator: ",", omittingEmptySubsequences: false) }
      .sorted { (Double($0[2]) ?? 0) < (Double($1[2]) ?? 0) }
    var judged = "pair,sheet,decision\n"
    for pair in pairs.prefix(5) { judged += "\(pair[0]),\(pair[1]),same\n" }
    let last = try #require(pairs.last)
    judged += "\(last[0]),\(last[1]),different\n"
    try folder.write(judged.utf8, to: "judged.csv")
    _ = try koppel("review", "import", "p.yaml", "judged.csv")
    let run = try koppel("run", "p.yaml")
    // Strangers were joined, of whom one may be among several pairs, and a person is two now.
    let after = try personCount(run)
    #expect(before - 4...before - 1 ~= after)
    #expect(run.standardError.contains("merge") && run.standardError.contains("split"))
    let links = try koppel("show", "--format", "csv", ".koppel/p/staging/waiting.links.staged")
      .standardOutput.split(separator: "\n").dropFirst()
    let byPeople = links.count {
      $0.split(separator: ",", omittingEmptySubsequences: false)[1] == "0"
    }
    #expect(6...10 ~= byPeople)
    // A trial has no key, and knows of no judgement.
    _ = try koppel("explain", "p.yaml", "waiting:1,waiting:2")
  }

  /// The pipeline of the script that links without a number.
  private static func pipeline(_ file: String = #filePath) throws -> String {
    let path =
      (file as NSString).deletingLastPathComponent + "/Scripts/links-without-number.txt"
    let text = try String(contentsOfFile: path, encoding: .utf8)
    let begun = try #require(text.range(of: "-- p.yaml --\n"))
    let ended = try #require(text.range(of: "-- sex.yaml --\n"))
    return String(text[begun.upperBound..<ended.lowerBound])
  }
}
