import Cryptography
import Diagnostics
import Files
import PipelineFile
import Pseudonymisation
import Tabular

/// What a package must be made with to be of use here; judged before its first row is read.
struct ExpectedPackage: Sendable {
  let source: Source
  /// Of the key of the first level.
  let fingerprint: String
  /// Of the first level.
  let scope: String
  let standardisation: String

  /// What does not hold of packages: those that may not be used, and those that are not whole.
  struct Faults {
    /// A key or a rule of privacy forbids them.
    var refused: [Diagnostic] = []
    /// They are not what they say.
    var gates: [Diagnostic] = []

    var areNone: Bool { refused.isEmpty && gates.isEmpty }
  }

  /// Reads the notes of packages and compares them with what is expected and what lies there.
  ///
  /// - Parameter files: paths of the lines, and the period that each is of; nil where it names none.
  /// - Returns: the notes that could be read, and what does not hold.
  /// - Throws: `FilesError`, `CryptographyError`.
  func notes(
    of files: [(path: String, period: String?)]
  ) throws -> (notes: [DeliveryNote], faults: Faults) {
    var notes: [DeliveryNote] = []
    var faults = Faults()
    for (path, period) in files {
      guard let notePath = DeliveryNote.path(ofLines: path) else {
        faults.gates.append(
          fault(path, "found no package, expected NAME\(DeliveryNote.linesEnding)")
        )
        continue
      }
      do {
        let note = try DeliveryNote.read(notePath)
        notes.append(note)
        let place = Place(file: notePath)
        faults.refused += try refusals(of: note, at: place)
        faults.gates += gates(of: note, period, at: place)
        faults.gates += try damages(of: path, note)
      } catch let reason as DeliveryNote.Fault {
        faults.gates.append(Self.unreadable(notePath, reason, source.name))
      }
    }
    return (notes, faults)
  }

  /// What the key, the scope, the rules and the signature forbid.
  private func refusals(of note: DeliveryNote, at place: Place) throws -> [Diagnostic] {
    var refused: [Diagnostic] = []
    func refuse(_ sentence: String, _ hint: String) {
      refused.append(Diagnostic(at: place, "source '\(source.name)': \(sentence)", hint: hint))
    }
    if note.fingerprint != fingerprint {
      refuse(
        "found tokens by key \(Self.shown(note.fingerprint)), expected key \(fingerprint)",
        "supplier and region must name the same key 'source'; 'koppel key list' prints it"
      )
    }
    if note.scope != scope {
      refuse(
        "found tokens of scope '\(Self.shown(note.scope))', expected '\(Self.shown(scope))'",
        "'source_release' must be the same at supplier and region"
      )
    }
    if note.standardisation != standardisation {
      refuse(
        "found values standardised by \(Self.shown(note.standardisation)), expected "
          + standardisation,
        "supplier and region must run versions of koppel with the same rules"
      )
    }
    if asksFilters, note.encodings != [FieldEncoding.name] {
      let found = note.encodings.joined(separator: ", ")
      refuse(
        found.isEmpty
          ? "found no encoding of Bloom filters, expected \(FieldEncoding.name)"
          : "found Bloom filters encoded as \(Self.shown(found)), expected \(FieldEncoding.name)",
        "filters of two encodings are never alike: supplier and region must run versions of koppel "
          + "with the same one"
      )
    }
    if note.signature != nil, try !note.isSignedWell() {
      refuse(
        "found a signature that is not of what is signed",
        "the note was changed after it was signed: ask for the package again"
      )
    } else if let signer = source.arrival?.signer, note.signature?.publicKey != signer {
      refuse(
        note.signature == nil
          ? "found no signature, expected that of 'signer'"
          : "found a signature by another key than 'signer'",
        "ask the supplier whether its signing key has changed, by another way than the package"
      )
    }
    return refused
  }

  /// What the note says that does not fit what is declared.
  private func gates(of note: DeliveryNote, _ period: String?, at place: Place) -> [Diagnostic] {
    var gates: [Diagnostic] = []
    func gate(_ sentence: String, _ hint: String) {
      gates.append(Diagnostic(at: place, "source '\(source.name)': \(sentence)", hint: hint))
    }
    if let period, !period.isEmpty, !note.period.isEmpty, note.period != period {
      gate(
        "found a package of \(Self.shown(note.period)), expected one of \(period)",
        "ask the supplier for that of the period"
      )
    }
    if !note.counts.balances {
      gate(
        "its counts do not add up: read is not accepted, rejected, skipped and opted out",
        "ask for the package again"
      )
    }
    for column in source.columns {
      guard let arrived = column.arrived,
        let found = note.columns.first(where: { $0.name == column.name })
      else { continue }
      let expected = Self.described(arrived)
      guard Self.described(found) != expected else { continue }
      gate(
        "found column '\(column.name)' as \(Self.shown(Self.described(found))), expected "
          + "\(expected)",
        "the policies of supplier and region must agree"
      )
    }
    return gates
  }

  /// Whether the lines are those that the note is about.
  private func damages(of path: String, _ note: DeliveryNote) throws -> [Diagnostic] {
    let size = try OpenFile(reading: path, followingLinks: false).size()
    guard size == note.byteCount else {
      return [
        fault(
          path,
          "found \(grouped(size)) bytes, expected \(grouped(note.byteCount)) as its note says"
        )
      ]
    }
    let digest = try fileDigest(path)
    guard digest == note.sha256 else {
      return [
        fault(
          path,
          "found a file with SHA-256 \(digest.prefix(12))…, expected "
            + "\(Self.shown(String(note.sha256.prefix(12))))… as its note says"
        )
      ]
    }
    return []
  }

  private func fault(_ path: String, _ sentence: String) -> Diagnostic {
    Diagnostic(
      at: Place(file: path),
      "source '\(source.name)': \(sentence)",
      hint: "the package was cut or changed on its way: ask for it again"
    )
  }

  private static func unreadable(
    _ path: String,
    _ reason: DeliveryNote.Fault,
    _ source: String
  ) -> Diagnostic {
    let (sentence, hint): (String, String) =
      switch reason {
      case .missing:
        (
          "found no note beside the lines",
          "a package is two files: NAME\(DeliveryNote.linesEnding) and NAME\(DeliveryNote.ending)"
        )
      case .tooLong: ("found a note of more than 1 MiB", "ask for the package again")
      case .unreadable: ("found no note of a package", "ask for the package again")
      case .format:
        (
          "found a package of another format, expected \(DeliveryNote.format)",
          "supplier and region must run versions of koppel that know the same format"
        )
      case .notCanonical:
        (
          "found a note that is not as it was written",
          "it may not be opened and saved, nor converted, on its way"
        )
      }
    return Diagnostic(at: Place(file: path), "source '\(source)': \(sentence)", hint: hint)
  }

  private static func described(_ arrived: ArrivedColumn) -> String {
    switch arrived {
    case .token(let label): "token \(label)"
    case .filter(let label, _): "encoded \(label)"
    case .kept(.value, let type): "kept \(type.rawValue)"
    case .kept(_, let type): "generalised \(type.rawValue)"
    }
  }

  private static func described(_ column: DeliveryNote.Column) -> String {
    column.kind.rawValue + " " + (column.type?.rawValue ?? column.label)
  }

  private var asksFilters: Bool {
    source.columns.contains { if case .filter? = $0.arrived { true } else { false } }
  }

  /// A word of a note, cut and harmless: it comes from elsewhere.
  private static func shown(_ text: String) -> String { String(text.prefix(80)) }
}
