import Foundation
import Testing

@testable import SampleRegion

@Suite("Arithmetic")
struct ArithmeticTests {
  @Test("Logarithm and exponential agree with those of the C library to 14 digits")
  func arithmetic() {
    var stream = RandomStream(11, .care)
    for _ in 0..<5_000 {
      let number = stream.unit() * 40 - 20
      let power = Arithmetic.exponential(number)
      #expect(abs(power / exp(number) - 1) < 1e-14)
      #expect(abs(Arithmetic.logarithm(power) - log(power)) < 1e-13)
    }
    #expect(Arithmetic.logarithm(1) == 0 && Arithmetic.exponential(0) == 1)
  }
}
