@testable import PipelineFile

/// A claim file as a sender might write it; positions are written down here a second time.
struct VektisFile {
  /// Where the fields stand that the tests fill, in one version of a standard.
  struct Standard: Sendable, CustomStringConvertible {
    let description: String
    let code: String
    let version: String
    let careType: String
    let length: Int
    let deceased: Int
    /// Of record 04; `activity[1]` of ZH308 record 06.
    let activity: [String: ClosedRange<Int>]
    /// Of record 06, for ZH308.
    let tariff: [String: ClosedRange<Int>]
    /// The details and the total of record 99.
    let details: ClosedRange<Int>
    let total: ClosedRange<Int>
    /// The last byte before the filler, by record.
    let ends: [String: Int]

    var hasTariffs: Bool { !tariff.isEmpty }
  }

  let standard: Standard
  var lineEnd = "\n"
  private(set) var lines: [[UInt8]] = []
  private(set) var counts: [String: Int] = [:]
  private(set) var detail = 0
  private(set) var total = 0

  init(
    _ standard: Standard,
    purpose: String = "P",
    currency: String = "EUR",
    code: String? = nil,
    version: String? = nil
  ) {
    self.standard = standard
    open(purpose: purpose, currency: currency, code: code, version: version)
  }

  /// Begins another claim.
  mutating func open(
    purpose: String = "P",
    currency: String = "EUR",
    code: String? = nil,
    version: String? = nil
  ) {
    counts = [:]
    detail = 0
    total = 0
    var record = FixedRecord("01", length: standard.length)
    record.put(code ?? standard.code, 3...5)
    record.put(version ?? standard.version, 6...9)
    record.put(purpose, 10...10)
    record.put("0101", 27...30)
    record.zeros(31...62)
    record.put("12345678", 47...54)
    record.put("87654321", 55...62)
    record.put("F2026-08", 81...92)
    record.put("20260831", 93...100)
    record.put(currency, 115...117)
    lines.append(record.bytes)
  }

  /// Adds a record that is counted, with the number that follows.
  mutating func add(_ record: FixedRecord, cents: Int = 0) {
    var record = record
    let type = record.text(1...2)
    if type != "98" { detail += 1 }
    record.number(detail, 3...14)
    counts[type, default: 0] += 1
    total += cents
    lines.append(record.bytes)
  }

  mutating func add(_ person: VektisPerson) {
    add(person.record(standard))
  }

  /// Adds who pays, and a remark: both must never come out.
  mutating func addPayer() {
    var payer = FixedRecord("03", length: standard.length)
    payer.put("Kanariepayer", 36...60)
    payer.put("NL00KANA0123456789", 260...293)
    add(payer)
    var remark = FixedRecord("98", length: standard.length)
    remark.put("0001", 15...18)
    remark.put("Kanarieremark of a neighbour", 19...158)
    add(remark)
  }

  /// Adds an activity; in ZH308 without its amounts.
  mutating func add(_ activity: VektisActivity, of person: VektisPerson) {
    add(
      activity.record(standard, person),
      cents: standard.hasTariffs ? 0 : activity.cents
    )
  }

  mutating func addTariff(_ cents: Int, _ activity: VektisActivity, of person: VektisPerson) {
    add(activity.tariff(standard, person, cents: cents), cents: cents)
  }

  /// Ends the claim.
  mutating func close(cents: Int = 0) {
    var record = FixedRecord("99", length: standard.length)
    let order =
      standard.hasTariffs ? ["02", "03", "04", "06", "16", "98"] : ["02", "03", "04", "98"]
    for (place, type) in order.enumerated() {
      record.number(counts[type] ?? 0, (3 + place * 6)...(8 + place * 6))
    }
    record.number(counts.values.reduce(0, +), standard.details)
    record.amount(total + cents, standard.total)
    lines.append(record.bytes)
  }

  mutating func change(_ line: Int, _ change: (inout FixedRecord) -> Void) {
    var record = FixedRecord(bytes: lines[line])
    change(&record)
    lines[line] = record.bytes
  }

  var bytes: [UInt8] { lines.flatMap { $0 + Array(lineEnd.utf8) } }
}

/// The insured person of a claim.
struct VektisPerson {
  var bsn = "999900006"
  var number = "4711"
  var surname: [UInt8] = Array("Jansen".utf8)
  var birthDate = "19500131"
  var sex = "2"
  var deceased = "2"
  var postcode = "7001AB"
  var houseNumber = 12

  func record(_ standard: VektisFile.Standard) -> FixedRecord {
    var record = FixedRecord("02", length: standard.length)
    record.put(bsn, 15...23)
    record.put("0101", 24...27)
    record.put(number, 28...42)
    record.put("P" + number, 43...53)
    record.put(birthDate, 54...61)
    record.put(sex, 62...62)
    record.put("1", 63...63)
    record.put(surname, 64...88)
    record.put("van der", 89...98)
    record.put("2", 99...99)
    record.put("Bakker", 100...124)
    record.put("AB", 135...140)
    record.put(postcode, 142...147)
    record.number(houseNumber, 157...161)
    record.put("a-2", 162...167)
    record.put(deceased, standard.deceased...standard.deceased)
    return record
  }
}

/// What was done for an insured person.
struct VektisActivity {
  var start = "20260803"
  var end = "20260805"
  var activity = "0A12"
  var sequence = 1
  var count = 3
  var performer = "11223344"
  var cents = 1250
  var forwarding = "1"
  var reference = "R1"

  func record(_ standard: VektisFile.Standard, _ person: VektisPerson) -> FixedRecord {
    var record = FixedRecord("04", length: standard.length)
    record.putInsured(person)
    record.put(forwarding, 58...58)
    let places = standard.activity
    record.put(start, places["start"])
    record.put(end, places["end"])
    record.put("019", places["code_list"])
    record.put(activity, places["activity"])
    record.number(count, places["count"])
    record.put(performer, places["performer"])
    record.put(reference, places["reference"])
    record.number(sequence, places["sequence"])
    record.put("C55", places["care_product"])
    record.put("3021", places["diagnosis"])
    record.put("H16", places["function"])
    record.put("005", places["care_package"])
    if let amount = places["amount"] { record.amount(cents, amount) }
    return record
  }

  func tariff(
    _ standard: VektisFile.Standard,
    _ person: VektisPerson,
    cents: Int
  ) -> FixedRecord {
    var record = FixedRecord("06", length: standard.length)
    record.putInsured(person)
    record.put("019", standard.tariff["code_list"])
    record.put(activity, standard.tariff["activity"])
    record.put(start, standard.tariff["start"])
    record.number(sequence, standard.tariff["sequence"])
    record.put(performer, standard.tariff["performer"])
    if let amount = standard.tariff["amount"] { record.amount(cents, amount) }
    return record
  }
}

/// A line of blanks that fields are written into; bytes count from 1.
struct FixedRecord {
  var bytes: [UInt8]

  init(_ type: String, length: Int) {
    bytes = Array(repeating: 0x20, count: length)
    put(type, 1...2)
  }

  init(bytes: [UInt8]) { self.bytes = bytes }

  func text(_ place: ClosedRange<Int>) -> String {
    String(decoding: bytes[(place.lowerBound - 1)..<place.upperBound], as: UTF8.self)
  }

  mutating func put(_ text: some Collection<UInt8>, _ place: ClosedRange<Int>?) {
    guard let place else { return }
    for (number, byte) in text.prefix(place.count).enumerated() {
      bytes[place.lowerBound - 1 + number] = byte
    }
  }

  mutating func put(_ text: String, _ place: ClosedRange<Int>?) { put(Array(text.utf8), place) }

  mutating func zeros(_ place: ClosedRange<Int>) {
    put(String(repeating: "0", count: place.count), place)
  }

  mutating func number(_ number: Int, _ place: ClosedRange<Int>?) {
    guard let place else { return }
    let digits = String(number)
    put(String(repeating: "0", count: max(0, place.count - digits.count)) + digits, place)
  }

  /// Cents, and their sign behind them.
  mutating func amount(_ cents: Int, _ place: ClosedRange<Int>) {
    number(cents.magnitude.description.isEmpty ? 0 : Int(cents.magnitude), place)
    put(cents < 0 ? "C" : "D", (place.upperBound + 1)...(place.upperBound + 1))
  }

  mutating func putInsured(_ person: VektisPerson) {
    put(person.bsn, 15...23)
    put("0101", 24...27)
    put(person.number, 28...42)
  }
}
