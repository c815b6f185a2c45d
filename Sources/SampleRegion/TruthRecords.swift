/// Which person each record is about, and what was planted in it: `truth/truth.csv`.
///
/// Every record of support stands here. Of care those claims stand here whose BSN does not lead to
/// a resident, or that are faulty; of the others the BSN is the truth, see `truth/persons.csv`.
struct TruthRecords: ~Copyable {
  private var file: TextFile

  init(in folder: inout SampleFolder) throws(SampleRegionError) {
    file = try folder.textFile("truth/truth.csv")
    file.text.append(row: ["source", "record", "person", "planted"])
  }

  /// Adds a record.
  ///
  /// - Parameters:
  ///   - source: of the pipeline: `care` or `support`.
  ///   - record: what names the record in the extract.
  ///   - person: number in the population.
  ///   - planted: what is wrong or hard about the record.
  /// - Throws: `file`.
  mutating func add(
    source: String,
    record: String,
    person: Int,
    planted: [String]
  ) throws(SampleRegionError) {
    file.text.append(row: [source, record, Self.label(person), planted.joined(separator: " ")])
    try file.flush()
  }

  consuming func finish() throws(SampleRegionError) {
    try file.finish()
  }

  /// How a person is called in the truth files.
  static func label(_ person: Int) -> String {
    "P" + padded(person + 1, 8)
  }
}
