import PipelineFile

/// What the columns of a file of truth mean.
enum TruthForm: Equatable {
  /// Two records that are one person; `source` is that of the column.
  case pairs(left: Side, right: Side)
  /// A record and the cluster that it belongs to; `source` is nil where there is only one.
  case clusters(record: Int, cluster: Int, source: Int?)

  /// A column that names records, and their source.
  struct Side: Equatable {
    let column: Int
    let source: String
  }

  private static let recordNames = ["record", "row", "id"]
  private static let clusterNames = ["cluster", "label", "person"]

  /// Reads a header.
  ///
  /// - Returns: nil when it tells neither pairs nor clusters of these sources.
  init?(header: [String], sources: [Source], spine: String) {
    let names = header.map { $0.lowercased() }
    let columns = sources.compactMap { source in
      names.firstIndex(of: source.name.lowercased()).map { Side(column: $0, source: source.name) }
    }
    if columns.count == 2 {
      guard let sides = Self.ordered(columns, spine) else { return nil }
      self = .pairs(left: sides.left, right: sides.right)
      return
    }
    // As others write it too: left_id and right_id, unique_id_l and unique_id_r.
    let left = names.firstIndex { $0.hasPrefix("left") || $0.hasSuffix("_l") }
    let right = names.firstIndex { $0.hasPrefix("right") || $0.hasSuffix("_r") }
    if let left, let right {
      let all = sources.map(\.name)
      guard let last = all.last(where: { $0 != spine }) ?? all.first, all.count <= 2 else {
        return nil
      }
      let areNamed = all.contains("left") && all.contains("right")
      let first = all.contains(spine) ? spine : all[0]
      guard
        let sides = Self.ordered(
          [
            Side(column: left, source: areNamed ? "left" : first),
            Side(column: right, source: areNamed ? "right" : last),
          ],
          spine
        )
      else { return nil }
      self = .pairs(left: sides.left, right: sides.right)
      return
    }
    let keys = sources.flatMap { [$0.recordKey, $0.name].compactMap { $0?.lowercased() } }
    guard
      let cluster = Self.clusterNames.lazy.compactMap({ names.firstIndex(of: $0) }).first,
      let record = (Self.recordNames + keys).lazy.compactMap({ names.firstIndex(of: $0) })
        .first(where: { $0 != cluster })
    else { return nil }
    let source = names.firstIndex(of: "source")
    guard source != nil || sources.count == 1 else { return nil }
    self = .clusters(record: record, cluster: cluster, source: source)
  }

  /// The spine first; nil where there is one and neither column is of it.
  private static func ordered(_ columns: [Side], _ spine: String) -> (left: Side, right: Side)? {
    if spine.isEmpty || columns[0].source == spine { return (columns[0], columns[1]) }
    return columns[1].source == spine ? (columns[1], columns[0]) : nil
  }

  /// What a header may be, for a message.
  static func expected(of sources: [Source], spine: String) -> String {
    let names = sources.map(\.name)
    let clusters = names.count == 1 ? "'record,cluster'" : "'source,record,cluster'"
    switch names.count {
    case 1: return "'left,right' for pairs or \(clusters)"
    case 2: return "'\(names[0]),\(names[1])' or 'left,right' for pairs, or \(clusters)"
    default:
      let first = spine.isEmpty ? names[0] : spine
      let second = names.first { $0 != first } ?? first
      return "two sources for pairs, as '\(first),\(second)', or \(clusters)"
    }
  }
}
