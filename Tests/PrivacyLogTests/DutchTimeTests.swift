import Foundation
import TestSupport
import Testing

@testable import PrivacyLog

@Suite struct DutchTimeTests {
  @Test("it agrees with Foundation's time zone, on every day of forty years")
  func agrees() throws {
    guard let zone = TimeZone(identifier: "Europe/Amsterdam") else { return }
    var random = SeededGenerator(seed: 7)
    for day in stride(from: 10_000, to: 24_000, by: 1) {
      let milliseconds = Int64(day) * 86_400_000 + Int64.random(in: 0..<86_400_000, using: &random)
      let date = Date(timeIntervalSince1970: Double(milliseconds) / 1000)
      let local = milliseconds + Int64(zone.secondsFromGMT(for: date)) * 1000
      let time = DutchTime(milliseconds: milliseconds)
      #expect(Int64(time.dayNumber) == local / 86_400_000)
      #expect(Int64(time.minuteOfDay) == local % 86_400_000 / 60_000)
    }
  }

  @Test(
    "the furthest times of a log do not trap",
    arguments: [-9_007_199_254_740_991, 9_007_199_254_740_991]
  )
  func furthest(milliseconds: Int64) {
    #expect(0..<1440 ~= DutchTime(milliseconds: milliseconds).minuteOfDay)
  }
}
