/// A file name of which only what its pattern says is left; the rest is told as a shape.
///
/// Who sends a file may name it after a person. `claims_2026-08_Jansen.csv.gz`, found by
/// `claims_2026-08*`, becomes `claims_2026-08_a{6}.csv.gz`. The kind of the file stays.
///
/// - Parameters:
///   - name: the last part of a path.
///   - pattern: the last part of what the file was looked for by, as `glob` takes it.
/// - Returns: the same text where the pattern leaves nothing open.
package func shapedName(_ name: String, pattern: String) -> String {
  let (open, ending) = splitEnding(Array(name.utf8))
  var rest = open[...]
  var shaped: [UInt8] = []
  var pieces = literalPieces(of: splitEnding(Array(pattern.utf8)).open)[...]
  if let first = pieces.popFirst(), rest.starts(with: first) {
    shaped += first
    rest = rest.dropFirst(first.count)
  }
  for piece in pieces where !piece.isEmpty {
    guard let range = rest.firstRange(of: piece) else { continue }
    shaped += shape(rest[..<range.lowerBound]) + piece
    rest = rest[range.upperBound...]
  }
  return String(decoding: shaped + shape(rest) + ending, as: UTF8.self)
}

/// How the names of files end that tell nothing but their kind.
private let knownEndings = [
  ".csv", ".xml", ".json", ".ndjson", ".txt", ".dat", ".asc", ".ei", ".zip", ".gz",
].map { Array($0.utf8) }

/// A name and its endings, such as `.csv.gz`.
private func splitEnding(_ name: [UInt8]) -> (open: [UInt8], ending: [UInt8]) {
  var open = name
  while let ending = knownEndings.first(where: { open.count > $0.count && isEnding($0, of: open) })
  {
    open.removeLast(ending.count)
  }
  return (open, Array(name[open.count...]))
}

private func isEnding(_ ending: [UInt8], of name: [UInt8]) -> Bool {
  name.suffix(ending.count).elementsEqual(ending) { left, right in
    (0x41...0x5A ~= left ? left | 0x20 : left) == right
  }
}

/// What a pattern says literally: before its first open place, between two of them, behind the last.
private func literalPieces(of pattern: [UInt8]) -> [[UInt8]] {
  var pieces: [[UInt8]] = [[]]
  var place = 0
  while place < pattern.count {
    switch pattern[place] {
    case UInt8(ascii: "*"), UInt8(ascii: "?"): pieces.append([])
    case UInt8(ascii: "["):
      // A set may hold `]` as its first member.
      let members = pattern[(place + 1)...].dropFirst()
      place = members.firstIndex(of: UInt8(ascii: "]")) ?? place
      pieces.append([])
    case UInt8(ascii: "\\") where place + 1 < pattern.count:
      place += 1
      pieces[pieces.count - 1].append(pattern[place])
    default: pieces[pieces.count - 1].append(pattern[place])
    }
    place += 1
  }
  return pieces
}

private func shape(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
  bytes.isEmpty ? [] : Array(valueShape(of: bytes).utf8)
}
