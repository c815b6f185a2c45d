package import Cryptography
package import Tabular

/// Tells of one person whether she is among staged identities, by her BSN.
///
/// The number stands in locked memory, is standardised and hashed as a run would, and its traces are
/// overwritten; no token leaves.
///
/// - Note: Clear identifiers pass through here.
package struct SubjectSearch: Sendable {
  private let digits: SecretBytes
  private let scope: TokenScope
  private let standardisation: Standardisation

  /// Prepares to look for a person.
  ///
  /// - Parameters:
  ///   - digits: as somebody typed them: 8 or 9 digits, perhaps with dots, spaces and a line end.
  ///   - scope: of the run that staged the tables.
  ///   - standardisation: of that run.
  package init(digits: SecretBytes, scope: TokenScope, standardisation: Standardisation) {
    self.digits = digits
    self.scope = scope
    self.standardisation = standardisation
  }

  /// Whether a number is one that a person can have: 8 or 9 digits that pass the eleven-test.
  package static func isNumber(_ digits: SecretBytes, _ standardisation: Standardisation) -> Bool {
    guard let number = unsafe digits.withBytes({ unsafe number(in: $0) }) else { return false }
    guard case .value(var bytes) = standardisation.bsn(number) else { return false }
    cleanse(&bytes)
    return true
  }

  /// What the identities of a staged table tell.
  package enum Answer: Sendable, Hashable {
    case held
    case notHeld
    /// Not held by this number, while some identities have none.
    case notHeldByNumber
  }

  /// Whether the person is among the identities of a staged table.
  ///
  /// - Parameters:
  ///   - identities: of the table.
  ///   - column: the name of a column of tokens that were made of BSNs.
  ///   - label: of those tokens.
  /// - Returns: nil when there is no such column, or the number is none.
  /// - Throws: `CryptographyError`; also where the suppliers keep the key of the first level.
  package func finds(
    in identities: Table,
    column: String,
    label: String
  ) throws(CryptographyError) -> Answer? {
    guard let place = identities.names.firstIndex(of: column),
      case .tokens(let tokens) = identities.columns[place],
      let number = unsafe digits.withBytes({ unsafe Self.number(in: $0) }),
      case .value(var bytes) = standardisation.bsn(number)
    else { return nil }
    defer { cleanse(&bytes) }
    var maker = try TokenMaker(label: label, scope: scope)
    defer { maker.forget() }
    let token = try maker.token(of: bytes)
    if tokens.contains(token) { return .held }
    return tokens.contains(where: \.isMissing) ? .notHeldByNumber : .notHeld
  }

  private static func number(in bytes: UnsafeRawBufferPointer) -> Int64? {
    var number: Int64 = 0
    var count = 0
    for place in bytes.indices {
      let byte = unsafe bytes[place]
      switch byte {
      case 0x30...0x39:
        guard count < 9 else { return nil }
        number = number * 10 + Int64(byte - 0x30)
        count += 1
      case 0, 0x0A, 0x0D, 0x20, UInt8(ascii: "."): continue
      default: return nil
      }
    }
    return count == 8 || count == 9 ? number : nil
  }
}
