import Glibc

/// HMAC-SHA-256 by libcrypto's own functions, found in the library when it runs: the least that a hash
/// can cost.
@safe struct BareHmac {
  private typealias Fetch =
    @convention(c) (OpaquePointer?, UnsafePointer<CChar>?, UnsafePointer<CChar>?) -> OpaquePointer?
  private typealias Make = @convention(c) (OpaquePointer?) -> OpaquePointer?
  private typealias Initialise =
    @convention(c) (OpaquePointer?, UnsafePointer<UInt8>?, Int, UnsafeRawPointer?) -> Int32
  private typealias Update = @convention(c) (OpaquePointer?, UnsafePointer<UInt8>?, Int) -> Int32
  private typealias Finish =
    @convention(c) (
      OpaquePointer?, UnsafeMutablePointer<UInt8>?, UnsafeMutablePointer<Int>?, Int
    ) -> Int32

  private let context: OpaquePointer
  private let initialise: Initialise
  private let update: Update
  private let finish: Finish

  init(key: [UInt8]) throws(BenchmarkFault) {
    let fault = BenchmarkFault(sentences: ["libcrypto lacks a function"])
    guard let library = unsafe dlopen("libcrypto.so.3", RTLD_NOW) else { throw fault }
    guard let fetch = unsafe dlsym(library, "EVP_MAC_fetch"),
      let make = unsafe dlsym(library, "EVP_MAC_CTX_new"),
      let begin = unsafe dlsym(library, "EVP_MAC_init"),
      let add = unsafe dlsym(library, "EVP_MAC_update"),
      let end = unsafe dlsym(library, "EVP_MAC_final")
    else { throw fault }
    unsafe initialise = unsafeBitCast(begin, to: Initialise.self)
    unsafe update = unsafeBitCast(add, to: Update.self)
    unsafe finish = unsafeBitCast(end, to: Finish.self)
    let mac = unsafe unsafeBitCast(fetch, to: Fetch.self)(nil, "HMAC", nil)
    guard let made = unsafe unsafeBitCast(make, to: Make.self)(mac) else { throw fault }
    unsafe context = made
    // Two OSSL_PARAM: the digest, and the end. Both live as long as the process.
    let digest = unsafe strdup("SHA256")
    let name = unsafe strdup("digest")
    let parameters = UnsafeMutableRawPointer.allocate(byteCount: 80, alignment: 8)
    unsafe memset(parameters, 0, 80)
    unsafe parameters.storeBytes(of: name, as: UnsafeMutablePointer<CChar>?.self)
    unsafe parameters.storeBytes(of: 4, toByteOffset: 8, as: UInt32.self)
    unsafe parameters.storeBytes(
      of: digest,
      toByteOffset: 16,
      as: UnsafeMutablePointer<CChar>?.self
    )
    unsafe parameters.storeBytes(of: 6, toByteOffset: 24, as: Int.self)
    guard unsafe initialise(context, key, key.count, parameters) == 1 else { throw fault }
  }

  /// The first eight bytes of the hash; 0 when libcrypto refuses.
  func tag(_ message: [UInt8]) -> UInt64 {
    var words: (UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0)
    var count = 0
    let isMade = unsafe withUnsafeMutableBytes(of: &words) { raw in
      unsafe initialise(context, nil, 0, nil) == 1 && update(context, message, message.count) == 1
        && finish(context, raw.bindMemory(to: UInt8.self).baseAddress, &count, 32) == 1
    }
    return isMade ? UInt64(bigEndian: words.0) : 0
  }
}
