import Cryptography
import Diagnostics
import Files
import PipelineFile
import PrivacyLog

extension NightLog {
  /// The name of the key that signs the log, among the pipeline's keys.
  static let signingKeyName = "log"

  /// Opens the key that signs the log: the one that `keys.log` names, else one that the work folder
  /// keeps, made when there is none.
  ///
  /// - Throws: `KeyError`, and then the log says that it was refused.
  func openSigningKey(workFolder: WorkFolder, observer: any RunObserver) throws {
    do {
      if let source = pipeline.keys[Self.signingKeyName] {
        try openNamed(source, workFolder)
      } else {
        try openOwn(workFolder, observer)
      }
    } catch let error as KeyError {
      try keyRefused(name: Self.signingKeyName, reason: error.word)
      throw error
    }
    guard let earlierSigner, let signer, earlierSigner != signer else { return }
    observer.warn(
      Diagnostic(
        .warning,
        at: Place(file: workFolder.log),
        "another key signs the privacy log than before: witnesses will refuse it",
        hint: "tell the privacy officer, who pins the new one with --signer"
      )
    )
  }

  private func openNamed(_ source: KeySource, _ workFolder: WorkFolder) throws {
    guard let location = source.location else {
      throw RunError.key(Diagnostic("the key that signs the privacy log is in one file"))
    }
    let (id, key) = try KeyFile.loadSigning(
      location,
      forbiddenFolders: pipeline.foldersWithoutKeys(workFolder: workFolder.path)
    )
    try signingKeyLoaded(key, id: id, isNew: false)
  }

  private func openOwn(_ workFolder: WorkFolder, _ observer: any RunObserver) throws {
    let isNew = !somethingStands(at: workFolder.signingKey)
    if isNew {
      try KeyFile.createSigning(name: Self.signingKeyName, generation: 1, at: workFolder.signingKey)
      if !pipeline.sample {
        observer.note(
          "made a key that signs the privacy log, \(workFolder.signingKey); 'keys: log:' keeps it "
            + "elsewhere"
        )
      }
    }
    let (id, key) = try KeyFile.loadSigning(.file(workFolder.signingKey), forbiddenFolders: [])
    try signingKeyLoaded(key, id: id, isNew: isNew)
  }
}
