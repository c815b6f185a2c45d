package import Tabular

/// One line of the log, decoded.
package struct LogRecord: Sendable, Hashable {
  /// Where it stands in the file, from 1.
  package let number: Int
  /// `seq`; the same as its number in a log that is good.
  package let sequence: Int
  /// `ts`: since 1970, in UTC.
  package let milliseconds: Int64
  package let event: LogEvent
  /// Sixteen bytes in hexadecimal; zeros for lines that no run wrote.
  package let run: String
  package let outcome: String
  /// All other fields but `v` and `prev`.
  package let fields: [String: JSONValue]

  /// The value of a field; nil when the line has none so named.
  package subscript(name: String) -> JSONValue? { fields[name] }
}
