/// Bytes that nobody can foresee, for run ids and names; keys take `SecretBytes.random`.
///
/// - Throws: `random`.
package func randomBytes(_ count: Int) throws(CryptographyError) -> [UInt8] {
  var bytes = [UInt8](repeating: 0, count: max(0, count))
  var span = bytes.mutableSpan
  try unsafe span.withUnsafeMutableBytes { (raw) throws(CryptographyError) in
    try unsafe LibCrypto.fillWithRandomBytes(raw)
  }
  return bytes
}

/// The version text of libcrypto, for manifests: `OpenSSL 3.0.19 27 Jan 2026`.
package func cryptographyVersion() -> String { LibCrypto.version }
