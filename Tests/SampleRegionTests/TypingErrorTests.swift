import Testing

@testable import SampleRegion

@Suite("Typing errors")
struct TypingErrorTests {
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
}
