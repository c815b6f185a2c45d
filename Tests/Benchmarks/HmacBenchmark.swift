import Cryptography
import Glibc

/// Hashes short messages under one key on one core, as tokens are made, against a loop that calls
/// libcrypto and nothing else; turn by turn, so that a busy machine slows both.
struct HmacBenchmark {
  private static let messageCount = 400_000
  private static let turnCount = 9

  func run() throws {
    let half = [UInt8](repeating: 7, count: 32)
    let key = try unsafe half.span.withUnsafeBytes { try unsafe SecretBytes(copying: $0) }
    var authenticator = try MessageAuthenticator(key: key)
    let bare = try BareHmac(key: half)
    var ours: [Double] = []
    var theirs: [Double] = []
    for turn in 0..<Self.turnCount {
      let first = UInt8(turn)
      let (left, seconds) = try measured {
        var sum: UInt64 = 0
        var message = [UInt8](repeating: first, count: 12)
        for number in 0..<Self.messageCount {
          Self.number(&message, number)
          sum &+= try authenticator.tag(message.span).high
        }
        return sum
      }
      let (right, bareSeconds) = measured {
        var sum: UInt64 = 0
        var message = [UInt8](repeating: first, count: 12)
        for number in 0..<Self.messageCount {
          Self.number(&message, number)
          sum &+= bare.tag(message)
        }
        return sum
      }
      guard left == right else { throw BenchmarkFault(sentences: ["the two hashes differ"]) }
      ours.append(seconds)
      theirs.append(bareSeconds)
    }
    let ratios = zip(ours, theirs).map { $0 / $1 }.sorted()
    print(
      "million-a-second \(Self.rate(ours)) libcrypto \(Self.rate(theirs)) "
        + "ratio \((ratios[ratios.count / 2] * 1000).rounded() / 1000)"
    )
  }

  private static func number(_ message: inout [UInt8], _ number: Int) {
    for place in 0..<4 { message[8 + place] = UInt8(truncatingIfNeeded: number >> (place * 8)) }
  }

  private static func rate(_ seconds: [Double]) -> Double {
    let least = seconds.min() ?? 1
    return (Double(messageCount) / 1e4 / least).rounded() / 100
  }

  private func measured(_ body: () throws -> UInt64) rethrows -> (UInt64, Double) {
    let clock = ContinuousClock()
    let start = clock.now
    let sum = try body()
    return (sum, (clock.now - start) / .seconds(1))
  }
}
