package import Tabular

/// A column that iWmo 3.2 messages offer.
package struct IwmoColumn: Sendable, Hashable {
  package let name: String
  package let type: ColumnType
  package let privacyClass: PrivacyClass
  /// The messages that have it: 301, 305, 307, 315, 323.
  package let messages: Set<Int>
}

/// The columns of iWmo 3.2 messages, by the names that every reader uses.
///
/// Source: the standard iWmo 3.2 of Zorginstituut Nederland; names and classes are ours.
package enum IwmoColumns {
  /// The messages that can be read.
  package static let messages: Set<Int> = [301, 305, 307, 315, 323]
  /// The messages that are read unless the file says otherwise: a 315 only asks.
  package static let defaultMessages: Set<Int> = [301, 305, 307, 323]

  /// What `sex` is written as, and what it becomes.
  package static let sexValues = [
    CodeValue(written: "0", meaning: "unknown"), CodeValue(written: "1", meaning: "male"),
    CodeValue(written: "2", meaning: "female"),
  ]

  /// Every column, in the order of the messages.
  package static let all: [IwmoColumn] = [
    column("message", .code, .plain, [301, 305, 307, 315, 323]),
    column("message_id", .text, .direct, [301, 305, 307, 315, 323]),
    column("message_date", .date, .plain, [301, 305, 307, 315, 323]),
    column("municipality", .code, .plain, [301, 305, 307, 315, 323]),
    column("provider", .code, .plain, [301, 305, 307, 315, 323]),
    column("law", .code, .plain, [301, 305, 307, 315, 323]),
    column("bsn", .bsn, .direct, [301, 305, 307, 315, 323]),
    column("birth_date", .partialDate, .quasi, [301, 305, 307, 315]),
    column("sex", .code, .quasi, [301, 305, 307, 315]),
    column("surname", .name, .direct, [301, 305, 307, 315]),
    column("prefix", .name, .direct, [301, 305, 307, 315]),
    column("first_names", .name, .direct, [301, 305, 307, 315]),
    column("initials", .name, .direct, [301, 305, 307, 315]),
    column("partner_surname", .name, .direct, [301]),
    column("partner_prefix", .name, .direct, [301]),
    column("name_use", .code, .plain, [301]),
    column("postcode", .postcode, .quasi, [301]),
    column("house_number", .integer, .quasi, [301]),
    column("house_letter", .text, .quasi, [301]),
    column("house_suffix", .text, .quasi, [301]),
    column("assignment", .text, .direct, [301, 305, 307, 323]),
    column("category", .code, .sensitive, [301, 305, 307, 315, 323]),
    column("product", .code, .sensitive, [301, 305, 307, 315, 323]),
    column("assigned_date", .date, .plain, [301]),
    column("assigned_time", .text, .plain, [301]),
    column("start", .date, .plain, [301, 305, 307, 315, 323]),
    column("end", .date, .plain, [301, 307, 315, 323]),
    column("reason", .code, .sensitive, [301, 307]),
    column("budget", .money, .plain, [301]),
    column("volume", .integer, .plain, [301, 315, 323]),
    column("unit", .code, .plain, [301, 315, 323]),
    column("frequency", .code, .plain, [301, 315]),
    column("assignment_start", .date, .plain, [305, 307]),
    column("status", .code, .plain, [305, 307]),
    column("reference", .text, .direct, [315, 323]),
    column("claim", .text, .direct, [323]),
    column("claim_start", .date, .plain, [323]),
    column("claim_end", .date, .plain, [323]),
    column("previous_reference", .text, .direct, [323]),
    column("tariff", .money, .plain, [323]),
    column("amount", .money, .plain, [323]),
  ]

  /// The columns that at least one of these messages offers.
  package static func offered(by messages: Set<Int>) -> [IwmoColumn] {
    all.filter { !$0.messages.isDisjoint(with: messages) }
  }

  private static func column(
    _ name: String,
    _ type: ColumnType,
    _ privacyClass: PrivacyClass,
    _ messages: Set<Int>
  ) -> IwmoColumn {
    IwmoColumn(name: name, type: type, privacyClass: privacyClass, messages: messages)
  }
}
