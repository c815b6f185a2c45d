import Testing

@testable import Tabular

@Suite("Tables")
struct TableTests {
  @Test("a column is found by its name")
  func columnByName() {
    let table = Table(
      names: ["a", "b"],
      columns: [.integers([1, 2], .number), .codes([0, -1], dictionary: ["x"])],
      rowCount: 2
    )
    guard case .codes(let codes, let texts)? = table["b"] else {
      Issue.record("no column b")
      return
    }
    #expect(codes == [0, missingCode])
    #expect(texts == ["x"])
    #expect(table["c"] == nil)
  }

  @Test("columns of unequal length make no table")
  func unequalLengths() async {
    await #expect(processExitsWith: .failure) {
      _ = Table(names: ["a"], columns: [.tokens([.missing])], rowCount: 2)
    }
  }

  @Test("tokens sort as their bytes do")
  func tokensSort() {
    let tokens = [
      Token(high: 2, low: 0), Token(high: 1, low: UInt64.max), Token(high: 1, low: 3), .missing,
    ]
    #expect(tokens.sorted() == [tokens[3], tokens[2], tokens[1], tokens[0]])
    #expect(Token.missing.isMissing)
    #expect(!tokens[2].isMissing)
  }

  @Test("a text cell gives back its place, up to the longest chunk")
  func textCells() {
    for (offset, length) in [(0, 0), (1, 5), (1 << 28, 65_536), (Int(Int32.max), 0xFFFF)] {
      let cell = ClearBatch.textCell(offset: offset, length: length)
      #expect(ClearBatch.textRange(cell) == offset..<offset + length)
    }
  }

  @Test("a privacy class is never less than its type's")
  func classes() {
    #expect(ColumnType.bsn.privacyClass == .direct)
    #expect(ColumnType.name.privacyClass == .direct)
    #expect(ColumnType.postcode.privacyClass == .quasi)
    #expect(ColumnType.partialDate.privacyClass == .quasi)
    #expect(PrivacyClass.allCases.sorted() == [.plain, .sensitive, .quasi, .direct])
  }
}
