import Cryptography
import Files
import Linkage
import PipelineFile
import Pseudonymisation
import Tabular

/// How the ledger of persons follows a rotation of the key: all keep their ids.
struct PersonsRotation {
  /// What a rollback needs beside the tokens of columns.
  private(set) var batches: [TranslationTable.Batch] = []
  private var persons: CarriedPersons
  private let keeping: KeyKeeping
  private let scope: String
  private let old: PersonsFile.Keys
  private let new: LoadedKey

  /// - Parameters:
  ///   - keeping: whose ring does not know of the rotation yet.
  ///   - before: the key in use.
  ///   - new: the key that takes over.
  ///   - staged: what is staged of the release.
  /// - Throws: `KeyError`, `FilesError`, `CryptographyError`.
  init(
    of keeping: KeyKeeping,
    from before: KeyRecord.Generation,
    to new: LoadedKey,
    _ staged: [(source: Source, table: StagedTable)]
  ) throws {
    self.keeping = keeping
    self.new = new
    scope = keeping.pipeline.pseudonymise.release
    let loaded = try keeping.ring.load(try keeping.ring.place(of: before))
    try keeping.ring.check(loaded, is: before.id)
    old = PersonsFile.Keys(
      fingerprint: try keeping.tokenFingerprint(scope),
      root: loaded.root
    )
    persons = try CarriedPersons(
      from: loaded.root.fingerprint,
      to: new.root,
      scope: scope,
      wraps: true
    )
    for (source, table) in staged { try add(source, table) }
  }

  /// Writes the ledger anew beside itself.
  ///
  /// - Parameter keys: the fingerprints of tokens from now on.
  /// - Returns: where it is to be put when the rotation is recorded; nil without a ledger.
  /// - Throws: `FilesError`, `CryptographyError`.
  func rewrite(to keys: String) throws -> String? {
    try PersonsFile.rewrite(
      in: keeping.folder,
      pipeline: keeping.pipeline.name,
      release: scope,
      from: old,
      to: PersonsFile.Keys(fingerprint: keys, root: new.root),
      persons.carried
    )
  }

  /// Learns what the identities of a source are known by when their tokens are wrapped.
  private mutating func add(_ source: Source, _ table: StagedTable) throws {
    let digest = table.header["made_from"]?.stringValue ?? ""
    guard
      let before = PseudonymisedTable.resealed(
        try table.identities(),
        madeFrom: digest,
        expected: digest
      )
    else { return }
    var after = before
    for column in SourcePlan(source: source, in: keeping.pipeline).tokens where column.isStaged {
      guard case .tokens(let values)? = before.table[column.name] else { continue }
      let wrap = try TokenWrap(
        from: old.root.fingerprint,
        to: new.root,
        label: column.label,
        scope: scope
      )
      var wrapped: [Token: Token] = [:]
      for token in values where wrapped[token] == nil { wrapped[token] = try wrap.wrap(token) }
      after = after.replacing(column.name, wrapped)
    }
    let tokens = [before, after].map {
      PersonRecords($0, of: source, in: keeping.pipeline).identityTokens
    }
    let likenesses = tokens.map { all in
      all.map { Token(high: 0, low: PersonLedger.likeness(of: $0)) }
    }
    add(CarriedPersons.identities, tokens[0], tokens[1])
    add(CarriedPersons.likenesses, likenesses[0], likenesses[1])
  }

  private mutating func add(_ label: String, _ before: [Token], _ after: [Token]) {
    persons.add(label, before, after)
    batches.append(TranslationTable.Batch(label: label, old: before, new: after))
  }
}
