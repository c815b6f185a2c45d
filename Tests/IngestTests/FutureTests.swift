import Tabular
import Testing

@testable import Ingest

@Suite("Birth dates after the period")
struct FutureTests {
  private func extract(required: Bool = false, lastDay: CivilDate?) -> Extract {
    var extract = Extract.csv([
      column("id", .integer), column("birth_date", .partialDate, required: required),
      column("start", .date),
    ])
    extract.lastDay = lastDay
    return extract
  }

  private let lastDay = CivilDate(year: 2026, month: 8, day: 31)

  @Test(
    "nobody is born after the last day; what is unknown may lie before it",
    arguments: [
      ("2026-08-31", "20260831"), ("2026-09-01", "-"), ("2026-08-00", "20260800"),
      ("2026-09-00", "-"), ("2026-00-00", "20260000"), ("2027-00-00", "-"), ("20260901", "-"),
      ("0000-00-00", "-"), ("1926-09-01", "19260901"), ("2150-12-31", "-"),
    ]
  )
  func judged(text: String, expected: String) throws {
    let outcome = try extract(lastDay: lastDay).read("id;birth_date;start\n1;\(text);\n")
    #expect(outcome.rows == ["1|\(expected)|-"])
    let isBlanked = expected == "-" && text != "0000-00-00"
    #expect(outcome.blanked == (isBlanked ? ["birth_date": 1] : [:]))
  }

  @Test("where a birth date is required it costs the row, with reason and shape")
  func required() throws {
    let outcome = try extract(required: true, lastDay: lastDay)
      .read("id;birth_date;start\n1;2026-09-01;\n2;2026-08-31;\n")
    #expect(outcome.rejects == ["2 birth_date future 9{4}-9{2}-9{2}"])
    #expect(outcome.rows == ["2|20260831|-"])
  }

  @Test("without a period no birth date is judged, and other dates never are")
  func notJudged() throws {
    let text = "id;birth_date;start\n1;2100-01-01;2100-01-01\n"
    #expect(try extract(lastDay: nil).read(text).rows == ["1|21000101|2100-01-01"])
    #expect(try extract(lastDay: lastDay).read(text).rows == ["1|-|2100-01-01"])
  }

  @Test("a birth date in a message is judged too")
  func message() throws {
    var extract = Extract.iwmo([column("birth_date", .partialDate)])
    for (day, expected) in [(5, "-"), (6, "19850106")] {
      extract.lastDay = CivilDate(year: 1985, month: 1, day: day)
      let text = Message(clients: Message.client(Message.assignment)).text
      #expect(try extract.read(text).rows == [expected])
    }
  }
}
