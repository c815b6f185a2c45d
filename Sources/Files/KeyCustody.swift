import Glibc

/// The rules that a key's file and folder must meet before a byte of it is read.
struct KeyCustody {
  let path: String
  let isCredential: Bool
  /// Who runs the process.
  let user: uid_t

  /// Whether the file is the owner's alone, and one file only.
  func fault(of file: stat) -> KeyFault? {
    let kind = FileKind(mode: file.st_mode)
    if kind == .symbolicLink { return .symbolicLink }
    guard kind == .regular else { return .notRegular(kind) }
    guard isTrusted(file.st_uid) else { return .owner(user: file.st_uid) }
    let mode = file.st_mode & 0o7777
    // systemd gives a unit's user access to root's file through its group.
    let isRootsCredential = isCredential && file.st_uid == 0 && mode == 0o440
    guard mode == 0o400 || mode == 0o600 || isRootsCredential else {
      return .mode(found: mode, isCredential: isCredential)
    }
    guard file.st_nlink == 1 else { return .hardLinks(count: Int(clamping: file.st_nlink)) }
    return nil
  }

  /// Whether nobody else can put another file in the key's place.
  ///
  /// Folders further up are not looked at: who moves them can only bring a folder of his own,
  /// which this refuses.
  func fault(ofFolder folder: stat, named name: String) -> KeyFault? {
    guard isTrusted(folder.st_uid) else {
      return .folderOwner(folder: name, user: folder.st_uid)
    }
    let mode = folder.st_mode & 0o7777
    // In a sticky folder others can add names, not replace ours.
    let othersCanReplace = mode & 0o022 != 0 && mode & 0o1000 == 0
    return othersCanReplace ? .folderWritable(folder: name, mode: mode) : nil
  }

  private func isTrusted(_ owner: uid_t) -> Bool { owner == user || owner == 0 }

  /// The first of these folders that holds the key, at any depth, links resolved.
  ///
  /// A folder that does not exist holds nothing; of a pattern, the folder before its first wildcard
  /// counts. The root folder holds every file and is left out.
  func folder(among folders: [String]) -> String? {
    guard let place = resolved(parentFolder(of: path)) else { return nil }
    return folders.first { folder in
      guard let other = resolved(withoutWildcards(folder)), other != "/" else { return false }
      return isWithin(place, other)
    }
  }

  private func withoutWildcards(_ folder: String) -> String {
    let parts = folder.split(separator: "/", omittingEmptySubsequences: false)
    let plain = parts.prefix { part in !part.utf8.contains { "*?[".utf8.contains($0) } }
    if plain.count == parts.count { return folder }
    return plain.isEmpty ? "." : plain.joined(separator: "/") + "/"
  }

  private func resolved(_ path: String) -> String? {
    guard let text = unsafe realpath(path, nil) else { return nil }
    defer { unsafe free(text) }
    return unsafe String(validatingCString: text)
  }
}
