/// An iWmo 2.0 message in EI records as a sender might write it.
struct EiFile {
  let message: Int
  var lineEnd = "\n"
  private(set) var lines: [[UInt8]] = []
  private(set) var counts: [String: Int] = [:]
  private(set) var detail = 0

  static let codes = [301: "414", 305: "418", 307: "420", 315: "444"]

  init(_ message: Int, code: String? = nil, version: String = "0200") {
    self.message = message
    var record = FixedRecord("01", length: length)
    record.put(code ?? Self.codes[message] ?? "000", 3...5)
    record.put(version, 6...9)
    record.put("0384", 10...13)
    record.put("98025566", 14...21)
    record.put("1d8d1f0852bf", 22...33)
    record.put("20160220", 34...41)
    record.put("1", 42...42)
    lines.append(record.bytes)
  }

  var length: Int { message == 301 ? 310 : message == 307 ? 140 : 180 }
  var rowRecord: String { message == 301 ? "15" : message == 307 ? "06" : "07" }

  mutating func add(_ record: FixedRecord) {
    var record = record
    detail += 1
    record.number(detail, 3...14)
    counts[record.text(1...2), default: 0] += 1
    lines.append(record.bytes)
  }

  func client(
    _ number: String = "4711",
    surname: [UInt8] = Array("Gaastra".utf8),
    birth: String = "198501060"
  ) -> FixedRecord {
    var record = FixedRecord("02", length: length)
    record.put("123456782", 15...23)
    // In a 301 one byte stands before the rest, from the surname on two.
    let one = message == 301 ? 1 : 0
    let two = message == 301 ? 2 : 0
    if message == 301 { record.put("1", 24...24) }
    record.put(number, (28 + one)...(47 + one))
    record.put(birth, (48 + one)...(56 + one))
    record.put("2", (57 + one)...(57 + one))
    record.put(surname, (58 + two)...(82 + two))
    record.put("van", (83 + two)...(92 + two))
    if message == 301 {
      record.put("Partner", 96...120)
      record.put("EB", 132...137)
      record.put("3", 138...138)
    } else {
      record.put("EB", 94...99)
      record.put("9", 100...100)
    }
    return record
  }

  func address(
    _ number: String = "4711",
    kind: String = "01",
    relation: String = "",
    postcode: String = "1234AB"
  ) -> FixedRecord {
    var record = FixedRecord("04", length: length)
    record.put(number, 19...38)
    record.put(relation, 39...58)
    record.put(kind, 59...60)
    record.number(4, 61...65)
    record.put("b", 66...66)
    record.put("bis", 67...70)
    record.put(postcode, 73...80)
    return record
  }

  /// A product; of a 305 with this status.
  func row(
    _ number: String = "4711",
    product: String = "07A03",
    status: String = "1",
    volume: String = "00000006042"
  ) -> FixedRecord {
    var record = FixedRecord(rowRecord, length: length)
    record.put(number, 19...38)
    record.number(425, 39...56)
    record.put(product.prefix(2) + product, 57...63)
    switch message {
    case 301:
      record.put("20160220142326", 76...89)
      record.put("2016021500000000", 90...105)
      record.put("0" + volume, 106...117)
    case 307:
      record.put("2016030720160310", 64...79)
      record.put("0220161002", 88...97)
      record.put(status, 98...98)
    default:
      record.put("2016030720160310", 64...79)
      record.put(volume + status, 88...99)
    }
    return record
  }

  mutating func close() {
    var record = FixedRecord("99", length: length)
    if message == 301 {
      record.zeros(3...63)
      for (type, place) in [
        ("02", 3), ("03", 9), ("04", 15), ("08", 27), ("09", 33), ("15", 45),
      ] {
        record.number(counts[type] ?? 0, place...(place + 5))
      }
      record.number(detail, 57...63)
    } else {
      record.number(counts["02"] ?? 0, 3...8)
      record.number(counts[rowRecord] ?? 0, 9...14)
      record.number(detail, 15...21)
    }
    lines.append(record.bytes)
  }

  mutating func change(_ line: Int, _ change: (inout FixedRecord) -> Void) {
    var record = FixedRecord(bytes: lines[line])
    change(&record)
    lines[line] = record.bytes
  }

  var bytes: [UInt8] { lines.flatMap { $0 + Array(lineEnd.utf8) } }
}
