package import Diagnostics
package import Files

/// Why a made-up region could not be written.
package enum SampleRegionError: KoppelError {
  /// More or fewer residents than can be made up.
  case residentCount(found: Int, least: Int, most: Int)
  /// The folder holds something already; nothing is overwritten.
  case folderNotEmpty(folder: String)
  /// A folder or file could not be made or written.
  case cannotWrite(path: String)
  /// A compressed file could not be written.
  case file(FilesError)

  /// One message: the place and what is wrong with it.
  package var diagnostics: [Diagnostic] {
    switch self {
    case .residentCount(let found, let least, let most):
      [Diagnostic(.error, "found \(found) residents, expected \(least) to \(most)")]
    case .folderNotEmpty(let folder):
      [
        Diagnostic(
          at: Place(file: folder),
          "the folder is not empty, expected a new or an empty one",
          hint: "name another folder, or empty this one first"
        )
      ]
    case .cannotWrite(let path):
      [Diagnostic(at: Place(file: path), "cannot be written")]
    case .file(let error):
      error.diagnostics
    }
  }

  /// 64 for a wrong number, 73 for a folder, else that of the file.
  package var exitStatus: ExitStatus {
    switch self {
    case .residentCount: .usage
    case .folderNotEmpty, .cannotWrite: .cannotCreate
    case .file(let error): error.exitStatus
    }
  }
}
