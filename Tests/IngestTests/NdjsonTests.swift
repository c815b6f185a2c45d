import PipelineFile
import Tabular
import TestSupport
import Testing

@testable import Ingest

/// A column of NDJSON at a path.
func column(_ name: String, _ type: ColumnType, at path: String, euros: Bool = false)
  -> SourceColumn
{
  var made = column(name, type, euros: euros)
  made.address = .path(path)
  return made
}

extension Extract {
  static func ndjson(_ columns: [SourceColumn]) -> Extract {
    Extract(columns: columns, format: .ndjson(), fileName: "extract.ndjson")
  }
}

@Suite("NDJSON")
struct NdjsonTests {
  private static let columns = [
    column("id", .integer, required: true), column("name", .name),
    column("street", .text, at: "address.street"), column("first", .name, at: "names[0]"),
    column("bsn", .bsn, at: "identifier[system=http://fhir.nl/bsn].value"),
    column("amount", .money, at: "amount", euros: true), column("paid", .yesNo),
  ]

  @Test("columns are found by key and by path, in any order, and the rest is passed over")
  func paths() throws {
    let outcome = try Extract.ndjson(Self.columns).read(
      """
      {"id":1,"name":"Aï","address":{"street":"Kade 1","no":[1,{"id":9}]},"names":["Ann","Bob"],"identifier":[{"system":"x","value":"1"},{"value":"123456782","system":"http://fhir.nl/bsn"}],"amount":12.5,"paid":true}

      { "paid" : false , "unknown":{"id":[[]]}, "id" : "22" , "name":null, "address":null}\r
        \t
      {"id":3,"amount":"0.07","names":[],"identifier":[]}
      """
    )
    #expect(
      outcome.rows == [
        "1|Aï|Kade 1|Ann|123456782|1250|1", "22|-|-|-|-|-|0", "3|-|-|-|-|7|-",
      ]
    )
    #expect(outcome.lines == [1, 3, 5])
    #expect(outcome.read == 3)
  }

  @Test(
    "a line that is no JSON object, or not that of the columns, is refused and costs itself alone",
    arguments: [
      ("{\"id\":1", " structure "), ("[1]", " structure "), ("7", " structure "),
      ("{\"id\":1}}", " structure "), ("{\"id\":1,}", " structure "), ("{'id':1}", " structure "),
      ("{\"id\":01}", " structure "), ("{\"id\":1.}", " structure "),
      ("{\"id\":+1}", " structure "),
      ("{\"id\":NaN}", " structure "), ("{\"id\":tru}", " structure "), ("nope", " structure "),
      ("{\"id\":1,\"id\":1}", " structure "),
      ("{\"x\":{\"a\":1,\"\\u0061\":2},\"id\":1}", " structure "),
      ("{\"id\":{\"a\":1}}", "id structure {"), ("{\"id\":[1]}", "id structure ["),
      ("{\"id\":1,\"address\":\"Kade\"}", "street structure a{4}"),
      ("{\"id\":1,\"names\":{\"a\":1}}", "first structure {"),
      ("{\"id\":1e3}", "id number 9a9"), ("{\"id\":1.5}", "id number 9.9"),
      ("{\"id\":true}", "id number a{4}"), ("{\"name\":\"x\"}", "id required empty"),
      ("{\"id\":1,\"name\":\"a\u{1}b\"}", " control "),
      ("{\"id\":1,\"name\":\"a\\nb\"}", "name control"),
      ("{\"id\":1,\"name\":\"a\\u0000b\"}", "name nul"),
      ("{\"id\":1,\"other\":\"\\ud800x\"}", " encoding "),
      ("{\"id\":1,\"other\":\"\\udc00\"}", " encoding "),
      ("{\"id\":1,\"other\":\"\\x\"}", " structure "),
      ("{\"id\":1,\"other\":\"\\u12g4\"}", " structure "),
      (String(repeating: "[", count: 65), " limit "),
      (
        "{\"id\":1,\"a\":" + String(repeating: "[", count: 64) + String(repeating: "]", count: 64)
          + "}", " limit "
      ),
    ]
  )
  func refused(line: String, reject: String) throws {
    let outcome = try Extract.ndjson(Self.columns).read(
      "{\"id\":1}\n\(line)\n{\"id\":2}\n"
    )
    #expect(outcome.lines == [1, 3])
    #expect(outcome.rejects.count == 1)
    #expect(outcome.rejects.first?.hasPrefix("2 \(reject)") == true, "\(outcome.rejects)")
  }

  @Test("what a JSON text may hold is taken as it is meant")
  func accepted() throws {
    let columns = [column("name", .text), column("n", .text), column("deep", .text, at: "a.b.c")]
    let deep = String(repeating: "[", count: 63) + String(repeating: "]", count: 63)
    let outcome = try Extract.ndjson(columns).read(
      """
      {"name":"\\u00e9\\"\\\\\\/\\ud83d\\ude00 \\u20AC","n":-0.5E+10,"x":\(deep)}
      {"na\\u006de":"é","n":false,"a":{"b":{"c":"d"}},"\\u0000":"\\n"}
      {"n":"","name":" ","a":{"b":null}}
      """
    )
    #expect(outcome.rows == ["é\"\\/😀 €|-0.5E+10|-", "é|false|d", "-|-|-"])
    #expect(outcome.rejects == [])
  }

  @Test("bytes that are no UTF-8 refuse the line wherever they stand")
  func encoding() throws {
    let good = Array("{\"id\":1}\n".utf8)
    for bad: [UInt8] in [[0xE9], [0xC3, 0x28], [0xED, 0xA0, 0x80], [0xC0, 0x80], [0xF5, 0x80]] {
      let line = Array("{\"id\":2,\"x\":\"".utf8) + bad + Array("\\u0041\"}\n".utf8)
      let outcome = try Extract.ndjson(Self.columns).read(good + line + good)
      #expect(outcome.rejects == ["2  encoding "])
      let key = Array("{\"id\":2,\"".utf8) + bad + Array("\":1}\n".utf8)
      let keys = try Extract.ndjson(Self.columns).read(key + good + key)
      #expect(keys.rejects == ["1  encoding ", "3  encoding "])
    }
  }

  @Test("a byte order mark is swallowed; that of UTF-16, and a NUL at the start, refuse the file")
  func start() throws {
    let extract = Extract.ndjson(Self.columns)
    #expect(try extract.read([0xEF, 0xBB, 0xBF] + Array("{\"id\":1}".utf8)).rows.count == 1)
    #expect(extract.refusal(of: [0xFF, 0xFE, 0x7B, 0]).contains("utf-16"))
    #expect(extract.refusal(of: Array("{\"id\":1}\n\0".utf8)).contains("NUL"))
    #expect(try extract.read("").read == 0)
    let late = Array(repeating: Array("{\"id\":1}\n".utf8), count: 500).joined() + [0x7B, 0, 0x7D]
    #expect(try extract.read(Array(late)).rejects == ["501  nul "])
  }

  @Test("a line beyond 16 MiB is refused, and memory does not grow with it")
  func longLine() throws {
    let long =
      Array("{\"id\":2,\"x\":\"".utf8) + [UInt8](repeating: 0x61, count: 40 << 20)
      + Array("\"}\n{\"id\":3}\n".utf8)
    let outcome = try Extract.ndjson(Self.columns).inChunks(of: 1 << 16)
      .read(Array("{\"id\":1}\n".utf8) + long)
    #expect(outcome.rejects == ["2  line-length "])
    #expect(outcome.lines == [1, 3])
  }

  @Test("a text beyond 64 KiB that is read is refused, one that is passed over is not")
  func longText() throws {
    let long = String(repeating: "a", count: 65_537)
    let outcome = try Extract.ndjson(Self.columns).read(
      "{\"id\":1,\"x\":\"\(long)\"}\n{\"id\":1,\"name\":\"\(long)\"}\n"
    )
    #expect(outcome.lines == [1])
    #expect(outcome.rejects.first?.hasPrefix("2 name limit") == true)
  }

  @Test(
    "an object of many keys is searched for a repeated one",
    arguments: [30, 64, 255, 257, 4000]
  )
  func manyKeys(count: Int) throws {
    let keys = (0..<count).map { "\"key-of-some-length-\($0)-and-an-end\":\($0)" }
    let good = "{\"id\":1," + keys.joined(separator: ",") + "}"
    let repeated = "{\"id\":1," + (keys + [keys[count / 2]]).joined(separator: ",") + "}"
    let outcome = try Extract.ndjson(Self.columns).read(good + "\n" + repeated + "\n")
    #expect(outcome.lines == [1])
    #expect(outcome.rejects == ["2  structure "])
  }

  @Test("records whose keys come in another order, or are others, are read alike")
  func keyOrder() throws {
    var random = SeededGenerator(seed: 3)
    var text = ""
    var expected: [String] = []
    for number in 0..<2000 {
      var members = [
        "\"id\":\(number)", "\"name\":\"n\(number)\"", "\"address\":{\"street\":\"s\(number)\"}",
        "\"a-key-that-is-longer-than-any-step\":{\"id\":0}", "\"x\(number % 60)\":[{\"name\":1}]",
        "\"ident\":{\"id\":1,\"name\":\"\"}",
      ]
      if number % 3 != 0 { members.shuffle(using: &random) }
      let isRepeated = number % 50 == 7
      if isRepeated { members.append(members[Int.random(in: 0..<6, using: &random)]) }
      if !isRepeated { expected.append("\(number)|n\(number)|s\(number)|-|-|-|-") }
      text += "{" + members.joined(separator: ",") + "}\n"
    }
    let outcome = try Extract.ndjson(Self.columns).read(text)
    #expect(outcome.rows == expected)
    #expect(outcome.rejectReasons == ["structure"])
  }

  @Test("an object of more than 4,096 keys is refused")
  func tooManyKeys() throws {
    let keys = (0..<4096).map { "\"k\($0)\":0" }.joined(separator: ",")
    let outcome = try Extract.ndjson(Self.columns).read("{\(keys),\"id\":1}\n{\"id\":1}\n")
    #expect(outcome.rejects == ["1  limit "])
  }

  @Test("where chunks end changes no row and no reject", arguments: 0..<20 as Range<UInt64>)
  func chunkSize(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let lines = [
      "{\"id\":1,\"name\":\"Ann\"}", "{\"id\":", "", "{\"name\":\"\\u00e9\",\"id\":2}", " \r",
      "{\"id\":3,\"names\":[\"é\",{}],\"amount\":1.23}", "{\"id\":4,\"amount\":1.234}",
    ]
    var text = ""
    for _ in 0..<400 { text += (lines.randomElement(using: &random) ?? "") + "\n" }
    let whole = try Extract.ndjson(Self.columns).read(text)
    #expect(whole.read > 100)
    for size in [16, 64, 777, 4096] {
      let outcome = try Extract.ndjson(Self.columns).inChunks(of: size).read(text)
      #expect(outcome.meaning == whole.meaning, "seed \(seed), chunks of \(size)")
    }
  }
}
