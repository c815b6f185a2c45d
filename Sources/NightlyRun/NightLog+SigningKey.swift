import Files
import PipelineFile

extension NightLog {
  /// The name of the key that signs the log, among the pipeline's keys.
  static let signingKeyName = "log"

  /// Opens the key that signs the log: the one that `keys.log` names, else one that the work folder
  /// keeps, made when there is none.
  ///
  /// - Throws: `KeyError`, and then the log says that it was refused.
  func openSigningKey(workFolder: WorkFolder, observer: any RunObserver) throws {
    do {
      let found = try LogSigningKey(of: pipeline, workFolder)
      if found.isNew, !pipeline.sample {
        observer.note(
          "made a key that signs the privacy log, \(workFolder.signingKey); 'keys: log:' keeps it "
            + "elsewhere"
        )
      }
      try signingKeyLoaded(found.key, id: found.id, isNew: found.isNew)
    } catch let error as KeyError {
      try keyRefused(name: Self.signingKeyName, reason: error.word)
      throw error
    }
    guard let earlierSigner, let signer, earlierSigner != signer else { return }
    observer.warn(LogSigningKey.changed(workFolder))
  }
}
