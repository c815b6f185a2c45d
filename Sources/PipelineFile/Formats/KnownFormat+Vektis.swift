// The columns of claims in the EI standards AW319, ZH308, MZ301 and AP304.
//
// Source: the standards of Vektis; names and classes are ours.
// A kind is a standard.
import Tabular

extension KnownFormat {
  static let vektisColumns: [FormatColumn] = [
    FormatColumn("bsn", .bsn, .direct),
    FormatColumn("insurer", .code, .plain),
    FormatColumn("insured_number", .text, .direct),
    FormatColumn("patient_number", .text, .direct),
    FormatColumn("birth_date", .date, .quasi),
    FormatColumn("sex", .code, .quasi, values: sexWords),
    FormatColumn("surname", .name, .direct),
    FormatColumn("prefix", .name, .direct),
    FormatColumn("partner_surname", .name, .direct),
    FormatColumn("partner_prefix", .name, .direct),
    FormatColumn("initials", .name, .direct),
    FormatColumn("postcode", .postcode, .quasi),
    FormatColumn("house_number", .integer, .quasi),
    FormatColumn("house_suffix", .text, .quasi),
    FormatColumn("deceased", .code, .sensitive, values: deceasedWords),
    FormatColumn("care_type", .code, .sensitive, values: careTypes),
    FormatColumn("institution", .code, .plain),
    FormatColumn("practice", .code, .plain),
    FormatColumn("invoice", .text, .direct),
    FormatColumn("code_list", .code, .plain),
    FormatColumn("activity", .code, .sensitive),
    FormatColumn("count", .integer, .plain),
    FormatColumn("performer", .code, .plain),
    FormatColumn("reference", .text, .direct),
    FormatColumn("previous_reference", .text, .direct),
    FormatColumn("start", .date, .plain),
    FormatColumn("end", .date, .plain),
    FormatColumn("date", .date, .plain),
    FormatColumn("amount", .money, .plain),
    FormatColumn("care_package", .code, .sensitive, ["AW319"]),
    FormatColumn("function", .code, .sensitive, ["AW319"]),
    FormatColumn("time_unit", .code, .plain, ["AW319"]),
    FormatColumn("care_product", .code, .sensitive, ["ZH308"]),
    FormatColumn("diagnosis", .code, .sensitive, ["ZH308"]),
    FormatColumn("icd10", .code, .sensitive, ["ZH308"]),
  ]
}
