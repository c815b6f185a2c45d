// The columns of persons in StUF-BG 0310 answers.
//
// Source: StUF 03.01 and its sector model BG 03.10; names and classes are ours.
import Tabular

extension KnownFormat {
  static let stufBgColumns: [FormatColumn] = [
    FormatColumn("bsn", .bsn, .direct),
    FormatColumn("a_number", .text, .direct),
    FormatColumn("surname", .name, .direct),
    FormatColumn("prefix", .name, .direct),
    FormatColumn("initials", .name, .direct),
    FormatColumn("first_names", .name, .direct),
    FormatColumn("partner_surname", .name, .direct),
    FormatColumn("partner_prefix", .name, .direct),
    FormatColumn("name_use", .code, .plain),
    FormatColumn("sex", .code, .quasi, values: sexWords),
    FormatColumn("birth_date", .partialDate, .quasi),
    FormatColumn("deceased", .code, .sensitive, values: deceasedWords),
    FormatColumn("death_date", .partialDate, .quasi),
    FormatColumn("postcode", .postcode, .quasi),
    FormatColumn("house_number", .integer, .quasi),
    FormatColumn("house_letter", .text, .quasi),
    FormatColumn("house_suffix", .text, .quasi),
    FormatColumn("address_object", .text, .direct),
    FormatColumn("address_since", .partialDate, .plain),
    FormatColumn("address_kind", .code, .plain),
    FormatColumn("municipality", .code, .plain),
    FormatColumn("secrecy", .code, .sensitive),
  ]
}
