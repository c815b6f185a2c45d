/// How much the files of a source may ask of us; see "Hostile input" of the design.
///
/// Byte counts are of the text as it is read, so of `.gz` after inflating. Each format heeds those
/// that `bounds(of:)` gives for it.
package struct SourceLimits: Sendable, Hashable {
  /// What a limit counts; the words of the pipeline file.
  package enum Key: String, Sendable, CaseIterable {
    case line, field, fields, text, base64, nesting, inflated, ratio

    /// Whether bytes are counted.
    package var isSize: Bool {
      switch self {
      case .line, .field, .text, .base64, .inflated: true
      case .fields, .nesting, .ratio: false
      }
    }
  }

  /// Bytes of a line, its end not counted; of JSON those of a record or a person.
  package var line = 1 << 20
  /// Bytes of a field, or of a text of JSON that is read.
  package var field = 1 << 16
  /// Fields of a row, or members of a JSON object.
  package var fields = 4096
  /// Bytes of a text between two tags of XML.
  package var text = 1 << 20
  /// Characters of base64 in an envelope.
  package var base64 = 64 << 20
  /// Elements of XML in each other, or objects and arrays of JSON.
  package var nesting = 64
  /// Bytes that a packed file may inflate to.
  package var inflated = 64 << 30
  /// Inflated bytes for each stored byte, once 256 MiB were inflated.
  package var ratio = 250

  package init() {}

  /// Those of a format, some of them changed.
  ///
  /// - Parameters:
  ///   - format: whose files are read.
  ///   - changes: what a pipeline file says.
  package init(of format: Format, _ changes: [Key: Int] = [:]) {
    if format.isJSON { line = 16 << 20 }
    for (key, value) in changes {
      switch key {
      case .line: line = value
      case .field: field = value
      case .fields: fields = value
      case .text: text = value
      case .base64: base64 = value
      case .nesting: nesting = value
      case .inflated: inflated = value
      case .ratio: ratio = value
      }
    }
  }

  /// The limits that a format heeds, each with the most that its readers have room for.
  package static func bounds(of format: Format) -> [Key: Int] {
    // Deflate reaches no more than 1,032 : 1.
    var bounds = [Key.inflated: 1 << 40, .ratio: 1032]
    // A line and its fields are held in memory by each worker; a column holds values of a MiB.
    let lines = [Key.line: 64 << 20, .field: 1 << 20, .fields: 1 << 14]
    // libxml2 itself takes 256 elements and 10 MB.
    let elements = [Key.text: 8 << 20, .nesting: 250]
    switch format {
    case .csv, .lo3Csv, .given: bounds.merge(lines) { $1 }
    case .fixed: bounds[.line] = lines[.line]
    case .ndjson, .fhir, .brp:
      bounds.merge(lines) { $1 }
      // Whether each level is an object is a bit of one word.
      bounds[.nesting] = 64
    case .xml, .stufBg, .lo3(.soap): bounds.merge(elements) { $1 }
    case .iwmo:
      bounds.merge(elements) { $1 }
      // Flat messages are decoded whole.
      bounds[.base64] = 256 << 20
    case .vektis, .lo3(.lg01): break
    }
    return bounds
  }

  /// A number of bytes, in the largest unit that takes no decimals, as `64 KiB`.
  package static func written(_ byteCount: Int) -> String {
    for (shift, unit) in [(40, "TiB"), (30, "GiB"), (20, "MiB"), (10, "KiB")]
    where byteCount > 0 && byteCount % (1 << shift) == 0 {
      return "\(byteCount >> shift) \(unit)"
    }
    return "\(byteCount) bytes"
  }
}

extension Format {
  fileprivate var isJSON: Bool {
    switch self {
    case .ndjson, .fhir, .brp: true
    default: false
    }
  }
}
