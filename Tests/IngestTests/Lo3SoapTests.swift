import PipelineFile
import Tabular
import TestSupport
import Testing

@testable import Ingest

/// An answer of the GBA-V as tests write it: persons of stacks of occurrences.
struct Lo3Answer {
  typealias Occurrence = (category: String, elements: [(String, String)])

  var persons: [[[Occurrence]]]
  var result: String? = "0"
  var soap: String? = "http://schemas.xmlsoap.org/soap/envelope/"

  init(_ persons: [[[Occurrence]]]) { self.persons = persons }

  /// What an Lg01 holds, in stacks: a category with what it was before behind it.
  init(_ messages: [Lo3Message]) {
    persons = messages.map { message in
      var stacks: [[Occurrence]] = []
      for category in message.categories {
        let number = Int(category.number) ?? 0
        let elements = category.elements.map { element in
          (String(Int(element.number) ?? 0), String(decoding: element.value, as: UTF8.self))
        }
        if number > 50,
          let last = stacks.lastIndex(where: { $0[0].category == String(number - 50) })
        {
          stacks[last].append((String(number), elements))
        } else {
          stacks.append([(String(number), elements)])
        }
      }
      return stacks
    }
  }

  private func element(_ element: (String, String)) -> String {
    "<t:item><t:nummer>\(element.0)</t:nummer><t:waarde>\(element.1)\n  </t:waarde></t:item>"
  }

  private func occurrence(_ occurrence: Occurrence) -> String {
    "<t:item><t:categorienummer>\(occurrence.category)</t:categorienummer><t:elementen>"
      + occurrence.elements.map(element).joined() + "</t:elementen></t:item>"
  }

  private func stack(_ stack: [Occurrence]) -> String {
    "<t:item><t:categorievoorkomens>" + stack.map(occurrence).joined()
      + "</t:categorievoorkomens></t:item>"
  }

  var text: String {
    let list = persons.map { person in
      "<t:item><t:categoriestapels>" + person.map(stack).joined()
        + "</t:categoriestapels></t:item>\n"
    }
    let code = result.map {
      "<resultaat><code>\($0)</code><letter>A</letter><omschrijving>Kanarie</omschrijving></resultaat>"
    }
    let answer = """
      <vraagResponse xmlns="http://www.bprbzk.nl/GBA/LRDPlus/version1.1" \
      xmlns:t="http://www.bprbzk.nl/GBA/LO3/version1.1"><vraagReturn>\(code ?? "")
      <persoonslijsten>\(list.joined())</persoonslijsten></vraagReturn></vraagResponse>
      """
    guard let soap else { return answer }
    return "<e:Envelope xmlns:e=\"\(soap)\"><e:Body>\(answer)</e:Body></e:Envelope>"
  }
}

@Suite("GBA-V")
struct Lo3SoapTests {
  private let all = Extract.lo3(.soap)
  private let full = Lo3Message.full

  @Test("an answer and a message of the same person give the same row")
  func twins() throws {
    let messages = [
      full, full.with("07", "6720", "O").with("06", "0810", "20260801"),
      full.with("07", "6720", "W"),
      full.with("01", "8310", "010000").with("08", "8410", "O"), full.with("01", "0240", "."),
      full.with("01", "0310", "19950200").with("01", "0410", "O"),
      full.with("58", "8410", "O").with("08", "0910", "1999"),
    ]
    let flat = try Extract.lo3(.lg01).read(messages.flatMap(\.bytes))
    for soap in [nil, "http://www.w3.org/2003/05/soap-envelope"] {
      var answer = Lo3Answer(messages)
      answer.soap = soap
      let outcome = try all.read(answer.text)
      #expect(outcome.rows == flat.rows && outcome.skipped == flat.skipped)
      #expect(outcome.rows.count == 6 && !outcome.rows.joined().contains("Kanarie"))
    }
  }

  @Test("names in teletex and their twins in UTF-8 are the same bytes, so their tokens are equal")
  func teletexTwins() throws {
    let names: [([UInt8], String)] = [
      ([0x42, 0xC2, 0x65, 0x61, 0x6D, 0x6F, 0x6E, 0x74], "Béamont"), ([0xC2, 0x67], "ģ"),
      ([0xE9, 0x72, 0x73, 0x74, 0x65, 0x64], "Ørsted"), ([0x5A, 0xC8, 0x6F, 0x66], "Zöf"),
      ([0xCB, 0x63, 0xCF, 0x73, 0xCD, 0x6F, 0xFB], "çšőß"),
    ]
    let extract = Extract.lo3(.lg01, "surname")
    for (teletex, text) in names {
      let flat = try extract.read(full.with("01", "0240", teletex).bytes).rows
      let twin = try Extract.lo3(.soap, "surname")
        .read(Lo3Answer([full.with("01", "0240", text)]).text).rows
      #expect(flat.map { Array($0.utf8) } == twin.map { Array($0.utf8) })
      #expect(flat == [text])
    }
  }

  @Test("only the first of a stack is current, and a wrong one is not replaced by an older")
  func stacks() throws {
    let extract = Extract.lo3(.soap, "surname", "postcode")
    func rows(_ stacks: [[Lo3Answer.Occurrence]]) throws -> [String] {
      let outcome = try extract.read(Lo3Answer([stacks]).text)
      return outcome.rows + outcome.rejects.map { String($0.drop { $0 != " " }) }
    }
    let now: Lo3Answer.Occurrence = ("1", [("240", "Nu")])
    let past: Lo3Answer.Occurrence = ("51", [("240", "Kanarie")])
    #expect(try rows([[now, past]]) == ["Nu|-"])
    #expect(try rows([[past, now]]) == ["-|-"])
    #expect(try rows([[now, ("1", [("240", "Kanarie")])]]) == ["Nu|-"])
    #expect(try rows([[("1", [("240", "Kanarie"), ("8410", "O")]), now]]) == ["-|-"])
    #expect(try rows([[now], [("8", [("1160", "7001AB")])]]) == ["Nu|7001AB"])
    #expect(try rows([[now], [now]]) == ["  structure "])
    #expect(try rows([[("01", [("0240", "Nu")])]]) == ["Nu|-"])
    #expect(try rows([[("1", [("240", "Nu"), ("240", "Nu")])]]) == [" surname structure a{2}"])
    #expect(try rows([[("een", [("240", "Nu")])]]) == ["  structure "])
    #expect(try rows([[("1", [("naam", "Nu")])]]) == ["  structure "])
    #expect(try rows([]) == ["-|-"])
  }

  @Test("a value before its number is nobody's: the row is refused, not guessed")
  func order() throws {
    let extract = Extract.lo3(.soap, "surname")
    let text = Lo3Answer([[[("1", [("240", "Nu")])]]]).text
    let number = "<t:nummer>240</t:nummer>"
    let value = "<t:waarde>Nu\n  </t:waarde>"
    let category = "<t:categorienummer>1</t:categorienummer>"
    let elements = "<t:elementen><t:item>\(number)\(value)</t:item></t:elementen>"
    for (old, new) in [
      (number + value, value + number), (category + elements, elements + category),
      (number + value, number + number + value), (number + value, number + value + value),
      (category, category + category),
    ] {
      #expect(text.contains(old))
      let outcome = try extract.read(text.replacing(old, with: new))
      #expect(outcome.rejected == 1 && outcome.accepted == 0, "\(new)")
    }
  }

  @Test("the result says whether somebody was found; any other is an error of the sender")
  func results() throws {
    let extract = Extract.lo3(.soap, "bsn")
    let person: [[Lo3Answer.Occurrence]] = [[("1", [("120", "123456782")])]]
    let good = Lo3Answer([person])
    var nobody = Lo3Answer([[[Lo3Answer.Occurrence]]]())
    nobody.result = "33"
    #expect(try extract.read(nobody.text).read == 0)
    var silent = good
    silent.result = nil
    #expect(try extract.read(silent.text).accepted == 1)
    var faulty: [(String, RejectReason)] = []
    for code in ["1", "24", "", "x", "-0"] {
      var answer = nobody
      answer.result = code
      faulty.append((answer.text, .senderError))
    }
    var both = good
    both.result = "33"
    silent.persons = []
    faulty += [
      (both.text, .senderError), (silent.text, .version), ("<a/>", .version),
      (good.text.replacing("LRDPlus/version1.1", with: "LRDPlus/version1.2"), .version),
      (
        "<e:Envelope xmlns:e=\"http://schemas.xmlsoap.org/soap/envelope/\"><e:Body><e:Fault>"
          + "<faultstring>Kanarie</faultstring></e:Fault></e:Body></e:Envelope>", .senderError
      ),
    ]
    for (text, reason) in faulty {
      let outcome = try extract.read(good.text, text, good.text)
      #expect(outcome.refused.map(\.fault.reason) == [reason])
      #expect(outcome.accepted == 2 && outcome.rejected == 1)
    }
  }

  @Test("a big answer gives the same rows in pieces of any size")
  func pieces() throws {
    let messages = (0..<800).map { number in
      full.with("01", "0240", "Naam\(number)").with("07", "6720", number % 7 == 0 ? "F" : "E")
    }
    let text = Lo3Answer(messages).text
    let whole = try all.read(text)
    #expect(whole.read == 800 && whole.accepted > 600)
    for size in [16, 1000, 70_001] {
      let pieces = try all.inChunks(of: size).read(text)
      #expect(pieces.meaning == whole.meaning, "chunks of \(size)")
      #expect(pieces.ordinals.count > 1)
    }
  }

  @Test("no change of an answer stops a reader, and none brings a relative into a row")
  func mutations() throws {
    var random = SeededGenerator(seed: 61)
    let relative = Lo3Message.full
    let stuf = StufAnswer(
      objects: [StufAnswer.object(StufAnswer.element("overlijdensdatum", nothing: "geenWaarde"))]
    )
    let cases = [
      (Extract.lo3(.soap), Array(Lo3Answer([relative, relative]).text.utf8)),
      (Extract.stuf(), Array(stuf.text.utf8)),
    ]
    for (extract, good) in cases {
      let format = try #require(try DocumentFormat(extract.source))
      var readCount = 0
      var refusedCount = 0
      for round in 0..<2000 {
        var bytes = good
        for _ in 0..<1 + random.next() % 3 {
          let place = Int(random.next() % UInt64(bytes.count))
          switch random.next() % 3 {
          case 0: bytes[place] = UInt8(truncatingIfNeeded: random.next() % 128)
          case 1: bytes.removeSubrange(place..<min(bytes.count, place + Int(random.next() % 60)))
          default:
            let from = Int(random.next() % UInt64(bytes.count))
            bytes.insert(contentsOf: bytes[from..<min(bytes.count, from + 80)], at: place)
          }
        }
        var rows = DocumentRows()
        let input = DocumentInput(bytes: bytes, range: 0..<bytes.count)
        let decoder = try format.decoder(for: input, path: "x", file: 0)
        do {
          while try !decoder.read(into: &rows, byteLimit: 10) {}
          readCount += 1
          let columnCount = extract.columns.count
          #expect(rows.values.count == rows.rows.count * columnCount, "round \(round)")
        } catch {
          refusedCount += 1
        }
      }
      #expect(readCount > 20 && refusedCount > 20)
    }
  }
}
