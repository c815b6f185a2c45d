import Diagnostics
import TestSupport
import Testing

@testable import Ingest
@testable import PipelineFile

@Suite("Files of a standard population")
struct StandardFileTests {
  private static let bands = ["0-44", "45+"]
  private static let sexes = ["female", "male"]

  private func read(_ text: String, _ labels: [[String]?] = [bands, sexes]) throws -> StandardFile {
    let folder = try TestSupport.TemporaryFolder()
    try folder.write(Array(text.utf8), to: "standard.csv")
    return try StandardFile(
      path: folder.file("standard.csv"),
      strata: ["age_band", "sex"],
      place: Place(file: "test.yaml", line: 3, column: 5)
    ).read(labels)
  }

  @Test("weights are read by the labels of the strata, whatever the order of columns and rows")
  func weights() throws {
    let text =
      "sex;rest;weight;age_band\nmale;x;5000;45+\nfemale;;0;0-44\nmale;;.5;0-44\nfemale;;1;45+\n"
    let file = try read(text)
    #expect(
      file.weights == [
        ["45+", "male"]: 5000, ["0-44", "female"]: 0, ["0-44", "male"]: 0.5, ["45+", "female"]: 1,
      ]
    )
    #expect(file.digest.count == 64)
    // Where only the rows tell which labels there are, none is lacking.
    #expect(try read("age_band;sex;weight\n0-44;x;1\n", [Self.bands, nil]).weights.count == 1)
  }

  @Test(
    "a file that cannot be used is told with its line and its cure, and without what stands in it",
    arguments: [
      ("age_band;weight\n0-44;1\n", 1, "no column 'sex'"),
      ("age_band;sex\n0-44;male\n", 1, "no column 'weight'"),
      ("age_band;sex;weight\n0-44;man;1\n", 2, "a label that 'sex' does not have"),
      ("age_band;sex;weight\n0-44;male;1\n45+;unknown;1\n", 3, "a label that 'sex' does not have"),
      ("age_band;sex;weight\n0-44;male;1\n45+;;1\n", 3, "required in column 'sex'"),
      ("age_band;sex;weight\n0-44;male;-3\n", 2, "no weight"),
      ("age_band;sex;weight\n0-44;male;nan\n", 2, "no weight"),
      ("age_band;sex;weight\n0-44;male;\n", 2, "no weight"),
      ("age_band;sex;weight\n0-44;male;1\n0-44;male;1\n", 3, "a stratum twice"),
      ("age_band;sex;weight\n0-44;male;1\n", 0, "no weight for age_band 0-44, sex female"),
      (
        "age_band;sex;weight\n0-44;male;1\n0-44;female;1\n45+;female;1\n", 0,
        "no weight for age_band 45+, sex male"
      ),
      ("age_band;sex;weight\n", 0, "no row"),
    ] as [(String, Int, String)]
  )
  func faulty(text: String, line: Int, sentence: String) throws {
    let error = #expect(throws: IngestError.self) { _ = try read(text) }
    #expect(error?.exitStatus == .pipelineFault)
    let told = try #require(error?.diagnostics.first)
    #expect(told.sentence.contains(sentence), "\(told.sentence)")
    #expect(told.hint != nil && told.place?.line == line)
    for cell in ["man", "nan", "-3"] { #expect(!told.sentence.contains("'\(cell)'")) }
  }
}
