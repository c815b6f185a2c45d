import Diagnostics
import Tabular
import TestSupport
import Testing

@testable import DisclosureControl
@testable import PipelineFile
@testable import Publication

@Suite("CSV of a table")
struct TableWriterTests {
  private let hide = Protection(minimum: 10, method: .hide)
  private let coverage = [
    Coverage(
      source: "care",
      linkedRows: 984,
      acceptedRows: 1000,
      deliveries: (came: 1, expected: 2),
      persons: Coverage.Persons(covered: 2, residents: 3)
    ),
    Coverage(source: "support", linkedRows: 0, acceptedRows: 0),
  ]

  private func text(
    _ table: ProtectedTable,
    _ columns: PublishStage.Columns,
    _ coverage: [Coverage] = []
  ) -> String {
    String(decoding: csvBytes(table, columns: columns, coverage: coverage), as: UTF8.self)
  }

  @Test("figures alone are the bytes that the speed comparison wants")
  func writesValues() throws {
    #expect(
      text(try protect(exampleTable, hide), .values, coverage) == """
        area,sex,persons,cost
        BU1,M,12,-150
        BU1,total,,
        total,M,0,0
        total,total,42,9223372036854775807

        """
    )
  }

  @Test("full columns have a mark beside each figure and the coverage of each source")
  func writesFull() throws {
    #expect(
      text(try protect(exampleTable, hide), .full, coverage) == """
        area,sex,persons,persons_mark,cost,cost_mark,coverage_care,linked_care,coverage_support,linked_support
        BU1,M,12,,-150,,33.3,98.4,100.0,
        BU1,total,,x,,x,33.3,98.4,100.0,
        total,M,0,,0,,33.3,98.4,100.0,
        total,total,42,,9223372036854775807,,33.3,98.4,100.0,

        """
    )
  }

  @Test("rounded figures bear their mark")
  func writesRounded() throws {
    let rounded = try protect(exampleTable, Protection(minimum: 10, method: .round(base: 5)))
    #expect(
      text(rounded, .full) == """
        area,sex,persons,persons_mark,cost,cost_mark
        BU1,M,10,~,0,~
        BU1,total,,x,,x
        total,M,0,~,0,~
        total,total,40,~,9223372036854775500,~

        """
    )
  }

  @Test("a field is quoted when it holds a comma, a quote or a line end, and only then")
  func quotes() throws {
    let labels = ["", " a ", "a\"b", "a,b", "a;b", "a\nb", "a\rb", "=1+1", "é"]
    let table = CellTable(
      name: "t",
      dimensions: [
        CellTable.Dimension(
          name: "co,de",
          labels: labels,
          codes: labels.indices.map { Int32($0) }
        )
      ],
      figures: [],
      persons: labels.map { _ in 20 }
    )
    #expect(
      text(try protect(table, hide), .values)
        == "\"co,de\"\n\n a \n\"a\"\"b\"\n\"a,b\"\na;b\n\"a\nb\"\n\"a\rb\"\n=1+1\né\n"
    )
  }

  @Test("a hidden figure's value does not stand in the file, whatever it is")
  func hidesValues() throws {
    for value in 1...9 as ClosedRange<Int64> {
      let table = table(persons: [value], sums: [777_777])
      let written = text(try protect(table, hide), .full)
      #expect(written == "area,persons,persons_mark,cost,cost_mark\nA0,,x,,x\n")
    }
  }

  @Test(
    "fixed-point sums have four decimals",
    arguments: [
      (12_345, "1.2345"), (-5, "-0.0005"), (0, "0.0000"),
      (Int64.max, "922337203685477.5807"), (Int64.min + 1, "-922337203685477.5807"),
    ]
  )
  func writesDecimals(value: Int64, expected: String) throws {
    let table = table(persons: [20], sums: [value], unit: .tenThousandths)
    #expect(text(try protect(table, hide), .values) == "area,persons,cost\nA0,20,\(expected)\n")
  }

  @Test("rows read back as what the table holds", arguments: 0..<50 as Range<UInt64>)
  func readsBack(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let count = Int.random(in: 0...60, using: &random)
    let persons = (0..<count).map { _ in Int64.random(in: 0...40, using: &random) }
    let sums = (0..<count).map { _ in Int64.random(in: Int64.min + 1...Int64.max, using: &random) }
    let protected = try protect(table(persons: persons, sums: sums), hide)
    let lines = text(protected, .full).split(separator: "\n").dropFirst()
    #expect(lines.count == count)
    for (cell, line) in lines.enumerated() {
      let fields = line.split(separator: ",", omittingEmptySubsequences: false)
      let isHidden = (1..<10).contains(persons[cell])
      #expect(
        fields.map(String.init) == [
          "A\(cell)", isHidden ? "" : "\(persons[cell])", isHidden ? "x" : "",
          isHidden ? "" : "\(sums[cell])", isHidden ? "x" : "",
        ],
        "seed \(seed)"
      )
    }
  }

  @Test("labels that a spreadsheet would run, and labels like a total's, are counted")
  func doubtsLabels() throws {
    let labels = ["+31", "-", "0-17", "=A1", "@x", "total"]
    let dimension = CellTable.Dimension(
      name: "care_type",
      labels: labels,
      codes: labels.indices.map { Int32($0) }
    )
    let table = CellTable(
      name: "t",
      dimensions: [dimension],
      figures: [],
      persons: labels.map { _ in 20 }
    )
    #expect(
      labelDoubts(of: try protect(table, hide)) == [
        LabelDoubt(dimension: "care_type", kind: .formula, labelCount: 4),
        LabelDoubt(dimension: "care_type", kind: .total, labelCount: 1),
      ]
    )
    #expect(labelDoubts(of: try protect(exampleTable, hide)) == [])
    let told = labelDoubts(of: try protect(table, hide)).map { $0.diagnostic(in: "t").text }
    #expect(told.first?.contains("found 4 labels of 'care_type'") == true)
    #expect(!told.joined().contains("=A1"))
  }
}
