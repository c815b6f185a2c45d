import PipelineFile
import TestSupport
import Testing

@testable import NightlyRun

@Suite struct RowComparisonTests {
  private let found = [
    ["A", "0-17", "3", "10.5000"], ["A", "18+", "4", "missing"], ["B", "0-17", "5", "0.0000"],
  ]

  private func compare(_ expected: [[(name: String, text: String)]], isWhole: Bool = false)
    -> [String]
  {
    RowComparison(
      "use",
      columns: ["area", "age", "persons", "mean"],
      keyCount: 2,
      expected.map { CaseExpectation.Row(fields: $0) },
      found: found,
      isWhole: isWhole
    ).lines.map { line in
      line.sign
        + zip(line.cells, line.differs).map { $1 ? "*\($0)" : $0 }.joined(separator: ",")
    }
  }

  @Test("a field that is not named is not compared, and noughts behind a point say nothing")
  func comparesWhatIsNamed() {
    #expect(
      compare([[("area", "A"), ("age", "0-17"), ("mean", "10.50")], [("persons", "4")]]).isEmpty
    )
    #expect(compare([[("area", "A"), ("age", "18+"), ("mean", "missing")]]).isEmpty)
  }

  @Test("what differs stands beside the row that it differs from")
  func marksDifferences() {
    #expect(
      compare([[("area", "A"), ("age", "18+"), ("persons", "5")]])
        == ["-A,18+,*5", "+A,18+,*4"]
    )
    // The label is wrong: the row that has most in common is shown.
    #expect(
      compare([[("area", "B"), ("age", "18+"), ("persons", "5")]])
        == ["-B,*18+,5", "+B,*0-17,5"]
    )
  }

  @Test("a row that is not there stands alone, and one of noughts holds")
  func tellsAbsentRows() {
    #expect(compare([[("area", "C"), ("persons", "1")]]) == ["-C,1"])
    #expect(compare([[("area", "C"), ("persons", "0")]]).isEmpty)
    // Somebody is in it: then noughts do not hold.
    #expect(compare([[("area", "B"), ("persons", "0")]]) == ["-B,*0", "+B,*5"])
  }

  @Test("a found row is taken once, first by who has all its fields")
  func takesRowsOnce() {
    #expect(
      compare([[("area", "A"), ("persons", "9")], [("area", "A"), ("persons", "3")]])
        == ["-A,*9", "+A,*4"]
    )
    #expect(compare([[("area", "B")], [("area", "B")]]) == ["-B"])
  }

  @Test("nothing expected of a whole means that nothing may be there")
  func expectsNothing() {
    #expect(compare([], isWhole: true).count == 3)
    #expect(compare([]).isEmpty)
  }

  @Test("any row that is written is read as it was, with its marks for figures that are not there")
  func readsPublishedRows() {
    let rows = PublishedRows(
      Array("area,n,n_mark\n\"a, \"\"b\"\"\",1,\n\"\"\"\",,missing\nx,,\n".utf8)
    )
    #expect(rows.columns == ["area", "n", "n_mark"])
    #expect(
      rows.rows == [["a, \"b\"", "1", ""], ["\"", "missing", "missing"], ["x", "", ""]]
    )
  }
}
