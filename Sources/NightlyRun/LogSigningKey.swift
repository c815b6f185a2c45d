import Cryptography
import Diagnostics
import Files
import PipelineFile
import Tabular

/// The key that signs a log: the one that `keys.log` names, else one that the work folder keeps, made
/// when there is none.
struct LogSigningKey {
  /// What it is called: `NAME.GENERATION`.
  let id: String
  let key: SigningKey
  /// Whether it was made just now.
  let isNew: Bool

  /// Opens it.
  ///
  /// - Throws: `KeyError`; `RunError.key` for one in two halves.
  init(of pipeline: Pipeline, _ workFolder: WorkFolder) throws {
    guard let source = pipeline.keys[NightLog.signingKeyName] else {
      let path = workFolder.signingKey
      isNew = !somethingStands(at: path)
      if isNew {
        try KeyFile.createSigning(name: NightLog.signingKeyName, generation: 1, at: path)
      }
      (id, key) = try KeyFile.loadSigning(.file(path), forbiddenFolders: [])
      return
    }
    guard let location = source.location else {
      throw RunError.key(Diagnostic("the key that signs the privacy log is in one file"))
    }
    isNew = false
    (id, key) = try KeyFile.loadSigning(
      location,
      forbiddenFolders: pipeline.foldersWithoutKeys(workFolder: workFolder.path)
    )
  }

  /// What the log says of it.
  var json: JSONValue {
    [
      "id": .string(id), "name": .string(NightLog.signingKeyName),
      "public": .string(lowerHex(key.publicKey)),
    ]
  }

  /// What is told when another key signed before.
  static func changed(_ workFolder: WorkFolder) -> Diagnostic {
    Diagnostic(
      .warning,
      at: Place(file: workFolder.log),
      "another key signs the privacy log than before: witnesses will refuse it",
      hint: "tell the privacy officer, who pins the new one with --signer"
    )
  }
}
