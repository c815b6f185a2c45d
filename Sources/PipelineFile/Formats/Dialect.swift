package import Tabular

/// How a text file of rows is written.
package struct Dialect: Sendable, Hashable {
  package var delimiter: UInt8 = UInt8(ascii: ";")
  /// Nil: nothing is quoted.
  package var quote: UInt8? = UInt8(ascii: "\"")
  package var decimal: UInt8 = UInt8(ascii: ".")
  /// What may stand between groups of three digits; nil for nothing.
  package var thousands: UInt8?
  /// Texts that mean "no value"; the empty one always does.
  package var missing: [String] = [""]
  /// Lines above the header that are passed over.
  package var top = 0
  /// How many lines the header has; 0 for none: columns are told by their number.
  package var header = 1
  /// A quoted field may hold line ends.
  package var multiline = false
  /// Texts are filled up with blanks, which go.
  package var padded = false
  /// A date of zeros is none.
  package var zeroDates = false
  /// Lines that match this POSIX extended expression are no rows; nil for none.
  package var footer: String?
  package var trailer: TrailerForm?

  package init() {}

  /// The marks within numbers, where they are others than usual.
  var marks: [String: JSONValue] {
    let standard = Dialect()
    guard decimal != standard.decimal || thousands != standard.thousands else { return [:] }
    return ["decimal": .integer(Int64(decimal)), "thousands": .integer(Int64(thousands ?? 0))]
  }

  package var json: JSONValue {
    [
      "delimiter": .integer(Int64(delimiter)), "quote": .integer(Int64(quote ?? 0)),
      "decimal": .integer(Int64(decimal)), "thousands": .integer(Int64(thousands ?? 0)),
      "missing": .array(missing.map { .string($0) }), "top": .integer(Int64(top)),
      "header": .integer(Int64(header)), "multiline": .boolean(multiline),
      "padded": .boolean(padded), "zero-dates": .boolean(zeroDates),
      "footer": .string(footer ?? ""), "trailer": trailer?.json ?? "",
    ]
  }
}
