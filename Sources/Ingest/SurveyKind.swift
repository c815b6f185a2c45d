import PipelineFile

/// What kind of message or claim a file is, by its first bytes: `WMO301 3.2`, `Lg01`.
///
/// Only words of the standards are told, never a value.
///
/// - Returns: nil where nothing tells it.
/// - Throws: `file`.
package func documentKind(ofFile path: String) throws(IngestError) -> String? {
  let bytes = try firstBytes(of: path, count: 1 << 14)
  if bytes.count >= 12, bytes[8..<12].elementsEqual("Lg01".utf8) { return "Lg01" }
  if bytes.starts(with: [0x30, 0x31]), bytes.count >= 9 {
    let digits = bytes[2..<9].map { Int($0) - 0x30 }
    guard digits.allSatisfy({ 0...9 ~= $0 }) else { return nil }
    let code = digits[..<3].reduce(0) { $0 * 10 + $1 }
    let version = digits[3] * 10 + digits[4]
    return "code \(code) version \(version).\(digits[5] * 10 + digits[6])"
  }
  for (standard, prefix) in [("iwmo", "wmo"), ("ijw", "jw")] {
    if let kind = istandaardKind(bytes, standard, prefix) { return kind }
  }
  let words = [
    ("koppelvlak/ggk0210", "GGk envelope"), ("npsLa01", "StUF-BG npsLa01"),
    ("egem.nl/StUF/sector/bg/0310", "StUF-BG 0310"), ("bprbzk.nl/GBA/", "GBA-V answer"),
    ("\"personen\"", "BRP persons"),
  ]
  for (text, kind) in words where bytes.firstRange(of: Array(text.utf8)) != nil { return kind }
  return nil
}

/// The message of a namespace such as `http://www.istandaarden.nl/iwmo/3_2/wmo301/schema`.
private func istandaardKind(_ bytes: [UInt8], _ standard: String, _ prefix: String) -> String? {
  let start = Array("istandaarden.nl/\(standard)/".utf8)
  var rest = bytes[...]
  while let found = rest.firstRange(of: start) {
    let parts = rest[found.upperBound...].prefix(20).split(separator: UInt8(ascii: "/"))
    rest = rest[found.upperBound...]
    guard parts.count >= 2, parts[0].count == 3, parts[1].starts(with: Array(prefix.utf8)) else {
      continue
    }
    let number = parts[1].dropFirst(prefix.utf8.count)
    let version = parts[0].map { $0 == UInt8(ascii: "_") ? UInt8(ascii: ".") : $0 }
    guard number.count == 3, number.allSatisfy(SurveyValue.isDigit),
      SurveyValue.isDigit(version[0]), SurveyValue.isDigit(version[2])
    else { continue }
    return "\(prefix.uppercased())\(String(decoding: number, as: UTF8.self)) "
      + String(decoding: version, as: UTF8.self)
  }
  return nil
}
