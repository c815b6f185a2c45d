/// Keeps the memory of this process out of core files, and from other processes of the same user.
///
/// To be called first of all, before a key or a clear value is in memory. Child processes inherit
/// the limit on core files.
///
/// - Throws: `dumpsAllowed`.
package func hardenProcess() throws(CryptographyError) {
  guard LibCrypto.forbidDumps() else { throw .dumpsAllowed }
}
