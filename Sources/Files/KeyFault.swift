/// Why a key file is refused; none of it tells anything of the key.
package enum KeyFault: Hashable, Sendable {
  /// Nothing stands there.
  case missing
  /// The folder it should stand in is not there.
  case folderMissing
  /// The operating system refused; `code` is its errno.
  case unreadable(code: Int32)
  /// The last part of the path is a symbolic link.
  case symbolicLink
  /// A folder, pipe, device or socket stands there.
  case notRegular(FileKind)
  /// Others than its owner may do something with it.
  case mode(found: UInt32, isCredential: Bool)
  /// It belongs to neither the user nor root.
  case owner(user: UInt32)
  /// It has other names, whose folders nobody has looked at.
  case hardLinks(count: Int)
  /// Others may put another file in its place.
  case folderWritable(folder: String, mode: UInt32)
  /// Its folder belongs to neither the user nor root.
  case folderOwner(folder: String, user: UInt32)
  /// It lies where data or pipelines lie, and would be copied, sent or published with them.
  case inside(folder: String)
  /// No line, or more than one; `byteCount` is the size of the file.
  case notOneLine(byteCount: Int)
  /// The line is not of the form that `koppel key new` writes.
  case form(Form)
  /// The check at the end of the line does not fit what stands before it.
  case check
  /// Every byte of the secret is zero.
  case allZero
  /// One half of a key in two hands.
  case half(part: Int, parts: Int)
  /// The key for made-up data, and the pipeline does not say `sample: true`.
  case demo

  /// Which part of a key line is wrong.
  package enum Form: Hashable, Sendable {
    case kind
    case fieldCount(Int)
    case name
    case part
    /// How many characters stand where 64 hexadecimal digits are expected.
    case secret(count: Int)
    case check
  }
}
