import Foundation
import TestSupport

/// A pipeline over extracts in which everything that identifies is planted, sound rows and faulty.
///
/// What is given lies in `given`; whatever else is in the folder was written by a command.
final class CanaryRegion: PlantedRegion {
  let folder: TemporaryFolder
  let flock: [Canary]
  private(set) var search = CanarySearch()
  private(set) var identifierCount = 0

  /// - Parameter repeats: how often each person has a row of care; many make a long run.
  /// - Throws: what writing the files throws.
  init(repeats: Int = 3) throws {
    folder = try TemporaryFolder()
    flock = Canary.flock(100, seed: 41)
    identifierCount = search.add(flock)
    for name in [".home", ".tmp"] {
      try FileManager.default.createDirectory(
        atPath: folder.file(name),
        withIntermediateDirectories: true
      )
    }
    try folder.write(Self.pipeline.utf8, to: "given/canary.yaml")
    try plantRegister()
    try plantCare(repeats: repeats)
    try plantDocuments()
    try plantLists()
  }

  private func plantRegister() throws {
    var lines = [
      "bsn;surname;first_names;birth_date;sex;postcode;house_number;area;mail;phone;iban;note"
    ]
    for (place, canary) in flock.enumerated() {
      lines.append(
        "\(canary.bsn);\(canary.surname);\(canary.firstName);\(canary.birthDate);"
          + "\(place % 2 == 0 ? "M" : "V");\(canary.postcode);\(canary.houseNumber);A\(place % 3);"
          + "\(canary.mail);\(canary.phone);\(canary.iban);naast \(canary.surname), \(canary.phone)"
      )
    }
    var bytes = Array((lines.joined(separator: "\n") + "\n").utf8)
    for (place, canary) in flock.enumerated() { bytes += faulty(canary, place) }
    try folder.write(bytes, to: "given/in/register_2026.csv")
    let run = try runCommand("/bin/gzip", ["-n", "given/in/register_2026.csv"], in: folder.path)
    guard run.status == 0 else { throw CanaryFailure("the register cannot be packed") }
  }

  /// A row of the register that is faulty in a way of its own.
  private func faulty(_ canary: Canary, _ place: Int) -> [UInt8] {
    let end = ";;A0;\(canary.mail);\(canary.phone);\(canary.iban);\(canary.surname)\n"
    func row(_ text: String) -> [UInt8] { Array((text + end).utf8) }
    let (bsn, surname, birth) = (canary.bsn, canary.surname, canary.birthDate)
    switch place % 12 {
    case 0: return row("\(bsn)1;\(surname);\(canary.firstName);\(birth);M;\(canary.postcode)")
    case 1: return row("\(surname);\(bsn);\(birth);\(canary.firstName);M;\(canary.postcode)")
    case 2: return row("\(bsn);\(surname);;\(birth)T\(surname);M;\(canary.postcode)\(canary.phone)")
    case 3: return Array("\(bsn);\(surname);\(birth)\n".utf8)
    case 4: return row("\(bsn);\"\(surname);;\(birth);M;\(canary.postcode)")
    case 5:
      let broken: [UInt8] = [0xC3, 0x28]
      return Array("\(bsn);\(surname)".utf8) + broken + row(";;\(birth);M;\(canary.postcode)")
    case 6: return row("\(bsn);\(surname)\u{0};;\(birth);M;\(canary.postcode)")
    case 7: return row("\(bsn);\(surname);;\(birth);\(surname);\(canary.postcode)")
    case 8: return row(";\(surname);\(bsn);\(bsn);\(canary.mail);\(canary.iban)")
    case 9:
      return row(
        "\(String(bsn.reversed()));\(surname);;\(birth);M;\(canary.client)"
      )
    case 10:
      return row("\(bsn);\(String(repeating: surname, count: 40));;\(birth);M;\(canary.postcode)")
    default: return row("\(bsn);\(surname);;2999-01-01;M;\(canary.postcode) \(canary.houseNumber)")
    }
  }

  private func plantCare(repeats: Int) throws {
    var care = "bsn;kind;date;amount;client;assignment;invoice;remark\n"
    var visits = ""
    var fixed: [UInt8] = []
    for turn in 0..<repeats {
      for (place, canary) in flock.enumerated() {
        care +=
          "\(canary.bsn);\(place % 2 == 0 ? "A" : "B");2026-08-\(10 + (place + turn) % 18);"
          + "\(1_000 + turn);\(canary.client);\(canary.assignment);\(canary.invoice);\(canary.mail)\n"
      }
    }
    for (place, canary) in flock.enumerated() {
      let isFaulty = place % 5 == 0
      care += isFaulty ? "\(canary.invoice);\(canary.surname);\(canary.iban);x\n" : ""
      visits +=
        "{\"client\": {\"bsn\": \"\(canary.bsn)\", \"naam\": \"\(canary.surname)\"}, "
        + "\"date\": \"\(isFaulty ? canary.surname : "2026-08-02")\", \"cost\": 10, "
        + "\"\(canary.surname)\": \"\(canary.client)\"\(isFaulty ? " \(canary.mail)" : "")}\n"
      fixed += Array(
        "\(canary.bsn)\(canary.birthDate.filter { $0 != "-" })00001000\(canary.iban)".utf8
      )
      if isFaulty { fixed += Array(canary.mail.utf8) + [0xFF] }
      fixed.append(0x0A)
    }
    try folder.write(care.utf8, to: "given/in/care_2026.csv")
    try folder.write(visits.utf8, to: "given/in/visits.ndjson")
    try folder.write(fixed, to: "given/in/fixed.txt")
  }

  /// Documents: XML of our own, and messages as XML and as EI.
  private func plantDocuments() throws {
    var help =
      "<?xml version=\"1.0\"?><!-- \(flock[0].surname) --><export owner=\"\(flock[1].mail)\">"
    for canary in flock {
      help +=
        "\n<case soort=\"\(canary.surname)\"><client bsn=\"\(canary.bsn)\"><naam>\(canary.surname)"
        + "</naam></client><!-- \(canary.phone) --><amount>\(canary.houseNumber)</amount>"
        + "<relatie>\(canary.firstName) \(canary.iban)</relatie></case>"
    }
    try folder.write((help + "</export>\n").utf8, to: "given/in/help.xml")
    let root = repositoryRoot() + "/Tests"
    let message = try String(
      contentsOfFile: root + "/EndToEndTests/Scripts/night/in/support/WMO30100000001.xml",
      encoding: .utf8
    )
    for (place, canary) in flock.enumerated() where place < 24 {
      let other = flock[99 - place]
      let text =
        message.replacingOccurrences(of: "999900006", with: canary.bsn)
        .replacingOccurrences(of: "Boos", with: canary.surname)
        .replacingOccurrences(of: "Loon", with: other.surname)
        .replacingOccurrences(of: "0600000000", with: other.phone)
        .replacingOccurrences(of: "client0@example.org", with: other.mail)
        .replacingOccurrences(of: "7005LS", with: other.postcode)
        .replacingOccurrences(of: "30100000001", with: "3010000\(1_000 + place)")
      let cut = place % 6 == 5 ? String(text.prefix(text.count / 2)) : text
      // Some senders name a file after the client.
      let name = "WMO301_\(canary.surname)_\(canary.bsn)_\(canary.client).xml"
      try folder.write(cut.utf8, to: "given/in/support/\(name)")
    }
  }

  /// Adds a source of messages in EI, which a control total refuses, and sharpens every gate.
  func breakGates() throws {
    let root = repositoryRoot() + "/Tests"
    for (place, number) in [301, 305, 307].enumerated() {
      let path = root + "/Fuzz/Seeds/iwmo/WMO\(number).ei"
      let text = String(decoding: try Data(contentsOf: URL(fileURLWithPath: path)), as: UTF8.self)
      let planted = text.replacingOccurrences(of: "111222333", with: flock[place].bsn)
      try folder.write(planted.utf8, to: "given/in/support/\(flock[place].surname).ei")
    }
    let text = String(decoding: try folder.bytes(of: "given/canary.yaml"), as: UTF8.self)
    let twin = """
        twin:
          domain: social
          read: iwmo
          files: in/support/*.ei
          messages: [301, 305, 307, 323]
      pseudonymise:

      """
    let broken = text.replacingOccurrences(of: "fail_above: 100 %", with: "fail_above: 1 %")
      .replacingOccurrences(of: "pseudonymise:\n", with: twin)
    try folder.write(broken.utf8, to: "given/canary.yaml")
  }

  private func plantLists() throws {
    let kinds =
      "code;kind;remark\nA;visit;\(flock[2].surname) \(flock[2].bsn)\nB;stay;\(flock[3].mail)\n"
    try folder.write(kinds.utf8, to: "given/codes/kinds.csv")
    let objectors = flock[90..<96].map { "\($0.surname);\($0.bsn);\($0.mail)\n" }.joined()
    try folder.write(("name;bsn;mail\n" + objectors).utf8, to: "given/in/bezwaar_2026.csv")
    let contract = """
      # asked by \(flock[4].surname), \(flock[4].phone), \(flock[4].bsn)
      contract: 1
      name: care
      version: 1
      read: csv
      columns:
        bsn:    {type: bsn, required: true}
        kind:   {type: code}
        date:   {type: date, required: true}
        amount: {type: money, unit: cent, required: true}

      """
    try folder.write(contract.utf8, to: "given/contracts/care-1.yaml")
  }

  private static let pipeline = """
    koppel: 1
    pipeline: canary
    owner: tests
    purpose: {text: tests, basis: made-up data}
    sample: true
    keys:
      region: {file: ../keys/region.key}
    ingest:
      register:
        domain: municipal
        read: csv
        files: in/register*.csv.gz
        rejects: {warn_above: 0 %, fail_above: 100 %}
        columns:
          bsn:          {type: bsn, required: true}
          surname:      {type: name, required: true}
          first_names:  {type: name}
          birth_date:   {type: partial-date, required: true}
          sex:          {type: code, values: {M: male, V: female}}
          postcode:     {type: postcode}
          house_number: {type: integer}
          area:         {type: code}
      care:
        domain: care
        contract: contracts/care-1.yaml
        files: in/care*.csv
        rejects: {warn_above: 0 %, fail_above: 100 %}
        columns:
          kind: {codes: codes/kinds.csv, unknown: other}
      visits:
        domain: care
        read: ndjson
        files: in/visits*.ndjson
        rejects: {warn_above: 0 %, fail_above: 100 %}
        columns:
          bsn:  {type: bsn, at: client.bsn, required: true}
          date: {type: date, at: date, required: true}
      help:
        domain: social
        read: xml
        files: in/help.xml
        record: export/case
        rejects: {warn_above: 0 %, fail_above: 100 %}
        columns:
          bsn:    {type: bsn, at: client/@bsn, required: true}
          kind:   {type: code, at: "@soort", codes: codes/kinds.csv, unknown: other}
          amount: {type: money, unit: euro, at: amount, required: true}
      fixed:
        domain: care
        read: fixed
        files: in/fixed.txt
        rejects: {warn_above: 0 %, fail_above: 100 %}
        columns:
          bsn:        {type: bsn, at: 1-9, required: true}
          birth_date: {type: date, at: 10-17}
          amount:     {type: money, at: 18-25}
      support:
        domain: social
        read: iwmo
        files: in/support/*.xml
        messages: [301, 305, 307, 323]
        rejects: {warn_above: 0 %, fail_above: 100 %}
    pseudonymise:
      key: region
      release: "{pipeline}"
      minimum_persons: 2
      opt_out: {files: in/bezwaar*.csv, column: bsn}
      columns:
        bsn:         {token: person}
        surname:     {token: surname, bloom: surname}
        first_names: {token: first-name}
        birth_date:  {token: birth-date, keep: year}
        postcode:    {token: postcode, keep: pc4}
        sex:         keep
        area:        keep
        kind:        keep
        date:        keep
        amount:      keep
    link:
      spine: register
      exact:
        - {on: [bsn]}
    aggregate:
      tables:
        use:
          by: [area, sex]
          measure: {residents: count, cost: sum care.amount}
      protect: {minimum: 10, method: hide}
    publish:
      to: out
      tables: [use]
      with: [manifest]

    """
}

/// What made a search impossible.
struct CanaryFailure: Error, CustomStringConvertible {
  let description: String

  init(_ description: String) { self.description = description }
}
