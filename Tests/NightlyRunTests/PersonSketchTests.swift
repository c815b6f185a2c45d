import Cryptography
import Tabular
import TestSupport
import Testing

@testable import NightlyRun

@Suite("Sketches of the persons of a source")
struct PersonSketchTests {
  private func sketch(_ persons: [Token], key: UInt8 = 7) throws -> PersonSketch {
    let bytes = [UInt8](repeating: key, count: 32)
    let secret = try unsafe bytes.span.withUnsafeBytes { try unsafe SecretBytes(copying: $0) }
    var authenticator = try MessageAuthenticator(key: secret)
    return try PersonSketch(of: persons.sorted(), &authenticator)
  }

  private func tokens(_ count: Int, _ random: inout SeededGenerator) -> [Token] {
    (0..<count).map { _ in Token(high: random.next(), low: random.next()) }
  }

  @Test(
    "two differ by no more than the persons, by an even number less, and by none when none differs",
    arguments: 0..<60 as Range<UInt64>
  )
  func differing(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let common = tokens(Int.random(in: 0...3_000, using: &random), &random)
    let (left, right) = (
      tokens(Int.random(in: 0...9, using: &random), &random),
      tokens(Int.random(in: 0...9, using: &random), &random)
    )
    let first = try sketch(common + left + common)
    let second = try sketch(right + common)
    let found = first.differing(from: second)
    let persons = left.count + right.count
    #expect(found <= persons && (persons - found) % 2 == 0, "seed \(seed)")
    #expect(persons - found <= 4, "seed \(seed)")
    #expect(first.differing(from: try sketch(common + left)) == 0)
  }

  @Test("other persons, and the same under another key, are not alike")
  func strangers() throws {
    var random = SeededGenerator(seed: 3)
    let (one, other) = (tokens(200, &random), tokens(200, &random))
    #expect(try sketch(one).differing(from: sketch(other)) > 100)
    #expect(try sketch(one).differing(from: sketch(one, key: 8)) > 100)
  }

  @Test("what is written is read back, and nothing else is")
  func text() throws {
    var random = SeededGenerator(seed: 4)
    let sketch = try sketch(tokens(100, &random))
    #expect(sketch.text.utf8.count == 256)
    #expect(PersonSketch(sketch.text) == sketch)
    for text in [
      "", "x", String(sketch.text.dropLast()), sketch.text + "0", "z" + sketch.text.dropFirst(),
    ] {
      #expect(PersonSketch(text) == nil)
    }
  }
}
