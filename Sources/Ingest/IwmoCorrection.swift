import Tabular

/// What a row of an iWmo or iJw message does to rows that came before, XML and flat alike.
///
/// A row is about the same thing as another when message, law, sender, receiver, person, assignment,
/// product and start are equal. In 3.2 an assigned product has a number of its own, so product and
/// start may change with it.
///
/// - Note: Clear identifiers pass through here: the key holds the person.
struct IwmoCorrection {
  /// 301, 305, 307 or 315.
  var message: Int
  var law: IwmoLaw
  /// Whether the assignment has a number of its own: 3.2.
  var isNumbered: Bool
  // Offset · 2³² + length of the values in the bytes; 0 has no value.
  var sender: UInt64 = 0
  var receiver: UInt64 = 0
  var person: UInt64 = 0
  var assignment: UInt64 = 0
  var category: UInt64 = 0
  var product: UInt64 = 0
  var start: UInt64 = 0
  var assignedDate: UInt64 = 0
  var assignedTime: UInt64 = 0
  var messageDate: UInt64 = 0
  var messageId: UInt64 = 0
  /// The digit of the status; nil for none.
  var status: UInt8?

  /// Stands in no value: control characters do not pass.
  private static let separator: UInt8 = 0x1F

  /// Puts key and order behind the bytes.
  ///
  /// - Returns: the correction; its row counts for nothing.
  func appended(to bytes: inout [UInt8]) -> RowCorrection {
    let action: RowCorrection.Action =
      switch status {
      case _ where message == 301: .replace
      case UInt8(ascii: "2"): .replace
      case UInt8(ascii: "3"): .remove
      default: .add
      }
    let keyStart = bytes.count
    bytes.append(law == .wmo ? UInt8(ascii: "w") : UInt8(ascii: "j"))
    bytes.append(UInt8(truncatingIfNeeded: message % 100))
    append(sender, to: &bytes)
    append(receiver, to: &bytes)
    append(person, to: &bytes)
    append(assignment, to: &bytes)
    if message != 301 || !isNumbered {
      append(category, to: &bytes)
      append(product, to: &bytes)
      append(start, to: &bytes, digits: 8)
    }
    let orderStart = bytes.count
    if message == 301 {
      append(assignedDate, to: &bytes, digits: 8)
      append(assignedTime, to: &bytes, digits: 6)
      append(messageDate, to: &bytes, digits: 8)
    } else {
      append(messageDate, to: &bytes, digits: 8)
      // Of one day: what is taken back goes first, then what is changed, then what is new.
      bytes.append(action == .remove ? 0x30 : action == .replace ? 0x31 : 0x32)
    }
    append(messageId, to: &bytes)
    return RowCorrection(
      row: 0,
      action: action,
      key: ClearBatch.textCell(offset: keyStart, length: orderStart - keyStart),
      order: ClearBatch.textCell(offset: orderStart, length: bytes.count - orderStart)
    )
  }

  private func append(_ value: UInt64, to bytes: inout [UInt8]) {
    // Byte by byte: a slice of the array would make it copy itself whole.
    for place in Self.range(value) { bytes.append(bytes[place]) }
    bytes.append(Self.separator)
  }

  /// Adds the digits of a date or time, zeros behind them where there are fewer: both are written
  /// with marks in XML and without in EI.
  private func append(_ value: UInt64, to bytes: inout [UInt8], digits: Int) {
    var count = 0
    for place in Self.range(value) where bytes[place] ^ 0x30 <= 9 && count < digits {
      bytes.append(bytes[place])
      count += 1
    }
    while count < digits {
      bytes.append(0x30)
      count += 1
    }
  }

  private static func range(_ value: UInt64) -> Range<Int> {
    let start = Int(value >> 32)
    return start..<start + Int(value & 0xFFFF_FFFF)
  }
}
