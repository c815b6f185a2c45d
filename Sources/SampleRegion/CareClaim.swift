/// A claim before it is written, held small: a month of them is in memory.
struct CareClaim {
  let person: Int32
  var amountInCents: Int32
  /// Position in `CareType.all`.
  var type: UInt8
  /// Position in the type's products.
  var product: UInt8
  /// Whether a hip is replaced, which is a product of its own.
  var isHipReplacement = false

  /// The code of what was done.
  var productCode: String {
    isHipReplacement
      ? HipReplacements.product : CareType.all[Int(type)].products[Int(product)]
  }
}

extension Population {
  /// Who gave the care: households keep to their providers, and hips to one hospital a municipality.
  func provider(of claim: CareClaim) -> Int {
    let household = persons[Int(claim.person)].household
    let firstOfType = 98_100_000 + Int(claim.type) * 1_000
    guard claim.isHipReplacement else { return firstOfType + Int(household) % 40 }
    let municipality = neighbourhood(of: Int(claim.person))?.municipalityNumber ?? 0
    return firstOfType + 100 + municipality
  }
}
