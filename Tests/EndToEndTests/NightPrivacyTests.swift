import Foundation
import TestSupport
import Testing

@Suite("No clear identifier is written")
struct NightPrivacyTests {
  @Test("the search finds everybody in the extracts themselves")
  func searchFinds() throws {
    let extracts = repositoryRoot() + "/sample-data"
    let values = try everybody()
    #expect(values.numberCount > 3_000)
    #expect(values.personCount > 2_000)
    #expect(values.postcodeCount > 50)
    let rows = try gunzipped("\(extracts)/register/register.csv.gz").split(separator: "\n")
    #expect(rows.count == 2_001)
    for row in rows.dropFirst() {
      let kinds = Set(values.hits(in: Array(row.utf8)).map { $0.prefix { $0 != " " } })
      // A birth date that is known in part is not one that is searched for.
      let isPartial = row.contains("-00")
      #expect(kinds.contains("BSN") && kinds.contains("postcode"))
      #expect(kinds.contains("birth") || isPartial)
    }
    #expect(values.hits(in: Array(rows[0].utf8)).isEmpty)
  }

  @Test(
    "the search finds each form of a value",
    arguments: [
      "x999900006y", "\u{1}999900006\u{2}", "a 999,900,006", "ab999900006cd", "KOZLOWSKI 20110714",
      "14-07-2011 de heer Kozłowski", "\"birth\":\"2011-07-14\"\n\u{0}\u{3}\"kozłowski\"",
      "at 7005LT.", "at 7005 LT", "7005lt", "a cAnArY", "0.10600000000 tel. 0600000000",
    ]
  )
  func searchFindsForm(text: String) throws {
    var values = NightClearValues()
    values.add(bsn: "999900006", surname: "Kozłowski", birthDate: "2011-07-14")
    values.add(surname: "Kozlowski", birthDate: "2011-07-14")
    values.add(postcode: "7005LT")
    values.plant("Canary")
    values.plant("0600000000")
    #expect(values.hits(in: Array(text.utf8)).count == 1)
  }

  @Test(
    "the search finds nothing in what is none",
    arguments: [
      "9999000061", "0123456789abcdef999900006", "999900006abcdef0", "2011-07-14 Berg",
      "Kozlowskist 2011-07-14", "2011-07-15 Kozlowski", "17005LT", "7005LTS", "7005 lt", "70051LT",
      "0.10600000000000001",
    ]
  )
  func searchPassesOver(text: String) throws {
    var values = NightClearValues()
    values.add(bsn: "999900006", surname: "Kozlowski", birthDate: "2011-07-14")
    values.add(postcode: "7005LT")
    values.plant("0600000000")
    #expect(values.hits(in: Array(text.utf8)).isEmpty)
  }

  @Test("by nights of the sample, in files, messages, or what is printed of them afterwards")
  func sampleIsSilent() throws {
    let values = try everybody()
    let region = try NightRegion.sample()
    for options in [["--workers", "2"], [], ["--fresh", "--log-format", "json"]] {
      let run = try region.run(options)
      #expect(run.status == 0, "\(run.standardError)")
      try expectSilence(of: run, values)
    }
    try expectSilence(in: region, values)
    let commands = [
      ["log", "show", "work"], ["plan", "pipelines/region.yaml", "--columns"],
      ["plan", "pipelines/region.yaml", "--work", "work"],
    ]
    let staged = region.folder.files().filter { $0.hasSuffix(".staged") }
    #expect(staged.count >= 3)
    let shown = staged.flatMap { path in
      [["show", path, "--format", "csv"], ["show", path, "--identities", "--format", "csv"]]
    }
    for command in commands + shown {
      let run = try runKoppel(command, in: region.folder.path)
      #expect(run.status == 0, "\(run.standardError)")
      #expect(!run.standardOutput.isEmpty)
      try expectSilence(of: run, values)
    }
  }

  @Test("by staged tables that would hold BSNs as numbers")
  func numbersAreNotStaged() throws {
    let values = try everybody()
    let region = try NightRegion.sample()
    #expect(try region.run().status == 0)
    // Four bytes that are a BSN by chance: all test numbers share their first two, so in a million
    // random bytes about one is expected. A column of them would show thousands.
    for name in region.folder.files() where name.hasSuffix(".staged") {
      let found = values.binaryNumbers(in: try region.folder.bytes(of: name))
      #expect(found <= 10, "\(name)")
    }
    #expect(values.binaryNumbers(in: values.numbersInBinary(bigEndian: false)) > 1_000)
    #expect(values.binaryNumbers(in: values.numbersInBinary(bigEndian: true)) > 1_000)
  }

  @Test("of rows that are rejected", arguments: [false, true])
  func rejectedRowsAreSilent(passes: Bool) throws {
    let region = try NightRegion.madeUp()
    let values = NightFaults.planted
    try NightFaults.plantRows(in: region)
    if passes {
      try region.editPipeline(
        "    domain: municipal\n",
        "    domain: municipal\n    rejects: {warn_above: 0 %, fail_above: 100 %}\n"
      )
    }
    for options in [[], ["--log-format", "json"]] {
      let run = try region.run(options)
      #expect(run.status == (passes ? 0 : 65), "\(run.standardError)")
      #expect(run.standardError.contains("rejected"))
      try expectSilence(of: run, values)
    }
    let rejects = region.folder.files().filter { $0.hasSuffix("rejects.csv") }
    let text = String(
      decoding: try region.folder.bytes(of: try #require(rejects.first)),
      as: UTF8.self
    )
    #expect(text.split(separator: "\n").count > 10, "the rejects are told")
    try expectSilence(in: region, values)
  }

  @Test("of an extract that is refused as a whole", arguments: NightFaults.files)
  func refusedFilesAreSilent(fault: NightFaults.File) throws {
    let region = try NightRegion.madeUp()
    try fault.plant(in: region)
    for options in [[], ["--log-format", "json"]] {
      let run = try region.run(options)
      // A message that is refused costs its own rows, any other file the run.
      #expect(run.status == (fault.isMessage ? 0 : 65), "\(fault.name): \(run.standardError)")
      #expect(run.standardError.contains("refused") || !fault.isMessage, "\(fault.name)")
      try expectSilence(of: run, NightFaults.planted, fault.name)
    }
    try expectSilence(in: region, NightFaults.planted, fault.name)
  }

  private func everybody() throws -> NightClearValues {
    let folder = repositoryRoot() + "/sample-data"
    var values = try NightClearValues(extracts: folder, truth: folder + "/truth/persons.csv")
    // Remarks, mail addresses and telephone numbers of the extracts.
    for word in ["adres geheim", "dossier", "@example.org", "0600000000"] { values.plant(word) }
    return values
  }

  private func expectSilence(
    of run: CommandRun,
    _ values: NightClearValues,
    _ remark: String = ""
  ) throws {
    #expect(values.hits(in: Array(run.standardError.utf8)).isEmpty, "\(remark), standard error")
    #expect(values.hits(in: Array(run.standardOutput.utf8)).isEmpty, "\(remark), standard output")
  }

  /// Searches every file but those that were given to the run.
  private func expectSilence(
    in region: NightRegion,
    _ values: NightClearValues,
    _ remark: String = ""
  ) throws {
    var count = 0
    for name in region.folder.files() where !name.hasPrefix("sample-data") {
      guard let bytes = try? region.folder.bytes(of: name) else { continue }
      count += 1
      let hits = values.hits(in: bytes)
      #expect(hits.isEmpty, "\(remark), \(name): \(hits.prefix(5))")
    }
    #expect(count > 2)
  }
}
