import Tabular
import TestSupport
import Testing

@testable import DisclosureControl
@testable import PipelineFile

@Suite("Means, quotients and quantiles")
struct QuotientTests {
  private let hide = Protection(minimum: 10, method: .hide)

  private func protected(
    persons: [Int64],
    _ figures: [CellTable.Figure],
    _ policy: Protection
  ) throws -> [ProtectedTable.Figure] {
    let table = CellTable(name: "use", dimensions: [], figures: figures, persons: persons)
    return try protect(table, policy).figures
  }

  @Test(
    "A quotient is what anyone could divide of the shown parts, and hidden where either is",
    arguments: 0..<200 as Range<UInt64>
  )
  func dividesWhatIsShown(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let policy = Protection(
      minimum: Int64.random(in: 2...15, using: &random),
      method: Bool.random(using: &random)
        ? .hide : .round(base: Int64.random(in: 2...12, using: &random))
    )
    let persons = (0..<30).map { _ in Int64.random(in: 0...60, using: &random) }
    let contributors = persons.map { Int64.random(in: 0...$0, using: &random) }
    let sums = contributors.map { $0 * Int64.random(in: -5000...5000, using: &random) }
    let unit: FigureUnit =
      [.number, .cents, .tenThousandths].randomElement(using: &random) ?? .cents
    let per = Int64.random(in: 1...1000, using: &random)
    let places = [0, 1, 2].shuffled(using: &random)
    let figures = try protected(
      persons: persons,
      [
        figure(.quotient(of: places[0] + 1, per: per, by: places[1] + 1, .unknown)),
        figure(.count, persons),
        figure(.part, contributors),
        figure(.sum, sums, contributors: contributors, unit: unit),
      ],
      policy
    )
    let (of, by) = (figures[places[0] + 1], figures[places[1] + 1])
    #expect(figures[0].unit == .millionths)
    for cell in persons.indices {
      let parts = [of.marks[cell], by.marks[cell]]
      if parts.contains(.hidden) {
        #expect(figures[0].marks[cell] == .hidden, "seed \(seed)")
        #expect(figures[0].values[cell] == missingInteger, "seed \(seed)")
        continue
      }
      let divisor = scaled(by.values[cell], by.unit)
      if divisor == 0 {
        #expect(figures[0].marks[cell] == .missing, "seed \(seed)")
        #expect(figures[0].values[cell] == missingInteger, "seed \(seed)")
        continue
      }
      let expected = scaled(of.values[cell], of.unit) * Double(per) / divisor
      let found = Double(figures[0].values[cell]) / 1_000_000
      let slack = 0.5001e-6 + abs(expected) * 1e-12
      #expect(abs(found - expected) <= slack, "seed \(seed)")
      #expect(
        figures[0].marks[cell] == (parts.contains(.changed) ? .changed : .none),
        "seed \(seed)"
      )
    }
  }

  private func scaled(_ value: Int64, _ unit: FigureUnit) -> Double {
    unit == .tenThousandths ? Double(value) / 10_000 : Double(value)
  }

  @Test(
    "A mean is hidden when those in the cell, with a number, without one or above zero are few"
  )
  func hidesMeans() throws {
    let known: [Int64] = [9, 10, 41, 40, 50, 0, 50, 10]
    let contributors: [Int64] = [9, 10, 41, 40, 9, 0, 0, 10]
    let result = try protected(
      persons: [50, 50, 50, 50, 50, 50, 50, 10],
      [
        figure(
          .mean(known: known, .unknown),
          contributors.map { $0 * 3 },
          contributors: contributors,
          unit: .cents
        )
      ],
      hide
    )
    #expect(
      result[0].marks == [.hidden, .none, .hidden, .none, .hidden, .missing, .none, .none]
    )
    let shown: [Int64] = [1, 3, 7].map { result[0].values[$0] }
    #expect(shown == [3_000_000, 3_000_000, 3_000_000])
    #expect(result[0].values[6] == 0)
  }

  @Test("A mean of few persons is hidden even where nobody has a number")
  func hidesMeansOfNobody() throws {
    let result = try protected(
      persons: [9, 0],
      [
        figure(.mean(known: [0, 0], .unknown), [0, 0]),
        figure(.quantile(known: [0, 0]), [missingInteger, missingInteger], contributors: [0, 0]),
      ],
      hide
    )
    #expect(result[0].marks == [.hidden, .missing])
    #expect(result[1].marks == [.hidden, .missing])
  }

  @Test("Under round a mean is of the rounded sum and the rounded count")
  func roundsMeans() throws {
    let result = try protected(
      persons: [12],
      [figure(.mean(known: [12], .unknown), [1234], contributors: [12])],
      Protection(minimum: 10, method: .round(base: 5))
    )
    #expect(result[0].values == [1_235 * 100_000])
    #expect(result[0].marks == [.changed])
  }

  @Test("A quantile shows three digits, and needs the minimum of persons on either side")
  func guardsQuantiles() throws {
    let result = try protected(
      persons: [50, 50, 50, 9, 50],
      [
        figure(
          .quantile(known: [50, 50, 50, 9, 50]),
          [674_500, 674_500, -1_234_567, 674_500, 99_960_000],
          contributors: [9, 10, 24, 24, 20]
        )
      ],
      hide
    )
    #expect(result[0].marks == [.hidden, .changed, .changed, .hidden, .changed])
    #expect(result[0].values[1] == 675_000)
    #expect(result[0].values[2] == -1_230_000)
    #expect(result[0].values[4] == 100_000_000)
    #expect(result[0].values[0] == missingInteger)
  }

  @Test(
    "A quotient too large for 64 bits stops with the figure's name, one that names none is hidden"
  )
  func stopsAtOverflow() throws {
    let parts = [figure(.sum, [.max], contributors: [20]), figure(.count, [20])]
    let error = #expect(throws: DisclosureControlError.self) {
      try protected(
        persons: [20],
        parts + [figure(.quotient(of: 0, per: 1000, by: 1, .unknown))],
        hide
      )
    }
    guard case .overflow("f") = error else {
      Issue.record("found \(String(describing: error))")
      return
    }
    let lost = try protected(
      persons: [20],
      parts + [figure(.quotient(of: 1, per: 1, by: -1, .unknown))],
      hide
    )
    #expect(lost[2].marks.allSatisfy { $0 == .hidden })
    #expect(lost[2].values.allSatisfy { $0 == missingInteger })
  }
}
