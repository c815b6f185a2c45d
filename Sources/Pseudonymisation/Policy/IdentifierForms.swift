/// The forms that one text holds.
///
/// Signs of other scripts count as letters: a form begins and ends where no letter or digit is
/// beside it.
struct IdentifierForms {
  private var found: UInt8 = 0

  /// - Parameters:
  ///   - text: UTF-8.
  ///   - number: called with each run of eight or nine digits, and with each number in the groups of a
  ///     BSN (`1234.56.789`).
  init(of text: Span<UInt8>, number: (Int64) -> Void) {
    guard text.count >= 5 else { return }
    var place = 0
    while place < text.count {
      let byte = text[place]
      if byte == UInt8(ascii: "@") {
        if Self.isMail(text, at: place) { insert(.mail) }
        place += 1
      } else if Self.isDigit(byte) {
        let end = Self.endOfDigits(text, from: place)
        judgeDigits(text, place..<end, number)
        place = end
      } else {
        if byte == UInt8(ascii: "+") {
          if Self.isTelephone(text, at: place) { insert(.telephone) }
        } else if Self.isLetter(byte), place == 0 || !Self.isWord(text[place - 1]) {
          if Self.isAccount(text, at: place) { insert(.account) }
        }
        place += 1
      }
    }
  }

  func contains(_ form: IdentifierForm) -> Bool { found & Self.bit(form) != 0 }

  private mutating func insert(_ form: IdentifierForm) { found |= Self.bit(form) }

  private static func bit(_ form: IdentifierForm) -> UInt8 {
    switch form {
    case .mail: 1
    case .account: 2
    case .telephone: 4
    case .address: 8
    }
  }

  private mutating func judgeDigits(
    _ text: Span<UInt8>,
    _ digits: Range<Int>,
    _ number: (Int64) -> Void
  ) {
    let isAtStart = digits.lowerBound == 0 || !Self.isWord(text[digits.lowerBound - 1])
    var first = digits.lowerBound
    // Filled up with zeros to a fixed width.
    while digits.upperBound - first > 9, text[first] == 0x30 { first += 1 }
    if 8...9 ~= digits.upperBound - first { number(Self.value(text, first..<digits.upperBound)) }
    if isAtStart, 3...4 ~= digits.count {
      if let grouped = Self.groupedNumber(text, digits) { number(grouped) }
      if digits.count == 4, Self.isPostcodeWithNumber(text, digits) { insert(.address) }
    }
    if isAtStart, text[digits.lowerBound] == 0x30, Self.isTelephone(text, at: digits.lowerBound) {
      insert(.telephone)
    }
  }

  static func value(_ text: Span<UInt8>, _ range: Range<Int>) -> Int64 {
    var value: Int64 = 0
    for place in range where isDigit(text[place]) { value = value * 10 + Int64(text[place] & 15) }
    return value
  }

  static func isDigit(_ byte: UInt8) -> Bool { 0x30...0x39 ~= byte }
  static func isLetter(_ byte: UInt8) -> Bool { 0x41...0x5A ~= byte & 0xDF }
  /// Whether a byte is part of a word: letter, digit, or any of another script.
  static func isWord(_ byte: UInt8) -> Bool { isDigit(byte) || isLetter(byte) || byte >= 0x80 }

  static func endOfDigits(_ text: Span<UInt8>, from start: Int) -> Int {
    var end = start
    while end < text.count, isDigit(text[end]) { end += 1 }
    return end
  }
}
