import Cryptography
import Tabular
import Testing

@testable import Pseudonymisation

@Suite("Two releases")
struct ReleaseUnlinkabilityTests {
  private let count = 20_000

  /// Tokens of `count` numbers under one release, in the order of the numbers.
  private func tokens(release: String) throws -> [Token] {
    let half = [UInt8](0..<32)
    let secret = try unsafe half.span.withUnsafeBytes { try unsafe SecretBytes(copying: $0) }
    let scope = TokenScope(
      root: try RootKey(halves: [secret]),
      sourceRelease: "region",
      release: release,
      standardisation: "NL-1:test"
    )
    var maker = try TokenMaker(label: "person", scope: scope)
    var tokens: [Token] = []
    for number in 0..<count { tokens.append(try maker.token(of: Array(String(number).utf8))) }
    return tokens
  }

  /// How the ranks of two rows of tokens go together (Spearman, 1904), in -1...1.
  private func rankCorrelation(_ left: [Token], _ right: [Token]) -> Double {
    let (first, second) = (ranks(left), ranks(right))
    let squares = zip(first, second).reduce(0.0) { sum, pair in
      let difference = Double(pair.0 - pair.1)
      return sum + difference * difference
    }
    let size = Double(left.count)
    return 1 - 6 * squares / (size * (size * size - 1))
  }

  private func ranks(_ tokens: [Token]) -> [Int] {
    var ranks = [Int](repeating: 0, count: tokens.count)
    for (rank, place) in tokens.indices.sorted(by: { tokens[$0] < tokens[$1] }).enumerated() {
      ranks[place] = rank
    }
    return ranks
  }

  @Test("share no token, and the order of one tells nothing of the other or of the values")
  func cannotBeJoined() throws {
    let july = try tokens(release: "region/2026-07")
    let august = try tokens(release: "region/2026-08")
    #expect(Set(july).count == count)
    #expect(Set(july).isDisjoint(with: august))
    // Four standard deviations of ranks that have nothing to do with each other.
    let bound = 4 / Double(count).squareRoot()
    #expect(abs(rankCorrelation(july, august)) < bound)
    let numbers = (0..<count).map { Token(high: 0, low: UInt64($0) + 1) }
    #expect(abs(rankCorrelation(numbers, july)) < bound)
    #expect(rankCorrelation(july, july) == 1)
  }
}
