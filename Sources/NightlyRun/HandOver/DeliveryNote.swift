import Cryptography
import FoundationEssentials
import PipelineFile
import Tabular

/// What stands beside the lines of a package: whose they are, made with what, and how many.
///
/// Canonical JSON (RFC 8785) and a line end, so that what is signed can be told from what is stored:
/// a note that is not stored as it would be written is refused.
struct DeliveryNote: Sendable, Equatable {
  static let format = "koppel-hand-over/1"
  /// How the names of the two files of a package end.
  static let ending = ".json"
  static let linesEnding = ".csv.gz"

  /// A column of the lines.
  struct Column: Sendable, Equatable {
    /// What became of the values.
    enum Kind: String, Sendable {
      case token
      case encoded
      case generalised
      case kept
    }

    var name: String
    /// Of a token or a filter; empty for what is kept.
    var label = ""
    var kind: Kind
    /// Of the column in the extract, for what is kept.
    var type: ColumnType?

    var json: JSONValue {
      var members: [String: JSONValue] = [
        "name": .string(name), "label": .string(label), "kind": .string(kind.rawValue),
      ]
      members["type"] = type.map { .string($0.rawValue) }
      return .object(members)
    }
  }

  /// What became of the rows: read = accepted + rejected + skipped + opted out.
  struct Counts: Sendable, Equatable {
    var read = 0
    var accepted = 0
    /// By reason.
    var rejected: [String: Int] = [:]
    var skipped = 0
    var optedOut = 0

    var balances: Bool {
      let parts = [accepted, skipped, optedOut] + rejected.values
      guard parts.allSatisfy({ 0...1 << 53 ~= $0 }), rejected.count < 1000 else { return false }
      return read == parts.reduce(0, +)
    }

    var json: JSONValue {
      [
        "read": .integer(Int64(read)), "accepted": .integer(Int64(accepted)),
        "rejected": .object(rejected.mapValues { .integer(Int64($0)) }),
        "skipped": .integer(Int64(skipped)), "opted_out": .integer(Int64(optedOut)),
      ]
    }
  }

  /// Who vouches for the note, and for the lines by their digest.
  struct Signature: Sendable, Equatable {
    var name: String
    /// 32 bytes, Ed25519.
    var publicKey: [UInt8]
    /// 64 bytes.
    var value: [UInt8]

    var json: JSONValue {
      [
        "name": .string(name), "public_key": .string(Data(publicKey).base64EncodedString()),
        "value": .string(Data(value).base64EncodedString()),
      ]
    }
  }

  var source: String
  /// The label of the period; empty where the pipeline has none.
  var period: String
  /// Of the first level.
  var scope: String
  /// Of the key of the first level.
  var fingerprint: String
  var standardisation: String
  /// Of filters; none where the lines have none.
  var encodings: [String] = []
  var columns: [Column]
  var counts: Counts
  /// Of the lines as they are stored.
  var byteCount: Int
  var sha256: String
  /// The digest of the supplier's pipeline file.
  var policy: String
  var toolVersion: String
  /// In UTC, as the log writes it.
  var created: String
  var signature: Signature?

  /// All of it; the signature is over the bytes of the rest.
  var json: JSONValue {
    guard case .object(var members) = unsignedJSON else { return unsignedJSON }
    members["signature"] = signature?.json
    return .object(members)
  }

  private var unsignedJSON: JSONValue {
    [
      "format": .string(Self.format), "source": .string(source), "period": .string(period),
      "scope": .string(scope), "fingerprint": .string(fingerprint),
      "standardisation": .string(standardisation),
      "encodings": .array(encodings.map { .string($0) }),
      "columns": .array(columns.map(\.json)), "counts": counts.json,
      "bytes": .integer(Int64(byteCount)), "sha256": .string(sha256), "policy": .string(policy),
      "tool": ["name": "koppel", "version": .string(toolVersion)], "created": .string(created),
    ]
  }

  /// What is signed: canonical JSON without the signature.
  var signedBytes: [UInt8] { Array(unsignedJSON.canonical.utf8) }
  /// What is stored.
  var bytes: [UInt8] { Array(json.canonical.utf8) + [0x0A] }

  /// Whether the signature is that of its public key.
  func isSignedWell() throws(CryptographyError) -> Bool {
    guard let signature else { return false }
    return try isValidSignature(
      signature.value,
      of: signedBytes,
      publicKey: signature.publicKey
    )
  }

  /// The path of the note of lines; nil for a file that is named otherwise.
  static func path(ofLines path: String) -> String? {
    guard path.hasSuffix(linesEnding) else { return nil }
    return path.dropLast(linesEnding.count) + ending
  }
}
