import Tabular
import Testing

@testable import DisclosureControl

/// The known answers of the page, as an outsider finds them in tables of text.
@Suite("Outsider's audit") struct OutsiderAuditTests {
  /// A table of persons: labels and number, `x` where it is hidden, separated by spaces.
  static func table(
    _ name: String = "use",
    by dimensions: [String],
    _ rows: [String],
    kind: PublishedMeasures.Kind? = .count,
    scope: CellTable.Scope = .population,
    _ protection: PublishedProtection = PublishedProtection(minimum: 10, method: .hiding)
  ) -> OutsiderTable {
    let fields = rows.map { $0.split(separator: " ").map(String.init) }
    let cuts = dimensions.enumerated().map { place, name in
      let labels = Set(fields.map { $0[place] }).subtracting(["total"]).sorted()
      return CellTable.Dimension(
        name: name,
        labels: labels,
        codes: fields.map { row in
          labels.firstIndex(of: row[place]).map(Int32.init) ?? CellTable.total
        }
      )
    }
    let own = fields.map { $0[dimensions.count] }
    let number = OutsiderTable.Column(
      name: "residents",
      values: own.map { Int64($0.filter(\.isNumber)) ?? missingInteger },
      marks: own.map { text in
        text == "x" ? .hidden : text.hasSuffix("~") ? .changed : text.hasSuffix("h") ? .held : .none
      }
    )
    return OutsiderTable(
      name: name,
      dimensions: cuts,
      columns: [number],
      measures: kind.map { kind in
        PublishedMeasures(
          scope: scope,
          figures: [
            PublishedMeasures.Figure(
              name: "residents",
              kind: kind,
              measure: kind == .count ? "count" : "sum amount"
            )
          ]
        )
      },
      protection
    )
  }

  static func intervals(_ audit: OutsiderAudit) -> [[String]: AttackedInterval] {
    Dictionary(
      audit.cells.filter { !$0.table.isEmpty }
        .compactMap { cell in cell.interval.map { (cell.labels, $0) } }
    ) { first, _ in first }
  }

  @Test("a table of two by two, all hidden, leaves the intervals of the page")
  func twoByTwo() throws {
    let table = Self.table(
      by: ["area", "sex"],
      [
        "a f x", "a m x", "a total 35", "b f x", "b m x", "b total 45", "total f 31",
        "total m 49", "total total 80",
      ]
    )
    let audit = try OutsiderAudit([table], minimum: 10)
    let found = Self.intervals(audit)
    #expect(found[["a", "f"]] == AttackedInterval(lower: 0, upper: 31))
    #expect(found[["a", "m"]] == AttackedInterval(lower: 4, upper: 35))
    #expect(found[["b", "f"]] == AttackedInterval(lower: 0, upper: 31))
    #expect(found[["b", "m"]] == AttackedInterval(lower: 14, upper: 45))
    #expect(audit.atRisk == 0)
    #expect(audit.measures.map(\.hidden) == [4])
    #expect(audit.measures.map(\.shown) == [5])
  }

  @Test("a number that follows from a total is at risk, and so is one that shows too few")
  func whatFollows() throws {
    let table = Self.table(
      by: ["area"],
      ["a x", "b 30", "c 40", "d 3", "total 77"]
    )
    let audit = try OutsiderAudit([table], minimum: 10)
    #expect(audit.atRisk == 2)
    #expect(audit.cells.filter(\.isAtRisk).map(\.labels) == [["a"], ["d"]])
    #expect(Self.intervals(audit)[["a"]] == AttackedInterval(lower: 4, upper: 4))
  }

  @Test("two holes that hold fewer than the minimum between them are at risk without being exact")
  func tooFewBetweenThem() throws {
    let table = Self.table(by: ["area"], ["a x", "b x", "c 40", "total 47"])
    #expect(try OutsiderAudit([table], minimum: 10).atRisk == 2)
    #expect(try OutsiderAudit([table], minimum: 7).atRisk == 0)
    #expect(try OutsiderAudit([table], minimum: nil).atRisk == 0)
  }

  @Test("a sum of which one number follows is at risk, a count of enough persons is not")
  func sumsAndCounts() throws {
    let rows = ["a x", "b 30", "c 40", "total 100"]
    #expect(try OutsiderAudit([Self.table(by: ["area"], rows)], minimum: 10).atRisk == 0)
    #expect(
      try OutsiderAudit([Self.table(by: ["area"], rows, kind: .sum)], minimum: 10).atRisk == 1
    )
  }

  @Test("areas nest by their codes over tables: what two levels hide apart follows from both")
  func nesting() throws {
    let fine = Self.table(
      "fine",
      by: ["neighbourhood"],
      ["BU12220101 x", "BU12220102 40", "BU12220201 50", "BU12220202 60"]
    )
    let coarse = Self.table("coarse", by: ["district"], ["WK122201 44", "WK122202 110"])
    #expect(try OutsiderAudit([fine], minimum: 10).atRisk == 0)
    let both = try OutsiderAudit([fine, coarse], minimum: 10)
    #expect(both.atRisk == 1)
    #expect(
      Self.intervals(both)[["BU12220101"]] == AttackedInterval(lower: 4, upper: 4)
    )
  }

  @Test("tables in a cycle are joined by the cells that lie in each, as on the page")
  func cycle() throws {
    let tables = [
      Self.table(
        "ab",
        by: ["a", "b"],
        ["1 1 x", "1 2 x", "2 1 x", "2 2 x", "total 1 27", "total 2 50"]
      ),
      Self.table("ac", by: ["a", "c"], ["1 1 25", "1 2 0", "2 1 12", "2 2 40"]),
      Self.table("bc", by: ["b", "c"], ["1 1 17", "1 2 10", "2 1 20", "2 2 30"]),
    ]
    let found = Self.intervals(try OutsiderAudit(tables, minimum: nil))
    #expect(found[["1", "1"]] == AttackedInterval(lower: 5, upper: 17))
  }

  @Test("four zeros of base 5 with a total of 10 are four times 2")
  func rounding() throws {
    let protection = PublishedProtection(minimum: 10, method: .rounding(base: 5))
    let rows = ["a 0~", "b 0~", "c 0~", "d 0~"]
    let table = Self.table(by: ["area"], rows + ["total 10~"], protection)
    let audit = try OutsiderAudit([table], minimum: 10)
    let found = Self.intervals(audit)
    #expect(["a", "b", "c", "d"].allSatisfy { found[[$0]] == .init(lower: 2, upper: 2) })
    // And the total is 8: it is too few as well.
    #expect(audit.atRisk == 5)
    let safe = Self.table(by: ["area"], rows + ["total 5~"], protection)
    #expect(
      try OutsiderAudit([safe], minimum: 5).cells.filter(\.isAtRisk).isEmpty
    )
  }

  @Test("halfway goes away from zero, and the numbers behind a multiple are as many as its base")
  func rangesOfMultiples() {
    for base in 1...12 as ClosedRange<Int64> {
      for value in -60...60 as ClosedRange<Int64> {
        let multiple = rounded(value, toMultipleOf: base)
        let range = PublishedProtection.range(of: multiple, base: base)
        let own = (-100...100 as ClosedRange<Int64>).filter {
          rounded($0, toMultipleOf: base) == multiple
        }
        #expect(range.lower == own.first && range.upper == own.last, "\(value), base \(base)")
      }
    }
  }

  @Test("of a moved count all is left open that the noise may have done")
  func moving() throws {
    let protection = PublishedProtection(minimum: 10, method: .moving(atMost: 5))
    let table = Self.table(by: ["area"], ["a 12~", "b 14~", "c x", "total 40~"], protection)
    let audit = try OutsiderAudit([table], minimum: 10)
    #expect(Self.intervals(audit)[["c"]] == AttackedInterval(lower: 0, upper: 29))
    #expect(audit.atRisk == 0)
    #expect(protection.range(ofCount: 0) == KnownRange(lower: 0, upper: 5))
    #expect(protection.range(ofCount: 3) == KnownRange(lower: 1, upper: 8))
  }

  @Test("an older number tells nothing of today, and is at risk once today's follows")
  func held() throws {
    let open = Self.table(by: ["area"], ["a 12h", "b x", "c 43", "total 86"])
    let audit = try OutsiderAudit([open], minimum: 10)
    #expect(audit.measures.map(\.held) == [1])
    #expect(Self.intervals(audit)[["a"]] == AttackedInterval(lower: 0, upper: 43))
    #expect(audit.atRisk == 0)
    let told = Self.table(by: ["area"], ["a 12h", "b 30", "c 43", "total 86"])
    #expect(try OutsiderAudit([told], minimum: 10).atRisk == 1)
  }

  @Test("without a manifest a column is one measure in every table until a number says otherwise")
  func guessing() throws {
    let unknown = PublishedProtection(minimum: nil, method: .unknown)
    let first = Self.table("one", by: ["area"], ["a x", "b 30", "total 70"], kind: nil, unknown)
    let second = Self.table("two", by: ["area"], ["a 41", "b x"], kind: nil, unknown)
    // 41 and 30 are not 70: the columns are told apart by nothing that is read in both.
    let other = Self.table("two", by: ["area"], ["a 41", "b 31"], kind: nil, unknown)
    #expect(try OutsiderAudit([first], minimum: nil).atRisk == 1)
    #expect(try OutsiderAudit([first, other], minimum: nil).atRisk == 1)
    #expect(try OutsiderAudit([second], minimum: nil).atRisk == 0)
  }

  @Test("with a manifest two values of one number are refused")
  func contradiction() {
    let first = Self.table("one", by: ["area"], ["a 40", "b 30"])
    let second = Self.table("two", by: ["area"], ["a 41", "b 30"])
    #expect(throws: DisclosureControlError.self) {
      try OutsiderAudit([first, second], minimum: 10)
    }
  }

  @Test("tables of several releases are one until a number says otherwise, and then each its own")
  func severalReleases() throws {
    func atRisk(_ second: [String]) throws -> Int {
      let first = Self.table("first", by: ["area"], ["a x", "b x", "c 40", "total 70"])
      let other = Self.table("second", by: ["area"], second).of(release: 1)
      return try OutsiderAudit([first, other], minimum: 10).atRisk
    }
    // b is 27 in the other: a is 3.
    #expect(try atRisk(["b 27", "c 40"]) == 1)
    #expect(try atRisk(["b 27", "c x"]) == 1)
    #expect(try atRisk(["b 27", "c 41"]) == 0)
    #expect(try atRisk(["b 27", "d 3", "c 41"]) == 1)
  }

  @Test("whom a condition leaves out are a number too")
  func complements() throws {
    let measures = PublishedMeasures(
      scope: .population,
      figures: [
        .init(name: "residents", kind: .count, measure: "count"),
        .init(name: "supported", kind: .part, measure: "count where supported"),
      ]
    )
    func audit(_ supported: Int64) throws -> OutsiderAudit {
      try OutsiderAudit(
        [
          OutsiderTable(
            name: "use",
            dimensions: [.init(name: "area", labels: ["a"], codes: [0])],
            columns: [
              .init(name: "residents", values: [50], marks: [.none]),
              .init(name: "supported", values: [supported], marks: [.none]),
            ],
            measures: measures,
            PublishedProtection(minimum: 10, method: .hiding)
          )
        ],
        minimum: 10
      )
    }
    #expect(try audit(47).atRisk == 1)
    #expect(try audit(40).atRisk == 0)
    #expect(try audit(50).atRisk == 0)
  }

  @Test("what a manifest tells of a table comes back as it was")
  func manifestRoundTrip() throws {
    for scope in [
      CellTable.Scope.population, .those("with care"), .apart("in 2026-07"), .apart(""), .alone,
    ] {
      let told = PublishedMeasures(
        scope: scope,
        rowDimensions: ["care_type"],
        figures: [
          .init(name: "n", kind: .count, measure: "count"),
          .init(
            name: "cost",
            kind: .sum,
            measure: "sum care.amount",
            unit: .cents,
            beside: ["_n"],
            mayBeNegative: true,
            isOpen: true
          ),
          .init(name: "rate", kind: .other, measure: "", unit: .millionths),
        ]
      )
      #expect(PublishedMeasures(told.json) == told)
    }
    #expect(PublishedMeasures(["counts": "someone"]) == nil)
    #expect(PublishedMeasures(["counts": "population", "figures": [["name": "n"]]]) == nil)
  }
}
