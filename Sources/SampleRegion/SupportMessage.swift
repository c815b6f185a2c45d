/// What all iWmo 3.2 messages have in common: the header, and how dates and names are told.
struct SupportMessage {
  /// Which message it is, with its code in the header.
  enum Kind: Int {
    case assignment = 301
    case start = 305
    case stop = 307
    case declaration = 323

    var headerCode: Int {
      switch self {
      case .assignment: 414
      case .start: 418
      case .stop: 420
      case .declaration: 484
      }
    }

    /// Whether the municipality sends it.
    var isFromMunicipality: Bool { self == .assignment }
  }

  let kind: Kind
  let municipality: Int
  let provider: Int
  /// As in `Identificatie`.
  let identification: String
  /// Days since 1970-01-01.
  let day: Int

  static func municipalityCode(_ number: Int) -> String { padded(9_001 + number, 4) }

  /// Made-up AGB code.
  static func providerCode(_ number: Int) -> String { padded(98_200_001 + number, 8) }

  /// A document with its header.
  func document() -> XMLText {
    let municipalityCode = Self.municipalityCode(municipality)
    let providerCode = Self.providerCode(provider)
    var xml = XMLText(
      message: "wmo\(kind.rawValue)",
      sender: kind.isFromMunicipality ? municipality : provider
    )
    xml.element("Header") { header in
      header.element("BerichtCode", String(kind.headerCode))
      header.element("BerichtVersie", "3")
      header.element("BerichtSubversie", "2")
      header.element("Afzender", kind.isFromMunicipality ? municipalityCode : providerCode)
      header.element("Ontvanger", kind.isFromMunicipality ? providerCode : municipalityCode)
      header.element("BerichtIdentificatie") { part in
        part.element("Identificatie", .types, identification)
        part.element("Dagtekening", .types, Self.date(day))
      }
    }
    return xml
  }

  static func date(_ day: Int) -> String {
    var text: [UInt8] = []
    text.append(day: day)
    return String(decoding: text, as: UTF8.self)
  }

  /// BSN, birth date, sex and name of a client.
  static func append(_ client: SupportClient, to xml: inout XMLText) {
    xml.element("Bsn", padded(client.bsn ?? 999_999_999, 9))
    appendBirthDate(client.birthDay, client.birthDateUse, to: &xml)
    xml.element("Geslacht", String(client.sex))
    xml.element("Naam") { name in
      name.element("Geslachtsnaam", .types) { own in
        own.element("Achternaam", .types, client.surname)
        own.element("Voorvoegsel", .types, client.prefix)
      }
      if let partner = client.partnerSurname {
        name.element("Partnernaam", .types) { other in
          other.element("Achternaam", .types, partner)
          other.element("Voorvoegsel", .types, client.partnerPrefix)
        }
      }
      name.element("Voornamen", .types, client.firstNames)
      name.element("Voorletters", .types, client.initials)
      name.element("NaamGebruik", .types, String(client.nameUse))
    }
  }

  /// A birth date; what is not known of it stands there as if it were.
  static func appendBirthDate(
    _ day: Int,
    _ use: SupportClient.BirthDateUse,
    to xml: inout XMLText
  ) {
    let complete = date(day)
    xml.element("Geboortedatum") { birth in
      switch use {
      case .complete: birth.element("Datum", .types, complete)
      case .dayUnknown: birth.element("Datum", .types, complete.prefix(8) + "01")
      case .monthUnknown: birth.element("Datum", .types, complete.prefix(5) + "01-01")
      case .unknown: birth.element("Datum", .types, "1900-01-01")
      }
      if use != .complete { birth.element("DatumGebruik", .types, String(use.rawValue)) }
    }
  }
}
