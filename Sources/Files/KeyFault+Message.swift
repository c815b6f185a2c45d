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
    case .half: "keys in two halves come in a later version; make a key of one part"
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
    case .kind: "found another kind of line, expected one that starts with 'koppel-half-1'"
    case .fieldCount(let count):
      "found a key line of \(count) parts, expected 5: kind, name, part, secret, check"
    case .name: "found a key line without a name and generation such as region.1"
    case .part: "found a key line whose part is none of 1/1, 1/2, 2/2"
    case .secret(let count):
      "found \(count) characters of secret, expected 64 lower-case hexadecimal digits"
    case .check: "found a key line whose check is not 8 lower-case hexadecimal digits"
    }
  }
}
