import Testing

@testable import Cryptography

@Suite struct SealedSegmentsTests {
  private func key(_ byte: UInt8) throws -> SecretBytes {
    let bytes = [UInt8](repeating: byte, count: 32)
    return try unsafe bytes.span.withUnsafeBytes { try unsafe SecretBytes(copying: $0) }
  }

  @Test("the first segment is test case 14 of the GCM specification (McGrew, Viega)")
  func knownAnswer() throws {
    var segments = SealedSegments(key: try key(0), context: [])
    let sealed = try segments.seal([UInt8](repeating: 0, count: 16), isLast: false)
    #expect(
      lowerHex(sealed) == "cea7403d4d606b6e074ec5d3baf39d18d0d1c8a799996bf0265b98b5d48ab919"
    )
  }

  @Test("segments of any length come back, in their order alone")
  func comeBack() throws {
    let parts: [[UInt8]] = [[1, 2, 3], [], [UInt8](repeating: 9, count: 70_000)]
    var sealing = SealedSegments(key: try key(1), context: [5])
    let sealed = try parts.enumerated().map { try sealing.seal($1, isLast: $0 == 2) }
    var opening = SealedSegments(key: try key(1), context: [5])
    for (number, part) in parts.enumerated() {
      #expect(try opening.open(sealed[number], isLast: number == 2) == part)
    }
    var swapped = SealedSegments(key: try key(1), context: [5])
    #expect(try swapped.open(sealed[1], isLast: false) == nil)
    var cut = SealedSegments(key: try key(1), context: [5])
    #expect(try cut.open(sealed[0], isLast: true) == nil)
  }

  @Test("a changed byte, another key and another context are noticed")
  func tampering() throws {
    var sealing = SealedSegments(key: try key(1), context: [5])
    let sealed = try sealing.seal([1, 2, 3], isLast: true)
    for place in sealed.indices {
      var changed = sealed
      changed[place] ^= 1
      var opening = SealedSegments(key: try key(1), context: [5])
      #expect(try opening.open(changed, isLast: true) == nil, "place \(place)")
    }
    var otherKey = SealedSegments(key: try key(2), context: [5])
    #expect(try otherKey.open(sealed, isLast: true) == nil)
    var otherContext = SealedSegments(key: try key(1), context: [6])
    #expect(try otherContext.open(sealed, isLast: true) == nil)
    var short = SealedSegments(key: try key(1), context: [5])
    #expect(try short.open([1, 2], isLast: true) == nil)
  }
}
