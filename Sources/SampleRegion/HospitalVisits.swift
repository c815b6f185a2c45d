/// What residents can be asked about: a replaced hip, or else their last claim of hospital care.
struct HospitalVisits {
  /// By resident; nil where there was no hospital care.
  private(set) var last: [HospitalVisit?]

  init(residents: Int) {
    last = Array(repeating: nil, count: residents)
  }

  mutating func note(_ claim: CareClaim, day: Int) {
    let person = Int(claim.person)
    guard person < last.count,
      CareType.all[Int(claim.type)].code == CareType.hospitalCode
    else { return }
    if let known = last[person] {
      guard claim.isHipReplacement || !known.claim.isHipReplacement && day >= known.day else {
        return
      }
    }
    last[person] = HospitalVisit(claim: claim, day: day)
  }
}
