/// The secret from which every key of a run is derived (HKDF-SHA-256, RFC 5869).
///
/// Each derivation names its purpose and all it depends on, each part framed by its length: two
/// different lists of fields never give the same bytes.
package final class RootKey: Sendable {
  private let secret: SecretBytes
  /// Sixteen hexadecimal digits that tell which key this is and nothing about it.
  package let fingerprint: String

  /// The root of one half, or of two that two holders keep.
  ///
  /// - Parameter halves: one or two, each of 32 bytes, in their order.
  /// - Throws: `halves`, `memoryLock`, `library`.
  package init(halves: [SecretBytes]) throws(CryptographyError) {
    guard 1...2 ~= halves.count, halves.allSatisfy({ $0.count == 32 }) else {
      throw .halves(count: halves.count)
    }
    let material = try unsafe SecretBytes(count: 1 + 32 * halves.count) {
      (memory) throws(CryptographyError) in
      unsafe memory[0] = UInt8(halves.count)
      for (number, half) in halves.enumerated() {
        let start = 1 + 32 * number
        let place = unsafe UnsafeMutableRawBufferPointer(rebasing: memory[start..<start + 32])
        try unsafe half.withBytes { (bytes) throws(CryptographyError) in
          unsafe place.copyMemory(from: bytes)
        }
      }
    }
    let salt = Array("koppel/root/v1".utf8)
    secret = try unsafe SecretBytes(count: 32) { (output) throws(CryptographyError) in
      try unsafe material.withBytes { (material) throws(CryptographyError) in
        try unsafe salt.span.withUnsafeBytes { (salt) throws(CryptographyError) in
          try unsafe LibCrypto.extract(salt: salt, material: material, to: output)
        }
      }
    }
    let print = try Self.expand(secret, framed(["koppel/fingerprint/v1"]), count: 8)
    fingerprint = try unsafe print.withBytes { (bytes) throws(CryptographyError) in
      unsafe lowerHex(bytes)
    }
  }

  /// A key of 32 bytes for one purpose.
  ///
  /// - Parameters:
  ///   - purpose: such as `koppel/token/v1`.
  ///   - fields: all that the key depends on, in the order of the design; none empty.
  /// - Returns: the same 32 bytes for the same root, purpose and fields.
  /// - Throws: `emptyField`, `longField`, `memoryLock`, `library`.
  package func key(
    _ purpose: String,
    _ fields: [String] = []
  ) throws(CryptographyError) -> SecretBytes {
    try Self.expand(secret, framed([purpose] + fields), count: 32)
  }

  private static func expand(
    _ root: SecretBytes,
    _ context: [UInt8],
    count: Int
  ) throws(CryptographyError) -> SecretBytes {
    try unsafe SecretBytes(count: count) { (output) throws(CryptographyError) in
      try unsafe root.withBytes { (root) throws(CryptographyError) in
        try unsafe context.span.withUnsafeBytes { (context) throws(CryptographyError) in
          try unsafe LibCrypto.expand(key: root, context: context, to: output)
        }
      }
    }
  }
}

extension RootKey: CustomStringConvertible {
  /// The fingerprint, never the secret.
  package var description: String { "key \(fingerprint)" }
}
