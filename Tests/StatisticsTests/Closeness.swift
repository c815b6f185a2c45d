/// Whether a number is what it should be, to a share of it.
func isClose(_ found: Double?, _ expected: Double, within share: Double = 1e-12) -> Bool {
  guard let found else { return false }
  return found == expected || abs(found - expected) <= share * abs(expected)
}

/// Whether a number is what is printed with six decimals.
func isPrinted(_ found: Double?, _ expected: Double) -> Bool {
  guard let found else { return false }
  return abs(found - expected) <= 0.500_001e-6
}
