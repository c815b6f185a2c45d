import Cryptography

/// One line of a key file.
///
/// ```
/// koppel-half-1 NAME.GENERATION PART/PARTS HEX CHECK
/// koppel-signing-1 NAME.GENERATION HEX CHECK
/// koppel-partner-1 NAME.GENERATION TEXT CHECK
/// ```
///
/// `CHECK` is the first 4 bytes of the SHA-256 of all before it, the last space included. The line
/// never becomes a `String`: copies of those cannot be overwritten.
struct KeyLine {
  /// What the bytes are: 32, but for a text.
  enum Use: Hashable {
    /// A key for pseudonyms, whole (1 of 1) or half (1 or 2 of 2).
    case half(part: Int, parts: Int)
    /// The seed of a key that signs the privacy log.
    case signing
    /// A text that a partner has as well, for filters of records.
    case partner

    fileprivate var kind: String {
      switch self {
      case .half: "koppel-half-1"
      case .signing: "koppel-signing-1"
      case .partner: "koppel-partner-1"
      }
    }
  }

  /// So many characters a text that is shared with a partner may have.
  static let textLengths = 1...128

  /// The longest that `koppel key new` writes is 163 bytes; more is some other file.
  static let maximumByteCount = 512

  let name: String
  let generation: Int
  let use: Use
  let secret: SecretBytes

  var id: String { "\(name).\(generation)" }

  init(name: String, generation: Int, use: Use, secret: SecretBytes) {
    self.name = name
    self.generation = generation
    self.use = use
    self.secret = secret
  }

  /// Reads the bytes of a whole file.
  ///
  /// - Throws: `refused` with the first fault of form; `cryptography`.
  init(_ line: SecretBytes, path: String) throws(KeyError) {
    self = try unsafe line.withBytes { (bytes) throws(KeyError) in
      try unsafe Self.parse(bytes, path: path)
    }
  }

  private static func parse(
    _ bytes: UnsafeRawBufferPointer,
    path: String
  ) throws(KeyError) -> KeyLine {
    guard let fields = unsafe fields(of: bytes) else {
      throw .refused(.notOneLine(byteCount: bytes.count), path: path)
    }
    func isText(_ field: Range<Int>, _ text: String) -> Bool {
      unsafe bytes[field].elementsEqual(text.utf8)
    }
    let isPartner = isText(fields[0], Use.partner.kind)
    let isHalf = isText(fields[0], Use.half(part: 1, parts: 1).kind)
    guard isPartner || isHalf || isText(fields[0], Use.signing.kind) else {
      throw .refused(.form(.kind), path: path)
    }
    let expectedCount = isHalf ? 5 : 4
    guard fields.count == expectedCount else {
      let form = KeyFault.Form.fieldCount(fields.count, expected: expectedCount)
      throw .refused(.form(form), path: path)
    }
    guard let (name, generation) = unsafe readName(bytes[fields[1]]) else {
      throw .refused(.form(.name), path: path)
    }
    var use = isPartner ? Use.partner : .signing
    if isHalf {
      let shares = [(1, 1), (1, 2), (2, 2)]
      guard let share = shares.first(where: { isText(fields[2], "\($0.0)/\($0.1)") }) else {
        throw .refused(.form(.part), path: path)
      }
      use = .half(part: share.0, parts: share.1)
    }
    let (digits, checkField) = (fields[expectedCount - 2], fields[expectedCount - 1])
    if isPartner {
      guard textLengths.contains(digits.count) else {
        throw .refused(.form(.text(count: digits.count)), path: path)
      }
    } else if unsafe digits.count != 64 || !bytes[digits].allSatisfy({ hexValue($0) != nil }) {
      throw .refused(.form(.secret(count: digits.count)), path: path)
    }
    guard checkField.count == 8, unsafe bytes[checkField].allSatisfy({ hexValue($0) != nil }) else {
      throw .refused(.form(.check), path: path)
    }
    let covered = unsafe UnsafeRawBufferPointer(rebasing: bytes[0..<checkField.lowerBound])
    let expected: String
    let secret: SecretBytes
    do throws(CryptographyError) {
      expected = try unsafe check(of: covered)
      let text = unsafe UnsafeRawBufferPointer(rebasing: bytes[digits])
      secret = try isPartner ? unsafe SecretBytes(copying: text) : unsafe secretBytes(text)
    } catch {
      throw .cryptography(error)
    }
    guard isText(checkField, expected) else { throw .refused(.check, path: path) }
    guard !secret.isAllZero else { throw .refused(.allZero, path: path) }
    return KeyLine(name: name, generation: generation, use: use, secret: secret)
  }

  /// The bytes of 64 hexadecimal digits.
  private static func secretBytes(
    _ digits: UnsafeRawBufferPointer
  ) throws(CryptographyError) -> SecretBytes {
    try unsafe SecretBytes(count: 32) { (output) throws(CryptographyError) in
      for place in 0..<32 {
        let high = unsafe hexValue(digits[2 * place]) ?? 0
        let low = unsafe hexValue(digits[2 * place + 1]) ?? 0
        unsafe output[place] = high << 4 | low
      }
    }
  }

  /// The parts between spaces; nil when it is not one line of ASCII.
  private static func fields(of bytes: UnsafeRawBufferPointer) -> [Range<Int>]? {
    var end = bytes.count
    if end > 0, unsafe bytes[end - 1] == 0x0A { end -= 1 }
    var starts = [0]
    for place in 0..<end {
      switch unsafe bytes[place] {
      case 0x20: starts.append(place + 1)
      case 0x21...0x7E: break
      default: return nil
      }
    }
    guard end > 0 else { return nil }
    return starts.indices.map { number in
      starts[number]..<(number + 1 < starts.count ? starts[number + 1] - 1 : end)
    }
  }

  /// All of the line before its secret.
  private var opening: [UInt8] {
    switch use {
    case .half(let part, let parts): Array("\(use.kind) \(id) \(part)/\(parts) ".utf8)
    case .signing, .partner: Array("\(use.kind) \(id) ".utf8)
    }
  }

  /// How the line of a key for pseudonyms begins, whole or half: enough to know it again when its
  /// secret is overwritten.
  static func opening(ofKey id: String) -> [UInt8] {
    Array("\(Use.half(part: 1, parts: 1).kind) \(id) ".utf8)
  }

  /// The bytes of a file that holds this line.
  func written() throws(CryptographyError) -> SecretBytes {
    let before = opening
    let isText = use == .partner
    let checkStart = before.count + (isText ? secret.count : 64) + 1
    return try unsafe SecretBytes(count: checkStart + 9) { (output) throws(CryptographyError) in
      unsafe output.copyBytes(from: before)
      try unsafe secret.withBytes { (secret) throws(CryptographyError) in
        for place in secret.indices {
          if isText {
            unsafe output[before.count + place] = secret[place]
          } else {
            unsafe output[before.count + 2 * place] = hexDigit(secret[place] >> 4)
            unsafe output[before.count + 2 * place + 1] = hexDigit(secret[place] & 15)
          }
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
    KeyName.parts(of: unsafe String(decoding: bytes, as: UTF8.self))
  }
}
