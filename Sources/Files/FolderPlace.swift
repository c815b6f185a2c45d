import Glibc

/// The place of a folder that is replaced as a whole.
struct FolderPlace {
  /// The folder, without links in its last part.
  let path: String
  let parent: String
  private let name: String
  /// Waits until the names in a folder have reached the disk; tests let it fail.
  var synchronise: (_ folder: String) throws(FilesError) -> Void = { folder throws(FilesError) in
    try synchroniseFolder(folder)
  }

  init(_ target: String) throws(FilesError) {
    path = try Self.resolve(target)
    parent = parentFolder(of: path)
    name = lastPart(of: path)
    guard !["", ".", "..", "/"].contains(name), !path.utf8.contains(0) else {
      throw .system(.create, path: target, code: EINVAL)
    }
  }

  /// A name beside the folder that tells what it is and whose.
  func beside(_ suffix: String) -> String { "\(parent)/.\(name).\(suffix)" }

  /// Refuses what is no folder, and a folder with files that are not ours.
  func checkReplaceable(mark: String?) throws(FilesError) {
    switch fileKind(of: path) {
    case nil: return
    case .folder: break
    default: throw .notFolder(path: path)
    }
    guard let mark else { return }
    let names = try namesInFolder(path)
    guard names.isEmpty || names.contains(mark) else { throw .foreignFolder(path: path) }
  }

  /// Puts a folder that stands beside it in its place and removes the one before.
  ///
  /// - Throws: `system`; then what stood there stands there again: a run that says it failed has
  ///   published nothing.
  func replace(with staging: String, canExchange: Bool = true) throws(FilesError) {
    if fileKind(of: path) == nil {
      try rename(staging, path)
      return
    }
    if canExchange, try exchange(staging, path) {
      do {
        try synchronise(parent)
      } catch {
        _ = exchangeNames(staging, path)
        throw error
      }
      // Published already: what cannot be removed now is told when the next run cleans.
      try? removeTree(staging)
      return
    }
    let old = beside("old-\(lastPart(of: staging).split(separator: "-").last ?? "")")
    try removeTree(old)
    try rename(path, old)
    do {
      try rename(staging, path)
    } catch {
      try? rename(old, path)
      throw error
    }
    try? removeTree(old)
  }

  /// Removes what killed runs left; brings the old folder back if the new one had not come.
  func clean() throws(FilesError) {
    guard isFolder(parent) else { return }
    let names = try namesInFolder(parent)
    let old = names.filter { $0.hasPrefix(".\(name).old-") }
    if let last = old.last, fileKind(of: path) == nil {
      try rename("\(parent)/\(last)", path)
    }
    for leftover in names where leftover.hasPrefix(".\(name).staging-") {
      try removeTree("\(parent)/\(leftover)")
    }
    for leftover in old { try removeTree("\(parent)/\(leftover)") }
  }

  private func rename(_ from: String, _ to: String) throws(FilesError) {
    guard unsafe Glibc.rename(from, to) == 0 else {
      throw .system(.rename, path: path, code: errno)
    }
    do {
      try synchronise(parent)
    } catch {
      unsafe _ = Glibc.rename(to, from)
      throw error
    }
  }

  /// Lets two folders change place in one step; false where the file system cannot.
  private func exchange(_ one: String, _ other: String) throws(FilesError) -> Bool {
    if exchangeNames(one, other) == 0 { return true }
    guard errno == EINVAL || errno == ENOSYS else {
      throw .system(.rename, path: path, code: errno)
    }
    return false
  }

  /// The path itself, or where it leads if it is a link or ends in `.` or `..`.
  private static func resolve(_ target: String) throws(FilesError) -> String {
    let name = lastPart(of: target)
    guard [".", "..", ""].contains(name) || fileKind(of: target) == .symbolicLink else {
      let parent = parentFolder(of: target)
      return parent == "." && !target.hasPrefix("./")
        ? name : "\(parent == "/" ? "" : parent)/\(name)"
    }
    guard let resolved = unsafe realpath(target, nil) else {
      throw .system(.open, path: target, code: errno)
    }
    defer { unsafe free(resolved) }
    return unsafe String(cString: resolved)
  }
}
