import Diagnostics

extension KeyFault {
  /// Found this, expected that.
  var sentence: String {
    switch self {
    case .missing: "found no key file"
    case .folderMissing: "found no folder to hold the key file"
    case .unreadable(let code):
      "key file cannot be read: \(errorSentence(code)) (\(errorName(code)))"
    case .symbolicLink: "found a symbolic link, expected the key file itself"
    case .notRegular(let kind): "found \(kind.rawValue), expected a key file"
    case .mode(let mode, let isCredential):
      "found key file with mode \(octal(mode)), expected 0400 or 0600"
        + (isCredential ? ", or root's 0440" : "")
    case .owner(let user):
      "found key file of user \(user), expected one of the user who runs koppel, or of root"
    case .hardLinks(let count): "found key file with \(count) names (hard links), expected one"
    case .folderWritable(let folder, let mode):
      "found key file in folder '\(escapedForTerminal(folder))' with mode \(octal(mode)), "
        + "expected a folder that others cannot write to"
    case .folderOwner(let folder, let user):
      "found key file in folder '\(escapedForTerminal(folder))' of user \(user), expected a folder "
        + "of the user who runs koppel, or of root"
    case .inside(let folder):
      "found key file inside '\(escapedForTerminal(folder))', expected it apart from the pipeline, "
        + "its inbox, its work folder and its output"
    case .notOneLine(let count): "found \(count) bytes, expected one line that holds a key"
    case .form(let form): form.sentence
    case .check: "the check of the key line does not fit the line: a character was changed or lost"
    case .allZero: "found a key of zeros, expected 32 random bytes"
    case .half(let part, let parts):
      "found part \(part) of \(parts) of a key, expected a whole key (1/1)"
    case .notHalf: "found a key of one part, expected a half (1/2 or 2/2)"
    case .samePart(let part): "found part \(part) of 2 twice, expected part 1 and part 2"
    case .otherHalf(let found, let expected):
      "found a half of key \(found), expected the other half of \(expected)"
    case .sharedFile: "found the same file for both halves, expected two files in two hands"
    case .sharedFolder(let folder):
      "found both halves in folder '\(escapedForTerminal(folder))', expected each in the folder of "
        + "its holder"
    case .sharedBytes: "found the same bytes in both halves, expected two different halves"
    case .signing: "found a key that signs, expected a key for pseudonyms"
    case .notSigning: "found a key for pseudonyms, expected one that signs"
    case .partner: "found a secret that a partner has, expected a key for pseudonyms"
    case .notPartner: "found a key, expected a secret that is shared with a partner"
    case .notShare: "found no percentage above 0 % in the file, expected one line, as 10 %"
    case .shortSecret(let count, let expected):
      "found a secret of \(count) characters, expected at least \(expected): short ones are guessed"
    case .fingerprint(let id, let found, let expected):
      "found key \(id) with fingerprint \(found), expected \(expected), as at its first use"
    case .unknownGeneration(let id):
      "found key \(id), of which its record knows nothing"
    case .notYetValid(let id, let day): "key \(id) is not yet valid: its first day is \(day)"
    case .expired(let id, let day): "key \(id) has expired: its last day was \(day)"
    case .retired(let id): "key \(id) is retired: another has taken its place"
    case .destroyed(let id): "key \(id) is destroyed, and may not be used again"
    case .waiting(let id, let active): "key \(id) is not in use yet: that is \(active)"
    case .otherGeneration(let found, let expected):
      "found key \(found), expected \(expected) where its record says that it lies"
    case .otherFile(let id): "found another file than that of key \(id), which is left as it is"
    case .sameAs(let id, let other): "key \(id) holds the same bytes as \(other)"
    case .dailyRuns(let count, let limit):
      "this is run \(count) of today (UTC) with the key, expected at most \(limit)"
    case .demo: "found the demo key, expected a key of your own: the data is not made up"
    }
  }

  /// What to do about it.
  func hint(_ path: String) -> String {
    let path = quoted(path)
    return switch self {
    case .missing: "koppel key new NAME --to \(path)"
    case .folderMissing: "check the path under 'keys'; koppel key new NAME --to \(path) makes both"
    case .unreadable: "let the user who runs koppel own it: chown USER \(path)"
    case .symbolicLink: "name the file that the link leads to"
    case .notRegular: "name the file that koppel key new made"
    case .mode: "chmod 0400 \(path); and if others have read it, make a new key"
    case .owner: "chown USER \(path), with the user who runs koppel"
    case .hardLinks: "remove its other names: find DISK -xdev -samefile \(path)"
    case .folderWritable(let folder, _): "chmod go-w \(quoted(folder))"
    case .folderOwner(let folder, _): "chown USER \(quoted(folder)), or move the key"
    case .inside: "move the key to a folder of its own, such as /etc/koppel/keys"
    case .notOneLine, .form, .check:
      "bring the key back from its backup; a new key makes other pseudonyms"
    case .allZero: "koppel key new NAME --to FILE"
    case .half: "name both halves: {halves: [FILE, FILE]}"
    case .notHalf: "koppel key new NAME --to FILE --part 1/2, and --part 2/2 at the other holder"
    case .samePart, .otherHalf: "bring both parts of one generation; koppel key list tells which"
    case .sharedFile, .sharedBytes:
      "each holder makes a half: koppel key new NAME --to FILE --part 1/2, and --part 2/2"
    case .sharedFolder: "keep each half where only its holder can read it"
    case .signing:
      "keys.log alone names a key that signs; koppel key new NAME --to FILE makes others"
    case .notSigning: "koppel key new NAME --to FILE --signing"
    case .partner:
      "'clk: key' alone names such a secret; koppel key new NAME --to FILE makes a key"
    case .notPartner:
      "who has a key of pseudonyms can undo them; koppel key new NAME --to FILE --partner makes a "
        + "secret"
    case .notShare: "write the percentage and nothing else; what stands there is told to nobody"
    case .shortSecret: "agree on another: koppel key new NAME --to FILE --partner makes one"
    case .fingerprint:
      "bring back the file of that key; a new key comes by koppel key rotate, and another pipeline "
        + "in this folder names its keys otherwise"
    case .unknownGeneration: "koppel key rotate PIPELINE NAME --to FILE makes the next generation"
    case .notYetValid: "see not_before in \(path)"
    case .expired: "koppel key rotate PIPELINE NAME --to FILE; not_after stands in \(path)"
    case .retired, .destroyed: "name the key that took its place; koppel key list PIPELINE shows it"
    case .waiting: "koppel key rotate PIPELINE NAME --to \(path)"
    case .otherGeneration: "bring its file back to its place; 'at' in \(path) names it"
    case .otherFile: "name the file of the key; nothing else is overwritten"
    case .sameAs: "make a key of new bytes: koppel key new NAME --to FILE"
    case .dailyRuns:
      "too many runs let rows be told apart by what they change; daily_runs stands in \(path)"
    case .demo:
      "koppel key new NAME --to FILE, and name it under 'keys'; or say 'sample: true' if all "
        + "data is made up"
    }
  }

  private func octal(_ mode: UInt32) -> String {
    let digits = String(mode, radix: 8)
    return String(repeating: "0", count: max(0, 4 - digits.count)) + digits
  }

  /// A path as a shell takes it.
  private func quoted(_ path: String) -> String {
    let plain = path.utf8.allSatisfy { byte in
      switch byte {
      case 0x61...0x7A, 0x41...0x5A, 0x2D...0x39, 0x5F: true
      default: false
      }
    }
    if plain { return path }
    return "'"
      + escapedForTerminal(path).split(separator: "'", omittingEmptySubsequences: false)
      .joined(separator: "'\\''") + "'"
  }
}

extension KeyFault.Form {
  /// Found this, expected that.
  var sentence: String {
    switch self {
    case .kind:
      "found another kind of line, expected one that starts with 'koppel-half-1', with "
        + "'koppel-signing-1' for a key that signs, or with 'koppel-partner-1' for a secret"
    case .fieldCount(let count, let expected):
      "found a key line of \(count) parts, expected \(expected): kind, name, "
        + (expected == 5 ? "part, secret, check" : "secret, check")
    case .name: "found a key line without a name and generation such as region.1"
    case .part: "found a key line whose part is none of 1/1, 1/2, 2/2"
    case .secret(let count):
      "found \(count) characters of secret, expected 64 lower-case hexadecimal digits"
    case .text(let count):
      "found a secret of \(count) characters, expected \(KeyLine.textLengths.lowerBound) to "
        + "\(KeyLine.textLengths.upperBound) of ASCII, no space among them"
    case .check: "found a key line whose check is not 8 lower-case hexadecimal digits"
    }
  }
}

extension KeyFault {
  /// The state in one or two words, as the privacy log names it.
  package var word: String {
    switch self {
    case .missing: "missing"
    case .folderMissing: "folder-missing"
    case .unreadable: "unreadable"
    case .symbolicLink: "symbolic-link"
    case .notRegular: "not-a-file"
    case .mode: "mode"
    case .owner: "owner"
    case .hardLinks: "hard-links"
    case .folderWritable: "folder-writable"
    case .folderOwner: "folder-owner"
    case .inside: "inside"
    case .notOneLine: "not-one-line"
    case .form: "form"
    case .check: "check"
    case .allZero: "all-zero"
    case .half: "half"
    case .notHalf: "not-half"
    case .samePart: "same-part"
    case .otherHalf: "other-half"
    case .sharedFile: "shared-file"
    case .sharedFolder: "shared-folder"
    case .sharedBytes: "shared-bytes"
    case .signing: "signing"
    case .notSigning: "not-signing"
    case .partner: "partner"
    case .notPartner: "not-partner"
    case .notShare: "not-share"
    case .shortSecret: "short-secret"
    case .demo: "demo"
    case .fingerprint: "fingerprint"
    case .unknownGeneration: "unknown-generation"
    case .notYetValid: "not-yet-valid"
    case .expired: "expired"
    case .retired: "retired"
    case .destroyed: "destroyed"
    case .waiting: "waiting"
    case .otherGeneration: "other-generation"
    case .otherFile: "other-file"
    case .sameAs: "same-bytes"
    case .dailyRuns: "daily-runs"
    }
  }
}
