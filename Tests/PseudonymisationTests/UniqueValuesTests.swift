import Tabular
import Testing

@testable import Pseudonymisation

@Suite("Columns of unique values")
struct UniqueValuesTests {
  @Test("of rows with an equal value the first stays, whatever chunk the others are in")
  func firstStays() throws {
    let numbers = try goodNumbers(3)
    let pseudonymiser = try SmallNight(text: CorrectingNight.text).pseudonymiser("register")
    var rows = [0, 1, 0].map { RegisterRow(bsn: numbers[$0]) }
    for (row, area) in ["a", "b", "c"].enumerated() { rows[row].area = area }
    var late = [1, 2].map { RegisterRow(bsn: numbers[$0]) }
    for (row, area) in ["d", "e"].enumerated() { late[row].area = area }
    let source = try SettledSource(pseudonymiser, [ClearBatch(rows), ClearBatch(late)])
    #expect(areas(source) == ["a", "b", "e"])
    #expect(
      source.rejects == [
        RejectedRow(file: 0, line: 4, column: "bsn", reason: .unique, shape: ""),
        RejectedRow(file: 1, line: 2, column: "bsn", reason: .unique, shape: ""),
      ]
    )
    #expect(source.staged.identities.rowCount == 3)
  }

  @Test("a row of a chunk of several files is told with its own file")
  func severalFiles() throws {
    let numbers = try goodNumbers(2)
    let pseudonymiser = try SmallNight(text: CorrectingNight.text).pseudonymiser("register")
    var batch = ClearBatch([0, 1, 0, 1].map { RegisterRow(bsn: numbers[$0]) })
    batch.files = [3, 3, 4, 6]
    let source = try SettledSource(pseudonymiser, [batch])
    #expect(source.rejects.map(\.file) == [4, 6])
    #expect(source.rejects.map(\.line) == [4, 5])
  }

  @Test("rows without a value are not alike")
  func missingValues() throws {
    let pseudonymiser = try SmallNight(text: CorrectingNight.text).pseudonymiser("register")
    let rows = [RegisterRow(), RegisterRow(), RegisterRow()]
    let source = try SettledSource(pseudonymiser, [ClearBatch(rows)])
    #expect(source.rejects.isEmpty)
    #expect(areas(source).count == 3)
  }

  @Test("two spellings of a value are one, also where no token of it is given")
  func spellings() throws {
    let text = SmallNight.text
      .replacing("surname:    {type: name, ", with: "surname:    {type: name, unique: true, ")
      .replacing("    surname:    {token: surname}\n", with: "")
    let pseudonymiser = try SmallNight(text: text).pseudonymiser("register")
    let plan = pseudonymiser.plan
    #expect(!plan.tokens.map(\.name).contains("surname"))
    #expect(plan.wanted.last == "surname")
    #expect(!plan.isNamed("surname"))
    var batch = ClearBatch(columnCount: plan.wanted.count)
    for (row, name) in ["Jansén", "Pietersen", "jansen"].enumerated() {
      batch.cells.append(Int64(row + 2))
      for column in plan.wanted {
        guard column == "surname" else {
          batch.cells.append(missingInteger)
          continue
        }
        batch.cells.append(
          ClearBatch.textCell(offset: batch.bytes.count, length: name.utf8.count)
        )
        batch.bytes += Array(name.utf8)
      }
    }
    batch.rowCount = 3
    let source = try SettledSource(pseudonymiser, [batch])
    #expect(source.rejects.map(\.line) == [4])
    #expect(source.rejects.map(\.column) == ["surname"])
    #expect(!source.staged.identities.names.contains("surname"))
  }

  @Test("a row that repeats one column does not use up the value of another")
  func rejectedRowsLeaveNoValue() throws {
    let numbers = try goodNumbers(2)
    let text = CorrectingNight.text.replacing(
      "postcode:   {type: postcode}",
      with: "postcode:   {type: postcode, unique: true}"
    )
    let pseudonymiser = try SmallNight(text: text).pseudonymiser("register")
    var rows = [numbers[0], numbers[0], numbers[1]].map { RegisterRow(bsn: $0) }
    rows[0].postcode = "7001AB"
    rows[1].postcode = "7001AC"
    rows[2].postcode = "7001AC"
    let source = try SettledSource(pseudonymiser, [ClearBatch(rows)])
    #expect(source.rejects.map(\.line) == [3])
  }

  private func areas(_ source: SettledSource) -> [String] {
    source.staged.groups.flatMap { group -> [String] in
      guard case .codes(let codes, let texts)? = group.rows.table["area"] else { return [] }
      return codes.map { $0 < 0 ? "" : texts[Int($0)] }
    }
    .sorted()
  }
}
