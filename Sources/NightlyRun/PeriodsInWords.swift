/// Periods in words, with those between two of them left out.
///
/// - Parameter periods: their labels, the earliest first.
/// - Returns: as `2026-01 to 2026-03, 2026-05`.
func periodsInWords(_ periods: [String]) -> String {
  var spans: [(first: String, last: String)] = []
  for period in periods {
    if let open = spans.last, number(ofPeriod: period) == number(ofPeriod: open.last) + 1 {
      spans[spans.count - 1].last = period
    } else {
      spans.append((period, period))
    }
  }
  return spans.map { $0.first == $0.last ? $0.first : "\($0.first) to \($0.last)" }
    .joined(separator: ", ")
}

/// Of a month or a year by its label; the next one has the next number.
private func number(ofPeriod label: String) -> Int {
  let parts = label.split(separator: "-").compactMap { Int($0) }
  return parts.count == 2 ? parts[0] * 12 + parts[1] : parts.first ?? 0
}
