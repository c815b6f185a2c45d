/// A claim before it is written, held small: a month of them is in memory.
struct CareClaim {
  let person: Int32
  let amountInCents: Int32
  /// Position in `CareType.all`.
  let type: UInt8
  /// Position in the type's products.
  let product: UInt8
}
