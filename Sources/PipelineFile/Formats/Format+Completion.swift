/// How rows that tell little of their person are completed from the client rows of their source.
package struct CompletionForm: Sendable, Hashable {
  /// How it is told which client row something came from.
  package enum Origin: Sendable, Hashable {
    /// By this column of the client row.
    case column(String)
    /// They are all of one kind.
    case word(String)
  }

  /// The column of equal value in the rows of one person, as the format calls it.
  package let join: String
  package let origin: Origin

  /// Whether a column tells of a person, or is looked up by one that does; only such are filled.
  package static func tellsOfPerson(_ column: SourceColumn) -> Bool {
    personColumns.contains(column.sourceName) || column.lookup != nil
  }

  /// The columns that tell of a person, in every format by the same names.
  private static let personColumns: Set<String> = [
    "bsn", "surname", "prefix", "partner_surname", "partner_prefix", "first_names", "initials",
    "birth_date", "sex", "postcode", "house_number", "house_letter", "house_suffix", "deceased",
    "death_date",
  ]
  /// The column that tells what a row was completed from.
  package static let originColumn = "completed_from"
}

extension Format {
  /// How rows are completed; nil where a source holds none that lack their person, or no others.
  package var completion: CompletionForm? {
    switch self {
    case .iwmo(let messages, _) where messages.contains(323) && messages.count > 1:
      CompletionForm(join: "bsn", origin: .column("message"))
    case .fhir(let rows) where rows != "Patient":
      CompletionForm(join: "patient", origin: .word("Patient"))
    default: nil
    }
  }
}
