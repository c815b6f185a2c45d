import PipelineFile
import Tabular

/// What a value is, for standardisation.
enum ValueKind: Sendable, Hashable {
  case bsn
  case date
  case partialDate
  case number
  case postcode
  case text
  case name(Standardisation.Kind)
  case house(Standardisation.HousePart)
  /// A token of the first level, as text.
  case token
  /// A filter of the first level, in base64.
  case filter

  /// - Parameters:
  ///   - type: of the column.
  ///   - label: of its token.
  ///   - isSplit: it takes a part out of another column's values.
  init(_ type: ColumnType, label: String, isSplit: Bool) {
    self =
      switch type {
      case .bsn: .bsn
      case .date: .date
      case .partialDate: .partialDate
      case .postcode: .postcode
      case .integer, .decimal, .money, .yesNo: .number
      case .text, .code:
        Standardisation.HousePart(label: label, isSplit: isSplit).map { .house($0) } ?? .text
      case .name: .name(Standardisation.Kind(label: label, isSplit: isSplit))
      }
  }

  /// A number or day as `ClearBatch` holds it.
  func standardised(number: Int64, by rules: Standardisation) -> StandardisedValue {
    switch self {
    case .bsn: rules.bsn(number)
    case .date: rules.date(number)
    case .partialDate: rules.partialDate(number)
    case .number, .postcode, .text, .name, .house, .token, .filter: rules.integer(number)
    }
  }

  /// A text as it was written.
  func standardised(
    text: ArraySlice<UInt8>,
    by rules: Standardisation
  ) -> StandardisedValue {
    switch self {
    case .postcode: rules.postcode(text.span)
    case .name(let kind): rules.name(text.span, kind: kind)
    case .house(let part): rules.house(text.span, part)
    case .filter: Self.filter(text)
    case .bsn, .date, .partialDate, .number, .text, .token: rules.text(text.span)
    }
  }

  /// The bytes of a filter that a supplier made; of any other text it is a fault.
  private static func filter(_ text: ArraySlice<UInt8>) -> StandardisedValue {
    guard let bytes = Base64Text.decode(text), bytes.count == FieldEncoding.byteCount else {
      return .fault(.filter)
    }
    return .value(bytes)
  }
}
