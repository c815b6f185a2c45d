package import Glibc

/// A folder of files that appears whole, in place of the one before, or not at all.
///
/// The files are written to a folder beside the target and reach the disk there. Then the two
/// folders change place in one step of the kernel, and the old one is removed. What a killed run
/// left is removed by `clean` when the next one begins.
package struct AtomicFolder: ~Copyable {
  /// Where the folder is to stand.
  package let target: String
  /// Where the files are written; beside the target.
  package let stagingFolder: String
  private let mark: String?

  /// Begins a folder.
  ///
  /// - Parameters:
  ///   - target: where it is to stand; folders above it are made.
  ///   - run: the run's name; part of a file name.
  ///   - mark: a file that a folder of ours always has. A target with files but without this one
  ///     is refused: the files are of somebody else, and publishing would remove them. Nil replaces
  ///     anything.
  ///   - mode: of the folder, less what the umask takes.
  /// - Throws: `notFolder`, `foreignFolder`, `system`.
  package init(
    target: String,
    run: String,
    mark: String? = "SHA256SUMS",
    mode: mode_t = 0o755
  ) throws(FilesError) {
    let place = try FolderPlace(target)
    try makeFolder(place.parent, mode: 0o755)
    try place.checkReplaceable(mark: mark)
    let staging = place.beside("staging-\(run)")
    try removeTree(staging)
    try makeFolder(staging, mode: mode)
    self.target = place.path
    stagingFolder = staging
    self.mark = mark
  }

  // Before publishing: the unfinished folder. After: nothing is there any more.
  deinit { try? removeTree(stagingFolder) }

  /// Writes a file into the folder and waits for the disk.
  package func write(
    _ bytes: [UInt8],
    to name: String,
    mode: mode_t = 0o644
  ) throws(FilesError) {
    let file = try create(name, mode: mode)
    try file.write(bytes)
    try file.synchronise()
  }

  /// Creates a file in the folder; who writes it also synchronises it.
  package func create(_ name: String, mode: mode_t = 0o644) throws(FilesError) -> OpenFile {
    try OpenFile(creating: "\(stagingFolder)/\(name)", mode: mode)
  }

  /// Puts the folder in its place.
  ///
  /// - Throws: `notFolder`, `foreignFolder`, `system`; then the target is what it was.
  package consuming func publish() throws(FilesError) {
    try synchroniseFolder(stagingFolder)
    let place = try FolderPlace(target)
    try place.checkReplaceable(mark: mark)
    try place.replace(with: stagingFolder)
  }

  /// Refuses a target that could not be replaced, before any work is done for it.
  ///
  /// - Throws: `notFolder`, `foreignFolder`, `system`.
  package static func check(target: String, mark: String? = "SHA256SUMS") throws(FilesError) {
    try FolderPlace(target).checkReplaceable(mark: mark)
  }

  /// Removes what killed runs left beside a target, and finishes what they began.
  ///
  /// Call it when a run begins, under the lock.
  package static func clean(target: String) throws(FilesError) {
    try FolderPlace(target).clean()
  }
}
