// The columns of iWmo and iJw messages, 2.0 and 3.2.
//
// Source: the standards iWmo and iJw of Zorginstituut Nederland; names and classes are ours.
// A kind is a message: 301, 305, 307, 315, 323.
import Tabular

extension KnownFormat {
  static let iwmoColumns: [FormatColumn] = [
    FormatColumn("message", .code, .plain),
    FormatColumn("message_id", .text, .direct),
    FormatColumn("message_date", .date, .plain),
    FormatColumn("municipality", .code, .plain),
    FormatColumn("provider", .code, .plain),
    FormatColumn("law", .code, .plain, values: lawWords),
    FormatColumn("bsn", .bsn, .direct),
    FormatColumn("birth_date", .partialDate, .quasi, ["301", "305", "307", "315"]),
    FormatColumn("sex", .code, .quasi, ["301", "305", "307", "315"], values: sexDigits),
    FormatColumn("surname", .name, .direct, ["301", "305", "307", "315"]),
    FormatColumn("prefix", .name, .direct, ["301", "305", "307", "315"]),
    FormatColumn("first_names", .name, .direct, ["301", "305", "307", "315"]),
    FormatColumn("initials", .name, .direct, ["301", "305", "307", "315"]),
    FormatColumn("partner_surname", .name, .direct, ["301"]),
    FormatColumn("partner_prefix", .name, .direct, ["301"]),
    FormatColumn("name_use", .code, .plain, ["301"]),
    FormatColumn("postcode", .postcode, .quasi, ["301"]),
    FormatColumn("house_number", .integer, .quasi, ["301"]),
    FormatColumn("house_letter", .text, .quasi, ["301"]),
    FormatColumn("house_suffix", .text, .quasi, ["301"]),
    FormatColumn("assignment", .text, .direct),
    FormatColumn("category", .code, .sensitive),
    FormatColumn("product", .code, .sensitive),
    FormatColumn("assigned_date", .date, .plain, ["301"]),
    FormatColumn("assigned_time", .text, .plain, ["301"]),
    FormatColumn("start", .date, .plain),
    FormatColumn("end", .date, .plain, ["301", "307", "315", "323"]),
    FormatColumn("reason", .code, .sensitive, ["301", "307"]),
    FormatColumn("budget", .money, .plain, ["301"]),
    FormatColumn("volume", .integer, .plain, ["301", "315", "323", "305"]),
    FormatColumn("unit", .code, .plain, ["301", "315", "323", "305"]),
    FormatColumn("frequency", .code, .plain, ["301", "315", "305"]),
    FormatColumn("assignment_start", .date, .plain, ["305", "307", "315"]),
    FormatColumn("status", .code, .plain, ["305", "307", "315"]),
    FormatColumn("reference", .text, .direct, ["315", "323"]),
    FormatColumn("claim", .text, .direct, ["323"]),
    FormatColumn("claim_start", .date, .plain, ["323"]),
    FormatColumn("claim_end", .date, .plain, ["323"]),
    FormatColumn("previous_reference", .text, .direct, ["323"]),
    FormatColumn("tariff", .money, .plain, ["323"]),
    FormatColumn("amount", .money, .plain, ["323"]),
    FormatColumn("client_number", .text, .direct, ["301", "305", "307", "315"]),
    FormatColumn("secret", .yesNo, .sensitive, ["301"]),
    FormatColumn("client_status", .code, .plain, ["305", "307", "315"]),
  ]
}
