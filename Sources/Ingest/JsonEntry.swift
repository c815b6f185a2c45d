/// A value of a record that is read, or on the way to one.
///
/// Entries stand in the order of the text: what an object or array holds stands behind it, up to
/// `next`.
struct JsonEntry {
  enum Kind: UInt8 {
    case object
    case array
    case string
    case number
    case yes
    case no
    case null
  }

  /// Where its text begins: of a string behind the quote.
  var start: UInt32
  /// Bytes of its text; of an object the number of its members, of an array 0.
  var length: UInt32
  /// The entry behind it and all that it holds.
  var next: UInt32
  /// The node of the shape.
  var node: Int32
  let kind: Kind
  /// A `Fault` of its text: a control character that was written as an escape, or its length.
  var flaw: UInt8

  var isText: Bool { kind == .string }

  /// Where its text stands, as `DocumentRows` says it; an object or array shows its bracket.
  var place: UInt64 {
    switch kind {
    case .null: 0
    case .object, .array: UInt64(start) << 32 | 1
    default: UInt64(start) << 32 | UInt64(length)
    }
  }

  /// Why it cannot be the value of a column, as a `Fault`.
  var fault: UInt8 {
    switch kind {
    case .object, .array: Fault.structure
    case .string, .number: flaw
    default: Fault.none
    }
  }
}
