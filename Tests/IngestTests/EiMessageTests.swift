import PipelineFile
import Tabular
import Testing

@testable import Ingest

@Suite("iWmo messages in EI records")
struct EiMessageTests {
  let all = Extract.iwmo(
    iwmoColumns(
      "message",
      "law",
      "message_id",
      "message_date",
      "municipality",
      "provider",
      "bsn",
      "birth_date",
      "sex",
      "surname",
      "prefix",
      "initials",
      "client_number",
      "assignment",
      "category",
      "product",
      "start",
      "end",
      "volume",
      "unit",
      "frequency",
      "reason",
      "status"
    ),
    messages: [301, 305, 307, 315]
  )

  private func file(_ message: Int, change: (inout EiFile) -> Void = { _ in }) -> EiFile {
    var file = EiFile(message)
    file.add(file.client())
    change(&file)
    file.add(file.row())
    file.close()
    return file
  }

  @Test("each field comes from its place")
  func fields() throws {
    let start =
      "|wmo|1d8d1f0852bf|2016-02-20|0384|98025566|123456782|19850106|female|Gaastra|van|EB|"
    for (message, rest) in [
      (301, "4711|425|07|07A03|2016-02-15|-|6|04|2|-|-"),
      (305, "4711|425|07|07A03|2016-03-10|-|6|04|2|-|1"),
      (307, "4711|425|07|07A03|2016-03-10|2016-10-02|-|-|-|02|1"),
      (315, "4711|425|07|07A03|2016-03-10|-|6|04|2|-|1"),
    ] {
      #expect(try all.read(file(message).bytes).rows == ["\(message)\(start)\(rest)"])
    }
  }

  @Test("a 301 has an address, a partner and a time that the others lack")
  func ownFields() throws {
    let extract = Extract.iwmo(
      iwmoColumns(
        "secret",
        "partner_surname",
        "name_use",
        "house_number",
        "house_letter",
        "house_suffix",
        "postcode",
        "assigned_date",
        "assigned_time",
        "client_status",
        "assignment_start"
      )
    )
    let assigned = file(301) { $0.add($0.address()) }
    #expect(
      try extract.read(assigned.bytes).rows
        == ["1|Partner|3|4|b|bis|1234AB|2016-02-20|14:23:26|-|-"]
    )
    #expect(
      try extract.read(file(305).bytes).rows == ["-|-|-|-|-|-|-|-|-|9|2016-03-07"]
    )
  }

  @Test("the address is the first of the register, else where the client stays, never a relation's")
  func addresses() throws {
    let extract = Extract.iwmo(iwmoColumns("postcode"))
    for (addresses, postcode) in [
      ([("01", "", "1111AA"), ("01", "", "2222AA")], "1111AA"),
      ([("03", "", "1111AA"), ("01", "", "2222AA")], "2222AA"),
      ([("02", "", "1111AA"), ("03", "", "2222AA"), ("03", "", "3333AA")], "2222AA"),
      ([("01", "7", "1111AA"), ("03", "", "2222AA")], "2222AA"),
      ([("01", "0", "1111AA"), ("04", "", "2222AA")], "-"),
    ] {
      let message = file(301) { file in
        for (kind, relation, postcode) in addresses {
          file.add(file.address(kind: kind, relation: relation, postcode: postcode))
        }
      }
      #expect(try extract.read(message.bytes).rows == [postcode])
    }
    // Behind the row, and of two clients each their own.
    var message = EiFile(301)
    message.add(message.client())
    message.add(message.row())
    message.add(message.address())
    message.add(message.client("2"))
    message.add(message.row("2"))
    message.close()
    #expect(try extract.read(message.bytes).rows == ["1234AB", "-"])
  }

  @Test("a relation's record is never read")
  func relations() throws {
    var message = EiFile(301)
    message.add(message.client())
    var relation = FixedRecord("03", length: 310)
    relation.put("4711", 19...38)
    relation.put("Kanarie", 73...97)
    message.add(relation)
    message.add(message.address(relation: "Kanarie", postcode: "9999KA"))
    message.add(message.row())
    message.close()
    var rows = DocumentRows()
    let input = DocumentInput(bytes: message.bytes, range: 0..<message.bytes.count)
    let format = try #require(
      try DocumentFormat(
        Extract.iwmo(KnownFormat.iwmo.columns.map { column($0.name, $0.type) }).source
      )
    )
    _ = try format.decoder(for: input, path: "", file: 0).read(into: &rows, byteLimit: .max)
    #expect(rows.rows.count == 1)
    let text = String(decoding: rows.bytes, as: UTF8.self)
    #expect(!text.contains("Kanarie") && !text.contains("9999KA"))
  }

  @Test("the precision of a birth date decides how much of it is known")
  func precision() throws {
    let extract = Extract.iwmo(iwmoColumns("birth_date"))
    for (birth, cell) in [
      ("198501060", "19850106"), ("198501061", "19850100"), ("198501062", "19850000"),
      ("198501063", "-"), ("198501064", "-"), ("000000003", "-"), ("19850106 ", "19850106"),
    ] {
      var message = EiFile(305)
      message.add(message.client(birth: birth))
      message.add(message.row())
      message.close()
      let outcome = try extract.read(message.bytes)
      #expect(outcome.rows == [cell], "\(birth)")
      #expect(outcome.blanked.isEmpty == (birth != "198501064"))
    }
  }

  @Test("zeros mean none, but for a volume that has a unit")
  func zeros() throws {
    let extract = Extract.iwmo(iwmoColumns("volume", "unit", "frequency"))
    for (volume, row) in [
      ("00000000000", "-|-|-"), ("00000000040", "0|04|-"), ("00022500834", "22500|83|4"),
    ] {
      var message = EiFile(305)
      message.add(message.client())
      message.add(message.row(volume: volume))
      message.close()
      #expect(try extract.read(message.bytes).rows == [row])
    }
  }

  @Test("a row of another client is refused, and so is one before any client")
  func parents() throws {
    let extract = Extract.iwmo(iwmoColumns("product"))
    var message = EiFile(305)
    message.add(message.row())
    message.add(message.client())
    message.add(message.row())
    message.add(message.row("4712"))
    message.close()
    let outcome = try extract.read(message.bytes)
    #expect(outcome.rows == ["07A03"])
    #expect(outcome.rejects == ["2  parent ", "5  parent "])
  }

  @Test("bytes that ISO-8859-1 has no character for refuse the rows that they touch")
  func encoding() throws {
    let extract = Extract.iwmo(iwmoColumns("surname"))
    var message = EiFile(305)
    message.add(message.client(surname: [0x52, 0xE9]))
    message.add(message.row())
    message.add(message.client(surname: [0x80]))
    message.add(message.row())
    message.close()
    let outcome = try extract.read(message.bytes)
    #expect(outcome.rows == ["Ré"])
    #expect(outcome.rejects == ["5  encoding "])
  }

  @Test("records that are declared to be UTF-8 are read as that")
  func utf8() throws {
    var extract = Extract.iwmo(iwmoColumns("surname"))
    var message = EiFile(305)
    message.add(message.client(surname: [0x52, 0xC3, 0xA9]))
    message.add(message.row())
    message.add(message.client(surname: [0x52, 0xE9]))
    message.add(message.row())
    message.close()
    extract.format = .iwmo(messages: [305], .utf8)
    let outcome = try extract.read(message.bytes)
    #expect(outcome.rows == ["Ré"])
    #expect(outcome.rejects.count == 1 && outcome.rejects[0].contains(" encoding "))
    #expect(try extract.read([0xEF, 0xBB, 0xBF] + message.bytes).accepted == 1)
    // XML obeys its prolog, whatever is declared.
    var xml = Message(clients: Message.client(Message.assignment))
    xml.prologue = "<?xml version='1.0' encoding='iso-8859-1'?>\n"
    extract.format = .iwmo(messages: [301], .utf8)
    let bytes = xml.text.replacing("Gaastra", with: "Ré").unicodeScalars.map {
      UInt8(truncatingIfNeeded: $0.value)
    }
    #expect(try extract.read(bytes).rows == ["Ré"])
  }

  @Test("each count of the closing record is checked")
  func counts() {
    for message in [301, 305, 307, 315] {
      let places = message == 301 ? [3, 9, 15, 27, 33, 45, 57] : [3, 9, 15]
      for place in places {
        var file = file(message)
        file.change(file.lines.count - 1) { $0.number(99, place...(place + 5)) }
        let refusal = all.refusal(of: file.bytes)
        #expect(refusal.contains("as record 99 says"), "\(message) \(place) \(refusal)")
      }
    }
  }

  @Test("messages that are not asked for, and return messages, are skipped whole")
  func skipped() throws {
    let extract = Extract.iwmo(iwmoColumns("bsn"))
    #expect(try extract.read(file(315).bytes).skipped == [.notAsked: 1])
    var answer = EiFile(305, code: "419")
    answer.close()
    #expect(try extract.read(answer.bytes).skipped == [.returnMessage: 1])
  }

  @Test("another code or version refuses the message by name, the others of the delivery are read")
  func version() throws {
    for (code, version, words) in [
      ("418", "0201", "message code 418 version 2.1"),
      ("484", "0200", "message code 484 version 2.0"),
    ] {
      var other = EiFile(305, code: code, version: version)
      other.close()
      #expect(all.refusal(of: other.bytes).hasPrefix("found \(words), expected message code 414"))
      let outcome = try all.read([file(305).bytes, other.bytes, file(307).bytes])
      #expect(outcome.accepted == 2)
      #expect(outcome.refused.count == 1)
    }
  }

  @Test("a cut message is refused as truncated, wherever it is cut")
  func cuts() throws {
    let format = try #require(try DocumentFormat(all.source))
    for message in [301, 305] {
      let bytes = file(message).bytes
      for cut in 1..<(bytes.count - 1) {
        let fault = try format.fault(of: Array(bytes[..<cut]))
        #expect(fault == .record(.noClosingRecord), "\(message) \(cut)")
      }
    }
  }

  @Test("where chunks end changes nothing")
  func chunks() throws {
    var message = EiFile(305)
    for number in 0..<20 {
      message.add(message.client("\(number)", birth: "19850106\(number % 4)"))
      for _ in 0..<number % 4 { message.add(message.row("\(number)")) }
    }
    message.close()
    let whole = try all.read(message.bytes).meaning
    #expect(whole.accepted == 30)
    for size in [16, 200, 1000, 5000] {
      #expect(try all.inChunks(of: size).read(message.bytes).meaning == whole, "\(size)")
    }
  }
}
