// Where the fields of iWmo 2.0 messages stand in their EI records.
//
// Measured on the twins of XML messages; only fields that are read have an entry. Record 03 is a
// relation of the client and has none.
//
// To verify, since no specification confirmed it:
// - iso-8859-1 as the encoding; `character_set` is not looked at.
// - Zeros mean that XML has no such element; a volume of zeros, only where its unit is zeros too.
// - Records of a 301 that were not seen are counted with the details, not one by one.
// - The codes of return messages are those of what they answer, and one.

import PipelineFile

/// One iWmo 2.0 message in EI records, as a source reads it.
struct EiLayout: Sendable {
  /// Values that are no declared column; they stand behind the columns.
  enum Slot: Int, CaseIterable {
    case sender
    case receiver
    case person
    case assignment
    case category
    case product
    case start
    case assignedDate
    case assignedTime
    case messageDate
    case messageId
    case status
    case precision
  }

  /// A column, its bytes in the record, and what becomes of them.
  typealias Place = (column: String, bytes: ClosedRange<Int>, form: EiField.Form)

  let message: Int
  let columnCount: Int
  /// Bytes of a full line.
  let length: Int
  /// The record that is a row.
  let rowRecord: Int
  let header: [EiField]
  let client: [EiField]
  let address: [EiField]
  let row: [EiField]
  /// The columns that the fields of `address` fill.
  let addressColumns: [Int]
  let birthDates: [Int]
  let messages: [Int]
  let laws: [Int]
  /// The client number in record 02.
  let clientNumber: ClosedRange<Int>
  /// For each record type its last byte before the filler; 0 where it may not stand.
  let ends: [Int]
  /// What the closing record counts; record 0 is all but 01 and 99.
  let counts: [VektisLayout.Count]

  /// The client number in the records below a 02.
  static let ownerNumber = 19...38
  /// Filled in a 04 that is the address of a relation.
  static let relationNumber = 39...58
  static let addressKind = 59...60
  static let version = 200
  /// By message code.
  static let messages = [414: 301, 418: 305, 420: 307, 444: 315]
  static let returnCodes: Set<Int> = [415, 419, 421, 445]

  /// The layouts of the messages that a source asks for.
  static func all(of messages: Set<Int>, columns: [SourceColumn]) -> [Int: EiLayout] {
    var layouts: [Int: EiLayout] = [:]
    for message in messages.intersection(Self.messages.values) {
      layouts[message] = EiLayout(message, columns: columns)
    }
    return layouts
  }

  private init(_ message: Int, columns: [SourceColumn]) {
    self.message = message
    columnCount = columns.count
    length = message == 301 ? 310 : message == 307 ? 140 : 180
    rowRecord = message == 301 ? 15 : message == 307 ? 6 : 7
    clientNumber = message == 301 ? 29...48 : 28...47
    header = Self.fields(EiPlaces.header(message), columns)
    client = Self.fields(EiPlaces.client(message), columns)
    address = message == 301 ? Self.fields(EiPlaces.address, columns) : []
    row = Self.fields(EiPlaces.row(message), columns)
    addressColumns = address.map(\.column)
    birthDates = columns.indices.filter { columns[$0].sourceName == "birth_date" }
    messages = columns.indices.filter { columns[$0].sourceName == "message" }
    laws = columns.indices.filter { columns[$0].sourceName == "law" }
    var ends = [Int](repeating: 0, count: 100)
    // Of records that were not seen only the length is known.
    if message == 301 { for record in 2...98 { ends[record] = length } }
    for (record, end) in EiPlaces.ends(message) { ends[record] = end }
    self.ends = ends
    counts = EiPlaces.counts(message)
  }

  private static func fields(_ places: [Place], _ columns: [SourceColumn]) -> [EiField] {
    var fields: [EiField] = []
    for place in places {
      for (number, column) in columns.enumerated() where column.sourceName == place.column {
        fields.append(EiField(column: number, bytes: place.bytes, form: place.form))
      }
      if let slot = EiPlaces.slots[place.column] {
        fields.append(
          EiField(column: columns.count + slot.rawValue, bytes: place.bytes, form: place.form)
        )
      }
    }
    return fields
  }
}
