import Tabular

/// The Bloom filters of a column of both sides, by the code of their value.
struct CodedFilters: Sendable {
  /// The filter of each code; -1 where the value has none.
  let numbers: [Int32]
  let bank: FilterBank

  /// - Parameters:
  ///   - left: the filters of that column on the left, one number a record.
  ///   - right: on the right.
  ///   - column: whose codes number the values.
  /// - Precondition: one number a record on either side.
  init(left: FieldFilters, right: FieldFilters, of column: CodedColumn) {
    var numbers = [Int32](repeating: -1, count: column.codeCount)
    var bank = FilterBank()
    for (filters, codes) in [(left, column.left), (right, column.right)] {
      for record in codes.indices {
        let code = Int(codes[record])
        let filter = Int(filters.numbers[record])
        if code < 0 || filter < 0 || numbers[code] >= 0 { continue }
        numbers[code] = Int32(bank.weights.count)
        bank.append(filters.filter(filter))
      }
    }
    self.numbers = numbers
    self.bank = bank
  }
}
