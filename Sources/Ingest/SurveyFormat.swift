import PipelineFile

/// A format that an unknown file shows by its first bytes.
struct SurveyFormat {
  /// What stands after `read:`.
  let word: String
  /// Other keys that it needs, as `form: lg01`.
  var keys: [String] = []
  var doubts: [String] = []

  /// Nil for a format of which nothing is known.
  ///
  /// - Parameters:
  ///   - bytes: as they stand in the file.
  ///   - text: the same as UTF-8.
  init?(_ bytes: [UInt8], _ text: SurveyText) {
    let start = text.head.drop { $0 == 0x20 || $0 == 0x0A || $0 == 0x0D || $0 == 9 }
    if bytes.count >= 49, bytes[8..<12].elementsEqual("Lg01".utf8) {
      self.init("lo3", keys: ["form: lg01"])
    } else if start.first == UInt8(ascii: "<") {
      guard let found = Self.xml(start) else { return nil }
      self = found
    } else if start.first == UInt8(ascii: "{") || start.first == UInt8(ascii: "[") {
      guard let found = Self.json(start) else { return nil }
      self = found
    } else if let found = Self.records(text.head) ?? Self.header(text.head) {
      self = found
    } else {
      return nil
    }
  }

  private init(_ word: String, keys: [String] = [], doubts: [String] = []) {
    self.word = word
    self.keys = keys
    self.doubts = doubts
  }

  private static func xml(_ start: ArraySlice<UInt8>) -> SurveyFormat? {
    let head = start.prefix(1 << 16)
    func says(_ text: String) -> Bool { head.firstRange(of: Array(text.utf8)) != nil }
    if says("istandaarden.nl/iwmo/") || says("istandaarden.nl/ijw/") || says("koppelvlak/ggk0210") {
      return SurveyFormat("iwmo")
    }
    if says("egem.nl/StUF/sector/bg/0310") { return SurveyFormat("stuf-bg") }
    if says("bprbzk.nl/GBA/") { return SurveyFormat("lo3", keys: ["form: soap"]) }
    return nil
  }

  private static func json(_ start: ArraySlice<UInt8>) -> SurveyFormat? {
    let head = start.prefix(1 << 18)
    func count(_ text: String) -> Int { head.ranges(of: Array(text.utf8)).count }
    if count("\"personen\"") > 0 || count("\"burgerservicenummer\"") > 0 {
      return SurveyFormat("brp")
    }
    guard count("\"resourceType\"") > 0 else { return nil }
    let known = ["Patient", "Encounter", "Condition", "Claim"].map { type in
      (type, count("\"resourceType\":\"\(type)\"") + count("\"resourceType\": \"\(type)\""))
    }
    guard let most = known.max(by: { $0.1 < $1.1 }), most.1 > 0 else {
      return SurveyFormat(
        "fhir",
        keys: ["rows: Patient"],
        doubts: ["none of the resources seen is one that is read"]
      )
    }
    let others = known.filter { $0.1 > 0 && $0.0 != most.0 }.map(\.0)
    return SurveyFormat(
      "fhir",
      keys: ["rows: \(most.0)"],
      doubts: others.isEmpty ? [] : ["the file holds \(others.joined(separator: ", ")) too"]
    )
  }

  /// Fixed records of which the first, 01, tells the standard.
  private static func records(_ text: [UInt8]) -> SurveyFormat? {
    let lines = SurveyLines.lines(of: text, limit: 3)
    guard let first = lines.first, first.count >= 100, first.starts(with: [0x30, 0x31]),
      lines.count > 1, lines[1].starts(with: [0x30, 0x32])
    else { return nil }
    let digits = Array(first.prefix(9))
    guard digits.allSatisfy(SurveyValue.isDigit) else { return nil }
    let code = digits[2..<5].reduce(0) { $0 * 10 + Int($1 - 0x30) }
    switch code {
    case 101, 106, 176, 187, 193, 428, 430: return SurveyFormat("vektis")
    case 414, 418, 420, 436, 438, 440, 444, 446, 484, 490: return SurveyFormat("iwmo")
    default: return nil
    }
  }

  /// A header that only one kind of extract has.
  private static func header(_ text: [UInt8]) -> SurveyFormat? {
    guard let line = SurveyLines.lines(of: text, limit: 1).first else { return nil }
    for delimiter in [UInt8(ascii: ";"), UInt8(ascii: ",")] {
      let fields = SurveyLines.fields(of: line, delimiter: delimiter, quote: UInt8(ascii: "\""))
        .fields
      let elements = fields.count { field in
        field.count == 8 && field[2] == UInt8(ascii: ".") && field[5] == UInt8(ascii: ".")
      }
      if elements >= 3, elements * 2 > fields.count {
        let dialect = delimiter == UInt8(ascii: ";") ? [] : ["the delimiter is a comma"]
        return SurveyFormat("lo3", keys: ["form: csv"], doubts: dialect)
      }
    }
    return nil
  }
}
