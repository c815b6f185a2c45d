/// The SHA-256 of what goes by.
struct StoredDigest: ~Copyable {
  init(path: String) throws(FilesError) {}

  mutating func update(_ bytes: UnsafeRawBufferPointer) {}

  mutating func finish() -> String { "" }
}
