import Tabular

/// The records of the spine and the residents that they are.
struct SpineRecords {
  /// By record, the row number of its resident.
  let residentOfRecord: [Int]
  let recordOfResident: [Int]
  let groups: [ResidentGroups]

  /// - Parameters:
  ///   - records: of the spine.
  ///   - linked: the spine as it was staged.
  ///   - residents: one row a record, those of an identity in the order of the extract.
  init(_ records: TracedRecords, _ linked: LinkedSources.Linked, _ residents: Table) {
    var next = linked.links.persons.map { Int($0) }
    var residentOfRecord: [Int] = []
    residentOfRecord.reserveCapacity(records.count)
    var recordOfResident = [Int](repeating: 0, count: residents.rowCount)
    for (record, identity) in records.identities.enumerated() {
      let resident = next[Int(identity)]
      next[Int(identity)] += 1
      residentOfRecord.append(resident)
      recordOfResident[resident] = record
    }
    self.residentOfRecord = residentOfRecord
    self.recordOfResident = recordOfResident
    groups = ResidentGroups.all(of: residents)
  }
}
