import TestSupport
import Testing

@testable import Linkage
@testable import PipelineFile
@_spi(Pseudonymisation) @testable import Tabular

@Suite("Patterns of agreement")
struct PairComparerTests {
  private let comparisons = [
    Comparison(column: "surname", levels: [.exact, .dice(hundredths: 90), .dice(hundredths: 60)]),
    Comparison(column: "birth_date", levels: [.exact, .part(column: "birth_date_year")]),
    Comparison(column: "sex", levels: [.exact]),
  ]

  /// Each value of a column has one filter; every fifth has none.
  private func filters(_ records: [PlainRecord]) -> FieldFilters {
    var words: [UInt64] = []
    var numbers: [Int32] = []
    for record in records {
      guard let value = record["surname"].flatMap(UInt64.init), value % 5 != 0 else {
        numbers.append(-1)
        continue
      }
      var random = SeededGenerator(seed: value / 3)
      numbers.append(Int32(words.count / FieldFilters.wordCount))
      words += (0..<FieldFilters.wordCount).map { word in
        UInt64(word) < value % 3 * 3 ? UInt64(value) &* 0x9E37_79B9 : random.next()
      }
    }
    return FieldFilters(vouchingFor: words, numbers: numbers)
  }

  private func records(_ count: Int, _ random: inout SeededGenerator) -> [PlainRecord] {
    var records = randomRecords(count, random: &random)
    for number in records.indices where records[number]["surname"] != nil {
      records[number]["surname"] = String(Int.random(in: 1...12, using: &random))
    }
    return records
  }

  @Test("states agree with a plain comparison of two records", arguments: 0..<40 as Range<UInt64>)
  func agrees(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let spine = records(20, &random)
    let source = records(20, &random)
    let left = ComparedSide(staged(spine, allColumns), filters: ["surname": filters(spine)])
    let right = ComparedSide(staged(source, allColumns), filters: ["surname": filters(source)])
    let columns = comparisons.compactMap { ComparedColumn($0, left: left, right: right) }
    try #require(columns.count == comparisons.count)
    let comparer = PairComparer(columns)
    let fellows = spine.indices.map { Int32($0) }
    var batch = PairBatch()
    for record in source.indices { batch.append(fellows, ofRight: record) }
    comparer.compare(&batch)
    for record in source.indices {
      for fellow in spine.indices {
        let pattern = Int(batch.patterns[record * spine.count + fellow])
        let states = comparisons.indices.map { comparer.space.state(of: $0, in: pattern) }
        let plain = [
          surnameState(left, fellow, right, record, spine[fellow], source[record]),
          dateState(spine[fellow], source[record]),
          exactState(spine[fellow]["sex"], source[record]["sex"], none: 1),
        ]
        #expect(states == plain, "seed \(seed)")
        #expect(comparer.pattern(fellow, record) == pattern)
      }
    }
  }

  @Test("a comparison needs its columns and filters on both sides")
  func needsColumns() {
    let records: [PlainRecord] = [["surname": "1", "sex": "1"]]
    let full = ComparedSide(
      staged(records, ["surname", "sex"]),
      filters: ["surname": filters(records)]
    )
    let bare = ComparedSide(staged(records, ["surname", "sex"]))
    let poor = ComparedSide(staged(records, ["sex"]))
    #expect(ComparedColumn(comparisons[0], left: full, right: full) != nil)
    #expect(ComparedColumn(comparisons[0], left: full, right: bare) == nil)
    #expect(ComparedColumn(comparisons[0], left: poor, right: full) == nil)
    #expect(ComparedColumn(comparisons[1], left: full, right: full) == nil)
  }

  private func exactState(_ left: String?, _ right: String?, none: Int) -> Int {
    guard let left, let right else { return none + 1 }
    return left == right ? 0 : none
  }

  private func dateState(_ left: PlainRecord, _ right: PlainRecord) -> Int {
    let date = exactState(left["birth_date"], right["birth_date"], none: 1)
    if date == 0 { return 0 }
    let year = exactState(left["birth_date_year"], right["birth_date_year"], none: 1)
    if year == 0 { return 1 }
    return date == 2 || year == 2 ? 3 : 2
  }

  private func surnameState(
    _ leftSide: ComparedSide,
    _ leftRecord: Int,
    _ rightSide: ComparedSide,
    _ rightRecord: Int,
    _ left: PlainRecord,
    _ right: PlainRecord
  ) -> Int {
    guard let one = left["surname"], let other = right["surname"] else { return 4 }
    if one == other { return 0 }
    guard let leftFilters = leftSide.filters["surname"],
      let rightFilters = rightSide.filters["surname"], leftFilters.numbers[leftRecord] >= 0,
      rightFilters.numbers[rightRecord] >= 0
    else { return 4 }
    let first = bits(leftFilters.filter(Int(leftFilters.numbers[leftRecord])))
    let second = bits(rightFilters.filter(Int(rightFilters.numbers[rightRecord])))
    let dice =
      2 * Double(first.intersection(second).count) / Double(first.count + second.count)
    return dice >= 0.9 ? 1 : dice >= 0.6 ? 2 : 3
  }

  private func bits(_ filter: ArraySlice<UInt64>) -> Set<Int> {
    var bits: Set<Int> = []
    for (number, word) in filter.enumerated() {
      for bit in 0..<64 where word >> UInt64(bit) & 1 == 1 { bits.insert(64 * number + bit) }
    }
    return bits
  }
}
