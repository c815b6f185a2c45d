import Glibc

extension JsonScanner {
  /// Reads a string that starts behind its opening quote; its length and its flaw are kept.
  ///
  /// Gives the position behind the closing quote, -1 if the record is refused.
  @inline(__always)
  mutating func readString(_ text: UnsafeMutablePointer<UInt8>, _ start: Int) -> Int {
    let stop = unsafe endOfPlainText(text, start, &highBits)
    if unsafe text[stop] == JsonByte.quote {
      stringLength = stop &- start
      stringFlaw = Fault.none
      return stop &+ 1
    }
    return unsafe readRareString(text, start, stop)
  }

  /// Reads on where a backslash or a control character stands, and resolves escapes in place.
  @inline(never)
  private mutating func readRareString(
    _ text: UnsafeMutablePointer<UInt8>,
    _ start: Int,
    _ stop: Int
  ) -> Int {
    var position = stop
    var end = stop
    stringFlaw = Fault.none
    while true {
      switch unsafe text[position] {
      case JsonByte.quote:
        stringLength = end - start
        // What was left over may be half a character.
        unsafe (text + end).update(repeating: 0x20, count: position - end)
        return position + 1
      case JsonByte.backslash:
        guard unsafe resolve(text, &position, &end) else { return -1 }
      case let byte where byte < 0x20:
        // The line feed at the end of the record stops every string.
        fault = byte == 0 ? Fault.nul : byte == 0x0A ? Fault.structure : Fault.control
        return -1
      default: break
      }
      let next = unsafe endOfPlainText(text, position, &highBits)
      if next > position {
        unsafe memmove(text + end, text + position, next - position)
        end += next - position
        position = next
      }
    }
  }

  /// Writes the character that an escape stands for.
  private mutating func resolve(
    _ text: UnsafeMutablePointer<UInt8>,
    _ position: inout Int,
    _ end: inout Int
  ) -> Bool {
    let letter = unsafe text[position + 1]
    var character: UInt32
    var length = 2
    switch letter {
    case JsonByte.quote, JsonByte.backslash, UInt8(ascii: "/"): character = UInt32(letter)
    case UInt8(ascii: "b"): character = 0x08
    case UInt8(ascii: "f"): character = 0x0C
    case UInt8(ascii: "n"): character = 0x0A
    case UInt8(ascii: "r"): character = 0x0D
    case UInt8(ascii: "t"): character = 0x09
    case UInt8(ascii: "u"):
      guard let first = unsafe hexadecimal(text, position + 2) else { return refuseEscape() }
      character = first
      length = 6
      if first & 0xF800 == 0xD800 {
        // Half of a character beyond U+FFFF; the other half must follow.
        guard first < 0xDC00, unsafe text[position + 6] == JsonByte.backslash,
          unsafe text[position + 7] == UInt8(ascii: "u"),
          let second = unsafe hexadecimal(text, position + 8), second & 0xFC00 == 0xDC00
        else {
          fault = Fault.encoding
          return false
        }
        character = 0x10000 + (first & 0x3FF) << 10 + second & 0x3FF
        length = 12
      }
    default: return refuseEscape()
    }
    if character < 0x20, stringFlaw != Fault.nul {
      stringFlaw = character == 0 ? Fault.nul : Fault.control
    }
    unsafe write(character, text, &end)
    position += length
    return true
  }

  private mutating func refuseEscape() -> Bool {
    fault = Fault.structure
    return false
  }

  /// Four digits; nil if they are none.
  private func hexadecimal(_ text: UnsafeMutablePointer<UInt8>, _ start: Int) -> UInt32? {
    var number: UInt32 = 0
    for position in start..<start + 4 {
      let byte = unsafe text[position]
      let digit: UInt8
      switch byte {
      case 0x30...0x39: digit = byte - 0x30
      case 0x41...0x46: digit = byte - 0x41 + 10
      case 0x61...0x66: digit = byte - 0x61 + 10
      default: return nil
      }
      number = number << 4 | UInt32(digit)
    }
    return number
  }

  /// Writes a character in UTF-8; it is never longer than its escape.
  private mutating func write(
    _ character: UInt32,
    _ text: UnsafeMutablePointer<UInt8>,
    _ end: inout Int
  ) {
    func append(_ byte: UInt32) {
      unsafe text[end] = UInt8(truncatingIfNeeded: byte)
      end += 1
    }
    switch character {
    case 0..<0x80: return append(character)
    case 0x80..<0x800: append(0xC0 | character >> 6)
    case 0x800..<0x10000:
      append(0xE0 | character >> 12)
      append(0x80 | character >> 6 & 0x3F)
    default:
      append(0xF0 | character >> 18)
      append(0x80 | character >> 12 & 0x3F)
      append(0x80 | character >> 6 & 0x3F)
    }
    append(0x80 | character & 0x3F)
  }
}
