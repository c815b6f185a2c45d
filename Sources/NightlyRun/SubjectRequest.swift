package import Cryptography
import Diagnostics
import Files
import PipelineFile
import Pseudonymisation
import Tabular

/// The question of a data subject, whether this region holds rows of hers.
package enum SubjectRequest {
  /// What is known of one source.
  package enum Finding: Sendable, Hashable {
    case held
    case notHeld
    /// Not by her number, and some rows have none.
    case notHeldByNumber
    /// It has no column of BSNs that became tokens.
    case noNumber
    case notStaged
    /// It was staged with another key, for another period, or by another pipeline file.
    case stagedOtherwise
    /// Her pseudonym begins with a key that the suppliers keep; its fingerprint.
    case keyElsewhere(fingerprint: String)

    /// Whether it is an answer; else somebody is to be asked again, or another.
    var isTold: Bool {
      switch self {
      case .held, .notHeld, .notHeldByNumber, .notStaged: true
      case .noNumber, .stagedOtherwise, .keyElsewhere: false
      }
    }

    /// As a person reads it.
    package var text: String {
      switch self {
      case .held: "yes"
      case .notHeld: "no"
      case .notHeldByNumber: "no, by number; of its rows without a number nobody can tell"
      case .noNumber: "cannot be told: the source has no tokens of BSNs"
      case .notStaged: "no: nothing is staged"
      case .stagedOtherwise:
        "cannot be told: it was staged for another period, or by another key or pipeline file; ask with "
          + "the --set and --work of that run"
      case .keyElsewhere(let fingerprint):
        "cannot be told here: the supplier keeps the key of the first level (fingerprint \(fingerprint)); "
          + "ask who hands it over"
      }
    }
  }

  /// The answer about one source.
  package struct Answer: Sendable {
    package let release: String
    package let source: String
    package let finding: Finding
  }

  /// Looks for a person in all that is staged.
  ///
  /// The log says that somebody asked, on the disk, before the key is opened; it says neither the
  /// number nor the answer.
  ///
  /// - Parameters:
  ///   - digits: of her BSN, as typed.
  ///   - path: of the pipeline file.
  ///   - options: variables and work folder.
  ///   - clock: milliseconds since 1970 in UTC.
  ///   - observer: whom to tell.
  /// - Returns: one answer a source, in file order; nil when the number is none.
  /// - Throws: an error of the module that refused; each is a `KoppelError`.
  package static func ask(
    _ digits: SecretBytes,
    path: String,
    options: RunOptions,
    clock: @escaping @Sendable () -> Int64,
    observer: any RunObserver
  ) throws -> [Answer]? {
    let (pipeline, folder) = try loadPipeline(path: path, options, clock: clock)
    guard try SubjectSearch.isNumber(digits, Standardisation()) else { return nil }
    try folder.make()
    try folder.checkIsOurs()
    let lock = try RunLock(workFolder: folder.path)
    let log = try NightLog(in: folder, pipeline: pipeline, clock: clock, observer: observer)
    let answers: [Answer]
    do {
      try log.begin(folder, observer) { try log.subjectAsked() }
      answers = try answer(digits, pipeline, folder, observer, log)
      try log.subjectAnswered(
        sourceCount: answers.count,
        untoldCount: answers.count { !$0.finding.isTold }
      )
    } catch {
      try? log.sealForWitnesses()
      throw error
    }
    try log.sealForWitnesses()
    lock.release()
    return answers
  }

  private static func answer(
    _ digits: SecretBytes,
    _ pipeline: Pipeline,
    _ folder: WorkFolder,
    _ observer: any RunObserver,
    _ log: NightLog
  ) throws -> [Answer] {
    let key = try NightKey.load(for: pipeline, workFolder: folder, observer: observer, log)
    let search = SubjectSearch(
      digits: digits,
      scope: key.scope,
      standardisation: key.standardisation
    )
    return try pipeline.sources.map { source in
      Answer(
        release: pipeline.pseudonymise.release,
        source: source.name,
        finding: try finding(source, pipeline, folder, key, search)
      )
    }
  }

  private static func finding(
    _ source: Source,
    _ pipeline: Pipeline,
    _ folder: WorkFolder,
    _ key: NightKey,
    _ search: SubjectSearch
  ) throws -> Finding {
    // What arrives pseudonymised was a number at the supplier's.
    let numbers = (source.arrival?.declared ?? source.columns).filter { $0.type == .bsn }.map(
      \.name
    )
    let columns = SourcePlan(source: source, in: pipeline).tokens
      .filter { $0.isStaged && numbers.contains($0.name) }
    guard !columns.isEmpty else { return .noNumber }
    let path = "\(folder.staging)/\(source.name).staged"
    guard somethingStands(at: path) else { return .notStaged }
    let table = try StagedTable(path: path)
    let definition = try StageDigest.definition(
      of: source,
      in: pipeline,
      standardisation: key.standardisation.identifier
    )
    guard table.header["key"]?.stringValue == key.tokenFingerprint,
      table.header["definition"]?.stringValue == definition
    else { return .stagedOtherwise }
    guard key.scope.levels != .region else {
      return .keyElsewhere(fingerprint: key.sourceFingerprint)
    }
    let identities = try table.identities()
    var found: [SubjectSearch.Answer] = []
    for column in columns {
      guard let answer = try search.finds(in: identities, column: column.name, label: column.label)
      else { continue }
      found.append(answer)
    }
    guard !found.isEmpty else { return .noNumber }
    if found.contains(.held) { return .held }
    return found.contains(.notHeldByNumber) ? .notHeldByNumber : .notHeld
  }
}
