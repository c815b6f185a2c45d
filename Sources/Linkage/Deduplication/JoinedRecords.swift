import Tabular

/// The records of all sources as one set, in an order that follows from what they hold.
///
/// So nothing that is made of them depends on the order in which they came: ties are broken by values.
/// Of a list every row is a record: that so many rows are equal tells how carefully it is kept. Of
/// events, which repeat what is known of a person, every identity is one.
struct JoinedRecords {
  let side: ComparedSide
  /// By record of the set: the number of its identity, source after source.
  let origins: [Int]

  /// By record of the set: the first of the same identity.
  var firsts: [Int32] {
    var firsts: [Int32] = []
    firsts.reserveCapacity(origins.count)
    for (record, origin) in origins.enumerated() {
      let isRepeated = record > 0 && origins[record - 1] == origin
      firsts.append(isRepeated ? firsts[record - 1] : Int32(record))
    }
    return firsts
  }

  /// Rows an identity from which on they are events.
  private static let leastEvents = 2

  /// - Parameters:
  ///   - sides: one a source; a column that a source lacks is missing there, and one that
  ///     sources hold in different kinds is nobody's.
  ///   - rowCounts: by source, how many rows each identity has.
  init(_ sides: [ComparedSide], rowCounts: [[Int32]]) {
    let counts = sides.map(\.table.rowCount)
    var names: [String] = []
    for name in sides.flatMap(\.table.names) where !names.contains(name) { names.append(name) }
    var columns: [(name: String, column: Column)] = []
    for name in names {
      guard let column = Self.joined(sides.map { $0.table[name] }, counts) else { continue }
      columns.append((name, column))
    }
    let rows = rowCounts.flatMap { counts in
      let isList = counts.reduce(0) { $0 + Int($1) } < Self.leastEvents * counts.count
      return counts.map { isList ? Int($0) : 1 }
    }
    let order = Self.order(columns.map(\.column), count: rows.count)
      .flatMap { repeatElement($0, count: rows[$0]) }
    let table = Table(
      names: columns.map(\.name),
      columns: columns.map { $0.column.taking(order) },
      rowCount: order.count
    )
    var filters: [String: FieldFilters] = [:]
    for name in Set(sides.flatMap(\.filters.keys)) {
      let parts = zip(sides, counts).map { side, count in (side.filters[name], count) }
      filters[name] = FieldFilters(joining: parts).taking(order)
    }
    side = ComparedSide(table: table, filters: filters)
    origins = order
  }

  /// One column of the values of all sides; nil when they are of different kinds.
  private static func joined(_ parts: [Column?], _ counts: [Int]) -> Column? {
    switch parts.lazy.compactMap(\.self).first {
    case nil: return nil
    case .tokens?:
      var values: [Token] = []
      for (part, count) in zip(parts, counts) {
        switch part {
        case .tokens(let own)?: values += own
        case nil: values += repeatElement(.missing, count: count)
        default: return nil
        }
      }
      return .tokens(TokenColumn(values))
    case .integers(_, let unit)?:
      var values: [Int64] = []
      for (part, count) in zip(parts, counts) {
        switch part {
        case .integers(let own, let other)? where other == unit: values += own
        case nil: values += repeatElement(missingInteger, count: count)
        default: return nil
        }
      }
      return .integers(values, unit)
    case .codes?:
      let dictionaries = parts.map { part -> [String] in
        if case .codes(_, let dictionary)? = part { dictionary } else { [] }
      }
      let unified = UnifiedDictionary(dictionaries)
      var values: [Int32] = []
      for (number, (part, count)) in zip(parts, counts).enumerated() {
        switch part {
        case .codes(let own, _)?:
          let codes = unified.codes[number]
          values += own.map { codes.indices.contains(Int($0)) ? codes[Int($0)] : missingCode }
        case nil: values += repeatElement(missingCode, count: count)
        default: return nil
        }
      }
      return .codes(values, dictionary: unified.texts)
    }
  }

  /// The records by a hash of all their values; equal records as they came.
  private static func order(_ columns: [Column], count: Int) -> [Int] {
    var hashes = [UInt64](repeating: 0, count: count)
    for column in columns {
      switch column {
      case .tokens(let values):
        for record in values.indices {
          hashes[record] = SplitMix64.hash(
            hashes[record] ^ values[record].high &+ values[record].low
          )
        }
      case .integers(let values, _):
        for record in values.indices {
          hashes[record] = SplitMix64.hash(hashes[record] ^ UInt64(bitPattern: values[record]))
        }
      case .codes(let values, _):
        for record in values.indices {
          hashes[record] = SplitMix64.hash(
            hashes[record] ^ UInt64(UInt32(bitPattern: values[record]))
          )
        }
      }
    }
    return (0..<count).sorted { one, other in
      let (first, second) = (hashes[one], hashes[other])
      return first != second ? first < second : one < other
    }
  }
}
