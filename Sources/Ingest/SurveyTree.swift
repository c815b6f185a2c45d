import Diagnostics
import PipelineFile

/// An unknown file of XML or JSON: which elements repeat, and what stands in them.
///
/// - Note: Clear identifiers pass through here.
struct SurveyTree {
  let word: String
  private(set) var keys: [String] = []
  private(set) var doubts: [String] = []
  private(set) var rowCount = 0
  private(set) var columns: [(name: String, path: String, column: SurveyColumn)] = []

  /// - Throws: `unrecognised`.
  init(_ text: SurveyText, path: String) throws(IngestError) {
    let start = text.head.first { $0 != 0x20 && $0 != 0x0A && $0 != 0x0D && $0 != 9 }
    if start == UInt8(ascii: "<") {
      if text.head.prefix(1 << 16).firstRange(of: Array("<!DOCTYPE".utf8)) != nil {
        throw .unrecognised(.doctype, Place(file: path))
      }
      word = "xml"
      let xml = SurveyXML(text.head)
      keys = ["record: \(xml.record)"]
      rowCount = xml.rowCount
      columns = xml.columns
      doubts.append("which element is a row is guessed: the one that repeats nearest to the root")
    } else {
      word = "ndjson"
      let json = SurveyJSON(text)
      rowCount = json.rowCount
      columns = json.columns
      if json.rowCount == 0 { doubts.append("no line is a JSON object by itself") }
    }
  }
}
