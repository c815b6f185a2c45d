import Testing

@testable import Cryptography

@Suite struct FramingTests {
  @Test("different lists of fields never give the same bytes")
  func injective() throws {
    let parts = ["a", "b", "ab", "ba", "aa", "\u{0}\u{1}a", "\u{0}\u{1}"]
    var lists: [[String]] = [[]]
    for first in parts {
      lists.append([first])
      for second in parts {
        lists.append([first, second])
        for third in parts { lists.append([first, second, third]) }
      }
    }
    #expect(try Set(lists.map { try framed($0) }).count == lists.count)
  }

  @Test("an empty field and one over 65535 bytes are refused, 65535 is not")
  func bounds() throws {
    #expect(throws: CryptographyError.emptyField(field: 1)) { _ = try framed(["a", ""]) }
    let longest = String(repeating: "x", count: 65_535)
    #expect(try framed([longest]).count == 65_537)
    #expect(throws: CryptographyError.longField(field: 0)) { _ = try framed([longest + "x"]) }
  }
}
