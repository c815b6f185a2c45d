package import Cryptography
import PipelineFile

/// What filters of records are made with: the secret that a partner shares, and keys of our own.
///
/// ```
/// order, noise, fakes = root.key("koppel/clk-…/v1", name of the secret)
/// ```
///
/// Whatever must not be undone by the partner, or by others who have the secret, is drawn from our
/// root: which records are made up, where a record stands, which of its bits are noise. None of it
/// depends on the release: noise that is drawn anew every night can be averaged out.
package struct RecordKeys: Sendable {
  let secret: SecretBytes
  let order: SecretBytes
  let noise: SecretBytes
  let fakes: SecretBytes
  /// Tells which secret this is to whoever has our root, and nothing to others.
  package let mark: String

  /// - Parameters:
  ///   - secret: shared with the partner.
  ///   - name: that the pipeline gives it; not empty.
  ///   - root: of the run.
  /// - Throws: `CryptographyError`.
  package init(secret: SecretBytes, name: String, root: RootKey) throws(CryptographyError) {
    self.secret = secret
    order = try root.key("koppel/clk-order/v1", [name])
    noise = try root.key("koppel/clk-noise/v1", [name])
    fakes = try root.key("koppel/clk-fakes/v1", [name])
    var authenticator = try MessageAuthenticator(key: root.key("koppel/clk-mark/v1", [name]))
    let tag = try unsafe secret.withBytes { (bytes) throws(CryptographyError) in
      try unsafe authenticator.tag(bytes)
    }
    mark = lowerHex(recordBytes(of: [tag.high]))
  }
}
