package import Tabular

extension FileFault {
  /// The reason that the rows of a refused file are counted under.
  package var reason: RejectReason {
    switch self {
    case .missingColumns, .repeatedColumns, .noHeader, .missingField, .delimiter, .noElements,
      .noListNumber:
      .missingColumn
    case .utf16: .encoding
    case .trailer: .controlTotal
    case .header(let reason): reason
    case .fieldLimit, .depth, .tagLength, .textLength, .clientLength: .limit
    case .nul: .nul
    case .byteOrderMark, .xmlEncoding: .encoding
    case .malformed, .repeated: .malformed
    case .doctype, .entity: .doctype
    case .version, .messageCode: .version
    case .value(_, let reason): reason
    case .schema: .schema
    case .envelope(let fault): fault.reason
    case .controlTotal, .personCount: .controlTotal
    case .truncated, .noPersons, .moreToAsk: .truncated
    case .malformedJSON: .malformed
    case .recordLength: .limit
    case .lo3Message, .root, .answer: .version
    case .lo3Lengths: .structure
    case .senderError: .senderError
    case .withheldColumns: .missingColumn
    case .record(let fault): fault.reason
    }
  }

  /// Whether it stops the run even if the file is one message of many: money that does not add up
  /// is for the sender to explain.
  package var isGate: Bool { reason == .controlTotal }

  /// The element that the fault is in, by its name in the standard; nil where none is known.
  package var element: String? {
    switch self {
    case .repeated(let element), .value(let element, _): element
    case .schema(let element, _): element
    default: nil
    }
  }
}
