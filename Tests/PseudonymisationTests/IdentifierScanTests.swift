import Diagnostics
import Tabular
import TestSupport
import Testing

@testable import Pseudonymisation

@Suite("The search of kept columns for identifiers")
struct IdentifierScanTests {
  private func forms(in text: String) -> Set<IdentifierForm> {
    let found = IdentifierForms(of: Array(text.utf8).span) { _ in }
    return Set(IdentifierForm.allCases.filter { found.contains($0) })
  }

  private func numbers(in text: String) -> [Int64] {
    var numbers: [Int64] = []
    _ = IdentifierForms(of: Array(text.utf8).span) { numbers.append($0) }
    return numbers
  }

  @Test(
    "each form is found as people write it",
    arguments: [
      ("jan@voorbeeld.nl", .mail), ("mail: j.de-vries+x@post.gemeente.example, bel", .mail),
      ("<ján@bücher.de>", .mail), ("x@a.b.cd", .mail),
      ("NL91ABNA0417164300", .account), ("rek. NL91 ABNA 0417 1643 00 t.n.v.", .account),
      ("nl91abna0417164300", .account), ("DE89370400440532013000", .account),
      ("BE68 5390 0754 7034", .account), ("NL91 ABNA 0417 1643 00 en meer", .account),
      ("0612345678", .telephone), ("06-12345678", .telephone), ("06 12 34 56 78", .telephone),
      ("+31612345678", .telephone), ("+31 6 12345678", .telephone), ("0031 315 123456", .telephone),
      ("+31 (0)315 123456", .telephone), ("tel 0315-123456.", .telephone),
      ("(010) 1234567 of 010-1234567", .telephone), ("085 123 45 67", .telephone),
      ("7001AB 12", .address), ("Dorpsstraat 12, 7001 AB Doetinchem", .address),
      ("7001 AB, 12", .address), ("7001ab-12", .address), ("7001Ab 12", .address),
      ("(0543) 512345", .telephone), ("0543/512345", .telephone), ("06.12.34.56.78", .telephone),
      ("GB29 NWBK 6016 1331 9268 19", .account), ("NL 91 ABNA 0417164300", .account),
      ("7001AB12", .address), ("sleutel 7001AB0012a.", .address), ("7001  AB 12", .address),
      ("06 - 12345678", .telephone), ("06 - 12 34 56 78", .telephone),
      ("\"jan piet\"@voorbeeld.nl", .mail), ("jan @ voorbeeld.nl", .mail),
    ] as [(String, IdentifierForm)]
  )
  func finds(text: String, form: IdentifierForm) {
    // The groups of an account number may look like a telephone number: the first form is told.
    #expect(IdentifierForm.allCases.first(where: forms(in: text).contains) == form, "\(text)")
  }

  @Test(
    "codes, periods, dates and sentences hold no form",
    arguments: [
      "BU12220101", "GM1222", "2026-08", "2026 in 3 wijken", "01A05", "7001AB", "7001 AB",
      "1234", "12345678", "123456782", "0101234567", "000012345678", "01-02-2026 12:30:45",
      "NL91ABNA0417164301", "NL", "a@b", "@nl", "a@b.c", "a@.nl", "x @y.nl", "wmo:02A15",
      "2026-11-26T10:00:00", "0.123456789", "20260801", "aw319", "7001 AB Doetinchem",
      "PARACETAMOL 1000 MG 30", "3000 IE 5", "1500 KM 2", "PO20260812345678901",
      "1001SA12", "7001ab12", "7001AB12XY", "X7001AB12", "7001AB123456", "1000MG30", "7001AB",
      "3 @ 5.00", "2 stuks @ 3,50", "jan @voorbeeld", "05 - 12345678",
      "06123456789", "061234567", "Z34.1", "0001 AB 1", "100 12 34 56 78",
    ]
  )
  func findsNothing(text: String) {
    #expect(forms(in: text).isEmpty, "\(text)")
  }

  @Test("numbers of eight or nine digits are taken, also in the groups of a BSN, others are not")
  func takesNumbers() {
    #expect(numbers(in: "123456782") == [123_456_782])
    #expect(numbers(in: "x12345678y 1234567 1234567890") == [12_345_678])
    #expect(numbers(in: "bsn 1234.56.782 en 1234 56 782") == [123_456_782, 123_456_782])
    let grouped = "1234-56-782; 123.456.782; 123 456 782; 123-456-782"
    #expect(numbers(in: grouped) == Array(repeating: 123_456_782, count: 4))
    #expect(numbers(in: "000123456782 0012345678") == [123_456_782, 12_345_678])
    #expect(numbers(in: "1234.56.7822 1234.567.82 123.45.6782 1234567890") == [])
    #expect(numbers(in: "012345678") == [12_345_678])
    #expect(numbers(in: "123/456/782 1234_56_782 123,456,782").count == 3)
  }

  @Test(
    "blanks, dashes and digits of word processors are those that people mean",
    arguments: [
      ("06\u{2011}12345678", .telephone), ("0314\u{2013}123456", .telephone),
      ("06\u{A0}12\u{A0}34\u{A0}56\u{A0}78", .telephone), ("7001\u{A0}AB 12", .address),
      ("NL91\u{202F}ABNA\u{202F}0417\u{202F}1643\u{202F}00", .account),
      ("jan\u{FF20}bücher.nl", .mail),
    ] as [(String, IdentifierForm)]
  )
  func findsSigns(text: String, form: IdentifierForm) throws {
    var scan = IdentifierScan()
    scan.add(text: Array(text.utf8).span)
    #expect(scan.finding(source: "s", column: "c")?.cause == .form(form, count: 1))
  }

  @Test("a column of BSNs stops however the groups of its numbers are kept apart")
  func findsGroups() {
    let passing = (123_456_700...999_999_000 as ClosedRange<Int64>).lazy.filter(passesElevenTest)
    for mark in ["", ".", " ", "-", "/", ",", "_", "\u{A0}", "\u{2011}"] {
      var scan = IdentifierScan()
      for number in passing.prefix(6) {
        let digits = String(number)
        let text =
          "\(digits.prefix(4))\(mark)\(digits.dropFirst(4).prefix(2))\(mark)\(digits.suffix(3))"
        scan.add(text: Array(text.utf8).span)
      }
      #expect(scan.finding(source: "s", column: "c")?.stops == true, "\(mark)")
    }
    var wide = IdentifierScan()
    for number in passing.prefix(6) {
      let text = String(
        String.UnicodeScalarView(
          String(number).unicodeScalars.compactMap {
            Unicode.Scalar($0.value + 0xFEE0)
          }
        )
      )
      wide.add(text: Array(text.utf8).span)
    }
    #expect(wide.finding(source: "s", column: "c")?.stops == true)
  }

  @Test("a scan never reads past the end", arguments: 0..<200 as Range<UInt64>)
  func everyCut(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let alphabet = Array("0123456789 -.@+()AaNnLl31zé,".utf8)
    let text = (0..<40).map { _ in alphabet[Int(random.next() % UInt64(alphabet.count))] }
    for count in 0...text.count {
      let cut = Array(text[..<count])
      _ = PlainSigns.replaced(in: cut.span)
      _ = IdentifierForms(of: cut.span) { _ in }
    }
  }

  @Test(
    "six of six, eleven of twenty and 26 of a hundred stop; one less does not",
    arguments: [(6, 6), (11, 20), (26, 100)]
  )
  func limits(passing: Int, count: Int) {
    #expect(chanceOfPassing(atLeast: passing, of: count) < 1e-6)
    let fewer = passing == count ? (passing - 1, count - 1) : (passing - 1, count)
    #expect(chanceOfPassing(atLeast: fewer.0, of: fewer.1) >= 1e-6)
  }

  @Test("the chance agrees with a sum of whole terms")
  func chance() {
    for count in 1...40 {
      for passing in 0...count {
        var sum = 0.0
        for number in passing...count {
          var term = 1.0
          for step in 0..<number { term *= Double(count - step) / Double(step + 1) / 11 }
          for _ in number..<count { term *= 10.0 / 11 }
          sum += term
        }
        let chance = chanceOfPassing(atLeast: passing, of: count)
        #expect(abs(chance - sum) <= 1e-9 * sum, "\(passing) of \(count)")
      }
    }
  }

  @Test("a list of codes passes, a column of BSNs stops, and one BSN alone is told")
  func judges() throws {
    var codes = IdentifierScan()
    for code in 12_220_101...12_220_180 as ClosedRange<Int64> { codes.add(number: code) }
    #expect(codes.finding(source: "s", column: "c") == nil)

    var persons = IdentifierScan()
    let passing = (999_990_000...999_999_000 as ClosedRange<Int64>).filter(passesElevenTest)
    for number in passing.prefix(5) { persons.add(number: number) }
    let few = try #require(persons.finding(source: "s", column: "c"))
    #expect(few.cause == .numbers(passing: 5, count: 5, isCertain: false))
    #expect(!few.stops)
    persons.add(number: passing[5])
    let many = try #require(persons.finding(source: "s", column: "c"))
    #expect(many.cause == .numbers(passing: 6, count: 6, isCertain: true))
    #expect(many.stops)

    // Whose the numbers are can be said; an address is somebody's whatever is said.
    #expect(persons.finding(source: "s", column: "c", numbersAreReviewed: true) == nil)
    persons.add(text: Array("jan@voorbeeld.nl".utf8).span)
    #expect(persons.finding(source: "s", column: "c", numbersAreReviewed: true)?.stops == true)

    var one = IdentifierScan()
    one.add(text: Array("zie 999990019".utf8).span)
    let alone = try #require(one.finding(source: "s", column: "c"))
    #expect(!alone.stops)
    #expect(!alone.diagnostic.sentence.contains("99999"))
  }
}
