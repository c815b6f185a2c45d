import PipelineFile
import Tabular

/// How an expectation of a delivery was met.
struct ExpectationFinding: Sendable, Equatable {
  /// Nil when it holds.
  var fault: String?
  /// What is told though it holds.
  var note: String?

  /// Sums over fewer rows tell what single persons cost: they are not printed.
  private static let leastRowsOfSum = 10

  /// Weighs a delivery against one expectation.
  ///
  /// All of it is about what was sent: every row of the files that count, rejected, replaced and
  /// removed ones too; a sum, as far as the value could be read. What a sender says of a file, and
  /// how much usually comes, are about the file, and not about what rows do to each other.
  ///
  /// - Parameters:
  ///   - expectation: what it must come to.
  ///   - account: what it came to.
  ///   - source: whose delivery it is.
  ///   - previous: the good delivery before it; nil when there is none.
  /// - Returns: what is wrong, in numbers, or what is to be told.
  static func finding(
    _ expectation: Expectation,
    _ account: SourceAccount,
    of source: Source,
    previous: LedgerDelivery?
  ) -> ExpectationFinding {
    switch (expectation.subject, expectation.bound) {
    case (.rows, .trailer): return trailerRows(account)
    case (.sum(let column), .trailer): return trailerTotal(of: column, account, source)
    case (.rows, let bound):
      let found = Int64(account.sentCount)
      return weigh(
        found,
        bound,
        previous: previous.map { Int64($0.sentCount ?? $0.rowCount) },
        period: previous?.period,
        what: "found \(grouped(Int(found))) rows",
        shows: true
      ) { grouped(Int(clamping: $0)) }
    case (.sum(let column), let bound):
      let unit = source.column(named: column)?.type == .money ? " cents" : ""
      guard let found = account.figures.sums[column] else {
        return ExpectationFinding(fault: "the sum of '\(column)' is too large for 64 bits")
      }
      let shows = account.accepted + account.rejected >= leastRowsOfSum
      return weigh(
        found,
        bound,
        previous: previous?.sums[column],
        period: previous?.period,
        what: shows
          ? "'\(column)' adds up to \(grouped(Int(found)))\(unit)"
          : "'\(column)' adds up to something else",
        shows: shows
      ) { grouped(Int(clamping: $0)) + unit }
    }
  }

  /// Weighs a delivery against its trailers where no expectation names them.
  ///
  /// A file without its closing line was cut; a number of rows that the pipeline has a name for is
  /// there to be compared.
  ///
  /// - Returns: what is wrong; nothing for a source without trailers.
  static func findingOfTrailer(_ account: SourceAccount, of source: Source) -> ExpectationFinding {
    guard let trailer = source.format.dialect?.trailer,
      !source.expectations.contains(where: { $0.bound == .trailer })
    else { return ExpectationFinding() }
    for (delivery, file) in zip(account.deliveries, account.figures.files)
    where file.skipped == nil && file.trailerCount == 0 {
      return lacking(delivery)
    }
    return trailer.rows == nil ? ExpectationFinding() : trailerRows(account)
  }

  private static func weigh(
    _ found: Int64,
    _ bound: Expectation.Bound,
    previous: Int64?,
    period: String?,
    what: String,
    shows: Bool,
    _ text: (Int64) -> String
  ) -> ExpectationFinding {
    switch bound {
    case .range(let range):
      if range.contains(found) { return ExpectationFinding() }
      let wanted =
        range.lowerBound == range.upperBound
        ? text(range.lowerBound) : "\(text(range.lowerBound)) to \(text(range.upperBound))"
      return ExpectationFinding(fault: "\(what), expected \(wanted)")
    case .withinPrevious(let share):
      guard let previous else {
        return ExpectationFinding(note: "no earlier delivery to compare with")
      }
      // 29 % of 100 is a little less than 29 in binary: the edge itself must hold.
      let limit = share * abs(Double(previous)) * (1 + 1e-12)
      if abs(Double(found) - Double(previous)) <= limit {
        return ExpectationFinding()
      }
      let label = period.map { $0.isEmpty ? "" : " of \($0)" } ?? ""
      let before = shows ? " the \(text(previous))\(label) before" : " that\(label) before"
      return ExpectationFinding(fault: "\(what), expected within \(percent(share)) of\(before)")
    case .trailer: return ExpectationFinding()
    }
  }

  private static func trailerRows(_ account: SourceAccount) -> ExpectationFinding {
    for (delivery, file) in zip(account.deliveries, account.figures.files)
    where file.skipped == nil {
      guard let expected = file.trailerRows else { return lacking(delivery) }
      guard let found = file.rowCount, found != expected else { continue }
      return ExpectationFinding(
        fault: "'\(delivery.name)' holds \(grouped(found)) rows, expected the \(grouped(expected)) "
          + "of its trailer"
      )
    }
    return ExpectationFinding()
  }

  private static func trailerTotal(
    of column: String,
    _ account: SourceAccount,
    _ source: Source
  ) -> ExpectationFinding {
    let unit = source.column(named: column)?.type == .money ? " cents" : ""
    for (delivery, file) in zip(account.deliveries, account.figures.files)
    where file.skipped == nil {
      guard let expected = file.trailerTotal else { return lacking(delivery) }
      guard let found = file.sums[column] ?? nil else {
        return ExpectationFinding(
          fault: "the sum of '\(column)' in '\(delivery.name)' is too large for 64 bits"
        )
      }
      guard found != expected else { continue }
      let shows = file.rowCount ?? 0 >= leastRowsOfSum
      return ExpectationFinding(
        fault: shows
          ? "'\(column)' of '\(delivery.name)' adds up to \(grouped(Int(found)))\(unit), expected "
            + "the \(grouped(Int(expected)))\(unit) of its trailer"
          : "'\(column)' of '\(delivery.name)' does not add up to the total of its trailer"
      )
    }
    return ExpectationFinding()
  }

  private static func lacking(_ delivery: SourceAccount.Delivery) -> ExpectationFinding {
    ExpectationFinding(fault: "found no trailer in '\(delivery.name)', expected one that closes it")
  }
}
