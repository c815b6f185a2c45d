import Glibc
import Tabular

/// The spatial scan statistic for counts of persons (Kulldorff, 1997).
///
/// Cases are compared with what is expected of them, scaled to the same sum. Sums of expectations
/// are whole numbers, so that a zone has one likelihood ratio whichever way it is added up.
package struct ScanStatistic: Sendable {
  private let zones: ScanZones
  private let observed: [Int]
  private let caseCount: Int
  private let dealing: CaseDealing

  /// Takes the areas in the order of their codes.
  ///
  /// - Parameters:
  ///   - observed: persons with the outcome, an area.
  ///   - expected: as many as were expected, on any scale; what is not above 0 counts as 0.
  ///   - zones: of the same areas.
  package init(observed: [Int], expected: [Double], zones: ScanZones) {
    precondition(observed.count == expected.count && zones.starts.count == observed.count + 1)
    self.zones = zones
    self.observed = observed
    caseCount = observed.reduce(0, +)
    dealing = CaseDealing(expected: expected)
  }

  /// A zone, and how little it looks like chance.
  package struct Zone: Sendable, Equatable {
    /// Numbers of its areas, the centre first.
    package let areas: [Int]
    /// Its cases.
    package let observed: Int
    /// Its cases if all were dealt by expectation.
    package let expected: Double
    /// The natural logarithm of the likelihood ratio, above 0.
    package let logLikelihoodRatio: Double
    /// (1 + runs whose best zone is as good or better) / (1 + runs).
    package let p: Double
  }

  /// Finds the zones with the least likely excess, and deals all cases by expectation to judge them.
  ///
  /// - Parameters:
  ///   - streams: a seed for each run, independent of all others.
  ///   - workers: how many threads; the answer does not depend on it.
  /// - Returns: the best zone, then each time the best that overlaps none before, until no excess is
  ///   left.
  /// - Complexity: O(*runs* · (*cases* + *zones*)).
  package func hotZones(streams: [UInt64], workers: Int) -> [Zone] {
    guard dealing.total > 0, caseCount > 0 else { return [] }
    let highest = highestRatios(streams: streams, workers: workers)
    var ends = Array(zones.starts.dropFirst())
    var hot: [Zone] = []
    while let best = best(observed.span, ends: ends.span) {
      let areas = zones.members[best.members].map(Int.init)
      let asGood = highest.count { $0 >= best.logLikelihoodRatio }
      hot.append(
        Zone(
          areas: areas,
          observed: areas.reduce(0) { $0 + observed[$1] },
          expected: best.expected,
          logLikelihoodRatio: best.logLikelihoodRatio,
          p: Double(1 + asGood) / Double(1 + streams.count)
        )
      )
      let taken = Set(areas.map { Int32(truncatingIfNeeded: $0) })
      for centre in ends.indices {
        let range = zones.starts[centre]..<ends[centre]
        ends[centre] = zones.members[range].firstIndex(where: taken.contains) ?? ends[centre]
      }
    }
    return hot
  }

  /// The likelihood ratio of the best zone of each run.
  func highestRatios(streams: [UInt64], workers: Int) -> [Double] {
    let runsPerChunk = 16
    let ends = Array(zones.starts.dropFirst())
    let chunks = concurrentChunks(
      (streams.count + runsPerChunk - 1) / runsPerChunk,
      workers: workers
    ) { chunk in
      var counts = [Int](repeating: 0, count: observed.count)
      let first = chunk * runsPerChunk
      return streams[first..<min(first + runsPerChunk, streams.count)].map { stream in
        dealing.deal(caseCount, stream: stream, into: &counts)
        return best(counts.span, ends: ends.span)?.logLikelihoodRatio ?? 0
      }
    }
    return chunks.flatMap { $0 }
  }

  private struct Candidate {
    var members = 0..<0
    var expected = 0.0
    var logLikelihoodRatio = 0.0
  }

  /// The first of the best zones with more cases than expected, of those that end before `ends`.
  private func best(_ counts: Span<Int>, ends: Span<Int>) -> Candidate? {
    let starts = zones.starts.span
    let members = zones.members.span
    let weights = dealing.weights.span
    let all = Double(caseCount)
    let scale = all / dealing.total
    var best = Candidate()
    for centre in ends.indices {
      var cases = 0
      var weight = 0.0
      for index in starts[centre]..<ends[centre] {
        let area = Int(members[index])
        cases += counts[area]
        weight += weights[area]
        let expected = weight * scale
        let excess = Double(cases) - expected
        // What is less than 1e-9 is rounding. χ² is never less than the ratio (KL ≤ χ²), and spares
        // nearly all logarithms.
        guard excess > 1e-9,
          excess * excess * all > best.logLikelihoodRatio * expected * (all - expected)
        else { continue }
        let ratio = logLikelihoodRatio(cases, expected: expected, of: caseCount)
        guard ratio > best.logLikelihoodRatio else { continue }
        best = Candidate(
          members: starts[centre]..<index + 1,
          expected: expected,
          logLikelihoodRatio: ratio
        )
      }
    }
    return best.logLikelihoodRatio > 0 ? best : nil
  }
}

/// The logarithm of how much likelier cases are with an excess in a zone than without one.
///
/// Kulldorff, 1997: c·ln(c/e) + (C−c)·ln((C−c)/(C−e)).
///
/// - Parameters:
///   - cases: c, in the zone.
///   - expected: e, of the same sum over all areas as the cases.
///   - all: C, the cases of all areas.
/// - Returns: 0 without excess, and where nothing is expected.
package func logLikelihoodRatio(_ cases: Int, expected: Double, of all: Int) -> Double {
  let inside = Double(cases)
  guard expected > 0, inside > expected else { return 0 }
  let outside = Double(all) - inside
  let rest = outside > 0 ? outside * log(outside / (Double(all) - expected)) : 0
  return inside * log(inside / expected) + rest
}
