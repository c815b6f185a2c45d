import Testing

@Suite("Waiting list")
struct WaitingListTests {
  @Test("The truth tells of every row whom of the register it is about, and most agree with them")
  func truthHolds() throws {
    let region = try WrittenRegion(residents: 2_000, seed: 17)
    let register = try region.rows("register/register.csv.gz")
    let list = try region.rows("waiting-list/waiting-list.csv")
    let pairs = try region.rows("truth/waiting-list-pairs.csv")
    let clusters = try region.rows("truth/waiting-list-clusters.csv")
    #expect((400...1000).contains(list.count) && clusters.count == list.count)
    #expect(pairs.count < list.count && pairs.count > list.count * 8 / 10)
    #expect(list.allSatisfy { $0["bsn"] == nil })
    var equal = 0
    for pair in pairs {
      let resident = try #require(pair["register"].flatMap { Int($0) }.map { register[$0 - 1] })
      let row = try #require(pair["waiting"].flatMap { Int($0) }.map { list[$0 - 1] })
      if resident["surname"] == row["surname"], resident["birth_date"] == row["birth_date"] {
        equal += 1
      }
    }
    #expect(equal > pairs.count * 6 / 10 && equal < pairs.count)
    let sizes = Dictionary(grouping: clusters) { $0["cluster"] ?? "" }.values.map(\.count)
    #expect(sizes.contains(2) && sizes.allSatisfy { $0 <= 2 })
  }
}
