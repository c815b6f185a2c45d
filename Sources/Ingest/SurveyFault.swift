/// Why nothing can be proposed for an unknown file.
package enum SurveyFault: Sendable, Hashable {
  case empty
  /// No text, and of no kind that is known.
  case binary
  /// A container of files, by its usual name.
  case archive(String)
  /// UTF-16 in the byte order that is not read.
  case bigEndian
  case doctype

  var sentence: String {
    switch self {
    case .empty: "found an empty file, expected an extract"
    case .binary: "found bytes that are no text, expected an extract"
    case .archive(let kind): "found \(kind), expected an extract"
    case .bigEndian: "found UTF-16BE, expected utf-8, iso-8859-1 or utf-16le"
    case .doctype: "found a document type declaration, expected none"
    }
  }

  var hint: String? {
    switch self {
    case .empty: "has the delivery arrived whole?"
    case .archive: "unpack it; of packed files only .gz is read"
    case .bigEndian: "ask the sender for utf-8"
    case .binary, .doctype: nil
    }
  }

  /// The container that these first bytes belong to; nil for none.
  static func archive(_ bytes: [UInt8]) -> SurveyFault? {
    let kinds: [([UInt8], String)] = [
      ([0x50, 0x4B, 0x03, 0x04], "a zip archive or an office document"),
      ([0x25, 0x50, 0x44, 0x46], "a PDF"), ([0xD0, 0xCF, 0x11, 0xE0], "an old office document"),
      ([0x37, 0x7A, 0xBC, 0xAF], "a 7z archive"), ([0x42, 0x5A, 0x68], "bzip2 data"),
      ([0xFD, 0x37, 0x7A, 0x58, 0x5A], "xz data"), ([0x28, 0xB5, 0x2F, 0xFD], "zstd data"),
      ([0x50, 0x41, 0x52, 0x31], "a Parquet file"), ([0x1F, 0x8B], "gzip data within gzip"),
    ]
    return kinds.first { bytes.starts(with: $0.0) }.map { .archive($0.1) }
  }
}
