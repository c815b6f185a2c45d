import PipelineFile
import Statistics
import Tabular

/// Where the areas of a table lie.
///
/// Its areas are those of the table but `unknown`, and those of which a list of neighbours alone
/// knows: nobody lives there, but the way to others may lead through them, and a zone may have one
/// in its middle. They stand in the byte order of their codes.
struct AreaMap {
  /// For each area of the map: its row number in the table; nil where nobody lives.
  let rows: [Int?]
  private let x: [Double]
  private let y: [Double]
  private let listed: AreaNeighbours?

  init(_ areas: [String], near: AreaFile) {
    let codes = UnifiedDictionary([
      areas.filter { $0 != unknownLabel }, near.neighbours.map(\.left),
      near.neighbours.map(\.right),
    ]).texts
    // Codes of other bytes may be equal texts: the first counts.
    let numberOfCode = Dictionary(zip(codes, codes.indices)) { first, _ in first }
    let rowOfCode = Dictionary(zip(areas, areas.indices)) { first, _ in first }
    let pairs = near.neighbours.compactMap { pair -> (Int, Int)? in
      guard let left = numberOfCode[pair.left], let right = numberOfCode[pair.right] else {
        return nil
      }
      return (left, right)
    }
    rows = codes.map { rowOfCode[$0] }
    var x = [Double](repeating: .nan, count: codes.count)
    var y = x
    for area in near.areas {
      guard let number = numberOfCode[area.code], let position = area.position else { continue }
      x[number] = position.x
      y[number] = position.y
    }
    self.x = x
    self.y = y
    listed = pairs.isEmpty ? nil : AreaNeighbours(pairs: pairs, areaCount: codes.count)
  }

  /// The values of the table's rows, one an area of the map.
  func values<Value>(_ rowValues: [Value], empty: Value) -> [Value] {
    rows.map { row in row.map { rowValues[$0] } ?? empty }
  }

  /// Which areas lie beside which: as listed, or by the Gabriel graph of their places.
  var neighbours: AreaNeighbours { listed ?? AreaNeighbours(gabrielOf: x, y) }

  /// The zones of areas that lie near each other.
  ///
  /// - Parameters:
  ///   - sizes: one an area of the map, not below 0.
  ///   - atMost: the share of their sum that a zone may have, in 0...1.
  /// - Returns: of the areas of the map.
  func zones(sizes: [Int], atMost: Double) -> ScanZones {
    if let listed {
      return ScanZones(neighbours: listed, sizes: sizes, atMost: atMost)
    }
    return ScanZones(x: x, y: y, sizes: sizes, atMost: atMost)
  }
}
