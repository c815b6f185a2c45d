/// Gives the value below which `percent` of the values lie, linear between order statistics.
///
/// Definition 7 of Hyndman and Fan (1996), as in R; the median is the 50th.
///
/// - Parameters:
///   - percent: in 0...100.
///   - values: sorted upwards.
/// - Returns: nil of nothing.
package func percentile(_ percent: Int, ofSorted values: [Int64]) -> Double? {
  guard let last = values.indices.last, 0...100 ~= percent else { return nil }
  // In integers: (n − 1)·0.9 may fall just short of a whole number.
  let (index, hundredths) = (last * percent).quotientAndRemainder(dividingBy: 100)
  let lower = Double(values[index])
  guard hundredths > 0 else { return lower }
  return lower + (Double(values[index + 1]) - lower) * (Double(hundredths) / 100)
}
