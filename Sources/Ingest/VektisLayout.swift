// Where the fields of a claim stand.
//
// Source: the standards of Vektis; positions are facts, names and words are ours. Only fields that
// are read have an entry: records 03 (who pays: a third person and a bank account) and 98 (free
// text) have none.
//
// To verify, since no specification confirmed it:
// - MZ301 and AP304 as a whole: they come from a second source, which gives amounts with their
//   sign; here they are split.
// - iso-8859-1 as the encoding, where the pipeline declares none.
// - COD134, sex: 0 and 9 are read as unknown.
// - COD820 of MZ301 and AP304 7.2, `forwarding`: 1 means the same as in COD150.
// - AP304 7.2: whether `quantity` has implied decimals; it is given as it stands.
// - AP304 8.0: what an information record does to the totals; it counts as any other.

/// A version of a claim standard.
struct VektisLayout: Sendable {
  /// A field that a column is offered from; records and bytes count from 1, both ends inclusive.
  struct Field: Sendable {
    let column: String
    let record: Int
    let bytes: ClosedRange<Int>
    let form: EiField.Form

    init(
      _ column: String,
      _ record: Int,
      _ bytes: ClosedRange<Int>,
      _ form: EiField.Form = .text
    ) {
      self.column = column
      self.record = record
      self.bytes = bytes
      self.form = form
    }
  }

  /// What the closing record counts.
  struct Count: Sendable {
    /// The records; 0 for all but 01 and 99.
    let record: Int
    let bytes: ClosedRange<Int>

    init(_ record: Int, _ bytes: ClosedRange<Int>) {
      self.record = record
      self.bytes = bytes
    }
  }

  /// Where that stands in a record which makes an activity unlike all others of an insured.
  struct Key: Sendable {
    let codeList: Int
    let activity: Int
    let start: Int
    let sequence: Int
  }

  let standard: String
  /// Version · 100 + subversion.
  let version: Int
  /// For each message code the kind of care.
  let careTypes: [(code: Int, word: String)]
  /// Bytes of a full line.
  let length: Int
  /// For each record that may stand in a claim its last byte before the filler.
  let ends: [Int: Int]
  let fields: [Field]
  /// The record that holds the declared amount, 04 or 06.
  let amountRecord: Int
  /// The amount in cents; its sign stands behind it.
  let amount: ClosedRange<Int>
  let counts: [Count]
  /// The total in cents; its sign stands behind it.
  let total: ClosedRange<Int>
  /// Of 04 and 06, where amounts stand in 06.
  let keys: (activity: Key, tariff: Key)?

  static let all = [aw319, zh308, mz301, ap304v7, ap304v8]

  /// What is read, for messages.
  static let names = "AW319 1.4, ZH308 9.0, MZ301 1.3, AP304 7.2 or AP304 8.0"

  // Equal in all standards.
  static let purpose = 10
  static let currency = 115...117
  static let detailId = 3...14
  /// BSN, insurer and insured number: equal in a 02 and the records below it.
  static let insured = 15...42
  static let forwarding = 58

  static let opening: [Field] = [
    Field("practice", 1, 47...54, .zeroNone),
    Field("institution", 1, 55...62, .zeroNone),
    Field("invoice", 1, 81...92),
  ]

  /// Where a claim tells who sends it: institution, practice, person, service bureau.
  static let senders = [55...62, 47...54, 39...46, 31...38]
  static let invoice = 81...92
  static let invoiceDate = 93...100

  /// Record 02; `deceased` is the byte of the one field that has no fixed place.
  static func insuredFields(deceased: Int) -> [Field] {
    [
      Field("bsn", 2, 15...23),
      Field("insurer", 2, 24...27),
      Field("insured_number", 2, 28...42),
      Field("patient_number", 2, 43...53),
      Field("birth_date", 2, 54...61, .zeroNone),
      Field("sex", 2, 62...62, .sex),
      Field("surname", 2, 64...88),
      Field("prefix", 2, 89...98),
      Field("partner_surname", 2, 100...124),
      Field("partner_prefix", 2, 125...134),
      Field("initials", 2, 135...140),
      Field("postcode", 2, 142...147),
      // 00000 is valid: there is no official number.
      Field("house_number", 2, 157...161),
      Field("house_suffix", 2, 162...167),
      Field("deceased", 2, deceased...deceased, .deceased),
    ]
  }

  /// The day of an activity that has no other.
  static func dayFields(_ bytes: ClosedRange<Int>) -> [Field] {
    ["start", "end", "date"].map { Field($0, 4, bytes, .zeroNone) }
  }

  /// What the closing record counts, but in ZH308.
  static let commonCounts = [
    Count(2, 3...8), Count(3, 9...14), Count(4, 15...20), Count(98, 21...26), Count(0, 27...33),
  ]
}
