import Foundation
import Testing

@testable import Tabular

@Suite("JSON values")
struct JSONValueTests {
  @Test("canonical text has sorted keys, no blanks and the shortest escapes")
  func canonical() {
    let value: JSONValue = [
      "b": [1, true, .null, "é\n\"\\\u{1}"], "a": [:], "aa": -5, "Z": [],
    ]
    #expect(value.canonical == #"{"Z":[],"a":{},"aa":-5,"b":[1,true,null,"é\n\"\\\u0001"]}"#)
  }

  @Test("pretty text is the same value for people")
  func pretty() throws {
    let value: JSONValue = ["b": [1, ["c": "x"]], "a": [:]]
    #expect(
      value.pretty == """
        {
          "a": {},
          "b": [
            1,
            {
              "c": "x"
            }
          ]
        }

        """
    )
    #expect(try JSONDecoder().decode(JSONValue.self, from: Data(value.pretty.utf8)) == value)
  }

  @Test("keys sort by UTF-16 code units, as RFC 8785 asks")
  func keyOrder() {
    let value: JSONValue = ["\u{FB33}": 1, "\u{1F600}": 2, "\u{20AC}": 3]
    #expect(value.canonical == "{\"\u{20AC}\":3,\"\u{1F600}\":2,\"\u{FB33}\":1}")
  }
}
