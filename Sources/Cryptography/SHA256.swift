/// A SHA-256 digest of bytes that come in pieces (FIPS 180-4).
@safe package struct SHA256: ~Copyable {
  private let context: OpaquePointer

  /// - Throws: `library` when libcrypto refuses.
  package init() throws(CryptographyError) { unsafe context = try LibCrypto.makeDigest() }

  deinit { unsafe LibCrypto.freeDigest(context) }

  /// Adds bytes to the message.
  package mutating func update(_ bytes: UnsafeRawBufferPointer) throws(CryptographyError) {
    try unsafe LibCrypto.update(context, with: bytes)
  }

  /// Adds bytes to the message.
  package mutating func update(_ bytes: Span<UInt8>) throws(CryptographyError) {
    try unsafe bytes.withUnsafeBytes { (raw) throws(CryptographyError) in
      try unsafe LibCrypto.update(context, with: raw)
    }
  }

  /// Adds bytes to the message.
  package mutating func update(_ bytes: [UInt8]) throws(CryptographyError) {
    try update(bytes.span)
  }

  /// The digest of the message so far; afterwards a new message begins.
  ///
  /// - Returns: 32 bytes.
  package mutating func finish() throws(CryptographyError) -> [UInt8] {
    var digest = [UInt8](repeating: 0, count: 32)
    try finish(to: &digest)
    return digest
  }

  /// Writes the digest over an array's first 32 bytes; afterwards a new message begins.
  ///
  /// For loops that would else allocate: a shorter array is made longer.
  package mutating func finish(to digest: inout [UInt8]) throws(CryptographyError) {
    while digest.count < 32 { digest.append(0) }
    var span = digest.mutableSpan
    try unsafe span.withUnsafeMutableBufferPointer { (raw) throws(CryptographyError) in
      guard let start = raw.baseAddress else { throw .library(operation: "digest") }
      try unsafe LibCrypto.finish(context, to: start)
    }
  }
}

/// The SHA-256 digest of one array: 32 bytes.
package func sha256(of bytes: [UInt8]) throws(CryptographyError) -> [UInt8] {
  var digest = try SHA256()
  try digest.update(bytes)
  return try digest.finish()
}
