import PipelineFile
import Tabular
import Testing

@testable import Ingest

/// Reads one value of a column; the cell, `-` for missing, or the reason of its refusal.
private func value(
  _ text: String,
  _ column: SourceColumn,
  _ dialect: (inout Dialect) -> Void = { _ in }
) throws -> String {
  // The other column keeps an empty value from being a blank line at the end.
  let extract = Extract.csv([column, otherColumn]).with(dialect)
  let outcome = try extract.read("\(column.sourceName);other\n\(text);x\n")
  if let reject = outcome.rejects.first {
    return String(reject.split(separator: " ", omittingEmptySubsequences: false)[2])
  }
  let cell = String(outcome.rows[0].dropLast(2))
  return outcome.blanked.isEmpty ? cell : "blanked " + cell
}

private let otherColumn = column("other", .text)

@Suite("Values")
struct ValueTests {
  @Test(
    "a BSN has nine digits that pass the eleven-test",
    arguments: [
      ("123456782", "123456782"), ("999990019", "999990019"), ("12345678", "bsn-check"),
      ("123456783", "bsn-check"), ("000000000", "bsn-check"), ("999999999", "required"),
      ("1234.56.782", "123456782"), (" 123 456 782 ", "123456782"), ("10000008", "10000008"),
      ("010000008", "10000008"), ("1234567820", "bsn-check"), ("12345678a", "bsn-check"),
      ("1234567", "bsn-check"), ("", "required"), ("   ", "required"), ("00000000", "bsn-check"),
      ("１23456782", "bsn-check"), ("-12345678", "bsn-check"),
    ]
  )
  func bsn(text: String, expected: String) throws {
    #expect(try value(text, column("bsn", .bsn, required: true)) == expected)
  }

  @Test("the eleven-test agrees with its definition on every change of one digit")
  func elevenTest() throws {
    let right = [1, 2, 3, 4, 5, 6, 7, 8, 2]
    for place in 0..<9 {
      for digit in 0...9 {
        var digits = right
        digits[place] = digit
        let sum = zip(digits, [9, 8, 7, 6, 5, 4, 3, 2, -1]).reduce(0) { $0 + $1.0 * $1.1 }
        let text = digits.map(String.init).joined()
        let expected = sum % 11 == 0 ? String(Int(text) ?? 0) : "bsn-check"
        #expect(try value(text, column("bsn", .bsn, required: true)) == expected)
      }
    }
  }

  @Test(
    "a date is a day of the calendar",
    arguments: [
      ("2026-08-02", "2026-08-02"), ("20260802", "2026-08-02"), ("2024-02-29", "2024-02-29"),
      ("2023-02-29", "date"), ("1900-02-29", "date"), ("2000-02-29", "2000-02-29"),
      ("2026-13-01", "date"), ("2026-00-01", "date"), ("2026-01-32", "date"),
      ("1849-12-31", "date"), ("1850-01-01", "1850-01-01"), ("2150-12-31", "2150-12-31"),
      ("2151-01-01", "date"), ("2026/08/02", "date"), ("02-08-2026", "date"), ("2026-8-2", "date"),
      ("2026-08-02T", "date"), ("19680000", "date-partial"), ("1968-05-00", "date-partial"),
      ("00000000", "date-partial"), ("2026-08-3a", "date"), ("20260-8-02", "date"),
      ("2026a08-02", "date"), ("2026-08a02", "date"), ("", "required"), (" ", "required"),
      ("9999-99-99", "date"), ("0000-01-01", "date"), (" 2026-08-02 ", "2026-08-02"),
      ("  20260802", "2026-08-02"), ("2026-08-02Z", "2026-08-02"),
      ("2026-08-02+02:00", "2026-08-02"),
      ("2026-08-02T23:30", "2026-08-02"), ("2026-08-02T23:30:00Z", "2026-08-02"),
      ("2026-08-02 23:30:00", "2026-08-02"), ("2026-08-02T23:30:00.123-05:00", "2026-08-02"),
      ("2026-08-02T24:00:00", "2026-08-02"), ("2026-08-02T25:00:00", "date"),
      ("2026-08-02T23:60", "date"), ("2026-08-02T23", "date"), ("2026-08-02T23:30:", "date"),
      ("2026-08-02T23:30:00.", "date"), ("2026-08-02T23:30:00Zx", "date"), ("2026-08-02x", "date"),
      ("2026-08-02+15:00", "date"), ("2026-02-30T10:00:00Z", "date"), ("20260802T1000", "date"),
      ("2026-08-02  ", "2026-08-02"), ("2026-08-02 x", "date"), ("2026-08- 02", "date"),
    ]
  )
  func date(text: String, expected: String) throws {
    #expect(try value(text, column("date", .date, required: true)) == expected)
  }

  @Test("every day from 1850 to 2150 is read as the calendar has it")
  func everyDay() throws {
    let first = CivilDate(year: 1850, month: 1, day: 1)?.dayNumber ?? 0
    let days = (0..<109_938).map { CivilDate(dayNumber: first + $0).description }
    let outcome = try Extract.csv([column("date", .date)])
      .read("date\n" + days.joined(separator: "\n") + "\n")
    #expect(outcome.rows == days)
  }

  @Test(
    "a partial date may lack its day, its month or all",
    arguments: [
      ("1968-05-03", "19680503"), ("19680503", "19680503"), ("1968-05-00", "19680500"),
      ("1968-00-00", "19680000"), ("19680000", "19680000"), ("0000-00-00", "required"),
      ("00000000", "required"), ("1968-00-12", "date"), ("0000-05-03", "date"),
      ("1968-13-00", "date"), ("1968-02-30", "date"), ("", "required"), ("1849-00-00", "date"),
    ]
  )
  func partialDate(text: String, expected: String) throws {
    #expect(try value(text, column("birth", .partialDate, required: true)) == expected)
  }

  @Test(
    "an integer is digits, with a sign perhaps and blanks around",
    arguments: [
      ("7", "7"), ("12345678", "12345678"), ("123456789", "123456789"), ("-5", "-5"), ("+5", "5"),
      (" 42 ", "42"), ("1.5", "number"), ("1,5", "number"), ("a", "number"), ("-", "number"),
      ("", "required"), ("  ", "required"), ("1 2", "number"), ("007", "7"),
      ("99999999999999999", "99999999999999999"), ("100000000000000000", "number"),
      ("00000000000000000000000007", "7"), ("--5", "number"), ("1-", "number"),
    ]
  )
  func integer(text: String, expected: String) throws {
    #expect(try value(text, column("n", .integer, required: true)) == expected)
  }

  @Test("a number outside its range is refused")
  func range() throws {
    let house = column("house", .integer, required: true, range: 1...99_999)
    #expect(try value("0", house) == "range")
    #expect(try value("1", house) == "1")
    #expect(try value("99999", house) == "99999")
    #expect(try value("100000", house) == "range")
  }

  @Test(
    "money in cents is whole, money in euros has up to two decimals",
    arguments: [
      ("12", "12", "1200"), ("12.3", "money", "1230"), ("12.34", "money", "1234"),
      ("12.345", "money", "money"), ("12,34", "money", "money"), ("-12.34", "money", "-1234"),
      (".5", "money", "money"), ("5.", "money", "money"), ("-", "money", "money"),
      ("1.234.5", "money", "money"), ("€5", "money", "money"), ("-7", "-7", "-700"),
      ("99999999999999999", "99999999999999999", "money"), ("1e5", "money", "money"),
    ]
  )
  func money(text: String, cents: String, euros: String) throws {
    #expect(try value(text, column("m", .money, required: true)) == cents)
    #expect(try value(text, column("m", .money, required: true, euros: true)) == euros)
  }

  @Test("a decimal has up to four decimals and is held in ten-thousandths")
  func decimal() throws {
    let decimal = column("d", .decimal, required: true)
    #expect(try value("1.5", decimal) == "15000")
    #expect(try value("-0.0001", decimal) == "-1")
    #expect(try value("0.00001", decimal) == "number")
    #expect(try value("3", decimal) == "30000")
    #expect(try value("3,5", decimal) == "number")
    #expect(try value("3,5", decimal) { $0.decimal = UInt8(ascii: ",") } == "35000")
    #expect(try value("3.5", decimal) { $0.decimal = UInt8(ascii: ",") } == "number")
  }

  @Test(
    "a postcode is four digits and two letters",
    arguments: [
      ("7001AB", "7001AB"), ("7001 AB", "7001AB"), ("7001ab", "7001AB"), (" 7001 aB ", "7001AB"),
      ("0001AB", "postcode"), ("7001", "postcode"), ("7001SS", "postcode"), ("7001sa", "postcode"),
      ("7001A1", "postcode"), ("7001  AB", "postcode"), ("70O1AB", "postcode"), ("", "required"),
      ("7001-AB", "postcode"), ("7001[{", "postcode"), ("7001AB1", "postcode"),
    ]
  )
  func postcode(text: String, expected: String) throws {
    #expect(try value(text, column("postcode", .postcode, required: true)) == expected)
  }

  @Test(
    "yes and no have ten spellings",
    arguments: [
      ("ja", "1"), ("J", "1"), ("Yes", "1"), ("TRUE", "1"), ("1", "1"), ("nee", "0"), ("n", "0"),
      ("NO", "0"), ("False", "0"), ("0", "0"), ("y", "code"), ("misschien", "code"), (" ja ", "1"),
      ("", "required"), ("false0", "code"),
    ]
  )
  func yesNo(text: String, expected: String) throws {
    #expect(try value(text, column("b", .yesNo, required: true)) == expected)
  }

  @Test(
    "a text is well-formed UTF-8 without control characters",
    arguments: [
      ([0x61], "a"), ([0xC3, 0xA9], "é"), ([0xE2, 0x82, 0xAC], "€"),
      ([0xF0, 0x9F, 0x98, 0x80], "😀"), ([0xC3], "encoding"), ([0xC0, 0x80], "encoding"),
      ([0xE0, 0x80, 0x80], "encoding"), ([0xED, 0xA0, 0x80], "encoding"),
      ([0xF4, 0x90, 0x80, 0x80], "encoding"), ([0xF5, 0x80, 0x80, 0x80], "encoding"),
      ([0x80], "encoding"), ([0xFF], "encoding"), ([0x7F], "control"), ([0xC2, 0x85], "control"),
      ([0x01], "control"), ([0x00], "nul"), ([0x09], "control"), ([0x1B], "control"),
      ([0x61, 0x62, 0x63, 0x64, 0x65, 0x66, 0x67, 0x7F], "control"),
      ([0x61, 0x62, 0x63, 0x64, 0x65, 0x66, 0x67, 0x68, 0xE9], "encoding"),
    ] as [([UInt8], String)]
  )
  func text(bytes: [UInt8], expected: String) throws {
    // Behind the first 4 KiB, where a NUL costs its row only.
    let filler = String(repeating: "filler;x\n", count: 600)
    let extract = Extract.csv([column("t", .text), column("o", .text)])
    let outcome = try extract.read(Array("t;o\n\(filler)".utf8) + bytes + Array(";x\n".utf8))
    let reject = outcome.rejects.first.map {
      String($0.split(separator: " ", omittingEmptySubsequences: false)[2])
    }
    #expect((reject ?? outcome.rows.last.map { String($0.dropLast(2)) }) == expected)
  }

  @Test("a text of blanks only has no value, others keep their blanks")
  func blanks() throws {
    #expect(try value("   ", column("t", .text)) == "-")
    #expect(try value(" a ", column("t", .text)) == " a ")
    #expect(try value("   ", column("t", .name, required: true)) == "required")
  }

  @Test("only a text that the dialect lists is missing")
  func missingTexts() throws {
    #expect(try value(".", column("t", .text)) == ".")
    #expect(try value(".", column("t", .text)) { $0.missing = ["", "."] } == "-")
    #expect(try value("NULL", column("n", .integer)) { $0.missing = ["", "NULL"] } == "-")
    #expect(try value("NULL", column("n", .integer)) == "blanked -")
    #expect(
      try value("NULL", column("n", .integer, required: true)) { $0.missing = ["NULL"] }
        == "required"
    )
  }

  @Test("a code becomes what it means; an unknown one is refused")
  func codes() throws {
    let values = [("M", "male"), ("V", "female"), ("O", "unknown")]
    let sex = column("sex", .code, required: true, values: values)
    #expect(try value("M", sex) == "male")
    #expect(try value("V", sex) == "female")
    #expect(try value("X", sex) == "code")
    #expect(try value("m", sex) == "code")
    #expect(try value("X", column("sex", .code, values: values)) == "blanked -")
    // Padded to the width of a column; a code that has the blank itself goes first.
    for padded in ["M  ", " M", " M "] { #expect(try value(padded, sex) == value("M", sex)) }
    let blank = column("sex", .code, required: true, values: values + [("M ", "blank")])
    #expect(try value("M ", blank) == "blank")
  }

  @Test("a fixed part stands around the value, and around none where it is missing")
  func wrapped() throws {
    let product = column("care", .text, from: "product", pattern: "wmo:{}")
    #expect(try value("HH1", product) == "wmo:HH1")
    #expect(try value("", product) == "-")
    #expect(try value("een lange productcode", product) == "wmo:een lange productcode")
    #expect(try value("X", column("c", .text, pattern: "<{}>")) == "<X>")
  }

  @Test("a text must match its pattern as a whole")
  func pattern() throws {
    let pattern = "BU[0-9]{4}[0-9A-Z]{4}"
    let neighbourhood = column("b", .text, required: true, textPattern: pattern)
    #expect(try value("BU12220101", neighbourhood) == "BU12220101")
    #expect(try value("xBU12220101", neighbourhood) == "code")
    #expect(try value("BU122201011", neighbourhood) == "code")
    #expect(try value("ab", column("b", .text, required: true, textPattern: "a|b")) == "code")
    #expect(try value("b", column("b", .text, required: true, textPattern: "a|b")) == "b")
  }

  @Test("codes, fixed parts and patterns are the same for many rows of few and many values")
  func manyCodes() throws {
    let codes = (0..<3000).map { "C\($0 * 7919 % 3000)" }
    let columns = [
      column("c", .text, pattern: "x:{}", textPattern: "C[0-9]+"),
      column("d", .code, values: (0..<3000).map { ("C\($0)", "meaning of \($0)") }),
    ]
    let text = "c;d\n" + codes.map { "\($0);\($0)\n" }.joined()
    for size in [64, 5000, 4 << 20] {
      let outcome = try Extract.csv(columns).inChunks(of: size).read(text)
      #expect(outcome.rows == codes.map { "x:\($0)|meaning of \($0.dropFirst())" })
    }
  }

  @Test("a pattern that is none is told before anything is read")
  func brokenPattern() throws {
    let extract = Extract.csv([column("t", .text, textPattern: "[")])
    let reader = try ExtractReader(source: extract.source, wanted: ["t"], files: [])
    #expect(throws: IngestError.pattern(column: "t", extract.columns[0].place)) {
      _ = try reader.makeParser()
    }
  }
}
