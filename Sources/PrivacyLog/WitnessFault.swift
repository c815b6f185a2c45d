import Diagnostics

/// Why a witness does not sign.
package enum WitnessFault: Error, Sendable, Hashable {
  /// The first proof came without a word on who signs.
  case noSigner
  /// What was given as the signer's key is none.
  case signerForm
  /// The proof begins at another size than the one that was seen last.
  case otherSize(found: Int, seen: Int)
  /// The checkpoint is of fewer lines than one that was seen before.
  case rollback(found: Int, seen: Int)
  /// A checkpoint of the same size with another root was seen before.
  case fork(size: Int)
  /// The proof does not hold: the log was written anew since.
  case rewritten(seen: Int)
  /// Another key than the one that was pinned signed the checkpoint, or none did.
  case unknownSigner
  /// The witness has seen another log of the same pipeline.
  case otherOrigin(pipeline: String)
  /// The file is no proof.
  case form
  /// Another process uses the witness's folder.
  case held
  /// What the witness keeps cannot be read as it was written.
  case state
}

extension WitnessFault {
  var exitStatus: ExitStatus {
    switch self {
    case .noSigner, .signerForm: .usage
    case .otherSize: .dataGate
    case .held: .lockHeld
    case .rollback, .fork, .rewritten, .unknownSigner, .otherOrigin, .form, .state: .tampered
    }
  }

  func diagnostic(at path: String) -> Diagnostic {
    Diagnostic(at: Place(file: path), sentence, hint: hint)
  }

  private var sentence: String {
    switch self {
    case .noSigner: "found the first proof of this log, and no word on which key signs it"
    case .signerForm: "found no public key, expected the line of checkpoints/signer"
    case .otherSize(let found, let seen):
      "found a proof from \(found) lines, expected one from the \(seen) that were seen last"
    case .rollback(let found, let seen):
      "found a log of \(found) lines, but \(seen) were seen before: lines are gone"
    case .fork(let size): "found other lines up to \(size) than were seen before"
    case .rewritten(let seen):
      "the proof does not hold: the log does not begin with the \(seen) lines that were seen"
    case .unknownSigner: "found a checkpoint that the pinned key did not sign"
    case .otherOrigin(let pipeline):
      "found another log of '\(escapedForTerminal(pipeline))' than the one that was seen before"
    case .form: "found no proof: 'old N', hashes, an empty line, a checkpoint"
    case .held: "another process uses the witness's folder"
    case .state: "what the witness keeps is not as it was written"
    }
  }

  private var hint: String? {
    switch self {
    case .noSigner: "give the line of checkpoints/signer: --signer LINE, or put the file beside it"
    case .signerForm: "it looks like koppel/PIPELINE+0123abcd+BASE64"
    case .otherSize(_, let seen):
      "nights were missed: have 'koppel log checkpoint LOG --old \(seen)' run, and take what it prints"
    case .unknownSigner:
      "if the key was changed with your knowledge, pin the new one with --signer LINE"
    case .otherOrigin:
      "ask why the log began anew; a witness of the new one has a folder of its own"
    case .rollback, .fork, .rewritten: "keep the proof, and ask for the log and its backups"
    case .held: "wait until it ends"
    case .form, .state: nil
    }
  }
}
