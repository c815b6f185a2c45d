/// The records of the spine and the residents that they are.
struct SpineRecords {
  /// By record, the row number of its resident.
  let residentOfRecord: [Int]
  let recordOfResident: [Int]

  /// - Parameters:
  ///   - records: of the spine.
  ///   - rowCounts: of its identities, whose rows are residents in the order of the extract.
  init(_ records: TracedRecords, rowCounts: [Int32]) {
    var next: [Int] = []
    var count = 0
    for rows in rowCounts {
      next.append(count)
      count += Int(rows)
    }
    var residentOfRecord: [Int] = []
    residentOfRecord.reserveCapacity(records.count)
    var recordOfResident = [Int](repeating: 0, count: count)
    for (record, identity) in records.identities.enumerated() {
      let resident = next[Int(identity)]
      next[Int(identity)] += 1
      residentOfRecord.append(resident)
      recordOfResident[resident] = record
    }
    self.residentOfRecord = residentOfRecord
    self.recordOfResident = recordOfResident
  }
}
