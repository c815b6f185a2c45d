import PipelineFile
import Tabular
import TestSupport
import Testing

@testable import Ingest

extension Extract {
  /// A source that reads these columns of LO3; all that there are unless some are named.
  static func lo3(_ form: Lo3Form, _ names: String...) -> Extract {
    let known = KnownFormat.lo3.columns.filter { names.isEmpty || names.contains($0.name) }
    let columns = known.map { known in
      column(known.name, known.type, values: known.values.map { ($0.written, $0.meaning) })
    }
    let wanted = names.isEmpty ? columns.map(\.name) : names
    return Extract(
      columns: columns,
      format: .lo3(form),
      fileName: form == .soap ? "answer.xml" : "messages.lg01",
      wanted: wanted
    )
  }

  func requiring(_ name: String) -> Extract {
    var other = self
    other.columns = columns.map { old in
      old.name != name
        ? old
        : column(
          name,
          old.type,
          required: true,
          values: old.values.map { ($0.written, $0.meaning) }
        )
    }
    return other
  }
}

@Suite("Lg01")
struct Lo3MessageTests {
  private let all = Extract.lo3(.lg01)
  private let full = Lo3Message.full

  @Test("a message gives each column from its element, and nothing from a relative or the past")
  func columns() throws {
    let outcome = try all.read(full.bytes)
    #expect(
      outcome.rows == [
        "1234567890|123456782|Aafje Maria|van|Gaastra|19680503|female|E|-|no|-|0|0518|2004-04-04"
          .replacing("2004-04-04", with: "20040404") + "|W|20040405|58|a|bis|2597LD|"
          + "0518010001756246|0"
      ]
    )
    #expect(outcome.lines == [1])
  }

  @Test("messages follow one another, with or without line ends")
  func several() throws {
    let extract = Extract.lo3(.lg01, "bsn", "surname")
    let second = full.with("01", "0120", "999990019").with("01", "0240", "Bakker")
    for end in [[], [0x0A], [0x0D, 0x0A], [0x0A, 0x0A]] as [[UInt8]] {
      for last in [[], end] {
        let outcome = try extract.read(full.bytes + end + second.bytes + last)
        #expect(outcome.rows == ["123456782|Gaastra", "999990019|Bakker"])
        #expect(outcome.lines == [1, end.count == 2 && end[0] == 0x0A ? 3 : 2])
      }
    }
  }

  @Test(
    "what LO3 writes for none is none",
    arguments: [
      ("01", "0240", ".", "surname", "-"), ("01", "0240", "..", "surname", ".."),
      ("08", "0910", "1999", "municipality", "-"), ("08", "0910", "0599", "municipality", "0599"),
      ("01", "0310", "19680000", "birth_date", "19680000"),
      ("01", "0310", "19950200", "birth_date", "19950200"),
      ("01", "0310", "00000000", "birth_date", "-"), ("01", "0410", "M", "sex", "male"),
      ("01", "0410", "O", "sex", "unknown"), ("01", "0210", "", "first_names", "-"),
      ("01", "0240", " Gaastra \n", "surname", "Gaastra"),
      ("06", "0810", "20260801", "deceased", "yes"), ("06", "0810", "00000000", "deceased", "yes"),
      ("06", "0810", "00000000", "death_date", "-"), ("06", "0810", "", "deceased", "no"),
      ("07", "6720", "O", "deceased", "yes"), ("07", "6720", "E", "deceased", "no"),
      ("07", "6720", "M", "suspended", "M"), ("07", "6720", "R", "suspended", "R"),
      ("01", "8310", "010000", "under_investigation", "1"),
      ("08", "8310", "080000", "under_investigation", "1"),
      ("51", "8310", "510000", "under_investigation", "0"),
      ("02", "8310", "020000", "under_investigation", "0"),
    ]
  )
  func values(_ category: String, _ element: String, _ value: String, _ name: String, _ is: String)
    throws
  {
    let outcome = try Extract.lo3(.lg01, name).read(full.with(category, element, value).bytes)
    #expect(outcome.rows == [`is`])
  }

  @Test("a sex that the standard does not have is refused")
  func sex() throws {
    let outcome = try Extract.lo3(.lg01, "sex").requiring("sex")
      .read(full.with("01", "0410", "X").bytes)
    #expect(outcome.rejects == ["1 sex code a"])
  }

  @Test("mistakes of the register are withdrawn, the dead and the gone are not")
  func withdrawn() throws {
    for (letter, isWithdrawn) in [("F", true), ("W", true), ("O", false), ("E", false)] {
      let outcome = try all.read(full.with("07", "6720", letter).bytes)
      #expect(outcome.skipped == (isWithdrawn ? [.withdrawn: 1] : [:]))
      #expect(outcome.accepted == (isWithdrawn ? 0 : 1))
      #expect(outcome.read == 1)
    }
  }

  @Test("what 84.10 marks as wrong is not read")
  func wrong() throws {
    let extract = Extract.lo3(.lg01, "bsn", "municipality", "postcode", "deceased")
    #expect(
      try extract.read(full.with("08", "8410", "O").bytes).rows == ["123456782|-|-|no"]
    )
    #expect(try extract.read(full.with("01", "8410", "O").bytes).rows == ["-|0518|2597LD|no"])
    let dead = full.with("06", "0810", "20260801")
    #expect(try extract.read(dead.with("06", "8410", "O").bytes).rows[0].hasSuffix("no"))
    let suspended = full.with("07", "6720", "F").with("07", "8410", "O")
    #expect(try extract.read(suspended.bytes).accepted == 1)
    // A mark of another category or another word changes nothing.
    #expect(
      try extract.read(full.with("58", "8410", "O").bytes).rows[0].hasPrefix("123456782|0518")
    )
  }

  @Test("names are teletex; a byte that is none costs the row and is told by its column")
  func teletex() throws {
    let extract = Extract.lo3(.lg01, "surname", "bsn")
    let name: [UInt8] = [0x42, 0xC2, 0x65, 0x61, 0x6D, 0x6F, 0x6E, 0x74]
    #expect(try extract.read(full.with("01", "0240", name).bytes).rows == ["Béamont|123456782"])
    let faulty = full.with("01", "0240", [0x42, 0xC2, 0x31])
    let outcome = try extract.read(faulty.bytes + full.bytes)
    #expect(outcome.rejects == ["1 surname encoding empty"])
    #expect(outcome.rows == ["Gaastra|123456782"])
    // Nobody decodes what nobody asks for.
    #expect(try Extract.lo3(.lg01, "bsn").read(faulty.bytes).accepted == 1)
    #expect(try extract.read(full.with("02", "0240", [0xFF]).bytes).accepted == 1)
  }

  @Test("an element or a category that is there twice costs the row")
  func twice() throws {
    let extract = Extract.lo3(.lg01, "bsn", "surname")
    var message = full
    message.categories[0].elements.append(("0240", Array("Kanarie".utf8)))
    #expect(try extract.read(message.bytes).rejects == ["1 surname structure a{7}"])
    message = full
    message.categories.append(("01", [("0240", Array("Kanarie".utf8))]))
    #expect(try extract.read(message.bytes).rejects == ["1  structure "])
    message = full
    message.categories.append(("08", []))
    #expect(try extract.read(message.bytes).rejects == ["1  structure "])
    message.categories[message.categories.count - 1].number = "58"
    #expect(try extract.read(message.bytes).accepted == 1)
  }

  @Test("lengths that do not nest cost the message, as long as its end is told")
  func lengths() throws {
    let extract = Extract.lo3(.lg01, "bsn")
    let good = full.bytes
    var faulty = good
    // The length of the first category, one more.
    faulty[Lo3MessageDecoder.headLength + 5 + 4] += 1
    for end in [[], [0x0A]] as [[UInt8]] {
      let outcome = try extract.read(good + end + faulty + end + good)
      #expect(outcome.rows == ["123456782", "123456782"])
      #expect(outcome.rejects == ["2  structure "])
    }
    var short = full
    short.lengthError = -1
    var long = full
    long.lengthError = 1
    for message in [short, long] {
      let outcome = try extract.read(good + [0x0A] + message.bytes + [0x0A] + good)
      #expect(outcome.rejects == ["2  structure "] && outcome.accepted == 2)
      #expect(outcome.lines == [1, 3])
      #expect(extract.refusal(of: good + message.bytes + good).hasPrefix("found a message whose"))
    }
    #expect(extract.refusal(of: long.bytes).hasPrefix("the file ends too early"))
  }

  @Test("a file cut anywhere within a message is refused")
  func cut() throws {
    let extract = Extract.lo3(.lg01, "bsn")
    let message = full.bytes
    for end in [[], [0x0A]] as [[UInt8]] {
      let whole = message + end + message
      for length in 0..<whole.count {
        let refusal = extract.refusal(of: Array(whole[..<length]))
        let isWhole = length == message.count || length == message.count + end.count
        #expect(refusal.hasPrefix(isWhole ? "read 1" : "the file ends too early"), "\(length)")
      }
    }
  }

  @Test("another message, a byte order mark and NUL refuse the file")
  func others() {
    var other = full
    other.kind = "Ag01"
    #expect(all.refusal(of: other.bytes).hasPrefix("found another message, expected an Lg01"))
    #expect(
      all.refusal(of: [0xEF, 0xBB, 0xBF] + full.bytes)
        == "found the byte order mark of utf-8, expected teletex | ask the sender for teletex"
    )
    #expect(all.refusal(of: full.with("02", "0240", [0]).bytes).hasPrefix("found a NUL byte"))
    #expect(all.refusal(of: Array("<?xml version=\"1.0\"?>".utf8)).hasPrefix("the file ends"))
    let text = Array(repeating: UInt8(ascii: "x"), count: 200)
    #expect(all.refusal(of: text).hasPrefix("found another message"))
  }

  @Test("controls cost the row, line ends in a value none")
  func controls() throws {
    let extract = Extract.lo3(.lg01, "surname")
    let outcome = try extract.read(
      full.with("02", "0240", [7]).bytes + [0x0A]
        + full.with("01", "0240", [0x41, 0x0D, 0x0A, 0x42]).bytes + [0x0A] + full.bytes
    )
    #expect(outcome.rejects == ["1  control "])
    #expect(outcome.rows == ["A  B", "Gaastra"])
    #expect(outcome.lines == [2, 4])
  }

  @Test("the rows are the same in pieces of any size")
  func pieces() throws {
    var random = SeededGenerator(seed: 41)
    var bytes: [UInt8] = []
    for number in 0..<2000 {
      var message = full.with("01", "0240", "Naam\(number)")
      if random.next() % 7 == 0 { message = message.with("07", "6720", "F") }
      if random.next() % 11 == 0 { message = message.with("01", "0240", [0xFF]) }
      if random.next() % 13 == 0 { message.lengthError = Int(random.next() % 5) - 2 }
      bytes += message.bytes + [0x0A]
    }
    let whole = try all.read(bytes)
    #expect(whole.read == 2000 && whole.accepted > 1000 && whole.rejected > 100)
    for size in [16, 1000, 70_001] {
      let pieces = try all.inChunks(of: size).read(bytes)
      #expect(pieces.meaning == whole.meaning, "chunks of \(size)")
      #expect(pieces.ordinals.count > 10)
    }
  }

  @Test("no change of bytes stops the reader, and every row is accounted for")
  func mutations() throws {
    var random = SeededGenerator(seed: 43)
    let good = full.bytes + [0x0A] + full.with("01", "0240", [0xC2, 0x65]).bytes + [0x0A]
    let file = good + good
    for round in 0..<1500 {
      var bytes = file
      for _ in 0..<1 + random.next() % 4 {
        let place = Int(random.next() % UInt64(bytes.count))
        switch random.next() % 4 {
        case 0: bytes[place] = UInt8(truncatingIfNeeded: random.next())
        case 1: bytes[place] = UInt8(ascii: "0") + UInt8(random.next() % 10)
        case 2: bytes.remove(at: place)
        default: bytes.insert(UInt8(truncatingIfNeeded: random.next()), at: place)
        }
      }
      let extract = all.inChunks(of: round % 2 == 0 ? 4 << 20 : 100)
      guard let outcome = try? extract.read(bytes) else { continue }
      let skipped = outcome.skipped.values.reduce(0, +)
      #expect(
        outcome.read == outcome.accepted + outcome.rejected + skipped && outcome.read <= 4,
        "round \(round)"
      )
    }
  }
}
