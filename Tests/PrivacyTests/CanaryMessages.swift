import Foundation
import TestSupport

/// Claims in fixed lines and messages of the social domain: one file a person, named after her.
struct CanaryMessages {
  let flock: [Canary]

  /// What of each person's file lies in the inbox, and how it is read.
  struct File {
    let name: String
    let read: String
    let bytes: [UInt8]
    /// Refused as a whole.
    let isBroken: Bool
  }

  /// - Throws: what reading the files throws that these are made from.
  func files() throws -> [File] {
    var files: [File] = []
    for standard in ["AW319-01", "ZH308-09", "MZ301-01", "AP304-07"] {
      let lines = try Self.seed("vektis/\(standard)").split(separator: "\n").map(String.init)
      for place in 0..<20 {
        let canary = flock[place]
        let name = "vektis/\(standard.prefix(5))_\(canary.surname)_\(canary.bsn)_\(place).txt"
        files.append(
          File(
            name: name,
            read: "vektis",
            bytes: claim(lines, canary, place),
            isBroken: place % 8 > 4
          )
        )
      }
    }
    for number in [301, 305, 307] {
      let text = try Self.seed("iwmo/WMO\(number).ei")
      for place in 0..<12 {
        files.append(
          File(
            name: "ei/\(flock[place].client)_\(number).ei",
            read: "iwmo",
            bytes: twin(text, flock[place], place),
            isBroken: number == 301
          )
        )
      }
    }
    let (message, envelope) = (try Self.seed("iwmo/301.xml"), try Self.seed("iwmo/ggk.xml"))
    for place in 0..<12 {
      files.append(
        File(
          name: "ggk/\(flock[place].invoice).xml",
          read: "iwmo",
          bytes: packed(message, envelope, flock[place], place),
          isBroken: false
        )
      )
    }
    let (name, other) = (flock[9], flock[10])
    for (old, new) in [
      ("<m:BerichtCode>414", "<m:BerichtCode>\(name.bsn)"),
      ("<m:BerichtCode>414", "<m:BerichtCode>\(name.surname)"),
      ("iwmo/3_2/wmo301/schema\"", "\(name.surname)\""),
      ("iwmo/3_2/wmo301/schema\"", "iwmo/\(name.bsn)/wmo301/schema\""),
      (
        "<m:Client>",
        "<m:Client><m:\(name.surname)/><m:\(name.surname)/><m:Bsn>\(other.bsn)</m:Bsn>"
      ),
      ("1950-01-31", name.mail), ("<b:DatumGebruik>1", "<b:DatumGebruik>\(name.phone)"),
      ("<m:Geslacht>1", "<m:Geslacht>\(name.iban)"),
      ("<m:Ontvanger>12345678", "<m:Ontvanger>\(name.surname)"),
      ("<b:Dagtekening>2026-08-02", "<b:Dagtekening>\(name.bsn)"),
      ("<m:Bsn>111222333", "<m:Bsn>&\(name.surname);"),
    ] {
      let text = message.replacingOccurrences(of: old, with: new)
        .replacingOccurrences(of: "Jansen", with: other.surname)
      files.append(File(name: "", read: "iwmo", bytes: Array(text.utf8), isBroken: true))
    }
    return files
  }

  private static func seed(_ name: String) throws -> String {
    try String(contentsOfFile: repositoryRoot() + "/Tests/Fuzz/Seeds/" + name, encoding: .utf8)
  }

  /// A claim: the insured, her payer, a remark, an activity, and counts that agree.
  private func claim(_ lines: [String], _ canary: Canary, _ place: Int) -> [UInt8] {
    let relative = flock[flock.count - 1 - place]
    let isFaulty = place % 4 == 3
    var insured = lines[1]
    Self.put(canary.bsn, at: 15, in: &insured)
    Self.put(
      isFaulty ? "1950\(canary.surname.prefix(4))" : canary.birthDate.filter { $0 != "-" },
      at: 54,
      in: &insured
    )
    Self.put(canary.surname, at: 64, width: 25, in: &insured)
    Self.put(relative.surname, at: 100, width: 25, in: &insured)
    Self.put(canary.postcode, at: 142, in: &insured)
    var others = lines[2..<(lines.count - 1)].map { $0 }
    for line in others.indices { Self.put(canary.bsn, at: 15, in: &others[line]) }
    var (payer, remark) = (Self.blank("03", lines[1]), Self.blank("98", lines[1]))
    Self.put("\(relative.bsn)\(relative.surname) \(relative.iban)", at: 15, in: &payer)
    Self.put("0001\(canary.surname) \(canary.phone) \(canary.mail)", at: 15, in: &remark)
    var end = lines[lines.count - 1]
    let hasParts = others.count > 1
    // The payer and the remark count as well: records 03 and 98, and all that are numbered.
    Self.put("000001", at: 9, in: &end)
    Self.put("000001", at: hasParts ? 33 : 21, in: &end)
    Self.put("000000\(others.count + 3)", at: hasParts ? 39 : 27, in: &end)
    if place % 8 == 5 { Self.put(canary.phone, at: hasParts ? 46 : 34, in: &end) }
    var body = [insured, payer] + others + [remark]
    for line in body.indices where line < body.count - 1 {
      Self.put("00000000000\(line + 1)", at: 3, in: &body[line])
    }
    Self.put("00000000000\(body.count - 1)", at: 3, in: &body[body.count - 1])
    var all = [lines[0]] + body + [end]
    if place % 8 == 6 { all.removeLast() }
    if place % 8 == 7 { all.insert(canary.surname + " " + canary.iban, at: 2) }
    return Array(all.joined(separator: "\n").utf8) + [0x0A]
  }

  private func twin(_ text: String, _ canary: Canary, _ place: Int) -> [UInt8] {
    let name = canary.surname.prefix(9)
    var text = text.replacingOccurrences(of: "111222333", with: canary.bsn)
      .replacingOccurrences(of: "Jansen   ", with: name)
      .replacingOccurrences(of: "7001AB", with: canary.postcode)
    if place % 4 == 3 {
      text = text.replacingOccurrences(of: "19500131", with: "19\(canary.surname.prefix(6))")
    }
    if place % 6 == 5 { text = String(text.dropLast(200)) + canary.mail }
    return Array(text.utf8)
  }

  /// A message within an envelope, in base64.
  private func packed(_ message: String, _ envelope: String, _ canary: Canary, _ place: Int)
    -> [UInt8]
  {
    var text = message.replacingOccurrences(of: "111222333", with: canary.bsn)
      .replacingOccurrences(of: "Jansen", with: canary.surname)
      .replacingOccurrences(of: "1950-01-31", with: canary.birthDate)
    if place % 4 == 3 {
      text = text.replacingOccurrences(of: "</m:Client>", with: "<\(canary.surname)>")
    }
    let base64 = Data(text.utf8).base64EncodedString()
    guard let start = envelope.range(of: "xmlBestand>"),
      let end = envelope.range(of: "</g:xmlBestand>")
    else { return [] }
    var whole = envelope[..<start.upperBound] + base64 + envelope[end.lowerBound...]
    if place % 6 == 5 {
      whole = whole.replacingOccurrences(of: "WMO301", with: canary.surname)[...]
    }
    return Array(whole.utf8)
  }

  /// Overwrites from a byte on, counted from 1; a width is filled with blanks.
  private static func put(_ text: String, at start: Int, width: Int = 0, in line: inout String) {
    var bytes = Array(line.utf8)
    let padded = Array(text.utf8) + Array(repeating: 0x20, count: max(0, width - text.utf8.count))
    for (offset, byte) in padded.enumerated() where bytes.indices.contains(start - 1 + offset) {
      bytes[start - 1 + offset] = byte
    }
    line = String(decoding: bytes, as: UTF8.self)
  }

  /// A record of nothing, as long as another.
  private static func blank(_ kind: String, _ other: String) -> String {
    let line = kind + "000000000000"
    return line + String(repeating: " ", count: max(0, other.utf8.count - line.utf8.count))
  }
}
