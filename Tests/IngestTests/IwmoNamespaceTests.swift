import PipelineFile
import Tabular
import Testing

@testable import Ingest

@Suite("Name spaces of iWmo")
struct IwmoNamespaceTests {
  let client = Extract.iwmo(
    iwmoColumns(
      "message",
      "bsn",
      "birth_date",
      "sex",
      "prefix",
      "surname",
      "first_names",
      "product",
      "start"
    )
  )

  @Test(
    "prefixes mean nothing: the same message under any of them gives the same row",
    arguments: [
      ("wmo301:", "iwmo:"), ("", "b:"), ("a:", ""), ("iwmo:", "wmo301:"), ("ns1:", "ns2:"),
    ]
  )
  func prefixes(message: String, types: String) throws {
    let text = Message(prefixes: (message, types), clients: Message.client(Message.assignment)).text
    #expect(
      try client.read(text).rows == [
        "301|123456782|19850106|male|van|Gaastra|Jan Piet|07A03|2026-08-15"
      ]
    )
  }

  @Test("an element of another name space is not the one that is looked for")
  func otherNamespace() throws {
    let extra =
      "<x:Geslacht xmlns:x=\"http://example.org\">2</x:Geslacht><Bsn xmlns=\"\">111222333</Bsn>"
    let text = Message(clients: Message.client(Message.assignment, extra: extra)).text
    #expect(try client.read(text).rows.first?.hasPrefix("301|123456782|19850106|male") == true)
  }

  @Test("a name space may be declared anew in the message, and a prefix mean another there")
  func innerNamespace() throws {
    let space = "http://www.istandaarden.nl/iwmo/3_2/wmo301/schema"
    let plain = Message.client(Message.assignment)
    let again = plain.replacing("<m:Bsn>", with: "<again:Bsn xmlns:again=\"\(space)\">")
      .replacing("</m:Bsn>", with: "</again:Bsn>")
    let other = plain.replacing("<m:Bsn>", with: "<m:Bsn xmlns:m=\"urn:other\">")
    let clients = (0..<20).map { [plain, again, other][$0 % 3] }.joined()
    let text = Message(clients: clients).text
      .replacing("xmlns:m=\"urn", with: "xmlns:wmo301=\"urn")
    let rows = try Extract.iwmo(iwmoColumns("bsn", "product")).read(text).rows
    #expect(rows == (0..<20).map { $0 % 3 == 2 ? "-|07A03" : "123456782|07A03" })
  }
}
