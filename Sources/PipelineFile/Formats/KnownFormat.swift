package import Tabular

/// A format that knows its columns; only what is listed is decoded.
package enum KnownFormat: String, Sendable, CaseIterable {
  case iwmo
  case vektis
  case stufBg = "stuf-bg"
  case lo3
  case brp
  case fhir

  /// Every column that the format can offer, in the order of its specification.
  package var columns: [FormatColumn] {
    switch self {
    case .iwmo: Self.iwmoColumns
    case .vektis: Self.vektisColumns
    case .stufBg: Self.stufBgColumns
    case .lo3: Self.lo3Columns
    case .brp: Self.brpColumns
    case .fhir: Self.fhirColumns
    }
  }

  /// Whether a row may replace or take back earlier rows; then each says what it does to them.
  package var makesCorrections: Bool { self == .iwmo }

  /// The columns that at least one of these kinds offers.
  package func columns(of kinds: Set<String>) -> [FormatColumn] {
    columns.filter { $0.kinds.isEmpty || !$0.kinds.isDisjoint(with: kinds) }
  }

  static let sexDigits = [
    CodeValue(written: "0", meaning: "unknown"), CodeValue(written: "1", meaning: "male"),
    CodeValue(written: "2", meaning: "female"),
  ]
  // Readers write these words themselves: each standard has letters or digits of its own.
  static let sexWords = words("male", "female", "unknown")
  static let deceasedWords = words("yes", "no", "unknown")
  static let clientMessages = words("301", "305", "307", "315")
  static let lawWords = words("wmo", "jeugd")
  static let careTypes = words("wlz", "nursing", "sensory", "hospital", "dental", "pharmacy")

  private static func words(_ words: String...) -> [CodeValue] {
    words.map { CodeValue(written: $0, meaning: $0) }
  }
}

/// A column that a format offers.
package struct FormatColumn: Sendable, Hashable {
  package let name: String
  package let type: ColumnType
  package let privacyClass: PrivacyClass
  /// The messages, standards or resources that have it; empty means all.
  package let kinds: Set<String>
  /// For codes of which all values are known: what the reader writes, and what it becomes.
  package let values: [CodeValue]

  init(
    _ name: String,
    _ type: ColumnType,
    _ privacyClass: PrivacyClass,
    _ kinds: Set<String> = [],
    values: [CodeValue] = []
  ) {
    self.name = name
    self.type = type
    self.privacyClass = privacyClass
    self.kinds = kinds
    self.values = values
  }
}
