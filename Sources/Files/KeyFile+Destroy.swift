import Glibc

extension KeyFile {
  /// Overwrites and removes the file of a key.
  ///
  /// The name of the key stays readable until the file is gone, so that an interrupted destruction
  /// can be finished, and nothing else is ever overwritten.
  ///
  /// - Parameters:
  ///   - path: of the file.
  ///   - id: which key it must be: `NAME.GENERATION`.
  /// - Returns: false when nothing stands there.
  /// - Throws: `refused` when something else stands there; `notWritten`.
  package static func destroy(_ path: String, id: String) throws(KeyError) -> Bool {
    let opening = KeyLine.opening(ofKey: id)
    do {
      return try overwriteAndRemove(path, keeping: opening.count) { file in
        let size = try file.size()
        // Only the name is read: the secret stays out of memory.
        let isThat =
          try size <= KeyLine.maximumByteCount && size >= opening.count
          && file.bytes(at: 0, count: opening.count) == opening
        guard isThat else { throw KeyError.refused(.otherFile(id: id), path: path) }
      }
    } catch let error as KeyError {
      throw error
    } catch {
      guard let error = error as? FilesError else {
        throw .refused(.unreadable(code: EIO), path: path)
      }
      if case .notRegularFile(_, let kind) = error {
        throw .refused(kind == .symbolicLink ? .symbolicLink : .notRegular(kind), path: path)
      }
      if case .changedWhileRead = error { throw .refused(.otherFile(id: id), path: path) }
      throw .notWritten(error)
    }
  }
}
