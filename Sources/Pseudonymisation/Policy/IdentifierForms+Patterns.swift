// How each form is written. Every function looks at a bounded number of bytes, but for the name of
// a mail server, which is read once.

extension IdentifierForms {
  /// The number of `1234.56.789` or `123 456 789`, the groups in which a BSN is written, with
  /// points, blanks, dashes, commas, slashes or underscores.
  static func groupedNumber(_ text: Span<UInt8>, _ digits: Range<Int>) -> Int64? {
    let end = digits.lowerBound + 11
    // 1234.56.789 and 123.456.789 are of one length; the first group tells where the second ends.
    let middle = digits.upperBound + (digits.count == 4 ? 3 : 4)
    guard end <= text.count, middle < end else { return nil }
    let mark = text[digits.upperBound]
    guard " .-,/_".utf8.contains(mark), text[middle] == mark,
      endOfDigits(text, from: digits.upperBound + 1) == middle,
      endOfDigits(text, from: middle + 1) == end
    else { return nil }
    return value(text, digits.lowerBound..<end)
  }

  /// Whether four digits begin a full postcode that has a number within three characters.
  static func isPostcodeWithNumber(_ text: Span<UInt8>, _ digits: Range<Int>) -> Bool {
    guard text[digits.lowerBound] != 0x30 else { return false }
    var letters = digits.upperBound
    while letters < min(digits.upperBound + 2, text.count), text[letters] == 0x20 { letters += 1 }
    let isSpaced = letters > digits.upperBound
    guard letters + 2 <= text.count, isLetter(text[letters]), isLetter(text[letters + 1]) else {
      return false
    }
    if letters + 2 < text.count, isWord(text[letters + 2]) {
      return !isSpaced && isKeyOfAddress(text, letters)
    }
    // "2026 in 3 wijken" is no postcode: apart from the digits, only capitals are.
    let isCapital = text[letters] & 0x20 == 0
    guard !isSpaced || isCapital && text[letters + 1] & 0x20 == 0,
      !isUnit(text[letters], text[letters + 1])
    else { return false }
    let after = letters + 2
    for place in after..<min(after + 4, text.count) where isDigit(text[place]) { return true }
    for place in max(0, digits.lowerBound - 4)..<digits.lowerBound where isDigit(text[place]) {
      return true
    }
    return false
  }

  /// `7001AB12`, `7001AB0012a`: a postcode and a number in one word, by which registers are joined.
  ///
  /// The whole word must have that form, in capitals but for the letter of the house, and the letters
  /// be two that postcodes have: SA, SD and SS were never given out.
  private static func isKeyOfAddress(_ text: Span<UInt8>, _ letters: Int) -> Bool {
    let (first, second) = (text[letters], text[letters + 1])
    guard first & 0x20 == 0, second & 0x20 == 0, !isUnit(first, second),
      first != UInt8(ascii: "S") || !"ADS".utf8.contains(second)
    else { return false }
    let end = endOfDigits(text, from: letters + 2)
    guard 1...5 ~= end - letters - 2 else { return false }
    return end == text.count || !isWord(text[end])
      || isLetter(text[end]) && (end + 1 == text.count || !isWord(text[end + 1]))
  }

  /// `1000 MG 30` is a medicine, `1500 KM 2` a ride: these letters say what is counted.
  private static func isUnit(_ first: UInt8, _ second: UInt8) -> Bool {
    switch (first & 0xDF, second & 0xDF) {
    case (UInt8(ascii: "M"), UInt8(ascii: "G")), (UInt8(ascii: "M"), UInt8(ascii: "L")),
      (UInt8(ascii: "M"), UInt8(ascii: "M")), (UInt8(ascii: "I"), UInt8(ascii: "E")),
      (UInt8(ascii: "K"), UInt8(ascii: "M")), (UInt8(ascii: "K"), UInt8(ascii: "G")),
      (UInt8(ascii: "C"), UInt8(ascii: "M")), (UInt8(ascii: "G"), UInt8(ascii: "R")),
      (UInt8(ascii: "S"), UInt8(ascii: "T")):
      true
    default: false
    }
  }

  /// Whether an `@` stands between a mailbox and a server with a domain.
  static func isMail(_ text: Span<UInt8>, at mark: Int) -> Bool {
    guard mark > 0 else { return false }
    let before = text[mark - 1]
    guard
      isWord(before) || "._%+-\"".utf8.contains(before)
        || before == 0x20 && mark > 1 && isWord(text[mark - 2])
    else { return false }
    var labelStart = mark + 1
    // `jan @ voorbeeld.nl`: apart on both sides, so that no machine finds it.
    if before == 0x20 {
      guard labelStart < text.count, text[labelStart] == 0x20 else { return false }
      labelStart += 1
    }
    var labelCount = 0
    var place = labelStart
    while true {
      let isInside =
        place < text.count && (isWord(text[place]) || text[place] == UInt8(ascii: "-"))
      if isInside {
        place += 1
        continue
      }
      guard place > labelStart else { break }
      labelCount += 1
      let isDot = place + 1 < text.count && text[place] == UInt8(ascii: ".")
      guard isDot, isWord(text[place + 1]) else {
        // The last label is a domain of two letters or more.
        return labelCount >= 2 && place - labelStart >= 2 && isLetter(text[labelStart])
      }
      place += 1
      labelStart = place
    }
    return false
  }

  /// Whether a Dutch telephone number starts at a zero or a plus sign: nine digits behind `0`, `+31`
  /// or `0031`, with a blank, dash, point or slash between groups.
  ///
  /// Ten digits in one run count only for mobile numbers: numbers of records begin with zeros too.
  static func isTelephone(_ text: Span<UInt8>, at start: Int) -> Bool {
    guard start == 0 || !isWord(text[start - 1]) else { return false }
    var place = start
    var isInternational = true
    if starts(text, at: start, with: "+31") {
      place += 3
    } else if starts(text, at: start, with: "0031") {
      place += 4
    } else {
      guard text[start] == 0x30 else { return false }
      place += 1
      isInternational = false
    }
    if isInternational {
      place = skippingMark(text, place)
      if starts(text, at: place, with: "(0)") { place = skippingMark(text, place + 3) }
    }
    guard place < text.count, 0x31...0x39 ~= text[place] else { return false }
    let isMobile = text[place] == 0x36
    var digitCount = 0
    var markCount = 0
    while place < text.count {
      if isDigit(text[place]) {
        digitCount += 1
        place += 1
        continue
      }
      let next = skippingMark(text, place, mayBeApart: isMobile)
      guard digitCount < 9, next > place, next < text.count, isDigit(text[next]) else { break }
      markCount += 1
      place = next
    }
    guard digitCount == 9, place == text.count || !isWord(text[place]) else { return false }
    return isInternational || isMobile || (1...3 ~= markCount && !isDate(text, start))
  }

  /// `01-02-2026 12` has the digits of a telephone number.
  private static func isDate(_ text: Span<UInt8>, _ start: Int) -> Bool {
    guard start + 6 <= text.count else { return false }
    return isDigit(text[start + 1]) && !isDigit(text[start + 2]) && isDigit(text[start + 3])
      && isDigit(text[start + 4]) && !isDigit(text[start + 5])
  }

  /// Passes over what stands between two groups: `)`, then a blank, dash, point or slash; or a dash
  /// between blanks.
  private static func skippingMark(
    _ text: Span<UInt8>,
    _ place: Int,
    mayBeApart: Bool = false
  ) -> Int {
    if mayBeApart, starts(text, at: place, with: " - ") { return place + 3 }
    var place = place
    if place < text.count, text[place] == UInt8(ascii: ")") { place += 1 }
    if place < text.count, " -./".utf8.contains(text[place]) { place += 1 }
    return place
  }

  private static func starts(
    _ text: Span<UInt8>,
    at start: Int,
    with prefix: StaticString
  ) -> Bool {
    guard start + prefix.utf8CodeUnitCount <= text.count else { return false }
    for offset in 0..<prefix.utf8CodeUnitCount
    where unsafe text[start + offset] != prefix.utf8Start[offset] {
      return false
    }
    return true
  }

  /// Whether an IBAN starts here: two letters, two check digits, as many letters and digits as the
  /// country's numbers have, perhaps in groups of four; the remainder by 97 is 1 (ISO 13616).
  ///
  /// One code in 97 has that remainder: the length and the country tell it from an order number.
  static func isAccount(_ text: Span<UInt8>, at start: Int) -> Bool {
    guard start + 15 <= text.count, isLetter(text[start + 1]) else { return false }
    // `NL 91 ABNA …` has a gap more.
    let digits = text[start + 2] == 0x20 ? start + 3 : start + 2
    guard isDigit(text[digits]), isDigit(text[digits + 1]),
      let length = accountLength(text[start], text[start + 1])
    else { return false }
    let head = Int(text[start] & 0x1F) + 9
    let country = head * 100 + Int(text[start + 1] & 0x1F) + 9
    let check = Int(text[digits] & 15) * 10 + Int(text[digits + 1] & 15)
    var remainder = 0
    var count = 0
    var place = digits + 2
    while place < text.count, count < length {
      let byte = text[place]
      if isDigit(byte) {
        remainder = (remainder * 10 + Int(byte & 15)) % 97
      } else if isLetter(byte) {
        remainder = (remainder * 100 + Int(byte & 0x1F) + 9) % 97
      } else {
        let isGap = byte == 0x20 && count % 4 == 0 && place + 1 < text.count
        guard isGap, isDigit(text[place + 1]) || isLetter(text[place + 1]) else { break }
        place += 1
        continue
      }
      count += 1
      place += 1
      // In a sentence the words behind the number look like more groups of it.
      let isEnd = place == text.count || !isWord(text[place])
      if isEnd, count == length, (remainder * 1_000_000 + country * 100 + check) % 97 == 1 {
        return true
      }
    }
    return false
  }

  /// How many letters and digits follow the check digits, by country (SWIFT's register of IBANs):
  /// those of the euro area and of the countries around it.
  private static func accountLength(_ first: UInt8, _ second: UInt8) -> Int? {
    switch String(decoding: [first & 0xDF, second & 0xDF], as: UTF8.self) {
    case "NO": 11
    case "BE": 12
    case "NL", "DK", "FI": 14
    case "SI": 15
    case "AT", "EE", "LT", "LU": 16
    case "CH", "HR", "LV": 17
    case "BG", "DE", "GB", "IE": 18
    case "CZ", "ES", "RO", "SE", "SK": 20
    case "PT": 21
    case "FR", "GR", "IT": 23
    case "CY", "HU", "PL": 24
    case "TR": 22
    case "MT": 27
    default: nil
    }
  }
}
