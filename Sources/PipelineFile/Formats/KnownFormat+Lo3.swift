// The columns of persons of the GBA-V and of LO3 messages.
//
// Source: Logisch Ontwerp GBA 3; names and classes are ours.
import Tabular

extension KnownFormat {
  static let lo3Columns: [FormatColumn] = [
    FormatColumn("a_number", .text, .direct),
    FormatColumn("bsn", .bsn, .direct),
    FormatColumn("first_names", .name, .direct),
    FormatColumn("prefix", .name, .direct),
    FormatColumn("surname", .name, .direct),
    FormatColumn("birth_date", .partialDate, .quasi),
    FormatColumn("sex", .code, .quasi, values: sexWords),
    FormatColumn("name_use", .code, .plain),
    FormatColumn("death_date", .partialDate, .quasi),
    FormatColumn("deceased", .code, .sensitive, values: deceasedWords),
    FormatColumn("suspended", .code, .sensitive),
    FormatColumn("secrecy", .code, .sensitive),
    FormatColumn("municipality", .code, .plain),
    FormatColumn("municipality_since", .partialDate, .plain),
    FormatColumn("address_kind", .code, .plain),
    FormatColumn("address_since", .partialDate, .plain),
    FormatColumn("house_number", .integer, .quasi),
    FormatColumn("house_letter", .text, .quasi),
    FormatColumn("house_suffix", .text, .quasi),
    FormatColumn("postcode", .postcode, .quasi),
    FormatColumn("address_object", .text, .direct),
    FormatColumn("under_investigation", .yesNo, .plain),
  ]
}
