import Tabular

/// The reasons that a loop over rows gives, as small numbers; 0 is none.
enum Fault {
  static let none: UInt8 = 0
  static let required: UInt8 = 1
  static let encoding: UInt8 = 2
  static let nul: UInt8 = 3
  static let control: UInt8 = 4
  static let quote: UInt8 = 5
  static let fieldCount: UInt8 = 6
  static let lineLength: UInt8 = 7
  static let number: UInt8 = 8
  static let money: UInt8 = 9
  static let date: UInt8 = 10
  static let datePartial: UInt8 = 11
  static let code: UInt8 = 12
  static let range: UInt8 = 13
  static let postcode: UInt8 = 14
  static let bsnCheck: UInt8 = 15
  static let structure: UInt8 = 16
  static let limit: UInt8 = 17
  static let future: UInt8 = 18
  static let parent: UInt8 = 19
  static let orphan: UInt8 = 20
  static let unique: UInt8 = 21
  /// A code that nobody knows, in a column that may hold none.
  static let codeRefused: UInt8 = 22
  static let currency: UInt8 = 23

  /// The reason that stands in `rejects.csv`.
  static func reason(_ fault: UInt8) -> RejectReason {
    switch fault {
    case required: .required
    case encoding: .encoding
    case nul: .nul
    case control: .control
    case quote: .quote
    case fieldCount: .fieldCount
    case lineLength: .lineLength
    case number: .number
    case money: .money
    case date: .date
    case datePartial: .datePartial
    case code, codeRefused: .code
    case range: .range
    case postcode: .postcode
    case bsnCheck: .bsnCheck
    case limit: .limit
    case future: .future
    case parent: .parent
    case orphan: .orphan
    case unique: .unique
    case currency: .currency
    default: .structure
    }
  }

  /// Whether the row is refused even if the column is not required.
  ///
  /// Text that cannot be read says that more than this value is wrong.
  static func refusesRow(_ fault: UInt8) -> Bool {
    switch fault {
    case encoding, nul, control, structure, limit, codeRefused: true
    default: false
    }
  }
}
