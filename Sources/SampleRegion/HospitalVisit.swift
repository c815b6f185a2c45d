/// A claim of hospital care and the day of it.
struct HospitalVisit {
  let claim: CareClaim
  /// Days since 1970-01-01.
  let day: Int
}
