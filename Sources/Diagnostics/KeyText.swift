/// Whether a text holds the bytes of a key: a line of a key file, or 64 hexadecimal digits that
/// stand alone.
///
/// Keys have a place, never a value: what is written in a pipeline file, on a command line or in the
/// environment is in backups, histories and lists of processes. A digest in a file name or behind
/// `sha256` is none.
package func holdsKey(_ text: some StringProtocol) -> Bool {
  let bytes = Array(text.utf8)
  if holdsKeyLine(bytes) { return true }
  return hexadecimalRuns(bytes, from: 64).contains { run in
    run.count == 64 && !isPartOfName(bytes, run) && !isDigest(bytes, before: run.lowerBound)
  }
}

/// A text with the digits of whatever could be a key replaced by `*`; it keeps its length.
package func maskedKeys(_ text: String) -> String {
  var bytes = Array(text.utf8)
  let runs = hexadecimalRuns(bytes, from: holdsKeyLine(bytes) ? 8 : 32)
  if runs.isEmpty { return text }
  for run in runs { for place in run { bytes[place] = UInt8(ascii: "*") } }
  return String(decoding: bytes, as: UTF8.self)
}

/// Whether a text holds a line of a key file with its secret, or what was left of one: the word that
/// begins it, and digits behind it.
///
/// A sentence that only names such a line holds none.
package func holdsKeyLine(_ text: some StringProtocol) -> Bool {
  let bytes = Array(text.utf8)
  return holdsKeyLine(bytes) && !hexadecimalRuns(bytes, from: 16).isEmpty
}

private func holdsKeyLine(_ bytes: [UInt8]) -> Bool {
  ["koppel-half-1", "koppel-signing-1", "koppel-partner-1"].contains { word in
    let word = Array(word.utf8)
    return bytes.indices.contains { bytes[$0...].starts(with: word) }
  }
}

/// The runs of at least so many hexadecimal digits.
private func hexadecimalRuns(_ bytes: [UInt8], from least: Int) -> [Range<Int>] {
  var runs: [Range<Int>] = []
  var start = 0
  for place in 0...bytes.count {
    if place < bytes.count, isHexadecimal(bytes[place]) { continue }
    if place - start >= least { runs.append(start..<place) }
    start = place + 1
  }
  return runs
}

private func isHexadecimal(_ byte: UInt8) -> Bool {
  switch byte {
  case 0x30...0x39, 0x41...0x46, 0x61...0x66: true
  default: false
  }
}

/// Whether letters, or what joins the parts of a path, stand at either end.
private func isPartOfName(_ bytes: [UInt8], _ run: Range<Int>) -> Bool {
  func joins(_ place: Int) -> Bool {
    guard bytes.indices.contains(place) else { return false }
    switch bytes[place] {
    case 0x2D, 0x2E, 0x2F, 0x5F, 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x80...: return true
    default: return false
    }
  }
  return joins(run.lowerBound - 1) || joins(run.upperBound)
}

private func isDigest(_ bytes: [UInt8], before place: Int) -> Bool {
  let word = Array("sha256".utf8)
  let before = bytes[max(0, place - 12)..<place]
  return before.indices.contains { before[$0...].starts(with: word) }
}
