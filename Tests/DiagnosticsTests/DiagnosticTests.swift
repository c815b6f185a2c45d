import Testing

@testable import Diagnostics

@Suite("Diagnostics")
struct DiagnosticTests {
  @Test("a message has its place, the line with a caret, and the cure")
  func fullMessage() {
    let diagnostic = Diagnostic(
      at: Place(file: "region.yaml", line: 41, column: 7),
      "source 'care' has no column 'bsm'",
      excerpt: Diagnostic.Excerpt(line: "      bsm:           {token: person}", width: 3),
      hint: "did you mean 'bsn'?"
    )
    #expect(
      diagnostic.text == """
        region.yaml:41:7: error: source 'care' has no column 'bsm'
           41 |       bsm:           {token: person}
              |       ^^^
        hint: did you mean 'bsn'?
        """
    )
  }

  @Test("without a place the command speaks")
  func placeless() {
    #expect(Diagnostic("no key").text == "koppel: error: no key")
    #expect(Diagnostic(.warning, at: Place(file: "a", line: 3), "x").text == "a:3: warning: x")
  }

  @Test("places sort by file, line, column")
  func placesSort() {
    let places = [
      Place(file: "b", line: 1), Place(file: "a", line: 10), Place(file: "a", line: 9, column: 2),
      Place(file: "a", line: 9, column: 1),
    ]
    #expect(places.sorted() == [places[3], places[2], places[1], places[0]])
  }

  @Test("a file name cannot steer the terminal")
  func namesAreEscaped() {
    #expect(Place(file: "a\u{1B}[2Jb\n").description == "a\\u{1b}[2Jb\\u{a}")
    #expect(escapedForTerminal("\u{202E}fdp.csv") == "\\u{202e}fdp.csv")
    #expect(escapedForTerminal("ë-ж.csv") == "ë-ж.csv")
  }

  @Test(
    "no BSN can be read in a file name, and other numbers can",
    arguments: [
      ("in/client_999990019.xml", "in/client_9{9}.xml"), ("a123456782.csv", "a9{9}.csv"),
      ("claims_123456789.csv", "claims_123456789.csv"),
      ("WMO30100000001.xml", "WMO30100000001.xml"), ("claims_20260801.csv", "claims_20260801.csv"),
      ("999990019", "9{9}"), ("é999990019é", "é9{9}é"), ("", ""),
    ]
  )
  func namesAreMasked(name: String, masked: String) {
    #expect(maskedName(name) == masked)
    #expect(Place(file: name, line: 3).description == masked + ":3")
  }

  @Test(
    "a shape tells digits, letters and runs, and no value",
    arguments: [
      ("12345678A", "9{8}a"), ("", "empty"), ("1968-00-00", "9{4}-9{2}-9{2}"), ("a1", "a9"),
      ("\u{0}x", "?a"), ("é", "a{2}"), ("7001 AB", "9{4} a{2}"),
    ]
  )
  func shapes(value: String, shape: String) {
    #expect(valueShape(of: value.utf8) == shape)
  }

  @Test("a shape is short, however long the value")
  func shapesAreShort() {
    let value = String(repeating: "a1", count: 10_000)
    #expect(valueShape(of: value.utf8) == String(repeating: "a9", count: 12) + "…")
  }

  @Test("the exit statuses are those of the design")
  func exitStatuses() {
    let numbers = ExitStatus.allCases.map(\.rawValue)
    #expect(numbers == [0, 3, 64, 65, 66, 70, 73, 74, 75, 76, 77, 78])
  }

  @Test(
    "the nearest name is proposed when it is near enough",
    arguments: [
      ("bsm", "bsn"), ("bns", "bsn"), ("surnam", "surname"), ("Surname", "surname"),
      ("postcodes", "postcode"), ("xyz", nil), ("bsn", nil),
    ] as [(String, String?)]
  )
  func suggestions(written: String, proposed: String?) {
    let known = ["bsn", "surname", "postcode", "birth_date"]
    #expect(nearestName(to: written, among: known) == proposed)
  }
}
