import Synchronization
import Tabular

/// The distinct texts of one kept column of one source.
final class KeptTexts: Sendable {
  private let shared = Mutex(TextIndex())
  /// By code: whether a row that stands has the text; nil where all rows stand.
  private let standing = Mutex<[Bool]?>(nil)

  /// The code of a text, the same for all workers.
  @unsafe
  func code(of text: UnsafeBufferPointer<UInt8>, hash: UInt64) -> Int32 {
    shared.withLock { unsafe Int32(truncatingIfNeeded: $0.number(of: text, hash: hash)) }
  }

  /// For each code of `code(of:hash:)` the place of its text in byte order.
  func places() -> [Int32] {
    shared.withLock { index in
      let texts = (0..<index.count).map { index.text($0) }
      let order = texts.indices.sorted { texts[$0].lexicographicallyPrecedes(texts[$1]) }
      var places = [Int32](repeating: 0, count: texts.count)
      for (place, code) in order.enumerated() { places[code] = Int32(place) }
      return places
    }
  }

  /// Gives every distinct text to a scan.
  func add(to scan: inout IdentifierScan) {
    shared.withLock { index in
      for number in 0..<index.count { scan.add(text: index.text(number).span) }
    }
  }

  /// The code of a text, if a row had it.
  func known(_ text: String) -> Int64? {
    shared.withLock { index in
      (0..<index.count).first { index.text($0).elementsEqual(text.utf8) }.map { Int64($0) }
    }
  }

  /// Overwrites the texts, where they may be identifiers.
  func cleanse() { shared.withLock { $0.cleanse() } }

  /// Notes the texts of rows that stand; from then on the others are as if nobody had them.
  func note(standing codes: [Int64]) {
    var noted = [Bool](repeating: false, count: Int(max(codes.max() ?? -1, -1)) + 1)
    for code in codes where code >= 0 { noted[Int(code)] = true }
    standing.withLock { standing in
      var all = standing ?? []
      if all.count < noted.count {
        all += Array(repeating: false, count: noted.count - all.count)
      }
      for code in noted.indices where noted[code] { all[code] = true }
      standing = all
    }
  }

  /// The texts of rows that stand in byte order, and for each code of `code(of:hash:)` its place
  /// among them; `missingCode` for a text that nobody has any more.
  func sorted() -> (dictionary: [String], places: [Int32]) {
    let standing = self.standing.withLock { $0 }
    return shared.withLock { index in
      let texts = (0..<index.count).map { index.text($0) }
      let order = texts.indices
        .filter { code in standing.map { code < $0.count && $0[code] } ?? true }
        .sorted { texts[$0].lexicographicallyPrecedes(texts[$1]) }
      var places = [Int32](repeating: missingCode, count: texts.count)
      for (place, code) in order.enumerated() { places[code] = Int32(place) }
      return (order.map { String(decoding: texts[$0], as: UTF8.self) }, places)
    }
  }
}

/// One worker's view of a kept column: asks the shared texts once for each text it meets.
struct KeptTextCache {
  private let shared: KeptTexts
  private var local = TextIndex()
  private var codes: [Int32] = []

  init(_ shared: KeptTexts) { self.shared = shared }

  @unsafe
  mutating func code(of text: UnsafeBufferPointer<UInt8>) -> Int32 {
    let hash = unsafe hashBytes(text)
    let number = unsafe local.number(of: text, hash: hash)
    if number == codes.count { unsafe codes.append(shared.code(of: text, hash: hash)) }
    return codes[number]
  }
}
