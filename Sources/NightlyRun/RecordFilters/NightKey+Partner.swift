import Cryptography
import Files
import PipelineFile
import Pseudonymisation

extension NightKey {
  /// Loads the secret that a partner shares, where one gets filters of records.
  ///
  /// - Returns: what the filters are made with; nil where nobody gets any.
  /// - Throws: `KeyError`, `CryptographyError`.
  func partner(
    for pipeline: Pipeline,
    workFolder: WorkFolder,
    _ log: NightLog
  ) throws -> RecordKeys? {
    guard let form = pipeline.pseudonymise.clk,
      let location = pipeline.keys[form.key]?.location
    else { return nil }
    try KeyedBlake2b.selfTest()
    do {
      let found = try KeyFile.loadPartner(
        location,
        sample: protectsNobody,
        forbiddenFolders: pipeline.foldersWithoutKeys(workFolder: workFolder.path)
      )
      let keys = try RecordKeys(secret: found.secret, name: form.key, root: root)
      try log.partnerLoaded(id: found.id, name: form.key, mark: keys.mark)
      return keys
    } catch {
      try log.keyRefused(name: form.key, reason: (error as? KeyError)?.word ?? "key")
      throw error
    }
  }
}
