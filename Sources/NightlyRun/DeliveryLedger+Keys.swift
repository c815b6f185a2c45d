import Cryptography
import Files
import FoundationEssentials
import Tabular

extension DeliveryLedger {
  /// What proves a ledger, and tells messages and names apart without what they hold.
  ///
  /// They are derived from the key under which the ledger began. A rotation does not change them, or no
  /// earlier message would be known again: it seals them under the new key, in the ledger's first line.
  struct Keys: Sendable {
    /// A copy of these keys for who has another root.
    struct Sealed: Sendable, Equatable {
      /// The fingerprint of that root.
      let fingerprint: String
      /// Of proof, messages and names.
      let secrets: [[UInt8]]
    }

    /// Of the key that they were derived from.
    let fingerprint: String
    let proof: SecretBytes
    let messages: SecretBytes
    let names: SecretBytes
    private(set) var sealed: [Sealed] = []

    private static let purpose = "koppel/deliveries/v1"
    private static let uses = ["ledger", "messages", "names"]
    /// So many rotations back a key can still be brought back and read the ledger.
    private static let mostSealed = 8

    init(_ root: RootKey) throws(CryptographyError) {
      fingerprint = root.fingerprint
      proof = try root.key(Self.purpose, ["ledger"])
      messages = try root.key(Self.purpose, ["messages"])
      names = try root.key(Self.purpose, ["names"])
    }

    private init(_ fingerprint: String, _ secrets: [SecretBytes], _ sealed: [Sealed]) {
      self.fingerprint = fingerprint
      (proof, messages, names) = (secrets[0], secrets[1], secrets[2])
      self.sealed = sealed
    }

    /// The keys of a ledger for who has a root; those of a new ledger where none stands there, or the
    /// one that does was never sealed for that root.
    ///
    /// - Throws: `FilesError`, `CryptographyError`.
    static func of(ledger path: String, _ root: RootKey) throws -> Keys {
      guard let head = try DeliveryLedger.head(path), let first = head["key"]?.stringValue else {
        return try Keys(root)
      }
      let sealed = head["sealed"]?.arrayValue?.compactMap(Sealed.init) ?? []
      if first == root.fingerprint {
        var keys = try Keys(root)
        keys.sealed = sealed
        return keys
      }
      guard let own = sealed.last(where: { $0.fingerprint == root.fingerprint }),
        own.secrets.count == uses.count
      else { return try Keys(root) }
      var secrets: [SecretBytes] = []
      for (use, bytes) in zip(uses, own.secrets) {
        let secret = try SecretBytes.opened(
          bytes,
          under: root.key(purpose, ["sealed", use, first]),
          context: Array(first.utf8)
        )
        guard let secret, secret.count == 32 else { return try Keys(root) }
        secrets.append(secret)
      }
      return Keys(first, secrets, sealed)
    }

    /// The same keys, which who has that root can open too.
    func sealed(for root: RootKey) throws(CryptographyError) -> Keys {
      guard root.fingerprint != fingerprint else { return self }
      var secrets: [[UInt8]] = []
      for (use, secret) in zip(Self.uses, [proof, messages, names]) {
        secrets.append(
          try secret.sealed(
            under: root.key(Self.purpose, ["sealed", use, fingerprint]),
            context: Array(fingerprint.utf8)
          )
        )
      }
      var keys = self
      keys.sealed.removeAll { $0.fingerprint == root.fingerprint }
      keys.sealed.append(Sealed(fingerprint: root.fingerprint, secrets: secrets))
      keys.sealed = keys.sealed.suffix(Self.mostSealed)
      return keys
    }
  }

  /// Lets a new key know what was delivered under the one before.
  ///
  /// A ledger that is of neither is left alone.
  ///
  /// - Throws: as `load`.
  static func seal(path: String, from old: RootKey, for new: RootKey) throws {
    guard somethingStands(at: path) else { return }
    let keys = try Keys.of(ledger: path, old)
    let (ledger, warning) = try load(path: path, keys)
    guard warning == nil else { return }
    try ledger.write(to: path, keys.sealed(for: new))
  }
}

extension DeliveryLedger.Keys.Sealed {
  /// A line of the ledger is flat: the secrets are one text.
  init?(_ json: JSONValue) {
    guard let fingerprint = json["key"]?.stringValue,
      let words = json["secrets"]?.stringValue?.split(separator: " ")
    else { return nil }
    let secrets = words.compactMap { Data(base64Encoded: String($0)) }
    guard secrets.count == words.count else { return nil }
    self.init(fingerprint: fingerprint, secrets: secrets.map { Array($0) })
  }

  var json: JSONValue {
    [
      "key": .string(fingerprint),
      "secrets": .string(secrets.map { Data($0).base64EncodedString() }.joined(separator: " ")),
    ]
  }
}
