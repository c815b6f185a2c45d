import Foundation
import PipelineFile
import Tabular
import Testing

@testable import Ingest

@Suite("Refused claims")
struct VektisRefusalTests {
  typealias Standard = VektisFile.Standard

  let extract = Extract.vektis(vektisColumns("bsn", "surname", "amount"))

  /// A claim of a person with two activities; lines 1 to 7.
  private func claim(_ standard: Standard, change: (inout VektisFile) -> Void = { _ in })
    -> VektisFile
  {
    var file = VektisFile(standard)
    let person = VektisPerson()
    file.add(person)
    file.addPayer()
    for number in 1...2 {
      var activity = VektisActivity()
      activity.sequence = number
      file.add(activity, of: person)
      if standard.hasTariffs { file.addTariff(activity.cents, activity, of: person) }
    }
    change(&file)
    return file
  }

  private func sentence(_ file: VektisFile) -> String {
    extract.refusal(of: file.bytes).components(separatedBy: " | ").first ?? ""
  }

  @Test("a cent more or less than the closing record says is found", arguments: Standard.all)
  func total(standard: Standard) {
    for (cents, words) in [(1, "1 cent less"), (-1, "1 cent more"), (-700, "700 cents more")] {
      let file = claim(standard) { $0.close(cents: cents) }
      #expect(sentence(file) == "the amounts add up to \(words) than the total of record 99")
    }
  }

  @Test("a total whose sign or digits cannot be read is refused")
  func unreadableTotal() {
    for (text, place) in [("+", 45...45), (" ", 45...45), ("x", 40...40)] {
      var file = claim(.mz301) { $0.close() }
      file.change(file.lines.count - 1) { $0.put(text, place) }
      #expect(sentence(file) == "found no total in record 99, expected cents and a D or C")
    }
  }

  @Test("each count of the closing record is checked", arguments: Standard.all)
  func counts(standard: Standard) {
    let last = standard.hasTariffs ? 33 : 21
    for first in stride(from: 3, through: last, by: 6) {
      var file = claim(standard) { $0.close() }
      file.change(file.lines.count - 1) { $0.number(9, first...(first + 5)) }
      #expect(sentence(file).hasSuffix("expected 9 as record 99 says"), "\(standard) \(first)")
    }
    var file = claim(standard) { $0.close() }
    file.change(file.lines.count - 1) { $0.number(99, standard.details) }
    #expect(sentence(file).hasSuffix("detail records, expected 99 as record 99 says"))
    file.change(file.lines.count - 1) { $0.put("x", standard.details) }
    #expect(sentence(file).hasSuffix("detail records, expected a number in record 99"))
  }

  @Test("rejected and skipped rows are in the total")
  func totalOverAll() throws {
    let extract = Extract.vektis([
      column("bsn", .bsn, required: true), column("amount", .money),
    ])
    var file = VektisFile(.mz301)
    var person = VektisPerson()
    file.add(person)
    file.add(VektisActivity(), of: person)
    var objection = VektisActivity()
    objection.forwarding = "2"
    file.add(objection, of: person)
    var other = person
    other.number = "9"
    file.add(VektisActivity(), of: other)
    person.bsn = "999900007"
    file.add(person)
    file.add(VektisActivity(), of: person)
    file.close()
    let outcome = try extract.read(file.bytes)
    #expect(outcome.rows == ["999900006|1250"])
    #expect(outcome.skipped == [.objection: 1])
    #expect(outcome.rejects == ["5  parent ", "7 bsn bsn-check 9{9}"])
    #expect(outcome.read == 4)
  }

  @Test("an amount that cannot be read refuses the file: no total can be reckoned")
  func unreadableAmount() throws {
    for (text, place) in [("x", 160...160), (" ", 164...164), ("-", 164...164), ("0", 164...164)] {
      var file = claim(.mz301) { $0.close() }
      file.change(4) { $0.put(text, place) }
      #expect(sentence(file) == "found no amount in record 04, expected cents and a D or C")
    }
    // An activity without amount has none.
    var file = VektisFile(.mz301)
    file.add(VektisPerson())
    file.add(VektisActivity(), of: VektisPerson())
    file.add(VektisActivity(), of: VektisPerson())
    file.change(2) { $0.put("         ", 156...164) }
    file.close(cents: -1250)
    #expect(try extract.read(file.bytes).rows.last == "999900006|Jansen|1250")
  }

  @Test("a number that does not follow is told with the one expected")
  func sequence() {
    for (line, number, expected) in [(1, 2, 1), (3, 3, 2), (4, 4, 3), (5, 3, 4)] {
      var file = claim(.mz301) { $0.close() }
      file.change(line) { $0.number(number, 3...14) }
      #expect(sentence(file) == "found detail record \(number), expected number \(expected)")
    }
    var file = claim(.mz301) { $0.close() }
    file.change(4) { $0.put("x", 8...8) }
    #expect(sentence(file) == "found a detail record without a number, expected number 3")
  }

  @Test("a remark repeats the number of the record that it explains, as often as it likes")
  func remarks() throws {
    var file = VektisFile(.mz301)
    file.add(FixedRecord("98", length: 310))
    file.add(VektisPerson())
    for _ in 0..<3 { file.add(FixedRecord("98", length: 310)) }
    file.add(VektisActivity(), of: VektisPerson())
    file.add(FixedRecord("98", length: 310))
    file.close()
    #expect(try extract.read(file.bytes).accepted == 1)
  }

  @Test("a test file is refused")
  func testFile() {
    var file = VektisFile(.mz301, purpose: "T")
    file.close()
    #expect(sentence(file) == "found a test file (purpose T), expected one of production")
  }

  @Test("another currency is refused, and not named")
  func currency() {
    for currency in ["NLG", "eur", "   ", "USD"] {
      var file = VektisFile(.mz301, currency: currency)
      file.close()
      #expect(sentence(file) == "found another currency, expected EUR")
    }
  }

  @Test("a version without a layout is named")
  func version() {
    for (code, version, words) in [
      ("101", "0800", "message code 101 version 8.0"),
      ("176", "0104", "message code 176 version 1.4"),
      ("107", "0900", "message code 107 version 9.0"),
      ("193", "0702", "message code 193 version 7.2"),
      ("1x1", "0900", "no message code and version"),
    ] {
      var file = VektisFile(.zh308, code: code, version: version)
      file.close()
      #expect(
        sentence(file)
          == "found \(words), expected AW319 1.4, ZH308 9.0, MZ301 1.3, AP304 7.2 or AP304 8.0"
      )
    }
  }

  @Test("what is no claim is told so, by line")
  func noClaim() {
    for text in ["bsn;amount\n1;2\n", "\n", "99\n", "<a/>", "Kanarie"] {
      #expect(extract.refusal(of: text).hasPrefix("found no opening record"), "\(text)")
    }
    #expect(extract.refusal(of: "").hasPrefix("found no closing record"))
    #expect(extract.refusal(of: "0").hasPrefix("found no closing record"))
    #expect(extract.refusal(of: [0x30, 0x31, 0]).hasPrefix("found a NUL byte in the first 4 KiB"))
  }

  @Test("a record that no layout knows refuses the file")
  func unknownRecord() {
    for (text, words) in [("05", "05"), ("06", "06"), ("00", "00"), ("x4", "without a number")] {
      var file = claim(.mz301) { $0.close() }
      file.change(4) { $0.put(text, 1...2) }
      #expect(sentence(file) == "found record \(words), expected one of the layout")
    }
  }

  @Test("nothing but another claim follows a closing record")
  func behindClosingRecord() {
    let file = claim(.mz301) { $0.close() }
    for rest in ["\n", " ", "\u{1A}", "99\n", "04\n", "0x"] {
      let refusal = extract.refusal(of: file.bytes + Array(rest.utf8))
      #expect(refusal.hasPrefix("found something behind the closing record"), "\(rest)")
    }
    var other = claim(.mz301)
    other.open()
    other.close()
    #expect(sentence(other) == "found no closing record, expected 99 at the end")
  }

  @Test("opening and closing records have the length of the layout")
  func recordLength() {
    let file = claim(.mz301) { $0.close() }
    for (line, length, words) in [
      (0, 116, "116 bytes in record 01, expected 117 to 310"),
      (0, 311, "311 bytes in record 01, expected 117 to 310"),
      (6, 44, "44 bytes in record 99, expected 45 to 310"),
      (6, 311, "311 bytes in record 99, expected 45 to 310"),
    ] {
      var lines = file.lines
      lines[line] =
        length < 310 ? Array(lines[line].prefix(length)) : lines[line] + [UInt8(ascii: " ")]
      let bytes: [UInt8] = lines.flatMap { $0 + [UInt8(0x0A)] }
      #expect(extract.refusal(of: bytes).hasPrefix("found " + words))
    }
  }

  @Test("a byte order mark must agree with the encoding")
  func byteOrderMark() {
    let file = claim(.mz301) { $0.close() }
    #expect(
      extract.refusal(of: [0xEF, 0xBB, 0xBF] + file.bytes)
        .hasPrefix("found the byte order mark of utf-8, expected iso-8859-1")
    )
    #expect(extract.refusal(of: [0xFF, 0xFE] + file.bytes).contains("utf-16"))
  }

  @Test("a cut file is refused as truncated, wherever it is cut", arguments: Standard.all)
  func cuts(standard: Standard) throws {
    let format = try #require(try DocumentFormat(extract.source))
    for (lineEnd, isTrimmed) in [("\n", false), ("\r\n", false), ("\n", true)] {
      var file = claim(standard) { $0.close() }
      file.lineEnd = lineEnd
      var bytes = file.bytes
      if isTrimmed { bytes = file.trimmed }
      let count = bytes.count - lineEnd.utf8.count
      // Every byte of one file; of the others those of the first and the last line, and some.
      let isWhole = standard.description == "MZ301" && lineEnd == "\n" && !isTrimmed
      for cut in 0..<count
      where isWhole || cut < 130 || cut > count - 330 && cut % 3 == 0 || cut % 37 == 0 {
        let fault = try format.fault(of: Array(bytes[..<cut]))
        #expect(fault == .record(.noClosingRecord), "\(standard) \(cut)")
      }
      // The last line end may be missing, half of it may not.
      #expect(try extract.read(Array(bytes[..<count])).accepted == 2)
      if lineEnd == "\r\n" {
        #expect(
          extract.refusal(of: Array(bytes[...count])).hasPrefix("found no closing record")
        )
      }
    }
  }
}

extension DocumentFormat {
  /// What refuses a document that is read in one go.
  func fault(of bytes: [UInt8]) throws -> FileFault? {
    var rows = DocumentRows()
    do throws(IngestError) {
      let input = DocumentInput(bytes: bytes, range: 0..<bytes.count)
      let decoder = try decoder(for: input, path: "", file: 0)
      while try !decoder.read(into: &rows, byteLimit: .max) {}
    } catch {
      guard case .refused(let fault, _) = error else { throw error }
      return fault
    }
    return nil
  }
}

extension VektisFile {
  /// Lines without filler.
  var trimmed: [UInt8] {
    lines.flatMap { line in
      let type = String(decoding: line[..<2], as: UTF8.self)
      return Array(line.prefix(standard.ends[type] ?? line.count)) + Array(lineEnd.utf8)
    }
  }
}
