// The columns of persons in Haal Centraal BRP JSON.
//
// Source: the BRP API of Haal Centraal; names and classes are ours.
import Tabular

extension KnownFormat {
  static let brpColumns: [FormatColumn] = [
    FormatColumn("bsn", .bsn, .direct),
    FormatColumn("a_number", .text, .direct),
    FormatColumn("first_names", .name, .direct),
    FormatColumn("initials", .name, .direct),
    FormatColumn("prefix", .name, .direct),
    FormatColumn("surname", .name, .direct),
    FormatColumn("name_use", .code, .plain),
    FormatColumn("sex", .code, .quasi, values: sexWords),
    FormatColumn("birth_date", .partialDate, .quasi),
    FormatColumn("death_date", .partialDate, .quasi),
    FormatColumn("deceased", .code, .sensitive, values: deceasedWords),
    FormatColumn("suspended", .code, .sensitive),
    FormatColumn("secrecy", .text, .sensitive),
    FormatColumn("municipality", .code, .plain),
    FormatColumn("address_kind", .code, .plain),
    FormatColumn("address_since", .partialDate, .plain),
    FormatColumn("postcode", .postcode, .quasi),
    FormatColumn("house_number", .integer, .quasi),
    FormatColumn("house_letter", .text, .quasi),
    FormatColumn("house_suffix", .text, .quasi),
    FormatColumn("address_object", .text, .direct),
  ]
}
