import Foundation
import TestSupport

/// What identifies the residents of a register, and how to find it in bytes.
struct Canaries {
  private(set) var numbers: Set<Int> = []
  private(set) var postcodes: Set<String> = []
  /// Of six letters and more: shorter ones are also words.
  private(set) var surnames: Set<String> = []
  private var words: Set<[UInt8]> = []

  /// Reads the gzipped CSV files of a folder.
  init(register folder: String) throws {
    let names = try FileManager.default.contentsOfDirectory(atPath: folder)
    for name in names.sorted() where name.hasSuffix(".csv.gz") {
      let run = try runCommand("/bin/gzip", ["--decompress", "--stdout", name], in: folder)
      let lines = run.standardOutput.split(whereSeparator: \.isNewline)
      guard let header = lines.first?.split(separator: ";").map(String.init) else { continue }
      for line in lines.dropFirst() {
        let cells = line.split(separator: ";", omittingEmptySubsequences: false).map(String.init)
        add(Dictionary(uniqueKeysWithValues: zip(header, cells)))
      }
    }
  }

  private mutating func add(_ row: [String: String]) {
    if let number = row["bsn"].flatMap({ Int($0) }) { numbers.insert(number) }
    if let postcode = row["postcode"], postcode.count == 6 { postcodes.insert(postcode) }
    if let surname = row["surname"], surname.count >= 6, surname.allSatisfy(\.isLetter) {
      surnames.insert(surname)
      for form in [surname, surname.lowercased(), surname.uppercased()] {
        words.insert(Array(form.utf8))
      }
    }
  }

  /// How many identifiers stand in the bytes, as text or as a number of 64 bits.
  func hits(in bytes: [UInt8]) -> Int {
    var count = 0
    var word: [UInt8] = []
    var digits = 0
    var number = 0
    var little: UInt64 = 0
    for (place, byte) in bytes.enumerated() {
      little = little >> 8 | UInt64(byte) << 56
      if place >= 7, little <= 999_999_999, numbers.contains(Int(little)) { count += 1 }
      if (0x30...0x39).contains(byte) {
        digits += 1
        number = number % 100_000_000 * 10 + Int(byte - 0x30)
        if digits >= 9, numbers.contains(number) { count += 1 }
      } else {
        if digits >= 4, place + 1 < bytes.count {
          let text = String(decoding: bytes[place - 4...place + 1], as: UTF8.self)
          if postcodes.contains(text) { count += 1 }
        }
        digits = 0
        number = 0
      }
      let isLetter = byte >= 0x80 || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
      if isLetter {
        word.append(byte)
      } else {
        if word.count >= 6, words.contains(word) { count += 1 }
        word.removeAll(keepingCapacity: true)
      }
    }
    return word.count >= 6 && words.contains(word) ? count + 1 : count
  }
}
