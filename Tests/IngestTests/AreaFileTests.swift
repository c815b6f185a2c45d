import Diagnostics
import TestSupport
import Testing

@testable import Ingest
@testable import PipelineFile

@Suite("Files of areas")
struct AreaFileTests {
  private func read(_ text: String, _ use: AreaFile.Use, delimiter: Character = ";") throws
    -> AreaFile
  {
    let folder = try TestSupport.TemporaryFolder()
    try folder.write(Array(text.utf8), to: "areas.csv")
    return try AreaFile(
      path: folder.file("areas.csv"),
      use: use,
      delimiter: delimiter.asciiValue ?? 0,
      place: Place(file: "test.yaml", line: 3, column: 5)
    ).read()
  }

  @Test("areas are read by their headers, in the order of their codes, with what is told of each")
  func areas() throws {
    let text = "y;code;region;x;rest\n455000.5;BU2;west;-214000;z\n;BU1;;;\n;;oost;1;2\n"
    let file = try read(text, .areas)
    #expect(
      file.areas == [
        Area(code: "BU1"),
        Area(code: "BU2", region: "west", position: Area.Position(x: -214_000, y: 455_000.5)),
      ]
    )
    #expect(file.digest.count == 64 && file.neighbours.isEmpty)
    #expect(try read("code,region\nGM1,oost\n", .areas, delimiter: ",").areas.count == 1)
  }

  @Test("a list of neighbours is two columns of codes, whatever they are called")
  func neighbours() throws {
    let file = try read("van;naar\nBU1;BU2\nBU2;\nBU3;BU1\n", .near)
    #expect(file.neighbours == [NeighbourPair("BU1", "BU2"), NeighbourPair("BU3", "BU1")])
    #expect(file.areas.isEmpty)
  }

  @Test(
    "a file that cannot be used is told with its place and its cure",
    arguments: [
      ("naam;region\nA;x\n", AreaFile.Use.areas, "no column 'code'"),
      ("code;naam\nA;x\n", .areas, "no column 'region'"),
      ("code;region\nA;x\n", .near, "no column 'x'"),
      ("code;x\nA;1\n", .near, "no column 'y'"),
      ("a;b;c\nA;1;2\n", .near, "no column 'code'"),
      ("code;x;y\nA;1;2\nA;1;3\n", .near, "a code twice"),
      ("code;x;y\nA;1;zuid\n", .near, "faulty row in the table: number in column 'y'"),
      ("code;x;y\nA;nan;2\n", .near, "faulty row in the table: number in column 'x'"),
      ("code;x;y\nA;1e9;2\n", .near, "faulty row in the table: number in column 'x'"),
      ("code;x;y\nA;1;\n", .near, "faulty row in the table: required in column 'y'"),
      ("code;x;y\n", .near, "no row"),
      ("van;naar\n", .near, "no row"),
    ]
  )
  func faulty(text: String, use: AreaFile.Use, sentence: String) throws {
    let error = #expect(throws: IngestError.self) { _ = try read(text, use) }
    #expect(error?.exitStatus == .pipelineFault)
    let told = try #require(error?.diagnostics.first)
    #expect(told.sentence.contains(sentence), "\(told.sentence)")
    #expect(told.hint != nil && told.place?.file.hasSuffix("areas.csv") == true)
    for cell in ["zuid", "nan", "1e9"] { #expect(!told.sentence.contains(cell)) }
  }

  @Test("a file that is not there is told where the pipeline names it")
  func absent() throws {
    let place = Place(file: "test.yaml", line: 3, column: 5)
    let file = AreaFile(path: "/nonexistent/areas.csv", use: .near, place: place)
    let error = #expect(throws: IngestError.self) { _ = try file.read() }
    #expect(error?.diagnostics.first?.place == place)
  }
}
