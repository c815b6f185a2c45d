import Testing

@testable import PrivacyLog

@Suite struct ReportTextTests {
  @Test(
    "each text is there in both languages, with the same places to fill in",
    arguments: ReportText.allCases
  )
  func both(text: ReportText) {
    let (english, dutch) = text.both
    #expect(!english.isEmpty && !dutch.isEmpty)
    #expect(places(english) == places(dutch), "\(text)")
  }

  @Test(
    "each text of the dossier is there in both languages, with the same places",
    arguments: DossierText.allCases
  )
  func dossier(text: DossierText) {
    let (english, dutch) = text.both
    #expect(!english.isEmpty && !dutch.isEmpty)
    #expect(places(english) == places(dutch), "\(text)")
  }

  @Test("each word is there in both languages", arguments: ReportWords.table.keys.sorted())
  func words(word: String) throws {
    let both = try #require(ReportWords.table[word])
    #expect(!both.english.isEmpty && !both.dutch.isEmpty)
  }

  @Test("a value that looks like a place is put in as it is")
  func values() {
    let text = ReportText.period(.english, "{2}", "{1}")
    #expect(text == "{2} to {1}")
  }

  private func places(_ text: String) -> [Int] {
    (1...9).filter { text.contains("{\($0)}") }
  }
}
