/// Decodes teletex as LO3 messages have it.
///
/// One byte is a character, but for an accented letter: the accent stands before it, as a byte of
/// its own. The result is in normal form C, whatever accent a letter has.
///
/// Source: Logisch Ontwerp GBA 3, the annex about teletex. `#` and `$` stand elsewhere than in
/// ASCII; ``\ ^ ` { } ~`` do not exist.
struct Teletex: Sendable {
  /// The bytes C0–CF as combining marks; 0 for none.
  private static let marks: [UInt32] = [
    0, 0x0300, 0x0301, 0x0302, 0x0303, 0x0304, 0x0306, 0x0307,
    0x0308, 0, 0x030A, 0x0327, 0, 0x030B, 0x0328, 0x030C,
  ]

  // Ω, Ŀ, ŉ, ĸ, ŀ and the signs of A1–BF are not in the table of our design, but in that of the
  // standard as the register itself reads it.
  private static let signs: [(byte: UInt8, character: UInt32)] = [
    (0xA1, 0x00A1), (0xA2, 0x00A2), (0xA3, 0x00A3), (0xA4, 0x0024), (0xA5, 0x00A5),
    (0xA6, 0x0023), (0xA7, 0x00A7), (0xA8, 0x00A4), (0xAB, 0x00AB), (0xB0, 0x00B0),
    (0xB1, 0x00B1), (0xB2, 0x00B2), (0xB3, 0x00B3), (0xB4, 0x00D7), (0xB5, 0x00B5),
    (0xB6, 0x00B6), (0xB7, 0x00B7), (0xB8, 0x00F7), (0xBB, 0x00BB), (0xBC, 0x00BC),
    (0xBD, 0x00BD), (0xBE, 0x00BE), (0xBF, 0x00BF), (0xE0, 0x03A9), (0xE1, 0x00C6),
    (0xE2, 0x0110), (0xE3, 0x00AA), (0xE4, 0x0126), (0xE7, 0x013F), (0xE8, 0x0141),
    (0xE9, 0x00D8), (0xEA, 0x0152), (0xEB, 0x00BA), (0xEC, 0x00DE), (0xED, 0x0166),
    (0xEE, 0x014A), (0xEF, 0x0149), (0xF0, 0x0138), (0xF1, 0x00E6), (0xF2, 0x0111),
    (0xF3, 0x00F0), (0xF4, 0x0127), (0xF5, 0x0131), (0xF7, 0x0140), (0xF8, 0x0142),
    (0xF9, 0x00F8), (0xFA, 0x0153), (0xFB, 0x00DF), (0xFC, 0x00FE), (0xFD, 0x0167),
    (0xFE, 0x014B),
  ]

  /// The characters of single bytes; 0 for a byte that stands for none alone.
  private static let single: [UInt32] = {
    var table = [UInt32](repeating: 0, count: 256)
    for byte in 0x20..<0x7F { table[byte] = UInt32(byte) }
    for byte in "#$\\^`{}~".utf8 { table[Int(byte)] = 0 }
    // Line ends may stand in a value, and mean a blank.
    for byte in [0x0A, 0x0C, 0x0D] { table[byte] = 0x20 }
    for (byte, character) in signs { table[Int(byte)] = character }
    return table
  }()

  /// The letters with an accent that Unicode has as one character, by accent · 128 + letter; 0 where
  /// it has none.
  private static let composed: [UInt32] = {
    var table = [UInt32](repeating: 0, count: 16 * 128)
    for (accent, letters) in pairs {
      for (letter, character) in letters {
        guard let letter = letter.asciiValue, let scalar = character.unicodeScalars.first else {
          continue
        }
        table[accent * 128 + Int(letter)] = scalar.value
      }
    }
    return table
  }()

  // Unicode 16, canonical compositions. C2 g is ģ: its cedilla is written above, like an acute.
  private static let pairs: [(accent: Int, letters: [(Character, Character)])] = [
    (0x1, zipped("AEINOUWYaeinouwy", "ÀÈÌǸÒÙẀỲàèìǹòùẁỳ")),
    (0x2, zipped("ACEGIKLMNOPRSUWYZacegiklmnoprsuwyz", "ÁĆÉǴÍḰĹḾŃÓṔŔŚÚẂÝŹáćéģíḱĺḿńóṕŕśúẃýź")),
    (0x3, zipped("ACEGHIJOSUWYZaceghijosuwyz", "ÂĈÊĜĤÎĴÔŜÛŴŶẐâĉêĝĥîĵôŝûŵŷẑ")),
    (0x4, zipped("AEINOUVYaeinouvy", "ÃẼĨÑÕŨṼỸãẽĩñõũṽỹ")),
    (0x5, zipped("AEGIOUYaegiouy", "ĀĒḠĪŌŪȲāēḡīōūȳ")),
    (0x6, zipped("AEGIOUaegiou", "ĂĔĞĬŎŬăĕğĭŏŭ")),
    (
      0x7,
      zipped("ABCDEFGHIMNOPRSTWXYZabcdefghmnoprstwxyz", "ȦḂĊḊĖḞĠḢİṀṄȮṖṘṠṪẆẊẎŻȧḃċḋėḟġḣṁṅȯṗṙṡṫẇẋẏż")
    ),
    (0x8, zipped("AEHIOUWXYaehiotuwxy", "ÄËḦÏÖÜẄẌŸäëḧïöẗüẅẍÿ")),
    (0xA, zipped("AUauwy", "ÅŮåůẘẙ")),
    (0xB, zipped("CDEGHKLNRSTcdeghklnrst", "ÇḐȨĢḨĶĻŅŖŞŢçḑȩģḩķļņŗşţ")),
    (0xD, zipped("OUou", "ŐŰőű")),
    (0xE, zipped("AEIOUaeiou", "ĄĘĮǪŲąęįǫų")),
    (0xF, zipped("ACDEGHIKLNORSTUZacdeghijklnorstuz", "ǍČĎĚǦȞǏǨĽŇǑŘŠŤǓŽǎčďěǧȟǐǰǩľňǒřšťǔž")),
  ]

  private static func zipped(_ letters: String, _ accented: String) -> [(Character, Character)] {
    Array(zip(letters, accented))
  }

  private let single = Self.single
  private let composed = Self.composed
  private let marks = Self.marks

  /// Puts a text behind others, as UTF-8.
  ///
  /// - Returns: whether all of it is teletex; if not, some of it may have been put there.
  func decode(_ text: ArraySlice<UInt8>, into bytes: inout [UInt8]) -> Bool {
    var accent = -1
    for byte in text {
      if accent < 0 {
        if byte & 0xF0 == 0xC0 {
          guard marks[Int(byte & 0x0F)] != 0 else { return false }
          accent = Int(byte & 0x0F)
        } else {
          let character = single[Int(byte)]
          guard character != 0 else { return false }
          Self.append(character, to: &bytes)
        }
        continue
      }
      let lower = byte | 0x20
      guard lower >= UInt8(ascii: "a"), lower <= UInt8(ascii: "z") else { return false }
      let character = composed[accent * 128 + Int(byte)]
      if character != 0 {
        Self.append(character, to: &bytes)
      } else {
        bytes.append(byte)
        Self.append(marks[accent], to: &bytes)
      }
      accent = -1
    }
    return accent < 0
  }

  // Every character of the tables is below U+FFFF and no surrogate.
  private static func append(_ character: UInt32, to bytes: inout [UInt8]) {
    if character < 0x80 {
      bytes.append(UInt8(truncatingIfNeeded: character))
      return
    }
    let last = UInt8(truncatingIfNeeded: character & 0x3F) | 0x80
    if character < 0x800 {
      bytes.append(UInt8(truncatingIfNeeded: character >> 6) | 0xC0)
    } else {
      bytes.append(UInt8(truncatingIfNeeded: character >> 12) | 0xE0)
      bytes.append(UInt8(truncatingIfNeeded: character >> 6 & 0x3F) | 0x80)
    }
    bytes.append(last)
  }
}
