import Cryptography
import Diagnostics
import Files
import Ingest
import PipelineFile
import Pseudonymisation
import Tabular

/// The list of those who object, as a run has read it.
struct ObjectionList {
  let persons: Objections
  /// By which column of the sources they are found.
  let column: String
  /// Of the files, names left out: 64 hexadecimal digits.
  ///
  /// Whoever has it can try all BSNs on a short list, so it is written nowhere.
  let digest: String
  /// The digest under a key of the release, which what is staged bears.
  let mark: String

  static func digest(ofFiles digests: [String]) throws -> String {
    try StageDigest.digest(.array(digests.map { .string($0) }))
  }
}

extension Night {
  /// Reads who objects; before any extract, and into memory alone.
  ///
  /// A list that is not there, or not read to its last line, is no empty list: the run ends.
  ///
  /// - Note: Clear identifiers pass through here.
  /// - Throws: `RunError.missingDeliveries`, `RunError.gates`; `IngestError`, `FilesError`.
  func readObjections(
    _ plan: SourcePlan,
    _ memos: TokenMemos,
    _ key: NightKey
  ) throws -> ObjectionList {
    guard let optOut = pipeline.pseudonymise.optOut else {
      throw RunError.notStaged(stage: "pseudonymise", source: plan.source)
    }
    let (files, _) = try InboxFile.matching(optOut.source.files)
    guard !files.isEmpty else {
      throw RunError.missingDeliveries([
        Diagnostic(
          at: optOut.source.place,
          "no file matches the list of persons who object",
          hint: "put the list there, with its header alone when nobody objects"
        )
      ])
    }
    let list = Pseudonymiser(plan: plan, memos: memos, bucketCount: 1)
    let reader = try ExtractReader(source: optOut.source, wanted: plan.wanted, files: files)
    let parser = try reader.makeParser()
    let worker = try list.worker()
    var rejects: [RejectedRow] = []
    while let chunk = try reader.next() {
      let parsed = try parser.parse(chunk)
      rejects += parsed.rejects
      rejects += try worker.pseudonymise(parsed.batch, file: parsed.file).rejects
    }
    worker.finish()
    if let first = rejects.first {
      let file = files.indices.contains(first.file) ? files[first.file] : ""
      throw RunError.gates([
        Diagnostic(
          at: Place(file: file),
          "the list of persons who object has \(counted(rejects.count, "row")) that cannot be read "
            + "(\(first.reason.rawValue)), expected none",
          hint: "nothing is published while somebody's objection is not understood"
        )
      ])
    }
    guard let persons = Objections(of: list) else {
      throw RunError.notStaged(stage: "pseudonymise", source: plan.source)
    }
    observer.note("\(counted(persons.count, "person")) object; their rows are skipped")
    let digest = try ObjectionList.digest(ofFiles: reader.deliveries.map(\.sha256))
    var authenticator = try MessageAuthenticator(
      key: key.scope.root.key("koppel/objections/v1", [pipeline.pseudonymise.release])
    )
    return ObjectionList(
      persons: persons,
      column: plan.tokens[0].name,
      digest: digest,
      mark: lowerHex(try authenticator.fullTag(Array(digest.utf8)))
    )
  }

  /// Tells how many staged rows no objection can be found in, for they bear no number.
  ///
  /// Such a row is of nobody who is known: the register's row of the person who objects is gone, so
  /// that it finds no resident by name either. It stays among the unlinked rows, and is counted.
  func tellUnmatched(_ list: ObjectionList, _ staged: [StagedSource]) {
    for source in staged {
      let count = source.rowCount(without: list.column)
      guard count > 0 else { continue }
      observer.note(
        "\(source.name): \(counted(count, "row")) without '\(list.column)', by which objections are "
          + "matched: whose they are cannot be told"
      )
    }
  }
}

extension StagedSource {
  /// How many rows have no token in that column; all of them where it is not staged.
  func rowCount(without column: String) -> Int {
    guard case .tokens(let tokens)? = identities.table[column] else {
      return rowCounts.reduce(0) { $0 + Int($1) }
    }
    return zip(tokens, rowCounts).reduce(0) { $1.0.isMissing ? $0 + Int($1.1) : $0 }
  }
}
