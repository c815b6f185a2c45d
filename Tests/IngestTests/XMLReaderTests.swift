import Files
import TestSupport
import Testing

@testable import Ingest

@Suite("XML reader")
struct XMLReaderTests {
  /// What the reader tells of a document: `<a`, `>a`, texts; then how it ended.
  private func nodes(_ bytes: [UInt8], pieces: Int = .max) -> [String] {
    let input = XMLInput(Pieces(bytes, of: pieces))
    guard var reader = XMLReader(input) else { return ["no reader"] }
    var nodes: [String] = []
    var text: [UInt8] = []
    func told(_ node: String) {
      if !text.isEmpty { nodes.append(String(decoding: text, as: UTF8.self)) }
      text = []
      nodes.append(node)
    }
    do throws(XMLFault) {
      while let node = try reader.read() {
        let name = unsafe reader.localName.map { unsafe String(cString: $0) } ?? ""
        switch node {
        case .elementStart: told("<\(name) \(reader.depth)")
        case .elementEnd: told(">\(name) \(reader.depth)")
        case .text: unsafe text.append(contentsOf: reader.text)
        case .documentType, .entity, .other: told("?")
        }
      }
      told("end")
    } catch {
      told(input.longRun.map { "long \($0)" } ?? "fault \(error.code) line \(error.line)")
    }
    return nodes
  }

  private func nodes(_ text: String, pieces: Int = .max) -> [String] {
    nodes(Array(text.utf8), pieces: pieces)
  }

  @Test("elements start and end, with their depth; white space before a text is not told")
  func order() {
    #expect(
      nodes("<a>\n <b/> x<![CDATA[<]]>y&#32;&amp; z<c> </c>\n</a>")
        == ["<a 0", "<b 1", ">b 1", "x<y & z", "<c 1", ">c 1", ">a 0", "end"]
    )
  }

  @Test("pieces of any size give the same nodes, in every encoding", arguments: [1, 3, 16_384])
  func pieces(size: Int) {
    let inner = (0..<3000).map { "<c n=\"\($0)\">é€\($0) é &lt;\n</c>" }.joined()
    func document(_ encoding: String) -> String {
      "<?xml version=\"1.0\" encoding=\"\(encoding)\"?><a>\(inner)</a>"
    }
    let utf8 = nodes(document("UTF-8"))
    #expect(utf8.count == 3000 * 3 + 3)
    #expect(nodes(document("UTF-8"), pieces: size) == utf8)
    var wide: [UInt8] = [0xFF, 0xFE]
    for unit in document("UTF-16").utf16 { wide += [UInt8(unit & 0xFF), UInt8(unit >> 8)] }
    #expect(nodes(wide, pieces: size) == utf8)
    let latin = document("ISO-8859-1").replacing("€", with: "§").unicodeScalars.map {
      UInt8(truncatingIfNeeded: $0.value)
    }
    #expect(nodes(latin, pieces: size) == utf8.map { $0.replacing("€", with: "§") })
  }

  @Test("what stands before a fault is told, then the fault with its line")
  func faults() {
    #expect(nodes("<a>\n<b>x</b>\n</c>") == ["<a 0", "<b 1", "x", ">b 1", "fault 76 line 3"])
    #expect(nodes("<a>\n<b>") == ["<a 0", "<b 1", "fault 77 line 2"])
    #expect(nodes("").last?.hasPrefix("fault") == true)
    #expect(nodes("<a/><b/>").last?.hasPrefix("fault 5") == true)
    #expect(nodes("<p:a/>").last?.hasPrefix("fault 201") == true)
  }

  @Test("attributes are told by name and name space, with their value as it is meant")
  func attributes() throws {
    let text = "<a xmlns:s=\"urn:s\" n='1 &amp; \"2\"' s:n='3' e=''><b/></a>"
    guard var reader = XMLReader(XMLInput(Pieces(Array(text.utf8), of: 5))) else {
      Issue.record("no reader")
      return
    }
    func value(_ reader: borrowing XMLReader, _ name: String, _ space: String = "") -> String? {
      var bytes: [UInt8] = []
      let count = reader.appendAttribute(Array(name.utf8), space: Array(space.utf8), to: &bytes)
      return count == 1 ? String(decoding: bytes, as: UTF8.self) : nil
    }
    var node = try reader.read()
    #expect(node == .elementStart)
    #expect(value(reader, "n") == "1 & \"2\"")
    #expect(value(reader, "n", "urn:s") == "3")
    #expect(value(reader, "e") == "")
    #expect(value(reader, "x") == nil)
    node = try reader.read()
    #expect(node == .elementStart)
    #expect(value(reader, "n") == nil)
  }

  @Test("a tag of many attributes is refused, in whatever pieces it comes", arguments: [7, 4096])
  func refusesLongTag(pieces: Int) {
    let attributes = (0..<20_000).map { " a\($0)='>'" }.joined()
    #expect(nodes("<a>x</a>".dropLast(4) + "<b\(attributes)/>", pieces: pieces).last == "long tag")
    #expect(nodes("<\(String(repeating: "b", count: 1 << 17))/>").last == "long tag")
  }

  @Test("long texts, comments and many short tags are no long tag", arguments: [7, 4096])
  func takesLongTexts(pieces: Int) {
    let long = String(repeating: "it's ", count: 100_000)
    #expect(nodes("<a>\(long)</a>", pieces: pieces).count == 4)
    #expect(nodes("<a><!--\(long)--></a>", pieces: pieces) == ["<a 0", ">a 0", "end"])
    #expect(nodes("<?a \(long)?><a/>", pieces: pieces) == ["<a 0", ">a 0", "end"])
    let tags = String(repeating: "<a b=\"1\" c='>'/>", count: 10_000)
    #expect(nodes("<r>\(tags)</r>", pieces: pieces).count == 20_003)
    let blank = String(repeating: " \n", count: 1 << 20)
    #expect(nodes("<a>\(blank)</a>", pieces: 4096) == ["<a 0", ">a 0", "end"])
  }

  @Test("a text or a comment of more than 1 MiB is refused; between other tags it may stand")
  func refusesLongText() {
    let fits = String(repeating: "x", count: 1 << 20)
    #expect(nodes("<a>\(fits)</a>").last == "end")
    #expect(nodes("<a>\(fits)x</a>").last == "long text")
    #expect(nodes("<a>\(fits)<b/>\(fits)</a>").last == "end")
    #expect(nodes("<a><![CDATA[\(fits)]]><!-- -->x</a>").last == "long text")
    #expect(nodes("<a><!--\(fits)\(fits)--></a>").last == "long text")
  }

  @Test("a million open elements end the reading")
  func endlessDepth() {
    let told = nodes(String(repeating: "<a>", count: 1_000_000))
    #expect(told.count < 10_000)
    #expect(told.last?.hasPrefix("fault") == true)
  }
}

/// Bytes that come in pieces of some size.
final class Pieces: ByteInput {
  private let bytes: [UInt8]
  private let size: Int
  private var position = 0
  let failure: FilesError? = nil

  init(_ bytes: [UInt8], of size: Int) {
    self.bytes = bytes
    self.size = size
  }

  func read(into buffer: UnsafeMutableRawBufferPointer) -> Int {
    let count = min(size, buffer.count, bytes.count - position)
    unsafe buffer.copyBytes(from: bytes[position..<position + count])
    position += count
    return count
  }
}
