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

  /// The parts of events of one kind, made when they are asked for.
  static func parts<Events: RandomAccessCollection<PersonEvent>>(
    _ events: Events
  ) -> some Sequence<[UInt8]> where Events.Index == Int {
    stride(from: 0, to: events.count, by: partLimit).lazy.map { first in
      part(events[first..<min(first + partLimit, events.count)])
    }
  }

  private static func part(_ events: some Collection<PersonEvent>) -> [UInt8] {
    guard let kind = events.first?.kind else { return [] }
    let layout = Layout(kind, count: events.count)
    return unsafe [UInt8](unsafeUninitializedCapacity: layout.byteCount) { buffer, filled in
      let raw = UnsafeMutableRawBufferPointer(buffer)
      func store(_ word: some FixedWidthInteger & BitwiseCopyable, at place: Int) {
        unsafe raw.storeBytes(of: word.littleEndian, toByteOffset: place, as: type(of: word))
      }
      store(kind.rawValue, at: 0)
      store(UInt32(events.count), at: 1)
      for (number, event) in events.enumerated() {
        store(event.person, at: layout.persons + 4 * number)
        if kind.hasOther { store(event.other, at: layout.others + 4 * number) }
        if kind.hasMarks {
          let flags: UInt8 = (event.isApart ? 1 : 0) | (event.anchor.isNumber ? 2 : 0)
          store(flags, at: layout.flags + number)
        }
        if kind.hasAnchor {
          store(event.anchor.token.high, at: layout.tokens + 16 * number)
          store(event.anchor.token.low, at: layout.tokens + 16 * number + 8)
        }
        if kind.hasLikeness { store(event.likeness, at: layout.likenesses + 8 * number) }
      }
      filled = layout.byteCount
    }
  }

  /// Reads what `parts` wrote; nil when it is something else.
  static func events(of part: [UInt8]) -> [PersonEvent]? {
    guard part.count >= 5, let kind = Kind(rawValue: part[0]) else { return nil }
    return unsafe part.withUnsafeBytes { raw -> [PersonEvent]? in
      func load<Word: FixedWidthInteger & BitwiseCopyable>(_ type: Word.Type, at place: Int) -> Word
      {
        unsafe Word(littleEndian: raw.loadUnaligned(fromByteOffset: place, as: type))
      }
      let count = Int(load(UInt32.self, at: 1))
      guard count <= partLimit else { return nil }
      let layout = Layout(kind, count: count)
      // From here on every place is within the part.
      guard layout.byteCount == part.count else { return nil }
      return (0..<count).map { number in
        var event = PersonEvent(kind, load(Int32.self, at: layout.persons + 4 * number))
        if kind.hasOther { event.other = load(Int32.self, at: layout.others + 4 * number) }
        let flags = kind.hasMarks ? load(UInt8.self, at: layout.flags + number) : 0
        event.isApart = flags & 1 != 0
        if kind.hasAnchor {
          let token = Token(
            high: load(UInt64.self, at: layout.tokens + 16 * number),
            low: load(UInt64.self, at: layout.tokens + 16 * number + 8)
          )
          event.anchor = PersonAnchor(token: token, isNumber: flags & 2 != 0)
        }
        if kind.hasLikeness {
          event.likeness = load(UInt64.self, at: layout.likenesses + 8 * number)
        }
        return event
      }
    }
  }

  /// Where each column of a part begins, and where the part ends.
  private struct Layout {
    let persons = 5
    let others: Int
    let flags: Int
    let tokens: Int
    let likenesses: Int
    let byteCount: Int

    init(_ kind: Kind, count: Int) {
      others = persons + 4 * count
      flags = others + (kind.hasOther ? 4 * count : 0)
      tokens = flags + (kind.hasMarks ? count : 0)
      likenesses = tokens + (kind.hasAnchor ? 16 * count : 0)
      byteCount = likenesses + (kind.hasLikeness ? 8 * count : 0)
    }
  }
}
