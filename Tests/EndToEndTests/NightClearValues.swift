import Foundation

/// The clear values of the people of a region, and a search for them in any bytes.
///
/// What counts as a hit, and why it cannot be chance:
///
/// - A BSN: exactly nine digits between others than digits, which are a BSN of the region; also in
///   the form `999,900,006`. Administrative numbers have ten digits and are looked for alike. Digits within a run of 16 or more hexadecimal digits are part of a
///   digest: the shortest that is written, the fingerprint of a key, has 16.
/// - A birth date as text (`1957-12-05`, `19571205`, `05-12-1957`) and, at most 200 bytes before or
///   behind it, the surname of somebody of that birth date: as whole words, in any case, with or
///   without diacritics. Dates within digests do not count.
/// - A postcode of six characters, `7001AB` or `7001 AB`, as a word of its own. This is stricter than
///   "with its house number": no postcode may leave, so no number need stand beside it.
/// - A word that was planted, in any case, anywhere.
struct NightClearValues {
  private var numbers: Set<[UInt8]> = []
  /// Folded surnames, by birth date as `yyyymmdd`.
  private var surnames: [[UInt8]: Set<String>] = [:]
  private var postcodes: Set<[UInt8]> = []
  /// In lower case.
  private var plantedWords: [[UInt8]] = []

  var numberCount: Int { numbers.count }
  var personCount: Int { surnames.values.reduce(0) { $0 + $1.count } }
  var postcodeCount: Int { postcodes.count }

  /// Learns a person; empty values are none.
  mutating func add(bsn: String = "", surname: String = "", birthDate: String = "") {
    if 9...10 ~= bsn.utf8.count { numbers.insert(Array(bsn.utf8)) }
    let digits = birthDate.utf8.filter { $0 != 0x2D }
    if digits.count == 8, !surname.isEmpty {
      surnames[digits, default: []].insert(folded(surname))
    }
  }

  mutating func add(postcode: String) {
    let letters = postcode.uppercased().utf8.filter { $0 != 0x20 }
    if letters.count == 6 { postcodes.insert(letters) }
  }

  mutating func plant(_ word: String) { plantedWords.append(Array(word.lowercased().utf8)) }

  /// Whether digits are some of a longer number: a share as 0.10600000000000001 is no telephone number.
  private func isInNumber(_ range: Range<Int>, _ bytes: [UInt8]) -> Bool {
    range.allSatisfy { isDigit(bytes[$0]) }
      && (range.lowerBound > 0 && isDigit(bytes[range.lowerBound - 1])
        || range.upperBound < bytes.count && isDigit(bytes[range.upperBound]))
  }

  /// What is found: kind and byte offset; a hit is not repeated, so that a failure gives nobody away.
  func hits(in bytes: [UInt8]) -> [String] {
    var hits: [String] = []
    var start = 0
    while start < bytes.count {
      guard isDigit(bytes[start]) else {
        start += 1
        continue
      }
      var end = start
      while end < bytes.count && isDigit(bytes[end]) { end += 1 }
      look(at: start..<end, in: bytes, &hits)
      start = end
    }
    if !plantedWords.isEmpty {
      let data = Data(bytes.map { 0x41...0x5A ~= $0 ? $0 + 32 : $0 })
      for word in plantedWords {
        var start = 0
        while let range = data.range(of: Data(word), in: start..<data.count) {
          if !isInNumber(range, bytes) {
            hits.append("planted at \(range.lowerBound)")
            break
          }
          start = range.lowerBound + 1
        }
      }
    }
    return hits
  }

  private func look(at run: Range<Int>, in bytes: [UInt8], _ hits: inout [String]) {
    let digits = Array(bytes[run])
    switch run.count {
    case 9, 10:
      if numbers.contains(digits), !isInDigest(run, bytes) {
        hits.append("BSN at \(run.lowerBound)")
      }
    case 8:
      if namedNear(run, digits, bytes) { hits.append("birth date at \(run.lowerBound)") }
    case 4:
      lookForPostcode(at: run, digits, bytes, &hits)
      // yyyy-mm-dd
      if let day = dashed(bytes, run.lowerBound, [4, 2, 2]), namedNear(run, day, bytes) {
        hits.append("birth date at \(run.lowerBound)")
      }
    case 2:
      // dd-mm-yyyy
      if let day = dashed(bytes, run.lowerBound, [2, 2, 4]) {
        let turned = Array(day[4...] + day[2..<4] + day[..<2])
        if namedNear(run, turned, bytes) { hits.append("birth date at \(run.lowerBound)") }
      }
    case 3:
      if let number = separated(bytes, run.lowerBound), numbers.contains(number) {
        hits.append("BSN in groups at \(run.lowerBound)")
      }
    default: break
    }
  }

  private func lookForPostcode(
    at run: Range<Int>,
    _ digits: [UInt8],
    _ bytes: [UInt8],
    _ hits: inout [String]
  ) {
    if run.lowerBound > 0, isWord(bytes[run.lowerBound - 1]) { return }
    var next = run.upperBound
    let isApart = next < bytes.count && bytes[next] == 0x20
    if isApart { next += 1 }
    guard next + 2 <= bytes.count else { return }
    if next + 2 < bytes.count, isWord(bytes[next + 2]) { return }
    let letters = bytes[next..<next + 2]
    // "2000 is" in a sentence is no postcode.
    guard letters.allSatisfy({ 0x41...0x5A ~= $0 || !isApart && 0x61...0x7A ~= $0 }) else { return }
    if postcodes.contains(digits + letters.map { $0 & 0xDF }), !isInDigest(run, bytes) {
      hits.append("postcode at \(run.lowerBound)")
    }
  }

  /// The digits of groups with `-` between them; the last must end there.
  private func dashed(_ bytes: [UInt8], _ start: Int, _ lengths: [Int]) -> [UInt8]? {
    groups(bytes, start, lengths, separator: 0x2D)
  }

  /// The digits of `999,900,006`.
  private func separated(_ bytes: [UInt8], _ start: Int) -> [UInt8]? {
    for separator in [0x2C, 0x2E, 0x20] as [UInt8] {
      if let digits = groups(bytes, start, [3, 3, 3], separator: separator) { return digits }
    }
    return nil
  }

  private func groups(
    _ bytes: [UInt8],
    _ start: Int,
    _ lengths: [Int],
    separator: UInt8
  ) -> [UInt8]? {
    var digits: [UInt8] = []
    var place = start
    for (number, length) in lengths.enumerated() {
      if number > 0 {
        guard place < bytes.count, bytes[place] == separator else { return nil }
        place += 1
      }
      guard place + length <= bytes.count else { return nil }
      let part = bytes[place..<place + length]
      guard part.allSatisfy(isDigit) else { return nil }
      digits += part
      place += length
    }
    return place < bytes.count && isDigit(bytes[place]) ? nil : digits
  }

  private func namedNear(_ run: Range<Int>, _ day: [UInt8], _ bytes: [UInt8]) -> Bool {
    guard let names = surnames[day], !isInDigest(run, bytes) else { return false }
    let window = bytes[max(0, run.lowerBound - 200)..<min(bytes.count, run.upperBound + 200)]
    let text = " " + words(folded(String(decoding: window, as: UTF8.self))) + " "
    return names.contains { text.contains(" " + words($0) + " ") }
  }

  /// Letters, and one blank for whatever stands between them.
  private func words(_ text: String) -> String {
    text.split { !$0.isLetter }.joined(separator: " ")
  }

  private func folded(_ text: String) -> String {
    text.folding(options: [.caseInsensitive, .diacriticInsensitive], locale: nil).lowercased()
  }

  private func isInDigest(_ run: Range<Int>, _ bytes: [UInt8]) -> Bool {
    var start = run.lowerBound
    while start > 0 && isHexadecimal(bytes[start - 1]) { start -= 1 }
    var end = run.upperBound
    while end < bytes.count && isHexadecimal(bytes[end]) { end += 1 }
    return end - start >= 16
  }

  private func isDigit(_ byte: UInt8) -> Bool { 0x30...0x39 ~= byte }
  private func isHexadecimal(_ byte: UInt8) -> Bool { isDigit(byte) || 0x61...0x66 ~= byte }
  private func isWord(_ byte: UInt8) -> Bool {
    isDigit(byte) || 0x41...0x5A ~= byte || 0x61...0x7A ~= byte
  }
}

extension NightClearValues {
  /// Everybody of whom the extracts of a region tell, and the full birth dates of the truth.
  ///
  /// - Parameters:
  ///   - folder: of the extracts, such as `sample-data`.
  ///   - truth: `persons.csv`, or nil.
  /// - Throws: what reading the files throws.
  init(extracts folder: String, truth: String?) throws {
    var surnamesByNumber: [Substring: Set<String>] = [:]
    for row in try Self.rows(gunzipped("\(folder)/register/register.csv.gz")) {
      for name in [row["surname"], row["partner_surname"]].compactMap({ $0 }) where !name.isEmpty {
        add(bsn: row["bsn"] ?? "", surname: name, birthDate: row["birth_date"] ?? "")
        surnamesByNumber[Substring(row["bsn"] ?? ""), default: []].insert(name)
      }
      add(bsn: row["a_number"] ?? "")
      add(postcode: row["postcode"] ?? "")
    }
    let care = try FileManager.default.contentsOfDirectory(atPath: "\(folder)/care")
    for name in care {
      for row in try Self.rows(gunzipped("\(folder)/care/\(name)")) { add(bsn: row["bsn"] ?? "") }
    }
    let support = try FileManager.default.contentsOfDirectory(atPath: "\(folder)/support")
    for name in support {
      addMessage(try String(contentsOfFile: "\(folder)/support/\(name)", encoding: .utf8))
    }
    guard let truth else { return }
    for row in try Self.rows(String(contentsOfFile: truth, encoding: .utf8)) {
      let number = row["bsn"] ?? ""
      add(bsn: number)
      for name in surnamesByNumber[Substring(number)] ?? [] {
        add(surname: name, birthDate: row["birth_date"] ?? "")
      }
    }
  }

  /// Of a message every number and postcode, and within a client every name with every date.
  private mutating func addMessage(_ text: String) {
    var names: Set<String> = []
    var dates: Set<String> = []
    for element in text.split(separator: "<") {
      let parts = element.split(separator: ">", maxSplits: 1)
      let name = parts[0].split(separator: ":").last ?? ""
      let value = parts.count == 2 ? parts[1].trimmingCharacters(in: .whitespacesAndNewlines) : ""
      switch name {
      case "Bsn": add(bsn: value)
      case "Postcode": add(postcode: value)
      case "Achternaam": names.insert(value)
      case "Datum": dates.insert(value)
      case "/Client":
        for name in names { for date in dates { add(surname: name, birthDate: date) } }
        names = []
        dates = []
      default: break
      }
    }
  }

  /// Rows by name of column, of a text with `;` and without quotes.
  static func rows(_ text: String) -> [[Substring: String]] {
    let lines = text.split(separator: "\n")
    guard let header = lines.first?.split(separator: ";", omittingEmptySubsequences: false) else {
      return []
    }
    return lines.dropFirst().map { line in
      let cells = line.split(separator: ";", omittingEmptySubsequences: false).map(String.init)
      return Dictionary(zip(header, cells)) { first, _ in first }
    }
  }
}

extension NightClearValues {
  /// How many different numbers stand in the bytes as four bytes, in either order.
  func binaryNumbers(in bytes: [UInt8]) -> Int {
    let known = Set(numbers.compactMap { UInt32(String(decoding: $0, as: UTF8.self)) })
    guard bytes.count >= 4 else { return 0 }
    var found: Set<UInt32> = []
    var last: UInt32 = 0
    for (place, byte) in bytes.enumerated() {
      last = last << 8 | UInt32(byte)
      guard place >= 3 else { continue }
      for number in [last, last.byteSwapped] where known.contains(number) { found.insert(number) }
    }
    return found.count
  }

  /// All numbers of nine digits as four bytes each, as a careless table would hold them.
  func numbersInBinary(bigEndian: Bool) -> [UInt8] {
    numbers.sorted { $0.lexicographicallyPrecedes($1) }
      .compactMap { UInt32(String(decoding: $0, as: UTF8.self)) }
      .flatMap { number in
        let shifts = bigEndian ? [24, 16, 8, 0] : [0, 8, 16, 24] as [UInt32]
        return shifts.map { UInt8(truncatingIfNeeded: number >> $0) }
      }
  }
}
