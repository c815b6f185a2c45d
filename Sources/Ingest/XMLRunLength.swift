/// How long a tag or a text of a document may be.
///
/// libxml2 compares each attribute of a tag with all others: a file of 1.6 MB with 200,000 of them
/// took it 88 seconds. It looks at a tag only when all of it is there, so a tag that does not end in
/// time is refused before. Pieces end at fixed places of the file, whatever its chunks: so a tag of
/// up to a piece more may pass, the same one always.
enum XMLRunLength {
  /// What is longer than any may be.
  enum Finding {
    case tag
    case text
  }

  /// Bytes of a tag; those of the standards have a few hundred.
  static let tagLimit = 1 << 16
}
