import Files
import Linkage
import Tabular

/// Events as parts of a night in `persons.ledger`.
///
/// ```
/// u8 kind, u32 count, then one column after another: i32 person, i32 other, u8 flags, 16 bytes of
/// token, u64 likeness; those alone that the kind has. Flags: 1 kept apart, 2 the token is of a number
/// ```
///
/// Numbers are little-endian. The first night of 18 M persons takes half a gigabyte.
extension PersonEvent {
  /// So many events are in a part at most.
  private static let partLimit = 1 << 15

  /// The parts of a night whose events are ordered by kind.
  static func parts(_ events: [PersonEvent]) -> [[UInt8]] {
    var parts: [[UInt8]] = []
    var first = 0
    while first < events.count {
      let kind = events[first].kind
      var end = first
      while end < events.count, end - first < partLimit, events[end].kind == kind { end += 1 }
      parts.append(part(kind, events[first..<end]))
      first = end
    }
    return parts
  }

  private static func part(_ kind: Kind, _ events: ArraySlice<PersonEvent>) -> [UInt8] {
    var bytes = [kind.rawValue]
    bytes.reserveCapacity(5 + 33 * events.count)
    bytes.appendWord(UInt32(events.count))
    for event in events { bytes.appendWord(event.person) }
    if kind.hasOther { for event in events { bytes.appendWord(event.other) } }
    if kind.hasFlags {
      for event in events {
        bytes.append((event.isApart ? 1 : 0) | (event.anchor.isNumber ? 2 : 0))
      }
    }
    if kind.hasAnchor {
      for event in events {
        bytes.appendWord(event.anchor.token.high)
        bytes.appendWord(event.anchor.token.low)
      }
    }
    if kind.hasLikeness { for event in events { bytes.appendWord(event.likeness) } }
    return bytes
  }

  /// Reads what `parts` wrote; nil when it is something else.
  static func events(of part: [UInt8]) -> [PersonEvent]? {
    var place = 1
    guard let kind = part.first.flatMap(Kind.init),
      let counted = part.word(UInt32.self, at: &place),
      case let count = Int(counted), count <= partLimit, part.count == 5 + count * kind.byteCount
    else { return nil }
    var events: [PersonEvent] = []
    events.reserveCapacity(count)
    for number in 0..<count {
      var place = 5 + 4 * number
      var event = PersonEvent(kind, part.word(Int32.self, at: &place) ?? 0)
      var column = 5 + 4 * count
      if kind.hasOther {
        place = column + 4 * number
        event.other = part.word(Int32.self, at: &place) ?? 0
        column += 4 * count
      }
      var flags: UInt8 = 0
      if kind.hasFlags {
        flags = part[column + number]
        event.isApart = flags & 1 != 0
        column += count
      }
      if kind.hasAnchor {
        place = column + 16 * number
        let high = part.word(UInt64.self, at: &place) ?? 0
        let low = part.word(UInt64.self, at: &place) ?? 0
        event.anchor = PersonAnchor(token: Token(high: high, low: low), isNumber: flags & 2 != 0)
        column += 16 * count
      }
      if kind.hasLikeness {
        place = column + 8 * number
        event.likeness = part.word(UInt64.self, at: &place) ?? 0
      }
      events.append(event)
    }
    return events
  }
}

extension PersonEvent.Kind {
  fileprivate var hasOther: Bool { self == .split || self == .merge || self == .moved }
  fileprivate var hasLikeness: Bool { self == .create || self == .split || self == .changed }
  fileprivate var hasFlags: Bool { hasAnchor || self == .status }
  fileprivate var hasAnchor: Bool {
    switch self {
    case .create, .split, .absorb, .moved, .alias, .changed: true
    case .merge, .status, .absent, .returned: false
    }
  }

  /// Of one event.
  fileprivate var byteCount: Int {
    4 + (hasOther ? 4 : 0) + (hasFlags ? 1 : 0) + (hasAnchor ? 16 : 0) + (hasLikeness ? 8 : 0)
  }
}
