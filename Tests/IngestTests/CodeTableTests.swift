import Diagnostics
import Tabular
import Testing
import TestSupport

@testable import Ingest
@testable import PipelineFile

@Suite("Tables beside the pipeline")
struct CodeTableTests {
  let place = Place(file: "test.yaml", line: 3, column: 5)

  private func list(_ path: String, from: String? = nil, to: String? = nil) -> CodeListForm {
    CodeListForm(
      path: path,
      from: from,
      to: to,
      delimiter: UInt8(ascii: ";"),
      encoding: .utf8,
      place: place
    )
  }

  /// The column once its tables were read, for a period that ends on that day.
  private func pipeline(with column: SourceColumn, until day: CivilDate? = nil) throws
    -> SourceColumn
  {
    var read = column
    try read.readCodeTables(day: day ?? CivilDate(year: 2026, month: 8, day: 31))
    return read
  }

  @Test("a list of codes becomes the values of its column, by header or by order")
  func codeLists() throws {
    let folder = try TestSupport.TemporaryFolder()
    try folder.write(
      Array("groep;code;naam\nG1;01A05;hulp\nG2;01A06;\"dag;besteding\"\n".utf8),
      to: "p.csv"
    )
    try folder.write(Array("code\nGGZ\nhuisarts\n".utf8), to: "one.csv")
    var product = column("product", .code)
    product.codes = list(folder.path + "/" + "p.csv", from: "code", to: "naam")
    #expect(
      try pipeline(with: product).values == [
        CodeValue(written: "01A05", meaning: "hulp"),
        CodeValue(written: "01A06", meaning: "dag;besteding"),
      ]
    )
    product.codes = list(folder.path + "/" + "p.csv")
    #expect(try pipeline(with: product).values.map(\.meaning) == ["01A05", "01A06"])
    product.codes = list(folder.path + "/" + "one.csv")
    #expect(try pipeline(with: product).values.map(\.meaning) == ["GGZ", "huisarts"])
  }

  @Test("a table that cannot be used is told with its place")
  func faultyTables() throws {
    let folder = try TestSupport.TemporaryFolder()
    try folder.write(Array("code;naam\nA;x\nA;y\n".utf8), to: "twice.csv")
    try folder.write(Array("code;naam\n".utf8), to: "empty.csv")
    try folder.write(Array("code;naam\nA;x;z\n".utf8), to: "long.csv")
    try folder.write(Array("code;naam\nA;\"x\n".utf8), to: "quote.csv")
    let cases = [
      ("twice.csv", "code twice"), ("empty.csv", "no row"),
      ("long.csv", "faulty row in the table: field-count"),
      ("quote.csv", "faulty row in the table: quote"),
      ("absent.csv", "cannot be read"),
    ]
    for (name, sentence) in cases {
      var product = column("product", .code)
      product.codes = list(folder.path + "/" + name)
      let error = #expect(throws: IngestError.self) { _ = try pipeline(with: product) }
      #expect(error?.exitStatus == .pipelineFault)
      let told = try #require(error?.diagnostics.first)
      #expect(told.sentence.contains(sentence), "\(name): \(told.sentence)")
      #expect(name == "absent.csv" || told.hint != nil, "\(name): no cure")
    }
    var product = column("product", .code)
    product.codes = list(folder.path + "/" + "twice.csv", from: "Code")
    let error = #expect(throws: IngestError.self) { _ = try pipeline(with: product) }
    #expect(error?.diagnostics.first?.sentence.contains("no column 'Code'") == true)
  }

  @Test("a table with more rows than any list of codes is refused before it fills the memory")
  func rowLimit() throws {
    let folder = try TestSupport.TemporaryFolder()
    try folder.write(Array("code\nA\nB\nC\n".utf8), to: "three.csv")
    func rowCount(limit: Int) throws -> Int {
      try CodeTable(
        folder.path + "/three.csv",
        headers: ["code"],
        delimiter: UInt8(ascii: ";"),
        encoding: .utf8,
        place: place,
        rowLimit: limit
      ).rows.count
    }
    #expect(try rowCount(limit: 3) == 3)
    #expect(
      throws: IngestError.table(.rows(limit: 2), Place(file: folder.path + "/three.csv"))
    ) { try rowCount(limit: 2) }
  }

  @Test(
    "an unknown code goes, refuses its row, stays or becomes other",
    arguments: [
      (UnknownCode.missing, ["m", "-", "m"], 0, 0), (.reject, ["m", "m"], 1, 0),
      (.keep, ["m", "X", "m"], 0, 1), (.other, ["m", "other", "m"], 0, 1),
    ]
  )
  func unknownCodes(
    policy: UnknownCode,
    rows: [String],
    rejected: Int,
    unknown: Int
  ) throws {
    var code = column("code", .code, values: [("M", "m")])
    code.unknown = policy
    let outcome = try Extract.csv([code]).read("code\nM\nX\nM\n")
    #expect(outcome.rows == rows)
    #expect(outcome.rejected == rejected)
    #expect(outcome.unknownCodes == [unknown])
  }

  @Test("a code follows its successors to the one that holds on the day")
  func successors() throws {
    let folder = try TestSupport.TemporaryFolder()
    // Five steps, one that is divided later, one that is not there yet.
    try folder.write(
      Array(
        """
        code;new_code;from;until
        0001;0002;19000101;19500101
        0002;0003;19500101;19600101
        0003;0004;19600101;19700101
        0004;0005;19700101;20180101
        0005;0006;20180101;20230101
        0006;;20230101;
        0007;0008;19000101;2026-09-01
        0008;;2026-09-01;
        0009;;20300101;
        """.utf8
      ),
      to: "g.csv"
    )
    var municipality = column("municipality", .code)
    municipality.successors = SuccessorForm(
      path: folder.path + "/" + "g.csv",
      delimiter: UInt8(ascii: ";"),
      encoding: .utf8,
      place: place
    )
    municipality.region = .municipality
    municipality.unknown = .keep
    let august = try pipeline(with: municipality)
    func meaning(_ code: String, _ column: SourceColumn) -> String? {
      column.values.first { $0.written == code }?.meaning
    }
    #expect(meaning("GM0001", august) == "GM0006")
    #expect(meaning("GM0007", august) == "GM0007")
    #expect(meaning("GM0009", august) == "GM0009")
    #expect(
      meaning(
        "GM0007",
        try pipeline(with: municipality, until: CivilDate(year: 2026, month: 9, day: 1))
      ) == "GM0008"
    )
    let outcome = try Extract.csv([august]).read("municipality\n1\n  GM0002\n0099\nGM00001\n")
    #expect(outcome.rows == ["GM0006", "GM0006", "GM0099", "-"])

    try folder.write(
      Array("code;new_code;from;until\n1;2;;19500101\n2;1;;19500101\n".utf8),
      to: "g.csv"
    )
    let error = #expect(throws: IngestError.self) { _ = try pipeline(with: municipality) }
    #expect(error?.diagnostics.first?.sentence.contains("circle") == true)
  }

  @Test("a neighbourhood is found by postcode and house number, else by a postcode in one of them")
  func regions() throws {
    let folder = try TestSupport.TemporaryFolder()
    try folder.write(
      Array(
        """
        PC6;Huisnummer;Buurt2026;Wijk2026
        7001AA;1;2220101;22201
        7001AA;2;2220102;22201
        7001AB;5;12220101;122201
        7001AB;7;12220101;122201
        7009ZZ;1;1222010A;122201
        """.utf8
      ),
      to: "pc6.csv"
    )
    var neighbourhood = column("neighbourhood", .code)
    neighbourhood.region = .neighbourhood
    neighbourhood.lookup = LookupForm(
      path: folder.path + "/" + "pc6.csv",
      postcode: "pc",
      houseNumber: "nr",
      gives: "Buurt2026",
      delimiter: UInt8(ascii: ";"),
      encoding: .utf8,
      place: place
    )
    let columns = [column("pc", .postcode), column("nr", .integer), neighbourhood]
    let text = """
      pc;nr
      7001AA;1
      7001 aa;02
      7001AA;3
      7001AA;
      7001AB;99
      7001AB;
      7009ZZ;1
      7002AA;1
      ;1
      7001AA;99999999

      """
    for size in [16, 4 << 20] {
      let outcome = try Extract.csv(columns).inChunks(of: size).read(text)
      #expect(
        outcome.rows.map { $0.split(separator: "|").last.map(String.init) ?? "" } == [
          "BU02220101", "BU02220102", "-", "-", "BU12220101", "BU12220101", "BU1222010A", "-", "-",
          "-",
        ]
      )
    }
    var postcodeOnly = neighbourhood
    postcodeOnly.lookup?.houseNumber = nil
    let outcome = try Extract.csv([columns[0], postcodeOnly]).read("pc\n7001AA\n7001AB\n")
    #expect(outcome.rows.map { $0.split(separator: "|").last } == ["-", "BU12220101"])
    var required = neighbourhood
    required = SourceColumn(
      name: required.name,
      sourceName: required.sourceName,
      pattern: "nl:{}",
      type: .code,
      privacyClass: .plain,
      required: true,
      unique: false,
      values: [],
      range: nil,
      textPattern: nil,
      euros: false,
      lookup: neighbourhood.lookup,
      region: .neighbourhood,
      place: place
    )
    let strict = try Extract.csv([columns[0], columns[1], required]).read(text)
    #expect(strict.accepted == 5)
    #expect(strict.rejects.contains("4 neighbourhood required empty"))
    #expect(strict.rows.first?.hasSuffix("nl:BU02220101") == true)
  }

  @Test("a region is put in the form of CBS, or refused")
  func regionForms() {
    func form(_ text: String, _ level: RegionLevel) -> String? {
      level.form(of: Array(text.utf8)).map { String(decoding: $0, as: UTF8.self) }
    }
    #expect(form("GM1680    ", .municipality) == "GM1680")
    #expect(form("34", .municipality) == "GM0034")
    #expect(form("WK168000", .district) == "WK168000")
    #expect(form("BU0034010A", .neighbourhood) == "BU0034010A")
    for wrong in ["", "  ", "GM", "GM168", "GM16800", "BU01680000", "16800", "x", "-1", "GMab12"] {
      #expect(form(wrong, .municipality) == nil, "\(wrong)")
    }
  }
}
