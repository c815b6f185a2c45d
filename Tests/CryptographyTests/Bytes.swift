@testable import Cryptography

/// The bytes that hexadecimal digits stand for.
func bytes(_ hex: String) -> [UInt8] {
  let digits = hex.utf8.compactMap(hexValue)
  return stride(from: 0, to: digits.count - 1, by: 2).map { digits[$0] << 4 | digits[$0 + 1] }
}

func secret(_ bytes: [UInt8]) throws -> SecretBytes {
  try unsafe bytes.span.withUnsafeBytes { (raw) throws(CryptographyError) in
    try unsafe SecretBytes(copying: raw)
  }
}

func open(_ secret: SecretBytes) throws -> [UInt8] {
  try unsafe secret.withBytes { (raw) throws(CryptographyError) in unsafe Array(raw) }
}
