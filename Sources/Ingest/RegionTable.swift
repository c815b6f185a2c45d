import Diagnostics
import PipelineFile
import Tabular

/// Regions by postcode and house number, in flat arrays: as CBS publishes them a year.
///
/// A postcode may span neighbourhoods: the house number decides; without one, or with one that the
/// table does not have, the region counts only if all rows of the postcode agree.
final class RegionTable: Sendable {
  /// Postcode · 2³² + house number, ascending; the house number is 2³² − 1 in tables without.
  private let keys: [UInt64]
  /// For each key the number of its region.
  private let regions: [Int32]
  /// Distinct regions.
  let texts: [[UInt8]]

  /// The tables of a source, by the number of the column that is looked up.
  ///
  /// - Throws: `table`.
  static func all(of source: Source) throws(IngestError) -> [Int: RegionTable] {
    var tables: [Int: RegionTable] = [:]
    for (number, column) in source.columns.enumerated() {
      guard let form = column.lookup else { continue }
      tables[number] = try RegionTable(form, level: column.region)
    }
    return tables
  }

  init(_ form: LookupForm, level: RegionLevel?) throws(IngestError) {
    var headers: [(name: String, type: ColumnType)] = [
      (form.postcodeHeader, .postcode), (form.gives, .text),
    ]
    if form.houseNumber != nil { headers.append((form.houseNumberHeader, .integer)) }
    var dialect = Dialect()
    dialect.delimiter = form.delimiter
    let source = Source.table(
      form.path,
      headers: headers,
      dialect: dialect,
      encoding: form.encoding,
      place: form.place
    )
    var pairs: [(key: UInt64, region: Int32)] = []
    var numbers: [[UInt8]: Int32] = [:]
    var texts: [[UInt8]] = []
    let place = Place(file: form.path)
    try CodeTable.read(source, form.path) { (batch, _) throws(IngestError) in
      for row in 0..<batch.rowCount {
        let first = row * batch.stride + 1
        let postcode = batch.cells[first]
        let region = batch.cells[first + 1]
        guard postcode != missingInteger, region != missingInteger else { continue }
        let house = form.houseNumber == nil ? missingInteger : batch.cells[first + 2]
        var text = Array(batch.bytes[ClearBatch.textRange(region)])
        if let level {
          guard let formed = level.form(of: text) else {
            throw .table(.faultyRow(.code, column: form.gives), place)
          }
          text = formed
        }
        let number: Int32
        if let known = numbers[text] {
          number = known
        } else {
          number = Int32(truncatingIfNeeded: texts.count)
          numbers[text] = number
          texts.append(text)
        }
        let range = ClearBatch.textRange(postcode)
        let key = unsafe batch.bytes.withUnsafeBufferPointer { bytes in
          unsafe Self.key(UnsafeBufferPointer(rebasing: bytes[range]), house)
        }
        pairs.append((key, number))
      }
    }
    guard !pairs.isEmpty else { throw .table(.empty, place) }
    pairs.sort { ($0.key, $0.region) < ($1.key, $1.region) }
    for place in pairs.indices.dropFirst() where pairs[place].key == pairs[place - 1].key {
      guard form.houseNumber == nil || pairs[place].region == pairs[place - 1].region else {
        throw .table(.ambiguous, Place(file: form.path))
      }
    }
    keys = pairs.map(\.key)
    regions = pairs.map(\.region)
    self.texts = texts
  }

  private static let noHouse = UInt64(UInt32.max)

  private static func key(_ postcode: UnsafeBufferPointer<UInt8>, _ house: Int64) -> UInt64 {
    var number: UInt64 = 0
    for place in 0..<min(4, postcode.count) {
      number = unsafe number * 10 + UInt64(postcode[place] & 15)
    }
    for place in 4..<max(4, min(6, postcode.count)) {
      number = unsafe number * 32 + UInt64(postcode[place] & 31)
    }
    return number << 32 | ((0...99_999).contains(house) ? UInt64(house) : noHouse)
  }

  /// The number of the region.
  ///
  /// - Parameters:
  ///   - postcode: six bytes, as the cells of postcodes hold them.
  ///   - house: the house number, or `missingInteger`.
  /// - Returns: nil if the table does not tell it.
  func region(_ postcode: UnsafeBufferPointer<UInt8>, _ house: Int64) -> Int32? {
    let key = unsafe Self.key(postcode, house)
    let exact = firstPlace(notBelow: key)
    if key & Self.noHouse != Self.noHouse, exact < keys.count, keys[exact] == key {
      return regions[exact]
    }
    let start = firstPlace(notBelow: key & ~Self.noHouse)
    let end = firstPlace(notBelow: (key | Self.noHouse) + 1)
    guard start < end else { return nil }
    for place in start..<end where regions[place] != regions[start] { return nil }
    return regions[start]
  }

  private func firstPlace(notBelow key: UInt64) -> Int {
    var low = 0
    var high = keys.count
    while low < high {
      let middle = (low + high) / 2
      if keys[middle] < key { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
