import Tabular

/// The Bloom filters of a column of both sides.
struct ComparedFilters: Sendable {
  let left: FilterBank
  let right: FilterBank
  /// One a record: the number of its filter, or `missingCode`.
  let leftNumbers: [Int32]
  let rightNumbers: [Int32]

  /// - Precondition: one number a record on either side.
  init(left: FieldFilters, right: FieldFilters) {
    self.left = FilterBank(left)
    self.right = FilterBank(right)
    leftNumbers = left.numbers
    rightNumbers = right.numbers
  }
}
