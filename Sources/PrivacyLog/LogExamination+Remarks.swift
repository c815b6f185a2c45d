import Diagnostics

extension LogExamination {
  /// What is worth a remark in a log that is good.
  consuming func remarks(path: String, isWitnessed: Bool, witnessedSize: Int) -> [Diagnostic] {
    func warning(_ line: Int, _ sentence: String, hint: String? = nil) -> Diagnostic {
      Diagnostic(.warning, at: Place(file: path, line: line), sentence, hint: hint)
    }
    var found = rules.warnings.map { warning($0.line, $0.sentence) }
    found += rules.notes.map {
      Diagnostic(.note, at: Place(file: path, line: $0.line), $0.sentence)
    }
    found.sort { ($0.place?.line ?? 0) < ($1.place?.line ?? 0) }
    if rules.untoldCount > 0 {
      found.append(warning(0, "found \(rules.untoldCount) more changes of policy, signer or clock"))
    }
    found += rules.nights.missingNights.map { warning(0, NightCalendar.sentence($0)) }
    found += rules.nights.missingMonths.map { warning(0, "no run published period \($0)") }
    if let unchainedProof {
      found.append(
        warning(
          0,
          "the proofs before that of \(unchainedProof.checkpoint.size) lines are gone",
          hint: proofHint
        )
      )
    }
    let size = verifier.count
    if tornByteCount > 0 {
      found.append(
        warning(
          size + 1,
          "found \(tornByteCount) bytes of a line that was never finished",
          hint: "a run was interrupted; the next one sets them apart and says so in the log"
        )
      )
    }
    if rules.sealedSize < size, rules.signer != nil {
      found.append(
        warning(
          rules.sealedSize + 1,
          rules.endsUnsealed && rules.sealedSize == size - 1
            ? "the end of the last run is not signed yet; the next run signs it"
            : "the lines from here on are not signed yet; the next run signs them"
        )
      )
    }
    if !isWitnessed {
      found.append(
        warning(
          0,
          "the log was held against no witness: a cut at its end, or all of it written anew, "
            + "would not be seen",
          hint: "give --witness DIR, or the size and head of a manifest that was kept elsewhere"
        )
      )
    } else if witnessedSize < rules.sealedSize, rules.sealedSize <= size, witnessedSize > 0 {
      found.append(
        warning(
          witnessedSize + 1,
          "the witness has not seen the lines from here on",
          hint: proofHint
        )
      )
    }
    return found
  }

  private var proofHint: String { "koppel log checkpoint LOG --old N proves what a witness missed" }
}
