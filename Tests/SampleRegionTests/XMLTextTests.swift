import Testing

@testable import SampleRegion

@Suite("XML text")
struct XMLTextTests {
  @Test("Text in messages is escaped")
  func escaping() {
    var xml = XMLText(message: "wmo301", sender: 0)
    xml.element("Commentaar", "a < b & c > d")
    xml.element("Leeg", "")
    let text = String(decoding: xml.finished(), as: UTF8.self)
    #expect(text.contains("<wmo301:Commentaar>a &lt; b &amp; c &gt; d</wmo301:Commentaar>"))
    #expect(!text.contains("Leeg"))
    #expect(parsed(text)?.texts("Commentaar") == ["a < b & c > d"])
  }
}
