import Diagnostics
import PipelineFile
import Testing

@testable import PopulationTables
@_spi(Pseudonymisation) @testable import Tabular

@Suite("The region that residents live in")
struct RegionColumnTests {
  private func region(of codes: [String?], _ areas: [Area], level: String = "neighbourhood") throws
    -> [String?]
  {
    let texts = Set(codes.compactMap { $0 }).sorted()
    let column = Column.codes(
      codes.map { code in code.flatMap { texts.firstIndex(of: $0) }.map { Int32($0) } ?? -1 },
      dictionary: texts
    )
    var file = AreaFile(path: "areas.csv", use: .areas, place: Place(file: "test.yaml"))
    file.areas = areas
    let table = Table(names: [level], columns: [column], rowCount: codes.count)
    guard case .codes(let found, let regions)? = table.addingRegion(file)["region"] else {
      return []
    }
    #expect(regions == regions.sorted() && Set(regions).count == regions.count)
    return found.map { $0 == missingCode ? nil : regions[Int($0)] }
  }

  @Test("It follows from the area itself, or from the district or municipality that it lies in")
  func levels() throws {
    let areas = [
      Area(code: "BU90010101", region: "west"), Area(code: "WK900102", region: "noord"),
      Area(code: "GM9001", region: "oost"), Area(code: "GM9002", name: "zonder"),
    ]
    let codes = ["BU90010101", "BU90010102", "BU90010203", "BU90020101", nil, "elders"]
    #expect(try region(of: codes, areas) == ["west", "oost", "noord", nil, nil, nil])
    #expect(
      try region(of: ["GM9001", "GM9002"], areas, level: "municipality") == ["oost", nil]
    )
  }

  @Test("Residents of whom no area is kept have none, and without a file nothing is added")
  func without() throws {
    #expect(try region(of: ["GM9001"], [Area(code: "GM9001", region: "oost")], level: "town") == [])
    let table = Table(names: [], columns: [], rowCount: 3)
    #expect(table.addingRegion(nil).names == [])
  }
}
