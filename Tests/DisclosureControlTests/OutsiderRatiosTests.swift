import Statistics
import Tabular
import Testing

@testable import DisclosureControl

/// What an outsider works out of ratios that stand beside hidden numbers.
@Suite("Outsider's audit of ratios") struct OutsiderRatiosTests {
  /// A column of a table: texts as they are printed, `x` where a number is hidden.
  static func column(_ name: String, _ texts: [String]) -> OutsiderTable.Column {
    let decimals = texts.map { $0.split(separator: ".").dropFirst().first?.count ?? 0 }.max() ?? 0
    let perOne = (0..<decimals).reduce(Int64(1)) { power, _ in power * 10 }
    return OutsiderTable.Column(
      name: name,
      values: texts.map { text in
        let parts = text.filter { $0 != "~" }.split(separator: ".").map(String.init)
        guard let whole = parts.first.flatMap({ Int64($0) }) else { return missingInteger }
        let rest = parts.count > 1 ? parts[1] : ""
        return whole * perOne
          + (Int64(rest + String(repeating: "0", count: decimals - rest.count)) ?? 0)
      },
      marks: name.hasSuffix("_lower") || name.hasSuffix("_upper")
        ? [] : texts.map { $0 == "x" ? .hidden : $0.hasSuffix("~") ? .changed : .none },
      perOne: perOne
    )
  }

  static func table(
    _ columns: [OutsiderTable.Column],
    _ measures: PublishedMeasures? = nil,
    _ protection: PublishedProtection = PublishedProtection(minimum: 10, method: .hiding)
  ) -> OutsiderTable {
    let cells = columns[0].values.indices
    return OutsiderTable(
      name: "use",
      dimensions: [
        CellTable.Dimension(
          name: "area",
          labels: cells.map { "a\($0)" },
          codes: cells.map { Int32($0) }
        )
      ],
      columns: columns,
      measures: measures,
      protection
    )
  }

  /// Residents, patients, and `rate` per 1000, with its limits.
  static let rateMeasures = PublishedMeasures(
    scope: .population,
    figures: [
      .init(name: "residents", kind: .count, measure: "count"),
      .init(name: "patients", kind: .part, measure: "count where ill"),
      .init(
        name: "rate",
        kind: .other,
        measure: "count where ill per 1000 count",
        unit: .millionths
      ),
    ]
  )

  static func printed(_ value: Double, decimals: Int = 6) -> String {
    let unit = (0..<decimals).reduce(1.0) { power, _ in power * 10 }
    let whole = Int64((value * unit).rounded())
    let rest = String(whole % Int64(unit))
    return "\(whole / Int64(unit))." + String(repeating: "0", count: decimals - rest.count) + rest
  }

  static func interval(_ audit: OutsiderAudit, _ measure: String) -> AttackedInterval? {
    audit.cells.first { $0.measure == measure && $0.table == "use" }?.interval
  }

  @Test("a hidden count beside its rate is what the rate tells, up to its last digit")
  func rates() throws {
    func audit(_ rate: String, residents: String = "500") throws -> OutsiderAudit {
      let columns = [
        Self.column("residents", [residents]), Self.column("patients", ["x"]),
        Self.column("rate", [rate]),
      ]
      return try OutsiderAudit([Self.table(columns, Self.rateMeasures)], minimum: 10)
    }
    let exact = try audit("8.000000")
    #expect(Self.interval(exact, "patients") == AttackedInterval(lower: 4, upper: 4))
    #expect(exact.atRisk == 1)
    #expect(exact.unjudged.isEmpty)
    // 8 per 1000 of 500 is 3.75 to 4.25; of 5,000 it is 38 to 42, which is enough.
    #expect(Self.interval(try audit("8"), "patients") == AttackedInterval(lower: 4, upper: 4))
    let coarse = try audit("8", residents: "5000")
    #expect(Self.interval(coarse, "patients") == AttackedInterval(lower: 38, upper: 42))
    #expect(coarse.atRisk == 0)
    #expect(try audit("x").atRisk == 0)
  }

  @Test("of whom a rate is follows too, and both where a total shows one more")
  func divisors() throws {
    let columns = [
      Self.column("residents", ["x"]), Self.column("patients", ["20"]),
      Self.column("rate", ["400.000000"]),
    ]
    let audit = try OutsiderAudit([Self.table(columns, Self.rateMeasures)], minimum: 100)
    #expect(Self.interval(audit, "residents") == AttackedInterval(lower: 50, upper: 50))
  }

  @Test("where neither is shown a rate is a row beside the others")
  func rows() throws {
    // Of 30 residents and 6 patients of two areas: 6 = 0.1 r + 0.4 (30 - r).
    let names = CellTable.Dimension(
      name: "area",
      labels: ["a", "b", "c"],
      codes: [0, 1, 2, CellTable.total]
    )
    let table = OutsiderTable(
      name: "use",
      dimensions: [names],
      columns: [
        Self.column("residents", ["x", "x", "60", "90"]),
        Self.column("patients", ["x", "x", "7", "13"]),
        Self.column("rate", ["100.000000", "400.000000", "x", "x"]),
      ],
      measures: Self.rateMeasures,
      PublishedProtection(minimum: 30, method: .hiding)
    )
    let audit = try OutsiderAudit([table], minimum: 30)
    let found = OutsiderAuditTests.intervals(audit)
    // The first that is listed of each area: 20 residents, then 10.
    for (area, count) in [("a", 20.0), ("b", 10.0)] {
      let interval = found[[area]]
      #expect(abs((interval?.lower ?? 0) - count) < 1e-3, "\(area)")
      #expect(abs((interval?.upper ?? 0) - count) < 1e-3, "\(area)")
    }
    // With those who are no patients there, and the patients that are shown.
    #expect(audit.atRisk == 8)
  }

  @Test("without a manifest a rate is what three cells show it to be, and no other")
  func guessing() throws {
    let residents = Self.column("residents", ["610", "615", "724", "100"])
    let patients = Self.column("patients", ["174", "202", "179", "x"])
    func audit(_ rates: [String]) throws -> OutsiderAudit {
      try OutsiderAudit(
        [Self.table([residents, patients, Self.column("rate", rates)])],
        minimum: 10
      )
    }
    let open = try audit(["285.2", "328.5", "247.2", "40.0"])
    #expect(Self.interval(open, "patients") == AttackedInterval(lower: 4, upper: 4))
    #expect(open.atRisk == 1)
    #expect(open.unjudged.isEmpty)
    let percent = try audit(["28.5", "32.8", "24.7", "4.0"])
    #expect(percent.atRisk == 1)
    // One that is something else tells nothing, and is said to be looked at by nobody.
    let other = try audit(["285.2", "328.5", "247.3", "40.0"])
    #expect(other.atRisk == 0)
    #expect(other.unjudged.map(\.column) == ["rate"])
  }

  @Test("what is expected, times the ratio, is what was counted")
  func ratiosToExpected() throws {
    let observed: [Int64] = [77, 73, 98, 4]
    let expected = [90.191769, 88.187738, 56.341075, 9.566412]
    let columns = [
      Self.column("observed", observed.map { $0 == 4 ? "x" : "\($0)" }),
      Self.column("expected", expected.map { Self.printed($0) }),
      Self.column("smr", zip(observed, expected).map { Self.printed(Double($0) / $1) }),
    ]
    let audit = try OutsiderAudit([Self.table(columns)], minimum: 10)
    #expect(Self.interval(audit, "observed") == AttackedInterval(lower: 4, upper: 4))
    #expect(audit.atRisk == 1)
    // How it is made of strata is not in the file.
    #expect(audit.unjudged.map(\.column) == ["expected", "smr"])
  }

  @Test("limits tell the count behind them, whatever their width", arguments: [0.95, 0.998])
  func limitsOfEvents(level: Double) {
    let level = Confidence(level: level)
    for count in (1...60).map({ Int64($0) }) + [200, 1_000, 10_000] {
      for width in [0.001, 0.37] {
        let limits = DirectRate.interval(of: 200, width: width, observed: Int(count), level)
        let half = 0.5e-6
        let printed = PrintedLimits(
          value: 200 - half...200 + half,
          lower: limits.lower - half...limits.lower + half,
          upper: limits.upper - half...limits.upper + half
        )
        let found = printed.counts(.events, level, per: 1)?.dividend
        #expect(found?.contains(count) == true, "\(count) \(width)")
        if width > 0.1, count < 1_000 {
          #expect(found == .exactly(count), "\(count) \(width)")
        }
      }
    }
  }

  @Test("limits of a share tell how many it is of, and of whom", arguments: [0.95, 0.998])
  func limitsOfShares(level: Double) throws {
    let level = Confidence(level: level)
    for total in [1, 2, 7, 60, 1_000, 30_000] as [Int64] {
      for share in [0.0, 0.02, 0.3, 0.5, 0.98, 1] {
        let part = Int64((Double(total) * share).rounded())
        let limits = try #require(wilsonInterval(count: Int(part), of: Int(total), level))
        let value = 1000 * Double(part) / Double(total)
        let half = 0.5e-6
        let printed = PrintedLimits(
          value: value - half...value + half,
          lower: 1000 * limits.lower - half...1000 * limits.lower + half,
          upper: 1000 * limits.upper - half...1000 * limits.upper + half
        )
        let found = try #require(printed.counts(.share, level, per: 1000))
        #expect(found.dividend.contains(part), "\(part) of \(total)")
        #expect(found.divisor?.contains(total) == true, "\(part) of \(total)")
        if total <= 1_000 { #expect(found.divisor == .exactly(total), "\(part) of \(total)") }
      }
    }
  }

  @Test("a standardised rate tells by its limits of how many it is")
  func standardised() throws {
    let counts = [174, 202, 179, 6]
    let limits = counts.map {
      DirectRate.interval(of: 300, width: 1.1, observed: $0, .ninetyFive)
    }
    let measures = PublishedMeasures(
      scope: .population,
      figures: [
        .init(name: "patients", kind: .part, measure: "count where ill"),
        .init(
          name: "adjusted",
          kind: .other,
          measure: "count where ill per 1000 count, standardised by [\"age\"]",
          unit: .millionths
        ),
      ]
    )
    let columns = [
      Self.column("patients", ["174", "202", "179", "x"]),
      Self.column("adjusted", counts.map { _ in "300.000000" }),
      Self.column("adjusted_lower", limits.map { Self.printed($0.lower) }),
      Self.column("adjusted_upper", limits.map { Self.printed($0.upper) }),
    ]
    for measures in [measures, nil] {
      let audit = try OutsiderAudit([Self.table(columns, measures)], minimum: 10)
      #expect(Self.interval(audit, "patients") == AttackedInterval(lower: 6, upper: 6))
      #expect(audit.atRisk == 1)
      #expect(audit.unjudged.map(\.column) == ["adjusted"])
    }
    // Whom it counts, some are of no stratum: then it tells nothing of them.
    let other = [Self.column("patients", ["175", "203", "180", "x"])] + columns.dropFirst()
    #expect(try OutsiderAudit([Self.table(other, nil)], minimum: 10).atRisk == 0)
  }

  @Test("a mean tells its persons where its sum stands elsewhere")
  func means() throws {
    let measures = PublishedMeasures(
      scope: .population,
      figures: [
        .init(name: "residents", kind: .count, measure: "count"),
        .init(name: "points", kind: .sum, measure: "sum points"),
        .init(name: "score", kind: .mean, measure: "mean points", beside: ["_n"]),
      ]
    )
    let columns = [
      Self.column("residents", ["50"]), Self.column("points", ["28"]),
      Self.column("score", ["7.000000"]), Self.column("score_n", ["x"]),
    ]
    let audit = try OutsiderAudit([Self.table(columns, measures)], minimum: 10)
    #expect(Self.interval(audit, "score_n") == AttackedInterval(lower: 4, upper: 4))
    #expect(audit.atRisk == 1)
  }

  @Test("where counts are rounded a rate tells the rounded one")
  func rounding() throws {
    let columns = [
      Self.column("residents", ["500~"]), Self.column("patients", ["x"]),
      Self.column("rate", ["20.000000~"]),
    ]
    let rounding = PublishedProtection(minimum: 10, method: .rounding(base: 5))
    let audit = try OutsiderAudit([Self.table(columns, Self.rateMeasures, rounding)], minimum: 10)
    #expect(Self.interval(audit, "patients") == AttackedInterval(lower: 8, upper: 12))
    #expect(audit.atRisk == 0)
  }
}
