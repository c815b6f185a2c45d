import PipelineFile
import Tabular
import Testing

@testable import Ingest

@Suite("Tariff records of ZH308")
struct VektisTariffTests {
  let extract = Extract.vektis(vektisColumns("activity", "performer", "amount"))

  private func activity(_ code: String, _ sequence: Int = 1) -> VektisActivity {
    var activity = VektisActivity()
    activity.activity = code
    activity.sequence = sequence
    return activity
  }

  @Test("an amount is the signed sum of the tariff records, before and behind the activity")
  func sums() throws {
    var file = VektisFile(.zh308)
    let person = VektisPerson()
    file.add(person)
    file.addTariff(100, activity("A"), of: person)
    file.add(activity("A"), of: person)
    file.add(activity("A", 2), of: person)
    file.addTariff(-30, activity("A"), of: person)
    file.addTariff(7, activity("A", 2), of: person)
    file.addTariff(-500, activity("B"), of: person)
    file.add(FixedRecord("16", length: 610))
    file.add(activity("B"), of: person)
    file.add(activity("C"), of: person)
    file.close()
    #expect(
      try extract.read(file.bytes).rows == [
        "A|11223344|70", "A|11223344|7", "B|11223344|-500", "C|-|0",
      ]
    )
  }

  @Test("the performer is that of the first tariff record")
  func performer() throws {
    var file = VektisFile(.zh308)
    file.add(VektisPerson())
    var first = activity("A")
    first.performer = "00000001"
    var second = activity("A")
    second.performer = "00000002"
    file.addTariff(1, first, of: VektisPerson())
    file.add(activity("A"), of: VektisPerson())
    file.addTariff(1, second, of: VektisPerson())
    file.close()
    #expect(try extract.read(file.bytes).rows == ["A|00000001|2"])
  }

  @Test("a tariff record without activity is an orphan, told in the order of the file")
  func orphans() throws {
    var file = VektisFile(.zh308)
    let person = VektisPerson()
    var other = person
    other.number = "1"
    file.add(person)
    file.addTariff(1, activity("X"), of: person)
    file.add(activity("A"), of: person)
    file.addTariff(2, activity("A"), of: other)
    file.addTariff(3, activity("A"), of: person)
    file.add(person)
    file.addTariff(4, activity("A"), of: person)
    file.close()
    let outcome = try extract.read(file.bytes)
    #expect(outcome.rows == ["A|11223344|3"])
    #expect(outcome.rejects == ["3  orphan ", "5  orphan ", "8  orphan "])
    #expect(outcome.read == 4)
  }

  @Test("each part of the key tells activities apart")
  func keys() throws {
    let places = VektisFile.Standard.zh308
    for part in ["code_list", "activity", "start", "sequence"] {
      let place = try #require(places.tariff[part])
      var file = VektisFile(.zh308)
      file.add(VektisPerson())
      file.add(activity("A"), of: VektisPerson())
      file.addTariff(1, activity("A"), of: VektisPerson())
      file.addTariff(2, activity("A"), of: VektisPerson())
      file.change(4) { $0.put("8", place.upperBound...place.upperBound) }
      file.close()
      let outcome = try extract.read(file.bytes)
      #expect(outcome.rows == ["A|11223344|1"], "\(part)")
      #expect(outcome.rejects == ["5  orphan "], "\(part)")
    }
  }

  @Test("of two activities with one key the second is refused")
  func repeatedKey() throws {
    var file = VektisFile(.zh308)
    file.add(VektisPerson())
    file.addTariff(5, activity("A"), of: VektisPerson())
    file.add(activity("A"), of: VektisPerson())
    file.add(activity("A"), of: VektisPerson())
    file.close()
    let outcome = try extract.read(file.bytes)
    #expect(outcome.rows == ["A|11223344|5"])
    #expect(outcome.rejects == ["5  unique "])
  }

  @Test("tariff records of an activity that is passed over or refused are no orphans")
  func passedOver() throws {
    var file = VektisFile(.zh308)
    let person = VektisPerson()
    file.add(person)
    var objection = activity("A")
    objection.forwarding = "0"
    file.addTariff(5, objection, of: person)
    file.add(objection, of: person)
    var other = person
    other.bsn = "999900018"
    file.add(activity("B"), of: other)
    file.addTariff(6, activity("B"), of: other)
    file.close()
    let outcome = try extract.read(file.bytes)
    #expect(outcome.rows.isEmpty)
    #expect(outcome.skipped == [.objection: 1])
    #expect(outcome.rejects == ["5  parent "])
  }

  @Test("a faulty tariff record refuses its activity, and its amount still counts")
  func faultyTariff() throws {
    var file = VektisFile(.zh308)
    file.add(VektisPerson())
    file.add(activity("A"), of: VektisPerson())
    file.addTariff(5, activity("A"), of: VektisPerson())
    file.addTariff(6, activity("A"), of: VektisPerson())
    file.change(4) { $0.put("\u{1}", 116...116) }
    file.close()
    let outcome = try extract.read(file.bytes)
    #expect(outcome.rejects == ["3  control "])
  }

  @Test("hundreds of activities of one person find their amounts")
  func many() throws {
    var file = VektisFile(.zh308)
    let person = VektisPerson()
    file.add(person)
    let all = (1...90).flatMap { number in
      ["P", "Q", "R"].map { activity($0 + String(number), number) }
    }
    for (number, activity) in all.enumerated() {
      file.addTariff(number, activity, of: person)
      if number % 2 == 0 { file.add(activity, of: person) }
    }
    for (number, activity) in all.enumerated().reversed() {
      file.addTariff(1000, activity, of: person)
      if number % 2 == 1 { file.add(activity, of: person) }
    }
    file.add(person)
    file.close()
    let outcome = try extract.read(file.bytes)
    #expect(outcome.accepted == 270)
    #expect(
      Set(outcome.rows)
        == Set(all.enumerated().map { "\($1.activity)|11223344|\($0 + 1000)" })
    )
  }

  @Test("more records of one person than may be held refuse the file")
  func limit() {
    var services = VektisServices()
    services.begin(at: 0)
    var record = FixedRecord("06", length: 610)
    record.putInsured(VektisPerson())
    for number in 0..<VektisServices.limit / 2 {
      #expect(!services.isFull)
      record.number(number, 49...62)
      _ = services.takeTariff(
        record.bytes.span,
        VektisLayout.Key(codeList: 43, activity: 49, start: 55, sequence: 63),
        cents: 1,
        fault: Fault.none,
        line: number
      )
    }
    #expect(services.isFull)
  }
}
