import Tabular

/// One protected figure for so many of another, in ten-thousandths.
///
/// Anyone could divide what is shown, so this tells nothing new: it is hidden where either part is,
/// changed where either is, and missing where the divisor is zero.
///
/// - Throws: `overflow` with the name.
func quotient(
  _ dividend: ProtectedTable.Figure,
  per count: Int64,
  by divisor: ProtectedTable.Figure,
  name: String
) throws(DisclosureControlError) -> ProtectedTable.Figure {
  // 63 bits of a value, 20 of the count and twice 14 of a scale: far from the end of 128.
  let dividendScale = Int128(count) * 10_000 * (divisor.unit == .tenThousandths ? 10_000 : 1)
  let divisorScale: Int128 = dividend.unit == .tenThousandths ? 10_000 : 1
  var values = [Int64](repeating: missingInteger, count: dividend.values.count)
  var marks = [CellMark](repeating: .hidden, count: dividend.values.count)
  for cell in 0..<min(dividend.values.count, divisor.values.count) {
    let (first, second) = (dividend.marks[cell], divisor.marks[cell])
    if first == .hidden || second == .hidden { continue }
    let (upper, lower) = (dividend.values[cell], divisor.values[cell])
    guard upper != missingInteger, lower != missingInteger, lower != 0 else {
      marks[cell] = .missing
      continue
    }
    guard
      let value = rounded(
        Int128(upper) * dividendScale,
        dividedBy: Int128(lower) * divisorScale
      ), value != missingInteger
    else { throw .overflow(figure: name) }
    values[cell] = value
    marks[cell] = first == .changed || second == .changed ? .changed : .none
  }
  return ProtectedTable.Figure(
    name: name,
    unit: .tenThousandths,
    values: values,
    marks: marks
  )
}
