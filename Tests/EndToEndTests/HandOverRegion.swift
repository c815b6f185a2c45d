import Foundation
import TestSupport

/// A supplier and a region in one folder: their extracts, pipelines and keys, made up from a seed.
struct HandOverRegion {
  let folder: TemporaryFolder
  /// What becomes of surnames.
  let surname: String
  /// Everybody in the extracts, and a name that no column of a pipeline asks for.
  private(set) var values = NightClearValues()
  let numbers: [String]

  /// How the region gets its two sources.
  enum Form: String {
    /// It reads the suppliers' extracts itself, with both keys.
    case clear
    /// It takes over the care package alone, and reads the register itself.
    case mixed
    /// It takes over both packages, and knows of the suppliers' key its fingerprint.
    case packages
  }

  init(seed: UInt64 = 5, surname: String = "{token: surname}") throws {
    self.surname = surname
    folder = try TemporaryFolder()
    var random = SeededGenerator(seed: seed)
    var numbers: [String] = []
    var first = 99_990_000
    while numbers.count < 200 {
      first += Int.random(in: 1...4, using: &random)
      if let number = Self.number(beginningWith: first) { numbers.append(number) }
    }
    self.numbers = numbers.shuffled(using: &random)
    var register = "bsn;surname;birth_date;sex;area\n"
    for number in self.numbers {
      let day =
        "19\(Int.random(in: 30...99, using: &random))-0\(Int.random(in: 1...9, using: &random))-1"
        + "\(Int.random(in: 0...9, using: &random))"
      let sex = ["M", "V", "O"].randomElement(using: &random) ?? "M"
      let area = ["BU1", "BU2"].randomElement(using: &random) ?? "BU1"
      let name =
        surname.contains("bloom")
        ? Self.names.randomElement(using: &random) ?? "" : "Kanariesma"
      register += "\(number);\(name);\(day);\(sex);\(area)\n"
      values.add(bsn: number, surname: name.isEmpty ? "Kanariesma" : name, birthDate: day)
    }
    values.plant("kanariesma")
    values.plant("120459787")
    var care = "bsn;day;amount;kind;note\n"
    for _ in 0..<500 {
      let number = self.numbers[Int.random(in: 0..<150, using: &random)]
      let kind = ["ggz", "gp", "x"].randomElement(using: &random) ?? "gp"
      let note =
        ["\"a;b, c\"", "\"say \"\"so\"\"\"", "plain", ""].randomElement(using: &random) ?? ""
      let cents = String(Int.random(in: 100...199, using: &random)).dropFirst()
      care += "\(number);2026-08-1\(Int.random(in: 0...9, using: &random));"
      care += "\(Int.random(in: 0...900, using: &random)).\(cents);\(kind);\(note)\n"
    }
    care += "120459787;2026-08-01;1.00;gp;Kanariesma\n"
    try folder.write(register.utf8, to: "supplier/in/register.csv")
    try folder.write(care.utf8, to: "supplier/in/care.csv")
    let objecting = "bsn\n\(self.numbers[0])\n\(self.numbers[1])\n"
    try folder.write(objecting.utf8, to: "supplier/in/objects.csv")
    for name in ["source", "region", "other"] {
      try FileManager.default.createDirectory(
        atPath: folder.file("keys/\(name)"),
        withIntermediateDirectories: true,
        attributes: [.posixPermissions: 0o700]
      )
    }
    try writeSupplier()
  }

  /// Nine digits that pass the eleven-test; nil where no last digit does.
  private static func number(beginningWith first: Int) -> String? {
    let digits = String(first + 100_000_000).dropFirst().compactMap(\.wholeNumberValue)
    let sum = zip(digits, stride(from: 9, through: 2, by: -1)).reduce(0) { $0 + $1.0 * $1.1 }
    return sum % 11 < 10 ? digits.map(String.init).joined() + String(sum % 11) : nil
  }

  /// Writes the supplier's pipeline file.
  func writeSupplier(key: String = "source", scope: String = "region", more: String = "") throws {
    try folder.write(
      """
      \(Self.head(name: "supplier"))
      keys:
        source: {file: ../keys/\(key)/demo.key}
      ingest:
        register:
          domain: municipal
          read: csv
          files: in/register.csv
      \(Self.registerColumns)
        care:
          domain: care
          read: csv
          files: in/care.csv
      \(Self.careColumns)
      pseudonymise:
        key: source
        level: source
        minimum_persons: 2
        source_release: \(scope)
        hand_over: ../packages
        opt_out: {files: in/objects.csv, column: bsn}
      \(policies)
      \(more)
      """.utf8,
      to: "supplier/supplier.yaml"
    )
  }

  /// Writes a pipeline file of the region; `tables` is where it publishes.
  func writeRegion(_ form: Form, signer: String? = nil) throws {
    let arriving = { (name: String) in
      """
          arrives: pseudonymised
          files: ../packages/\(name).csv.gz\(signer.map { "\n    signer: \($0)" } ?? "")
      """
    }
    let inClear = { (name: String) in
      """
          read: csv
          files: ../supplier/in/\(name).csv
      """
    }
    let shared = try form == .packages ? self.fingerprint() : ""
    let key =
      form == .packages ? "{fingerprint: \(shared)}" : "{file: ../keys/source/demo.key}"
    let optOut =
      form == .packages ? "" : "opt_out: {files: ../supplier/in/objects.csv, column: bsn}"
    try folder.write(
      """
      \(Self.head(name: "region"))
      keys:
        source: \(key)
        region: {file: ../keys/region/demo.key}
      ingest:
        register:
          domain: municipal
      \(form == .packages ? arriving("register") : inClear("register"))
      \(Self.registerColumns)
        care:
          domain: care
      \(form == .clear ? inClear("care") : arriving("care"))
      \(Self.careColumns)
          rejects: {fail_above: 5 %}
      pseudonymise:
        key: region
        release: "{pipeline}"
        minimum_persons: 2
        \(optOut)
      \(policies)
      link:
        spine: register
        exact: [{on: [bsn]}]
      aggregate:
        tables:
          persons: {by: [area, sex], measure: {persons: count}}
          care:
            rows: care
            by: [kind, sex]
            measure: {persons: count, lines: rows, amount: sum amount}
        protect: {minimum: 5, method: hide}
      publish: {to: ../out/\(form.rawValue), tables: [persons, care]}
      """.utf8,
      to: "region/\(form.rawValue).yaml"
    )
  }

  func runSupplier(_ options: [String] = []) throws -> CommandRun {
    try runKoppel(
      ["run", "supplier/supplier.yaml", "--work", "work-supplier"] + options,
      in: folder.path
    )
  }

  func runRegion(_ form: Form, _ options: [String] = []) throws -> CommandRun {
    try runKoppel(
      ["run", "region/\(form.rawValue).yaml", "--work", "work-\(form.rawValue)"] + options,
      in: folder.path
    )
  }

  /// The published tables, by name.
  func tables(_ form: Form) throws -> [String: [UInt8]] {
    try publishedFiles(in: folder.file("out/\(form.rawValue)")).filter { $0.key.hasSuffix(".csv") }
  }

  func fingerprint() throws -> String { try member("fingerprint", of: "care") }

  /// A text of a note.
  func member(_ name: String, of source: String) throws -> String {
    let text = try note(source)
    guard let start = text.range(of: "\"\(name)\":\""),
      let end = text.range(of: "\"", range: start.upperBound..<text.endIndex)
    else { throw NightFailure("the note has no \(name)") }
    return String(text[start.upperBound..<end.lowerBound])
  }

  func note(_ source: String) throws -> String {
    String(decoding: try folder.bytes(of: "packages/\(source).json"), as: UTF8.self)
  }

  /// Takes the signature out of a note and replaces a text in the rest, which must stand there.
  func editNote(_ source: String, _ old: String, _ new: String) throws {
    var text = try note(source)
    if let start = text.range(of: "\"signature\":{"),
      let end = text.range(of: "},", range: start.upperBound..<text.endIndex)
    {
      text.removeSubrange(start.lowerBound..<end.upperBound)
    }
    guard text.contains(old) else { throw NightFailure("the note does not hold \(old)") }
    try folder.write(
      text.replacingOccurrences(of: old, with: new).utf8,
      to: "packages/\(source).json"
    )
  }

  /// Replaces the lines of a package, and what its note says of their bytes.
  func repack(_ source: String, _ change: (String) -> String) throws {
    let name = "packages/\(source).csv.gz"
    let lines = change(try gunzipped(folder.file(name)))
    try FileManager.default.removeItem(atPath: folder.file(name))
    try gzip(lines.utf8, to: name, in: folder)
    let digest = try runCommand("/usr/bin/sha256sum", [folder.file(name)], in: "/")
    let size = try folder.bytes(of: name).count
    let text = try note(source)
    guard let range = text.range(of: "\\{\"bytes\":[0-9]+", options: .regularExpression) else {
      throw NightFailure("the note has no bytes")
    }
    try editNote(source, String(text[range]), "{\"bytes\":\(size)")
    try editNote(
      source,
      try member("sha256", of: source),
      String(digest.standardOutput.prefix(64))
    )
  }

  private static func head(name: String) -> String {
    """
    koppel: 1
    pipeline: \(name)
    owner: tests
    purpose: {text: tests, basis: made-up data}
    sample: true
    """
  }

  private static let registerColumns = """
        columns:
          bsn:        {type: bsn, required: true, unique: true}
          surname:    {type: name}
          birth_date: {type: partial-date}
          sex:        {type: code, values: {M: male, V: female, O: unknown}}
          area:       {type: text}
    """
  private static let careColumns = """
        columns:
          bsn:    {type: bsn, required: true}
          day:    {type: date}
          amount: {type: money, unit: euro}
          kind:   {type: code, values: {ggz: mental, gp: general}}
          note:   {type: text}
    """
  private static let names = [
    "Kanariesma", "van den Kanarie", "Kanarie, v.d.", "Kanariesma-de Vogel", "de Vogel-Kanariesma",
    "Vogelaar", "", "K\u{E4}narie", "Ka\u{308}narie",
  ]
  private var policies: String {
    """
      columns:
        bsn:        {token: person}
        surname:    \(surname)
        birth_date: {token: birth-date, keep: year}
        sex:        keep
        area:       keep
        day:        keep
        amount:     keep
        kind:       keep
        note:       keep
    """
  }
}
