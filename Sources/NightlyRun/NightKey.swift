import Cryptography
import Diagnostics
import Files
import PipelineFile
import Pseudonymisation

/// The key of a run, loaded and in custody.
struct NightKey: Sendable {
  let name: String
  let fingerprint: String
  let isDemo: Bool
  let scope: TokenScope
  let standardisation: Standardisation

  /// Loads the key that the pseudonymise stage names.
  ///
  /// A demo key that is not there yet is made, for made-up data alone.
  ///
  /// - Throws: `KeyError`, `CryptographyError`.
  static func load(
    for pipeline: Pipeline,
    workFolder: String,
    observer: any RunObserver,
    _ log: NightLog
  ) throws -> NightKey {
    let name = pipeline.pseudonymise.key
    guard let source = pipeline.keys[name] else {
      throw RunError.key(Diagnostic("no key '\(name)' is named"))
    }
    try MessageAuthenticator.selfTest()
    let standardisation = try Standardisation()
    let loaded: LoadedKey
    // Of the key alone may the log say that it was refused.
    do {
      loaded = try load(source, for: pipeline, workFolder: workFolder, observer: observer)
    } catch {
      try log.keyRefused(name: name)
      throw error
    }
    try log.keyLoaded(loaded, name: name)
    return NightKey(
      name: name,
      fingerprint: loaded.root.fingerprint,
      isDemo: loaded.isDemo,
      scope: TokenScope(
        root: loaded.root,
        sourceRelease: pipeline.pseudonymise.sourceRelease,
        release: pipeline.pseudonymise.release,
        standardisation: standardisation.identifier
      ),
      standardisation: standardisation
    )
  }

  private static func load(
    _ source: KeySource,
    for pipeline: Pipeline,
    workFolder: String,
    observer: any RunObserver
  ) throws -> LoadedKey {
    if case .file(let path) = source, pipeline.sample, lastPart(of: path) == "demo.key",
      !somethingStands(at: path)
    {
      try KeyFile.create(name: KeyFile.demoName, at: path)
      observer.note(
        "made a demo key, \(path): it protects nobody and opens for made-up data alone"
      )
    }
    guard let place = source.place else {
      throw RunError.key(Diagnostic("the key of this run is named by its fingerprint alone"))
    }
    return try KeyFile.load(
      place,
      sample: pipeline.sample,
      forbiddenFolders: pipeline.foldersWithoutKeys(workFolder: workFolder)
    )
  }
}
