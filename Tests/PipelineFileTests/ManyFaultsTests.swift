import Diagnostics
import Foundation
import Testing

@testable import PipelineFile

@Suite struct ManyFaultsTests {
  /// What is changed in the region's pipeline, and the place and sentence that it draws.
  private static let mistakes: [(old: String, new: String, caret: String, sentence: String)] = [
    ("owner: data@regio.example", "ownr: data@regio.example", "ownr", "no key 'ownr'"),
    ("default: 2026-08}", "default: 2026-18}", "2026-18", "expected a month"),
    ("prefix:        {type: name}", "prefix:        {type: nam}", "nam}", "found 'nam'"),
    ("range: 1..99999", "range: 99999..1", "99999..1", "a range that is none"),
    ("[0-9A-Z]{2}\"", "[0-9A-Z{2}\"", "\"WK", "POSIX extended expression"),
    ("fail_above: 1 %}", "fail_above: 1}", "1}\n\n", "expected a percentage"),
    ("messages: [301,", "messages: [302,", "302", "not built yet"),
    ("surname:       {token: surname}", "surname:       keep", "keep\n    first", "by itself"),
    ("district:      keep", "distrct:       keep", "distrct", "no source has a column 'distrct'"),
    ("amount:        keep", "amount:        &a keep", "&a", "an anchor"),
    ("on: [surname, first_names,", "on: [surname, first_name,", "first_name,", "'first_name'"),
    ("band(age, 0, 18, 45,", "band(age, 0, 45, 18,", "18, 65", "do not rise"),
    ("where care_type = hospital", "where care_tipe = hospital", "care_tipe", "'care_tipe'"),
    ("method: hide ", "method: suppress ", "suppress", "not built yet"),
    (
      "tables: [use-by-neighbourhood, cost", "tables: [use-by-neighborhood, cost",
      "use-by-neighborhood,", "no table"
    ),
  ]

  @Test("Fifteen mistakes draw fifteen messages, each at its place, in file order")
  func tellsFifteen() throws {
    let path = repository + "/pipelines/region.yaml"
    var text = try String(contentsOfFile: path, encoding: .utf8)
    for mistake in Self.mistakes {
      try #require(text.contains(mistake.old), "the pipeline has no '\(mistake.old)'")
      text = text.replacing(mistake.old, with: mistake.new, maxReplacements: 1)
    }
    let found = faults(of: text)
    #expect(found.count == 15, "\(found.map(\.text).joined(separator: "\n"))")
    for (fault, mistake) in zip(found, Self.mistakes) {
      #expect(fault.place == place(of: mistake.caret, in: text), "\(fault.text)")
      #expect(fault.sentence.contains(mistake.sentence), "\(fault.text)")
      #expect(fault.excerpt != nil)
    }
  }
}
