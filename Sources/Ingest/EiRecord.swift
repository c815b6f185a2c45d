// Numbers in records of digits, all with bounds checked; positions count from 1, both ends inclusive.

/// The record type: the first two bytes; -1 if they are no digits.
func eiRecordType(_ text: Span<UInt8>) -> Int {
  guard text.count >= 2 else { return -1 }
  let tens = text[0] ^ 0x30
  let ones = text[1] ^ 0x30
  return tens <= 9 && ones <= 9 ? Int(tens) * 10 + Int(ones) : -1
}

/// The number that the digits make.
///
/// - Parameters:
///   - bytes: at most eighteen.
///   - text: a line, perhaps too short.
/// - Returns: nil for anything but digits.
func eiNumber(_ bytes: ClosedRange<Int>, of text: Span<UInt8>) -> Int64? {
  guard bytes.upperBound <= text.count else { return nil }
  var number: Int64 = 0
  for place in bytes.lowerBound - 1..<bytes.upperBound {
    let digit = text[place] ^ 0x30
    guard digit <= 9 else { return nil }
    // Eighteen digits fit in 64 bits.
    number = number &* 10 &+ Int64(digit)
  }
  return number
}

/// The cents at `bytes`, with the sign behind them: D plus, C minus.
///
/// - Returns: nil if amount or sign cannot be read; blanks, and zero without a sign, are 0.
func eiAmount(_ bytes: ClosedRange<Int>, of text: Span<UInt8>) -> Int64? {
  guard bytes.upperBound < text.count else { return nil }
  guard let cents = eiNumber(bytes, of: text) else {
    for place in bytes.lowerBound - 1...bytes.upperBound where text[place] != 0x20 { return nil }
    return 0
  }
  switch text[bytes.upperBound] {
  case UInt8(ascii: "D"): return cents
  case UInt8(ascii: "C"): return -cents
  case 0x20: return cents == 0 ? 0 : nil
  default: return nil
  }
}

/// The bytes themselves, without blanks around them; empty where the line is too short.
func eiText(_ bytes: ClosedRange<Int>, of text: Span<UInt8>) -> [UInt8] {
  guard bytes.upperBound <= text.count else { return [] }
  var first = bytes.lowerBound - 1
  var last = bytes.upperBound
  while last > first, text[last - 1] == 0x20 { last -= 1 }
  while first < last, text[first] == 0x20 { first += 1 }
  var copy: [UInt8] = []
  for place in first..<last { copy.append(text[place]) }
  return copy
}
