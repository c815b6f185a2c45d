import Cryptography
import Diagnostics
import Files
import PipelineFile
import PrivacyLog
import Tabular

/// Which log is told of changes, and that it is signed.
extension KeyKeeping {
  /// The first use that the record knows of this pipeline: its log is where changes are told.
  ///
  /// Whoever watches that log must see them; a run elsewhere is warned of, a change is refused.
  static func pinnedLog(
    of name: String,
    in pipeline: Pipeline
  ) throws(KeyError) -> KeyRecord.Use? {
    let path = KeyRecord.path(ofKey: name, besidePipeline: pipeline.path)
    return try KeyRecord.read(path, ofKey: name)?.uses.first { $0.pipeline == pipeline.name }
  }

  /// Why a change is refused that another log would be told.
  static func otherLog(
    _ pinned: KeyRecord.Use,
    found: String?,
    _ name: String,
    _ pipeline: Pipeline
  ) -> RunError {
    .key(
      Diagnostic(
        at: Place(file: KeyRecord.path(ofKey: name, besidePipeline: pipeline.path)),
        "changes of key '\(escapedForTerminal(name))' are told in the log \(pinned.log), found "
          + (found ?? "no log") + " in the work folder",
        hint:
          "leave out --work, or name the work folder of the first run; if that log is lost, tell "
          + "the privacy officer and take its entry out of 'used_by'"
      )
    )
  }

  /// Signs what a change told the log; where that cannot be, the next run does, and it is said.
  func seal() {
    guard log.head.size > log.sealedSize else { return }
    do {
      let signer = try LogSigningKey(of: pipeline, folder)
      if log.signer != signer.key.publicKey {
        if log.signer != nil { observer.warn(LogSigningKey.changed(folder)) }
        var fields = LogActor.fields(of: pipeline)
        fields["key"] = signer.json
        try log.append(
          signer.isNew ? .keyNew : .keyLoaded,
          run: run,
          outcome: signer.isNew ? "made" : "loaded",
          fields: fields
        )
      }
      try log.seal(signer.key, isNightEnd: true)
    } catch {
      let cause = (error as? any KoppelError)?.diagnostics.first
      observer.warn(
        Diagnostic(
          .warning,
          at: Place(file: folder.log),
          "what this change told the log is not signed yet"
            + (cause.map { ": \($0.place.map { "\($0): " } ?? "")\($0.sentence)" } ?? ""),
          hint: "the next run signs it; until then it could be taken out unseen"
        )
      )
    }
  }

  /// Tells the log of a generation that ended: any use after that line is found by `log verify`.
  func tell(_ ended: EndedKey, _ grounds: Grounds) throws {
    try tell(ended.event, ended.outcome, ended.key(named: ring.name), grounds)
  }

  /// Refuses to change a key under another pipeline that has it too, unless that is known.
  ///
  /// The other's tokens would be others from its next run on, in the middle of its release: only who
  /// knows both can say that it is not.
  func checkAlone(_ grounds: Grounds, isEnd: Bool = false) throws {
    let others = ring.record.uses.filter {
      $0.pipeline != pipeline.name && !grounds.also.contains($0.pipeline)
    }
    guard let other = others.max(by: { $0.day < $1.day }) else { return }
    let name = escapedForTerminal(other.pipeline)
    throw refusal(
      "key '\(ring.name)' makes the tokens of pipeline '\(name)' too, last of release "
        + "'\(escapedForTerminal(other.release))' on \(other.day)",
      hint: isEnd
        ? "it could make no more of them: say with --also \(name) that it need not"
        : "its next run takes the key that is then in use: wait until its release is over, and say "
          + "so with --also \(name); or give each pipeline a key of its own"
    )
  }
}
