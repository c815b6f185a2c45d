import Files
import Glibc

extension Release {
  /// Puts all files of the release in place, together or not at all.
  ///
  /// A folder that an earlier release stands in is replaced as a whole. Files are readable by
  /// everybody, whatever the umask is: to be read is what they are for, and who may not come near
  /// them is for the folders above to say.
  ///
  /// - Parameters:
  ///   - manifest: what the release is made of.
  ///   - folder: where it is to stand; folders above it are made.
  /// - Returns: the digest of `SHA256SUMS`, which covers everything, as 64 hexadecimal digits.
  /// - Throws: `file`; then what stood there still does. `cryptography`.
  @discardableResult
  package func publish(
    _ manifest: Manifest,
    to folder: String
  ) throws(PublicationError) -> String {
    let files = try files(with: manifest)
    // Before anything is in place: from then on nothing may fail.
    let digest = try hexDigest(of: files.first { $0.name == Self.sumsName }?.bytes ?? [])
    do throws(FilesError) {
      let target = try AtomicFolder(
        target: folder,
        run: manifest.run.id,
        mark: Self.manifestName
      )
      for file in files {
        let output = try target.create(file.name)
        try output.write(file.bytes)
        try output.setMode(0o644)
        try output.synchronise()
      }
      guard unsafe chmod(target.stagingFolder, 0o755) == 0 else {
        throw .system(.create, path: folder, code: errno)
      }
      try target.publish()
    } catch { throw .file(error) }
    return digest
  }
}
