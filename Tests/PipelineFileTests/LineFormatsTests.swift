import Diagnostics
import Foundation
import Tabular
import Testing

@testable import PipelineFile

@Suite("Formats of lines")
struct LineFormatsTests {
  /// The register of the small pipeline, read in another way.
  private func register(_ keys: String, columns: String) -> String {
    let start = smallPipeline.components(separatedBy: "    read: csv\n")[0]
    let end = smallPipeline.components(separatedBy: "  care:\n").dropFirst()
    return start + "    files: register.csv\n" + keys + "    columns:\n" + columns + "  care:\n"
      + end.joined(separator: "  care:\n")
  }

  private static let columns = [
    "bsn: {type: bsn, required: true, at: 1-9}", "surname: {type: name, at: 10-29}",
    "birth_date: {type: partial-date, at: 30-37}",
    "sex: {type: code, values: {M: male, V: female}, at: 38}",
    "postcode: {type: postcode, at: 39-44}",
    "area: {type: text, pattern: \"BU[0-9]{4}\", at: 45-50}",
  ].map { "      \($0)\n" }.joined()

  private func format(_ text: String) throws -> Source {
    let pipeline = try PipelineLoader.load(bytes: Array(text.utf8), path: "x.yaml", today: today)
    return try #require(pipeline.source(named: "register"))
  }

  private func sentences(_ text: String) -> [String] {
    do {
      _ = try PipelineLoader.load(bytes: Array(text.utf8), path: "x.yaml", today: today)
      return []
    } catch {
      return error.diagnostics.map(\.sentence)
    }
  }

  @Test("lines of fixed width have no header, no quotes, padding and dates of zeros")
  func fixed() throws {
    for word in ["fixed", "fixed-width"] {
      let keys =
        "    read: \(word)\n    encoding: iso-8859-1\n    dialect: {top: 2, decimal: \",\"}\n"
      let source = try format(register(keys, columns: Self.columns))
      guard case .fixed(let dialect, .latin1) = source.format else {
        Issue.record("not fixed")
        return
      }
      #expect(dialect.header == 0 && dialect.top == 2 && dialect.quote == nil)
      #expect(dialect.padded && dialect.zeroDates && dialect.decimal == UInt8(ascii: ","))
      #expect(source.column(named: "sex")?.address == .bytes(38...38))
      #expect(source.column(named: "area")?.address == .bytes(45...50))
    }
  }

  @Test("what lines of fixed width cannot have is refused")
  func fixedFaults() {
    #expect(
      sentences(register("    read: fixed\n    dialect: {quote: none}\n", columns: Self.columns))
        == ["found 'quote' of lines of fixed width, which have none"]
    )
    #expect(
      sentences(register("    read: fixed\n    encoding: utf-16le\n", columns: Self.columns)).first?
        .hasPrefix("found lines of fixed width in utf-16le") == true
    )
    for at in ["0-3", "9-1", "x", "1-2-3", "1-65537"] {
      let columns = Self.columns.replacing("at: 10-29", with: "at: \(at)")
      #expect(
        sentences(register("    read: fixed\n", columns: columns))
          == ["found no bytes of a line, expected them from 1, as 15-23"],
        "\(at)"
      )
    }
    let columns = Self.columns.replacing(", at: 10-29", with: "")
    #expect(
      sentences(register("    read: fixed\n", columns: columns)) == ["column 'surname' has no 'at'"]
    )
  }

  @Test("a table of CBS has padding, dots and a footer; what is said otherwise counts")
  func statline() throws {
    let columns = Self.columns.replacing(#/, at: [0-9-]+/#, with: "")
    let plain = try format(register("    read: statline\n", columns: columns))
    #expect(plain.format.dialect?.missing == ["", "."])
    #expect(plain.format.dialect?.footer == "^©")
    #expect(plain.format.dialect?.padded == true && plain.format.dialect?.header == 1)
    let keys =
      "    read: statline\n    footer: ^Bron\n    dialect: {top: 1, header: 3, missing: [x]}\n"
    let other = try format(register(keys, columns: columns))
    #expect(other.format.dialect?.missing == ["", "x"])
    #expect(other.format.dialect?.footer == "^Bron")
    #expect(other.format.dialect?.top == 1 && other.format.dialect?.header == 3)
  }

  @Test("a trailer and marks of thousands reach the dialect")
  func trailer() throws {
    let columns = Self.columns.replacing(#/, at: [0-9-]+/#, with: "")
    let keys =
      "    read: csv\n    trailer: {when: \"^T;\", rows: 2, total: 3}\n"
      + "    dialect: {thousands: \".\", decimal: \",\"}\n"
    let dialect = try format(register(keys, columns: columns)).format.dialect
    #expect(dialect?.trailer == TrailerForm(when: "^T;", rows: 2, total: 3))
    #expect(dialect?.thousands == UInt8(ascii: "."))
    let none = keys.replacing("\".\"", with: "none")
    #expect(try format(register(none, columns: columns)).format.dialect?.thousands == nil)
  }

  @Test("without a header every column needs a number")
  func noHeader() throws {
    let keys = "    read: csv\n    dialect: {header: 0}\n"
    let columns = Self.columns.replacing(#/at: [0-9-]+/#, with: "at: 3")
    #expect(try format(register(keys, columns: columns)).column(named: "sex")?.address == .field(3))
    let one = columns.replacing("{type: name, at: 3}", with: "{type: name}")
    #expect(
      sentences(register(keys, columns: one))
        == ["column 'surname' has no 'at', and the extract no header"]
    )
  }
}
