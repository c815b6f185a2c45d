/// The positions of iWmo 2.0 in EI records; bytes count from 1, both ends inclusive.
enum EiPlaces {
  /// What corrections and birth dates need, whether or not the source declares it.
  static let slots: [String: EiLayout.Slot] = [
    "sender": .sender, "receiver": .receiver, "bsn": .person, "assignment": .assignment,
    "category": .category, "product": .product, "start": .start, "assigned_date": .assignedDate,
    "assigned_time": .assignedTime, "message_date": .messageDate, "message_id": .messageId,
    "status": .status, "birth_date_precision": .precision,
  ]

  static func header(_ message: Int) -> [EiLayout.Place] {
    let municipality = 10...13
    let provider = 14...21
    let isFromMunicipality = message == 301
    return [
      ("municipality", municipality, .zeroNone),
      ("provider", provider, .zeroNone),
      ("sender", isFromMunicipality ? municipality : provider, .zeroNone),
      ("receiver", isFromMunicipality ? provider : municipality, .zeroNone),
      ("message_id", 22...33, .text),
      ("message_date", 34...41, .zeroNone),
    ]
  }

  static func client(_ message: Int) -> [EiLayout.Place] {
    guard message == 301 else {
      return [
        ("bsn", 15...23, .text), ("client_number", 28...47, .text),
        ("birth_date", 48...55, .zeroNone), ("birth_date_precision", 56...56, .text),
        ("sex", 57...57, .text), ("surname", 58...82, .text), ("prefix", 83...92, .text),
        ("initials", 94...99, .text), ("client_status", 100...100, .zeroNone),
      ]
    }
    return [
      ("bsn", 15...23, .text), ("secret", 24...24, .yesNo), ("client_number", 29...48, .text),
      ("birth_date", 49...56, .zeroNone), ("birth_date_precision", 57...57, .text),
      ("sex", 58...58, .text), ("surname", 60...84, .text), ("prefix", 85...94, .text),
      ("partner_surname", 96...120, .text), ("partner_prefix", 121...130, .text),
      ("initials", 132...137, .text), ("name_use", 138...138, .zeroNone),
    ]
  }

  /// Of record 04 in a 301.
  static let address: [EiLayout.Place] = [
    ("house_number", 61...65, .number), ("house_letter", 66...66, .text),
    ("house_suffix", 67...70, .text), ("postcode", 73...80, .text),
  ]

  static func row(_ message: Int) -> [EiLayout.Place] {
    let product: [EiLayout.Place] = [
      ("assignment", 39...56, .number), ("category", 57...58, .zeroNone),
      ("product", 59...63, .text),
    ]
    guard message != 301 else {
      return product + [
        ("assigned_date", 76...83, .zeroNone), ("assigned_time", 84...89, .time),
        ("start", 90...97, .zeroNone), ("end", 98...105, .zeroNone),
        ("reason", 106...106, .zeroNone), ("volume", 107...114, .volume),
        ("unit", 115...116, .zeroNone), ("frequency", 117...117, .zeroNone),
      ]
    }
    let dates: [EiLayout.Place] = [
      ("assignment_start", 64...71, .zeroNone), ("start", 72...79, .zeroNone),
    ]
    guard message != 307 else {
      return product + dates + [
        ("reason", 88...89, .zeroNone), ("end", 90...97, .zeroNone), ("status", 98...98, .zeroNone),
      ]
    }
    return product + dates + [
      ("volume", 88...95, .volume), ("unit", 96...97, .zeroNone), ("frequency", 98...98, .zeroNone),
      ("status", 99...99, .zeroNone),
    ]
  }

  static func ends(_ message: Int) -> [Int: Int] {
    switch message {
    case 301: [1: 42, 2: 175, 3: 151, 4: 289, 8: 84, 9: 90, 15: 117, 99: 63]
    case 305: [1: 42, 2: 100, 7: 99, 99: 21]
    case 307: [1: 42, 2: 100, 6: 98, 99: 21]
    default: [1: 42, 2: 100, 7: 166, 99: 21]
    }
  }

  static func counts(_ message: Int) -> [VektisLayout.Count] {
    typealias Count = VektisLayout.Count
    guard message != 301 else {
      return [
        Count(2, 3...8), Count(3, 9...14), Count(4, 15...20), Count(8, 27...32),
        Count(9, 33...38), Count(15, 45...50), Count(0, 57...63),
      ]
    }
    return [Count(2, 3...8), Count(message == 307 ? 6 : 7, 9...14), Count(0, 15...21)]
  }
}
