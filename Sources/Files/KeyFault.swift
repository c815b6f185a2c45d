package import Tabular

/// Why a key is refused; none of it tells anything of its bytes.
package enum KeyFault: Error, Hashable, Sendable {
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
  /// One half of a key in two hands, where a whole key is expected.
  case half(part: Int, parts: Int)
  /// A key of one part, where a half is expected.
  case notHalf
  /// Both halves are the same part.
  case samePart(Int)
  /// The halves are of two keys.
  case otherHalf(found: String, expected: String)
  /// Both halves are one file.
  case sharedFile
  /// Both halves lie in one folder: whoever opens it has both.
  case sharedFolder(folder: String)
  /// Both halves hold the same bytes.
  case sharedBytes
  /// A key that signs, where a key for pseudonyms is expected.
  case signing
  /// A key for pseudonyms, where one that signs is expected.
  case notSigning
  /// A secret that a partner has, where a key for pseudonyms is expected.
  case partner
  /// A key, where a secret that is shared with a partner is expected.
  case notPartner
  /// The line is no percentage above 0 %.
  case notShare
  /// A secret that is shared has so few characters that it can be guessed.
  case shortSecret(count: Int, expected: Int)
  /// The key for made-up data, and the pipeline does not say `sample: true`.
  case demo
  /// Another key than the one that was first used under this name.
  case fingerprint(id: String, found: String, expected: String)
  /// The record of the key knows no such generation.
  case unknownGeneration(id: String)
  /// The first day of the key is to come.
  case notYetValid(id: String, from: CivilDate)
  /// The last day of the key is past.
  case expired(id: String, after: CivilDate)
  /// The key was replaced, and is used no more.
  case retired(id: String)
  /// The key was destroyed; whoever still has its file must not use it.
  case destroyed(id: String)
  /// The key was not rotated to: another is in use.
  case waiting(id: String, active: String)
  /// Another generation than the one that should lie there.
  case otherGeneration(found: String, expected: String)
  /// Something else than the key that is to be destroyed.
  case otherFile(id: String)
  /// The same bytes as another generation.
  case sameAs(id: String, other: String)
  /// More runs in a day than the record of the key allows.
  case dailyRuns(count: Int, limit: Int)

  /// Which part of a key line is wrong.
  package enum Form: Hashable, Sendable {
    case kind
    case fieldCount(Int, expected: Int)
    case name
    case part
    /// How many characters stand where 64 hexadecimal digits are expected.
    case secret(count: Int)
    /// How many characters a secret has that is shared, or that it has others than those of a text.
    case text(count: Int)
    case check
  }
}
