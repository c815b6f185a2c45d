import CLibCrypto

/// The calls into libcrypto; the only file that imports it.
///
/// Contexts are opaque addresses here; the types that own them free them.
enum LibCrypto {
  /// A new SHA-256 context, ready for bytes.
  static func makeDigest() throws(CryptographyError) -> OpaquePointer {
    guard let context = unsafe EVP_MD_CTX_new() else { throw .library(operation: "digest context") }
    guard unsafe EVP_DigestInit_ex(context, EVP_sha256(), nil) == 1 else {
      unsafe EVP_MD_CTX_free(context)
      throw .library(operation: "SHA-256")
    }
    return unsafe context
  }

  static func freeDigest(_ context: OpaquePointer) { unsafe EVP_MD_CTX_free(context) }

  static func update(
    _ context: OpaquePointer,
    with bytes: UnsafeRawBufferPointer
  ) throws(CryptographyError) {
    guard bytes.count > 0 else { return }
    guard unsafe EVP_DigestUpdate(context, bytes.baseAddress, bytes.count) == 1 else {
      throw .library(operation: "digest update")
    }
  }

  /// Writes 32 bytes to `output` and makes the context ready for another message.
  static func finish(
    _ context: OpaquePointer,
    to output: UnsafeMutablePointer<UInt8>
  ) throws(CryptographyError) {
    var count: UInt32 = 0
    guard unsafe EVP_DigestFinal_ex(context, output, &count) == 1, count == 32,
      unsafe EVP_DigestInit_ex(context, nil, nil) == 1
    else { throw .library(operation: "digest") }
  }

  /// The first step of HKDF-SHA-256 (RFC 5869, 2.2).
  static func extract(
    salt: UnsafeRawBufferPointer,
    material: UnsafeRawBufferPointer,
    to output: UnsafeMutableRawBufferPointer
  ) throws(CryptographyError) {
    try unsafe derive(0, key: material, context: salt, to: output)
  }

  /// The second step of HKDF-SHA-256 (RFC 5869, 2.3).
  static func expand(
    key: UnsafeRawBufferPointer,
    context: UnsafeRawBufferPointer,
    to output: UnsafeMutableRawBufferPointer
  ) throws(CryptographyError) {
    try unsafe derive(1, key: key, context: context, to: output)
  }

  private static func derive(
    _ expand: Int32,
    key: UnsafeRawBufferPointer,
    context: UnsafeRawBufferPointer,
    to output: UnsafeMutableRawBufferPointer
  ) throws(CryptographyError) {
    let status = unsafe koppel_hkdf(
      expand,
      key.baseAddress,
      key.count,
      context.baseAddress,
      context.count,
      output.bindMemory(to: UInt8.self).baseAddress,
      output.count
    )
    guard status == 1 else { throw .library(operation: "HKDF-SHA-256") }
  }

  /// A new HMAC-SHA-256 context, keyed once.
  static func makeAuthenticator(
    key: UnsafeRawBufferPointer
  ) throws(CryptographyError) -> OpaquePointer {
    let bytes = unsafe key.bindMemory(to: UInt8.self)
    guard let context = unsafe koppel_hmac_new(bytes.baseAddress, bytes.count) else {
      throw .library(operation: "HMAC-SHA-256")
    }
    return unsafe context
  }

  static func freeAuthenticator(_ context: OpaquePointer) { unsafe EVP_MAC_CTX_free(context) }

  /// Writes the 32 bytes of one message's keyed hash; the context keeps its key.
  @inline(__always)
  static func authenticate(
    _ context: OpaquePointer,
    _ message: UnsafeRawBufferPointer,
    to output: UnsafeMutableRawPointer
  ) throws(CryptographyError) {
    let status = unsafe koppel_mac(
      context,
      message.baseAddress?.assumingMemoryBound(to: UInt8.self),
      message.count,
      output.assumingMemoryBound(to: UInt8.self),
      32
    )
    guard status == 1 else { throw .library(operation: "HMAC-SHA-256") }
  }

  /// Seals a message with AES-256-GCM; `output` has 16 bytes more.
  static func seal(
    _ plain: UnsafeRawBufferPointer,
    key: UnsafeRawBufferPointer,
    nonce: [UInt8],
    context: [UInt8],
    to output: UnsafeMutableRawBufferPointer
  ) throws(CryptographyError) {
    guard key.count == 32, nonce.count == 12, let count = Int32(exactly: plain.count),
      let contextCount = Int32(exactly: context.count), output.count == plain.count + 16
    else { throw .library(operation: "AES-256-GCM") }
    let status = unsafe koppel_seal(
      key.bindMemory(to: UInt8.self).baseAddress,
      nonce,
      context,
      contextCount,
      plain.bindMemory(to: UInt8.self).baseAddress,
      count,
      output.bindMemory(to: UInt8.self).baseAddress
    )
    guard status == 1 else { throw .library(operation: "AES-256-GCM") }
  }

  /// Opens what `seal` made.
  ///
  /// - Returns: false when it is something else; then the output means nothing.
  static func open(
    _ sealed: UnsafeRawBufferPointer,
    key: UnsafeRawBufferPointer,
    nonce: [UInt8],
    context: [UInt8],
    to output: UnsafeMutableRawBufferPointer
  ) throws(CryptographyError) -> Bool {
    guard key.count == 32, nonce.count == 12, let count = Int32(exactly: output.count),
      let contextCount = Int32(exactly: context.count), sealed.count == output.count + 16
    else { throw .library(operation: "AES-256-GCM") }
    // Where nothing is to be written there still is an address: the last block is.
    var none: UInt8 = 0
    let status = unsafe withUnsafeMutablePointer(to: &none) { none in
      unsafe koppel_open(
        key.bindMemory(to: UInt8.self).baseAddress,
        nonce,
        context,
        contextCount,
        sealed.bindMemory(to: UInt8.self).baseAddress,
        count,
        output.bindMemory(to: UInt8.self).baseAddress ?? none
      )
    }
    guard status >= 0 else { throw .library(operation: "AES-256-GCM") }
    return status == 1
  }

  /// A new context for keyed BLAKE2b-512, keyed once; `freeAuthenticator` frees it.
  static func makeKeyedBlake2b(
    key: UnsafeRawBufferPointer
  ) throws(CryptographyError) -> OpaquePointer {
    let bytes = unsafe key.bindMemory(to: UInt8.self)
    guard let context = unsafe koppel_blake2b_new(bytes.baseAddress, bytes.count) else {
      throw .library(operation: "keyed BLAKE2b")
    }
    return unsafe context
  }

  /// Writes the 64 bytes of one message's keyed digest; the context keeps its key and its salt.
  static func digestKeyed(
    _ context: OpaquePointer,
    _ message: UnsafeRawBufferPointer,
    to output: UnsafeMutableRawPointer
  ) throws(CryptographyError) {
    let status = unsafe koppel_mac(
      context,
      message.baseAddress?.assumingMemoryBound(to: UInt8.self),
      message.count,
      output.assumingMemoryBound(to: UInt8.self),
      KeyedBlake2b.byteCount
    )
    guard status == 1 else { throw .library(operation: "keyed BLAKE2b") }
  }

  /// Sets the salt of the messages to come: at most 16 bytes.
  static func setSalt(
    _ context: OpaquePointer,
    _ salt: UnsafeRawBufferPointer
  ) throws(CryptographyError) {
    let bytes = unsafe salt.bindMemory(to: UInt8.self)
    guard unsafe koppel_blake2b_salt(context, bytes.baseAddress, bytes.count) == 1 else {
      throw .library(operation: "salt of BLAKE2b")
    }
  }

  /// Overwrites memory in a way that the compiler may not leave out.
  static func cleanse(_ bytes: UnsafeMutableRawBufferPointer) {
    unsafe OPENSSL_cleanse(bytes.baseAddress, bytes.count)
  }

  /// Fills memory from libcrypto's generator for secrets, which the operating system seeds.
  static func fillWithRandomBytes(
    _ bytes: UnsafeMutableRawBufferPointer
  ) throws(CryptographyError) {
    guard bytes.count > 0 else { return }
    guard let count = Int32(exactly: bytes.count),
      unsafe RAND_priv_bytes(bytes.bindMemory(to: UInt8.self).baseAddress, count) == 1
    else { throw .random }
  }

  /// Writes the 32 bytes of the public key of an Ed25519 seed (RFC 8032, 5.1.5).
  static func publicKey(
    seed: UnsafeRawBufferPointer,
    to output: UnsafeMutableRawBufferPointer
  ) throws(CryptographyError) {
    let status = unsafe koppel_ed25519_public(
      seed.baseAddress?.assumingMemoryBound(to: UInt8.self),
      output.bindMemory(to: UInt8.self).baseAddress
    )
    guard status == 1 else { throw .library(operation: "Ed25519 public key") }
  }

  /// Writes the 64 bytes of an Ed25519 signature (RFC 8032, 5.1.6).
  static func sign(
    seed: UnsafeRawBufferPointer,
    _ message: UnsafeRawBufferPointer,
    to output: UnsafeMutableRawBufferPointer
  ) throws(CryptographyError) {
    let status = unsafe koppel_ed25519_sign(
      seed.baseAddress?.assumingMemoryBound(to: UInt8.self),
      message.baseAddress?.assumingMemoryBound(to: UInt8.self),
      message.count,
      output.bindMemory(to: UInt8.self).baseAddress
    )
    guard status == 1 else { throw .library(operation: "Ed25519 signature") }
  }

  /// Whether 64 bytes are an Ed25519 signature under 32 bytes of a public key (RFC 8032, 5.1.7).
  static func isSignature(
    _ signature: UnsafeRawBufferPointer,
    of message: UnsafeRawBufferPointer,
    publicKey: UnsafeRawBufferPointer
  ) throws(CryptographyError) -> Bool {
    let status = unsafe koppel_ed25519_verify(
      publicKey.baseAddress?.assumingMemoryBound(to: UInt8.self),
      message.baseAddress?.assumingMemoryBound(to: UInt8.self),
      message.count,
      signature.baseAddress?.assumingMemoryBound(to: UInt8.self)
    )
    guard status >= 0 else { throw .library(operation: "Ed25519 verification") }
    return status == 1
  }

  /// Keeps the memory of this process out of core files and from other processes.
  static func forbidDumps() -> Bool { koppel_forbid_dumps() == 1 }

  /// The version text of the library that runs, such as `OpenSSL 3.0.19 27 Jan 2026`.
  static var version: String { unsafe String(cString: OpenSSL_version(OPENSSL_VERSION)) }
}
