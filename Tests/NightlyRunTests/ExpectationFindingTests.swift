import Diagnostics
import Testing

@testable import NightlyRun
@testable import PipelineFile

@Suite("What is expected of a delivery")
struct ExpectationFindingTests {
  private func fault(
    _ subject: PipelineFile.Expectation.Subject,
    _ bound: PipelineFile.Expectation.Bound,
    _ account: SourceAccount,
    previous: LedgerDelivery? = nil
  ) -> String? {
    ExpectationFinding.finding(
      PipelineFile.Expectation(
        subject: subject,
        bound: bound,
        isGate: true,
        place: Place(file: "t")
      ),
      account,
      of: claimsSource(),
      previous: previous
    ).fault
  }

  private func account(
    rows: Int,
    sum: Int64? = 0,
    trailerRows: Int? = nil,
    trailerTotal: Int64? = nil
  ) -> SourceAccount {
    var account = SourceAccount()
    account.accepted = rows
    account.deliveries = [.init(name: "a.csv", sha256: "1", byteCount: 1)]
    var file = DeliveryFigures.File()
    file.rowCount = rows
    file.sums["amount"] = .some(sum)
    file.trailerRows = trailerRows
    file.trailerTotal = trailerTotal
    account.figures.files = [file]
    return account
  }

  private func previous(rows: Int, sum: Int64) -> LedgerDelivery {
    var previous = LedgerDelivery(source: "care", period: "2026-07", files: "1")
    previous.rowCount = rows
    previous.sums = ["amount": sum]
    return previous
  }

  @Test("so near to the one before holds at the very edge and not behind it")
  func edges() {
    for (rows, holds) in [(95, true), (94, false), (105, true), (106, false), (100, true)] {
      let found = fault(
        .rows,
        .withinPrevious(0.05),
        account(rows: rows),
        previous: previous(rows: 100, sum: 0)
      )
      #expect((found == nil) == holds, "\(rows)")
    }
    for percent in 1...99 {
      let found = fault(
        .rows,
        .withinPrevious(Double(percent) / 100),
        account(rows: 100 - percent),
        previous: previous(rows: 100, sum: 0)
      )
      #expect(found == nil, "\(percent) %")
    }
    let credit = previous(rows: 1, sum: -200)
    for (sum, holds) in [(-210 as Int64, true), (-211, false), (-190, true), (200, false)] {
      let found = fault(
        .sum(column: "amount"),
        .withinPrevious(0.05),
        account(rows: 20, sum: sum),
        previous: credit
      )
      #expect((found == nil) == holds, "\(sum)")
    }
  }

  @Test("rows are those that were sent, whatever became of them; older ledgers know fewer")
  func asSent() {
    var corrected = account(rows: 80)
    corrected.rejected = 5
    corrected.takenOutCount = 15
    #expect(fault(.rows, .range(100...100), corrected) == nil)
    var before = previous(rows: 50, sum: 0)
    #expect(fault(.rows, .withinPrevious(0.05), corrected, previous: before) != nil)
    before.sentCount = 100
    #expect(fault(.rows, .withinPrevious(0), corrected, previous: before) == nil)
  }

  @Test("the first delivery passes, and says that nothing came before")
  func first() {
    let expectation = PipelineFile.Expectation(
      subject: .rows,
      bound: .withinPrevious(0.05),
      isGate: true,
      place: Place(file: "t")
    )
    let finding = ExpectationFinding.finding(
      expectation,
      account(rows: 1),
      of: claimsSource(),
      previous: nil
    )
    #expect(finding.fault == nil && finding.note != nil)
  }

  @Test("a trailer that nobody asks for must be there, and agree with the rows if it counts them")
  func unaskedTrailers() {
    func source(rows: Int?, _ expectations: [PipelineFile.Expectation] = []) -> Source {
      var dialect = Dialect()
      dialect.trailer = TrailerForm(when: "^T;", rows: rows, total: nil)
      return claimsSource(.csv(dialect, .utf8), expectations: expectations)
    }
    func fault(_ source: Source, trailers: Int?, rows: Int? = nil) -> String? {
      var account = account(rows: 12, trailerRows: rows)
      account.figures.files[0].trailerCount = trailers
      return ExpectationFinding.findingOfTrailer(account, of: source).fault
    }
    let counting = source(rows: 2)
    #expect(fault(counting, trailers: 1, rows: 12) == nil)
    #expect(fault(counting, trailers: 1, rows: 13)?.contains("the 13 of its trailer") == true)
    #expect(fault(counting, trailers: 0)?.hasPrefix("found no trailer in 'a.csv'") == true)
    let plain = source(rows: nil)
    #expect(fault(plain, trailers: 1) == nil)
    #expect(fault(plain, trailers: 0) != nil)
    // What the pipeline says of them holds alone.
    let asked = PipelineFile.Expectation(
      subject: .rows,
      bound: .trailer,
      isGate: false,
      place: Place(file: "t")
    )
    #expect(fault(source(rows: 2, [asked]), trailers: 0) == nil)
    #expect(fault(claimsSource(), trailers: 0) == nil)
  }

  @Test("a trailer is that of its own file, one cent off is off, and none is a fault")
  func trailers() {
    #expect(fault(.rows, .trailer, account(rows: 12, trailerRows: 12)) == nil)
    #expect(fault(.rows, .trailer, account(rows: 12, trailerRows: 13)) != nil)
    #expect(fault(.rows, .trailer, account(rows: 12)) != nil)
    let sum = PipelineFile.Expectation.Subject.sum(column: "amount")
    #expect(fault(sum, .trailer, account(rows: 12, sum: 5, trailerTotal: 5)) == nil)
    #expect(fault(sum, .trailer, account(rows: 12, sum: 5, trailerTotal: 6)) != nil)
    #expect(fault(sum, .trailer, account(rows: 12, sum: nil, trailerTotal: 6)) != nil)
    // Two files whose faults cancel out are two faults.
    var two = account(rows: 12, sum: 5, trailerTotal: 6)
    two.deliveries.append(.init(name: "b.csv", sha256: "2", byteCount: 1))
    var other = two.figures.files[0]
    other.sums["amount"] = .some(7)
    other.trailerTotal = 6
    two.figures.files.append(other)
    #expect(fault(sum, .trailer, two)?.contains("a.csv") == true)
    // A file that is passed over has no rows to be counted.
    two.figures.files[0].skipped = "duplicate"
    #expect(fault(sum, .trailer, two)?.contains("b.csv") == true)
  }

  @Test("a sum over a few rows is not printed, one over many is")
  func sparesPersons() throws {
    let sum = PipelineFile.Expectation.Subject.sum(column: "amount")
    for bound in [PipelineFile.Expectation.Bound.range(0...1), .withinPrevious(0.01), .trailer] {
      let few = try #require(
        fault(
          sum,
          bound,
          account(rows: 9, sum: 7777, trailerTotal: 8888),
          previous: previous(rows: 9, sum: 9999)
        )
      )
      for digits in ["7,777", "7777", "8,888", "9,999"] {
        #expect(!few.contains(digits), "\(few)")
      }
      let many = try #require(
        fault(
          sum,
          bound,
          account(rows: 10, sum: 7777, trailerTotal: 8888),
          previous: previous(rows: 9, sum: 9999)
        )
      )
      #expect(many.contains("7,777 cents"))
    }
  }

  @Test("sums that are too large for 64 bits are told, never wrapped")
  func overflow() {
    var large = account(rows: 20, sum: .max)
    large.figures.files.append(large.figures.files[0])
    #expect(large.figures.sums.isEmpty)
    #expect(fault(.sum(column: "amount"), .range(-2...(-2)), large)?.contains("64 bits") == true)
    #expect(DeliveryFigures(large.figures.json) == large.figures)
    #expect(
      DeliveryFigures(account(rows: 1, sum: nil).figures.json)?.files[0].sums == ["amount": nil]
    )
  }
}
