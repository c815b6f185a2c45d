/// HKDF-SHA-256 whole: both steps of RFC 5869, for keys that are agreed with partners.
///
/// - Parameters:
///   - secret: not empty.
///   - salt: may be empty.
///   - info: may be empty.
///   - count: at most 255 · 32 bytes.
/// - Returns: so many bytes.
/// - Throws: `library`, `memoryLock`.
package func hkdf(
  _ secret: SecretBytes,
  salt: [UInt8],
  info: [UInt8],
  count: Int
) throws(CryptographyError) -> SecretBytes {
  let root = try unsafe SecretBytes(count: 32) { (output) throws(CryptographyError) in
    try unsafe secret.withBytes { (material) throws(CryptographyError) in
      try unsafe salt.span.withUnsafeBytes { (salt) throws(CryptographyError) in
        try unsafe LibCrypto.extract(salt: salt, material: material, to: output)
      }
    }
  }
  return try unsafe SecretBytes(count: count) { (output) throws(CryptographyError) in
    try unsafe root.withBytes { (root) throws(CryptographyError) in
      try unsafe info.span.withUnsafeBytes { (info) throws(CryptographyError) in
        try unsafe LibCrypto.expand(key: root, context: info, to: output)
      }
    }
  }
}
