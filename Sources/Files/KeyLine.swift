import Cryptography

/// One line of a key file: `koppel-half-1 NAME.GENERATION PART/PARTS HEX CHECK`.
///
/// `CHECK` is the first 4 bytes of the SHA-256 of all before it, the last space included. The line
/// never becomes a `String`: copies of those cannot be overwritten.
struct KeyLine {
  static let kind = "koppel-half-1"
  /// The longest that `koppel key new` writes is 163 bytes; more is some other file.
  static let maximumByteCount = 512

  let name: String
  let generation: Int
  let part: Int
  let parts: Int
  let half: SecretBytes

  /// Reads the bytes of a whole file.
  ///
  /// - Throws: `refused` with the first fault of form; `cryptography`.
  init(_ line: SecretBytes, path: String) throws(KeyError) {
    let parsed = try unsafe line.withBytes { (bytes) throws(KeyError) in
      try unsafe Self.parse(bytes, path: path)
    }
    self = parsed
  }

  init(name: String, generation: Int, half: SecretBytes) {
    self.name = name
    self.generation = generation
    self.part = 1
    self.parts = 1
    self.half = half
  }

  private static func parse(
    _ bytes: UnsafeRawBufferPointer,
    path: String
  ) throws(KeyError) -> KeyLine {
    var end = bytes.count
    if end > 0, unsafe bytes[end - 1] == 0x0A { end -= 1 }
    var starts = [0]
    for place in 0..<end {
      switch unsafe bytes[place] {
      case 0x20: starts.append(place + 1)
      case 0x21...0x7E: break
      default: throw .refused(.notOneLine(byteCount: bytes.count), path: path)
      }
    }
    guard end > 0 else { throw .refused(.notOneLine(byteCount: bytes.count), path: path) }
    let fields = starts.indices.map { number in
      starts[number]..<(number + 1 < starts.count ? starts[number + 1] - 1 : end)
    }
    func isText(_ field: Range<Int>, _ text: String) -> Bool {
      unsafe bytes[field].elementsEqual(text.utf8)
    }
    guard isText(fields[0], kind) else { throw .refused(.form(.kind), path: path) }
    guard fields.count == 5 else {
      throw .refused(.form(.fieldCount(fields.count)), path: path)
    }
    guard let (name, generation) = unsafe readName(bytes[fields[1]]) else {
      throw .refused(.form(.name), path: path)
    }
    let shares = [(1, 1), (1, 2), (2, 2)]
    guard let share = shares.first(where: { isText(fields[2], "\($0.0)/\($0.1)") }) else {
      throw .refused(.form(.part), path: path)
    }
    let digits = fields[3]
    guard digits.count == 64, unsafe bytes[digits].allSatisfy({ hexValue($0) != nil }) else {
      throw .refused(.form(.secret(count: digits.count)), path: path)
    }
    guard fields[4].count == 8, unsafe bytes[fields[4]].allSatisfy({ hexValue($0) != nil }) else {
      throw .refused(.form(.check), path: path)
    }
    let covered = unsafe UnsafeRawBufferPointer(rebasing: bytes[0..<fields[4].lowerBound])
    let expected: String
    let half: SecretBytes
    do throws(CryptographyError) {
      expected = try unsafe check(of: covered)
      half = try unsafe SecretBytes(count: 32) { (output) throws(CryptographyError) in
        for place in 0..<32 {
          let high = unsafe hexValue(bytes[digits.lowerBound + 2 * place]) ?? 0
          let low = unsafe hexValue(bytes[digits.lowerBound + 2 * place + 1]) ?? 0
          unsafe output[place] = high << 4 | low
        }
      }
    } catch {
      throw .cryptography(error)
    }
    guard isText(fields[4], expected) else { throw .refused(.check, path: path) }
    return KeyLine(
      name: name,
      generation: generation,
      part: share.0,
      parts: share.1,
      half: half
    )
  }

  private init(name: String, generation: Int, part: Int, parts: Int, half: SecretBytes) {
    self.name = name
    self.generation = generation
    self.part = part
    self.parts = parts
    self.half = half
  }

  /// The bytes of a file that holds this line.
  func written() throws(CryptographyError) -> SecretBytes {
    let before = Array("\(Self.kind) \(name).\(generation) \(part)/\(parts) ".utf8)
    let checkStart = before.count + 65
    return try unsafe SecretBytes(count: checkStart + 9) { (output) throws(CryptographyError) in
      unsafe output.copyBytes(from: before)
      try unsafe half.withBytes { (half) throws(CryptographyError) in
        for place in 0..<32 {
          unsafe output[before.count + 2 * place] = hexDigit(half[place] >> 4)
          unsafe output[before.count + 2 * place + 1] = hexDigit(half[place] & 15)
        }
      }
      unsafe output[checkStart - 1] = 0x20
      let covered = unsafe UnsafeRawBufferPointer(rebasing: output[0..<checkStart])
      for (place, digit) in try unsafe Self.check(of: covered).utf8.enumerated() {
        unsafe output[checkStart + place] = digit
      }
      unsafe output[checkStart + 8] = 0x0A
    }
  }

  private static func check(of bytes: UnsafeRawBufferPointer) throws(CryptographyError) -> String {
    var digest = try SHA256()
    try unsafe digest.update(bytes)
    return lowerHex(try digest.finish().prefix(4))
  }

  private static func readName(_ bytes: Slice<UnsafeRawBufferPointer>) -> (String, Int)? {
    let text = unsafe String(decoding: bytes, as: UTF8.self)
    guard let dot = text.lastIndex(of: ".") else { return nil }
    let name = String(text[..<dot])
    let digits = text[text.index(after: dot)...]
    guard let generation = Int(digits), String(generation) == digits,
      isName(name, generation: generation)
    else { return nil }
    return (name, generation)
  }

  /// Whether a key may be called so: it stands in logs, manifests and file names.
  static func isName(_ name: String, generation: Int) -> Bool {
    guard 1...64 ~= name.utf8.count, 1...999_999 ~= generation,
      let first = name.utf8.first, 0x61...0x7A ~= first
    else { return false }
    return name.utf8.allSatisfy { byte in
      switch byte {
      case 0x61...0x7A, 0x30...0x39, 0x2D, 0x5F: true
      default: false
      }
    }
  }
}
