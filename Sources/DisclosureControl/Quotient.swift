import Tabular

/// One protected figure for so many of another, in millionths.
///
/// Anyone could divide what is shown, so this tells nothing new: it is hidden where either part is,
/// changed where either is, and missing where the divisor is zero. Any other mark of a part is its
/// own.
///
/// - Throws: `overflow` with the name.
func quotient(
  _ dividend: ProtectedTable.Figure,
  per count: Int64,
  by divisor: ProtectedTable.Figure,
  name: String
) throws(DisclosureControlError) -> ProtectedTable.Figure {
  // 63 bits of a value, 20 of the count, 20 of the decimals and 20 of a scale: it fits 127.
  let dividendScale = Int128(count) * 1_000_000 * fixedPointScale(of: divisor.unit)
  let divisorScale = fixedPointScale(of: dividend.unit)
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
    marks[cell] = second == .changed || first == .none ? second : first
  }
  return ProtectedTable.Figure(
    name: name,
    unit: .millionths,
    values: values,
    marks: marks
  )
}

/// How many stored ones make one; cents stay cents.
private func fixedPointScale(of unit: FigureUnit) -> Int128 {
  unit == .cents ? 1 : Int128(unit.perWhole)
}
