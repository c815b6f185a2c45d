import Tabular

extension RejectedRow {
  /// What was expected where the row was refused.
  var expectation: String {
    reason.expectation
  }
}

extension RejectReason {
  /// What was expected where the reason stands in `rejects.csv`.
  var expectation: String {
    switch self {
    case .required: "a value"
    case .encoding: "text in the declared encoding"
    case .nul, .control: "text without control characters"
    case .quote: "quotes around a whole field, on one line"
    case .fieldCount: "as many fields as the header has"
    case .lineLength: "a shorter line"
    case .number: "a whole number"
    case .money: "an amount in the declared unit"
    case .date: "a date of the calendar from 1850 to 2150"
    case .datePartial: "a whole date; a column of type partial-date takes parts"
    case .future: "a date within a year of the period"
    case .code: "a code that 'values' names, or a text that fits 'pattern'"
    case .range: "a number within 'range'"
    case .nameScript: "a name in Latin letters"
    case .nameLength: "a shorter name"
    case .postcode: "a postcode, as 7001AB"
    case .bsnCheck: "9 digits that pass the eleven-test"
    case .token: "a token of the first level, as the supplier's package has it"
    case .filter: "a Bloom filter of 128 bytes in base64, as the supplier's package has it"
    case .unique: "a value that occurs once"
    case .parent, .orphan: "a row that belongs to another"
    case .structure: "what the message standard allows"
    case .limit: "less: see the limits of the format"
    case .missingColumn: "the declared columns"
    case .truncated: "a file that is whole"
    case .controlTotal: "the sum that the sender gives"
    case .sequence: "records numbered without a gap"
    case .version: "a version of the standard that can be read"
    case .testFile: "a file for production"
    case .currency: "amounts in euros"
    case .senderError: "an answer, not an error message"
    case .malformed: "a well-formed message"
    case .doctype: "a message without a document type"
    case .schema: "what the schema of the message allows"
    }
  }
}
