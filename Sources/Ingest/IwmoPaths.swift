/// Where the columns of iWmo 3.2 messages stand.
///
/// Each column has one full path below the root: names repeat in parts that are never read, such as
/// `Relaties`, where a neighbour's name stands in the client's own element names.
enum IwmoPaths {
  /// Message kinds whose rows can be read, with the code that their header must have.
  static let messageCodes = [301: 414, 305: 418, 307: 420, 315: 444, 323: 484]
  /// They repeat the rows of what they answer.
  static let returnMessages: Set<Int> = [302, 306, 308, 316, 318, 320, 325]
  /// Known kinds that nobody asks for.
  static let otherMessages: Set<Int> = [317, 319]

  /// A column, or one of the values that other columns are made with, and its path.
  typealias Entry = (column: String, path: String)

  // Not columns: their names cannot stand in a pipeline file.
  static let messageCode = "(code)"
  static let dateUse = "(date use)"
  static let addressKind = "(address kind)"
  static let direction = "(direction)"
  static let total = "(total)"
  static let totalDirection = "(total direction)"

  /// The columns whose value depends on which address of the client it is.
  static let addressColumns: Set<String> = [
    "postcode", "house_number", "house_letter", "house_suffix",
  ]

  static func client(of message: Int) -> String {
    message == 323 ? "Declaratie/Clienten/Client" : "Client"
  }

  static func row(of message: Int) -> String {
    switch message {
    case 301: "Client/ToegewezenProducten/ToegewezenProduct"
    case 305: "Client/StartProducten/StartProduct"
    case 307: "Client/StopProducten/StopProduct"
    case 315: "Client/AangevraagdeProducten/AangevraagdProduct"
    default: "Declaratie/Clienten/Client/Prestaties/Prestatie"
    }
  }

  /// An address of the client.
  static let address = "Client/Contactgegevens/Contact"

  static func entries(of message: Int) -> [Entry] {
    header(message) + client(message) + products(message)
  }

  private static func header(_ message: Int) -> [Entry] {
    let isFromMunicipality = message == 301
    return [
      (messageCode, "Header/BerichtCode"),
      ("message_id", "Header/BerichtIdentificatie/Identificatie"),
      ("message_date", "Header/BerichtIdentificatie/Dagtekening"),
      ("municipality", isFromMunicipality ? "Header/Afzender" : "Header/Ontvanger"),
      ("provider", isFromMunicipality ? "Header/Ontvanger" : "Header/Afzender"),
    ]
  }

  private static func client(_ message: Int) -> [Entry] {
    let client = client(of: message)
    guard message != 323 else { return [("bsn", client + "/Bsn")] }
    var entries: [Entry] = [
      ("bsn", client + "/Bsn"),
      ("birth_date", client + "/Geboortedatum/Datum"),
      (dateUse, client + "/Geboortedatum/DatumGebruik"),
      ("sex", client + "/Geslacht"),
      ("surname", client + "/Naam/Geslachtsnaam/Achternaam"),
      ("prefix", client + "/Naam/Geslachtsnaam/Voorvoegsel"),
      ("first_names", client + "/Naam/Voornamen"),
      ("initials", client + "/Naam/Voorletters"),
    ]
    guard message == 301 else { return entries }
    entries += [
      ("partner_surname", client + "/Naam/Partnernaam/Achternaam"),
      ("partner_prefix", client + "/Naam/Partnernaam/Voorvoegsel"),
      ("name_use", client + "/Naam/NaamGebruik"),
      // To verify: whether the kind stands beside the address, as here.
      (addressKind, address + "/Soort"),
      ("postcode", address + "/Adres/Postcode"),
      ("house_number", address + "/Adres/Huis/Huisnummer"),
      ("house_letter", address + "/Adres/Huis/Huisletter"),
      ("house_suffix", address + "/Adres/Huis/HuisnummerToevoeging"),
    ]
    return entries
  }

  private static func products(_ message: Int) -> [Entry] {
    let row = row(of: message)
    var entries: [Entry] = []
    if message != 323 {
      entries += [("category", row + "/Product/Categorie"), ("product", row + "/Product/Code")]
    }
    if message != 315 { entries.append(("assignment", row + "/ToewijzingNummer")) }
    if message == 301 || message == 315 {
      entries += [
        ("volume", row + "/Omvang/Volume"), ("unit", row + "/Omvang/Eenheid"),
        ("frequency", row + "/Omvang/Frequentie"),
      ]
    }
    switch message {
    case 301:
      entries += [
        ("assigned_date", row + "/Toewijzingsdatum"), ("assigned_time", row + "/Toewijzingstijd"),
        ("start", row + "/Ingangsdatum"), ("end", row + "/Einddatum"),
        ("reason", row + "/RedenWijziging"), ("budget", row + "/Budget"),
      ]
    case 305, 307:
      entries += [
        ("assignment_start", row + "/ToewijzingIngangsdatum"), ("start", row + "/Begindatum"),
        ("status", row + "/StatusAanlevering"),
      ]
      if message == 307 {
        entries += [("end", row + "/Einddatum"), ("reason", row + "/RedenBeeindiging")]
      }
    case 315:
      entries += [
        ("start", row + "/ToewijzingIngangsdatum"), ("end", row + "/ToewijzingEinddatum"),
        ("reference", row + "/ReferentieAanbieder"),
      ]
    default:
      entries += claim(row)
    }
    return entries
  }

  private static func claim(_ row: String) -> [Entry] {
    [
      ("claim", "Declaratie/DeclaratieNummer"),
      ("claim_start", "Declaratie/DeclaratiePeriode/Begindatum"),
      ("claim_end", "Declaratie/DeclaratiePeriode/Einddatum"),
      (total, "Declaratie/TotaalIngediendBedrag/Bedrag"),
      (totalDirection, "Declaratie/TotaalIngediendBedrag/DebetCredit"),
      ("reference", row + "/ProductReferentie/ReferentieNummer"),
      ("previous_reference", row + "/ProductReferentie/VorigReferentieNummer"),
      ("category", row + "/ProductCategorie"), ("product", row + "/ProductCode"),
      ("start", row + "/ProductPeriode/Begindatum"), ("end", row + "/ProductPeriode/Einddatum"),
      ("volume", row + "/GeleverdVolume"), ("unit", row + "/Eenheid"),
      ("tariff", row + "/ProductTarief"), ("amount", row + "/IngediendBedrag/Bedrag"),
      (direction, row + "/IngediendBedrag/DebetCredit"),
    ]
  }
}
