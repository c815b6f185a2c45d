import Foundation
import Testing

@testable import SampleRegion

@Suite("Random streams and what is drawn from them")
struct DrawingTests {
  @Test("Streams of other purposes, records and seeds differ, equal ones agree")
  func streams() {
    func first(_ seed: UInt64, _ purpose: RandomStream.Purpose, _ record: Int, _ part: Int)
      -> UInt64
    {
      var stream = RandomStream(seed, purpose, record, part)
      return stream.next()
    }
    #expect(first(1, .care, 2, 3) == first(1, .care, 2, 3))
    let all = [
      first(1, .care, 2, 3), first(2, .care, 2, 3), first(1, .name, 2, 3), first(1, .care, 3, 3),
      first(1, .care, 2, 4), first(1, .care, 3, 2),
    ]
    #expect(Set(all).count == all.count)
  }

  @Test("Whole numbers stay within their bounds and reach them")
  func bounds() {
    var stream = RandomStream(9, .order)
    let drawn = Set((0..<2_000).map { _ in stream.within(-3...3) })
    #expect(drawn == Set(-3...3))
    #expect(stream.below(0) == 0 && stream.below(1) == 0)
  }

  @Test("Waiting times have mean 1, normal draws mean 0 and variance 1")
  func moments() {
    var stream = RandomStream(10, .frailty)
    let count = 50_000
    let waits = (0..<count).map { _ in stream.waitingTime() }
    let normals = (0..<count).map { _ in stream.normal() }
    #expect(abs(waits.reduce(0, +) / Double(count) - 1) < 0.03)
    #expect(abs(normals.reduce(0, +) / Double(count)) < 0.03)
    #expect(abs(normals.reduce(0) { $0 + $1 * $1 } / Double(count) - 1) < 0.03)
    #expect(waits.allSatisfy { $0 >= 0 && $0.isFinite })
  }

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

  @Test("A weighted choice follows its weights and never picks what weighs nothing")
  func weights() {
    var stream = RandomStream(12, .care)
    let choice = WeightedChoice([1, 0, 3])
    var counts = [0, 0, 0]
    for _ in 0..<8_000 { counts[choice.pick(&stream)] += 1 }
    #expect(counts[1] == 0)
    #expect((1_800...2_200).contains(counts[0]))
    #expect(WeightedChoice([]).pick(&stream) == 0)
  }

  @Test("A quota gives its share evenly")
  func quota() {
    var quota = Quota(perMille: 150, offset: 400)
    let given = (0..<1_000).count { _ in quota.next() }
    #expect(given == 150 && quota.givenCount == 150)
  }

  @Test("Typing errors change a name by one letter and leave short ones alone")
  func typing() {
    var stream = RandomStream(13, .clientFault)
    for name in ["Berg", "Öztürk", "Klein Gunnewiek", "Bos"] {
      for _ in 0..<50 {
        let wrong = TypingError.mistyped(name, &stream)
        #expect(wrong != name || name == "Bos")
        #expect(abs(wrong.count - name.count) <= 1)
        #expect(wrong.first == name.first)
      }
    }
    #expect(TypingError.mistyped("Bo", &stream) == "Bo")
    #expect(TypingError.withoutMarks("Şahin Łukasz Weiß Daniël") == "Sahin Lukasz Weiss Daniel")
  }

  @Test("Every letter with a mark in our names has a plain form")
  func marks() {
    let stock = NameStock()
    for name in stock.firstNames + stock.surnames.map(\.word) {
      #expect(TypingError.withoutMarks(name).utf8.allSatisfy { $0 < 0x80 })
    }
  }

  @Test("Text in messages is escaped")
  func escaping() {
    var xml = XMLText(message: "wmo301", sender: 0)
    xml.element("Commentaar", "a < b & c > d")
    xml.element("Leeg", "")
    let text = String(decoding: xml.finished(), as: UTF8.self)
    #expect(text.contains("<wmo301:Commentaar>a &lt; b &amp; c &gt; d</wmo301:Commentaar>"))
    #expect(!text.contains("Leeg"))
    #expect(parsed(text)?.texts("Commentaar") == ["a < b & c > d"])
  }
}
