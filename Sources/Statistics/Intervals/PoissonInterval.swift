/// Gives the limits of the mean of which a count is a sample.
///
/// Exact under ten (Garwood, 1936), from there by Byar's approximation (Breslow and Day, 1987), which
/// is then within a hundredth.
///
/// - Parameters:
///   - observed: persons or independent events, 0 or more.
///   - confidence: of the interval.
/// - Returns: in events; from 0 up for none.
package func poissonInterval(observed: Int, _ confidence: Confidence) -> Interval {
  observed < fewEvents
    ? exactInterval(observed: observed, tail: confidence.tail)
    : byarInterval(observed: Double(observed), z: confidence.z)
}

/// Below this, a rate is too unsure to be shown and an approximation of its limits too coarse.
let fewEvents = 10

private func exactInterval(observed: Int, tail: Double) -> Interval {
  let doubled = 2 * Double(observed)
  return Interval(
    lower: observed > 0 ? ChiSquare.lowerQuantile(tail, degreesOfFreedom: doubled) / 2 : 0,
    upper: ChiSquare.upperQuantile(tail, degreesOfFreedom: doubled + 2) / 2
  )
}

private func byarInterval(observed: Double, z: Double) -> Interval {
  func limit(_ count: Double, _ z: Double) -> Double {
    let root = 1 - 1 / (9 * count) + z / (3 * count.squareRoot())
    return count * root * root * root
  }
  return Interval(lower: limit(observed, -z), upper: limit(observed + 1, z))
}
