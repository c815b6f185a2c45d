import Glibc

/// Within what a share lies by Jeffreys' interval, with 95 %.
///
/// The quantiles of a beta distribution with half a success and half a failure added (Brown, Cai and
/// DasGupta, 2001); at 0 and at all of them the bound is 0 or 1.
///
/// - Parameters:
///   - count: how many have it.
///   - total: of how many; at least 1.
/// - Returns: bounds in 0...1.
func jeffreysInterval(_ count: Int, of total: Int) -> ClosedRange<Double> {
  let (a, b) = (Double(count) + 0.5, Double(total - count) + 0.5)
  let least = count == 0 ? 0 : betaQuantile(0.025, a, b)
  let most = count == total ? 1 : betaQuantile(0.975, a, b)
  return least...max(least, most)
}

private func betaQuantile(_ share: Double, _ a: Double, _ b: Double) -> Double {
  var (low, high) = (0.0, 1.0)
  for _ in 0..<60 {
    let middle = (low + high) / 2
    if betaShare(middle, a, b) < share { low = middle } else { high = middle }
  }
  return (low + high) / 2
}

/// The regularised incomplete beta function, by Lentz' continued fraction.
private func betaShare(_ x: Double, _ a: Double, _ b: Double) -> Double {
  if x <= 0 { return 0 }
  if x >= 1 { return 1 }
  if x > (a + 1) / (a + b + 2) { return 1 - betaShare(1 - x, b, a) }
  let front = exp(logGamma(a + b) - logGamma(a) - logGamma(b) + a * log(x) + b * log(1 - x)) / a
  let tiny = 1e-300
  var (c, d) = (1.0, 1 - (a + b) * x / (a + 1))
  d = 1 / (abs(d) < tiny ? tiny : d)
  var fraction = d
  for step in 1...300 {
    let m = Double(step)
    let even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
    let odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
    for factor in [even, odd] {
      d = 1 + factor * d
      d = 1 / (abs(d) < tiny ? tiny : d)
      c = 1 + factor / c
      if abs(c) < tiny { c = tiny }
      fraction *= c * d
    }
    if abs(c * d - 1) < 1e-12 { break }
  }
  return front * fraction
}

/// Stirling's series, behind a shift to where it holds to the last digit.
private func logGamma(_ x: Double) -> Double {
  var (x, shift) = (x, 0.0)
  while x < 10 {
    shift -= log(x)
    x += 1
  }
  let series = 1 / (12 * x) - 1 / (360 * x * x * x) + 1 / (1260 * x * x * x * x * x)
  return (x - 0.5) * log(x) - x + 0.5 * log(2 * Double.pi) + series + shift
}
