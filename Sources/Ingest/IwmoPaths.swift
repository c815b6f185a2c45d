/// Where the columns of iWmo and iJw messages stand.
///
/// Each column has one full path below the root: names repeat in parts that are never read, such as
/// `Relaties`, where a neighbour's name stands in the client's own element names.
struct IwmoPaths {
  /// A column, or one of the values that other columns are made with, and its path.
  typealias Entry = (column: String, path: String)

  let kind: IwmoKind

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

  private var isV2: Bool { kind.version == .v2 }
  private var message: Int { kind.message }

  /// The client: all that is below it is told of one person.
  var client: String {
    if isV2 { return "Clienten/Client" }
    return message == 323 ? "Declaratie/Clienten/Client" : "Client"
  }

  /// What several rows of a client have in common besides the client; nil for nothing.
  var decision: String? { isV2 && message == 301 ? client + "/Beschikking" : nil }

  var row: String {
    switch message {
    case 301: (decision ?? client) + "/ToegewezenProducten/ToegewezenProduct"
    case 305: client + "/StartProducten/StartProduct"
    case 307: client + "/StopProducten/StopProduct"
    case 315:
      client + (isV2 ? "/Producten/Product" : "/AangevraagdeProducten/AangevraagdProduct")
    default: client + "/Prestaties/Prestatie"
    }
  }

  /// An address of the client.
  var address: String { client + (isV2 ? "/Adressen/Adres" : "/Contactgegevens/Contact") }

  var entries: [Entry] { header + person + products }

  /// Dates of the message that are no columns: they must be days all the same.
  var otherDates: [String] {
    guard let decision else { return [] }
    return ["Afgiftedatum", "Ingangsdatum", "Einddatum"].map { decision + "/" + $0 }
  }

  private var header: [Entry] {
    let identity = isV2 ? "Header/Berichtidentificatie" : "Header/BerichtIdentificatie"
    return [
      (Self.messageCode, isV2 ? "Header/Berichtspecificatie/Code" : "Header/BerichtCode"),
      ("message_id", identity + "/Identificatie"), ("message_date", identity + "/Dagtekening"),
      ("municipality", kind.isFromMunicipality ? "Header/Afzender" : "Header/Ontvanger"),
      ("provider", kind.isFromMunicipality ? "Header/Ontvanger" : "Header/Afzender"),
    ]
  }

  private var person: [Entry] {
    guard message != 323 else { return [("bsn", client + "/Bsn")] }
    var entries: [Entry] = [
      ("bsn", client + "/Bsn"), ("birth_date", client + "/Geboortedatum/Datum"),
      (Self.dateUse, client + "/Geboortedatum/DatumGebruik"), ("sex", client + "/Geslacht"),
      ("surname", client + "/Naam/Geslachtsnaam/" + (isV2 ? "Naam" : "Achternaam")),
      ("prefix", client + "/Naam/Geslachtsnaam/Voorvoegsel"),
      ("initials", client + "/Naam/Voorletters"),
    ]
    if isV2 {
      entries.append(("client_number", client + "/Clientnummer"))
      if message == 301 {
        entries.append(("secret", client + "/GeheimeClient"))
      } else {
        entries.append(("client_status", client + "/StatusAanlevering"))
      }
    } else {
      entries.append(("first_names", client + "/Naam/Voornamen"))
    }
    return message == 301 ? entries + assignedPerson : entries
  }

  private var assignedPerson: [Entry] {
    [
      ("partner_surname", client + "/Naam/Partnernaam/" + (isV2 ? "Naam" : "Achternaam")),
      ("partner_prefix", client + "/Naam/Partnernaam/Voorvoegsel"),
      ("name_use", client + (isV2 ? "/Naam/NaamCode" : "/Naam/NaamGebruik")),
      // To verify for 3.2: whether the kind stands beside the address, as here.
      (Self.addressKind, address + "/Soort"), ("postcode", address + "/Adres/Postcode"),
      ("house_number", address + "/Adres/Huis/Huisnummer"),
      ("house_letter", address + "/Adres/Huis/Huisletter"),
      ("house_suffix", address + "/Adres/Huis/HuisnummerToevoeging"),
    ]
  }

  private var products: [Entry] {
    if message == 323 { return claim }
    var entries: [Entry] = [
      ("category", row + "/Product/Categorie"), ("product", row + "/Product/Code"),
    ]
    if isV2 {
      entries.append(("assignment", (decision ?? row) + "/Beschikkingnummer"))
    } else if message != 315 {
      entries.append(("assignment", row + "/ToewijzingNummer"))
    }
    if message == 301 || message == 315 || (isV2 && message == 305) {
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
        ("reason", row + (isV2 ? "/RedenIntrekking" : "/RedenWijziging")),
      ]
      if !isV2 { entries.append(("budget", row + "/Budget")) }
    case 315 where !isV2:
      entries += [
        ("start", row + "/ToewijzingIngangsdatum"), ("end", row + "/ToewijzingEinddatum"),
        ("reference", row + "/ReferentieAanbieder"),
      ]
    default:
      entries += [
        ("assignment_start", row + (isV2 ? "/Ingangsdatum" : "/ToewijzingIngangsdatum")),
        ("start", row + "/Begindatum"), ("status", row + "/StatusAanlevering"),
      ]
      if message == 307 {
        entries += [("end", row + "/Einddatum"), ("reason", row + "/RedenBeeindiging")]
      }
    }
    return entries
  }

  private var claim: [Entry] {
    [
      ("claim", "Declaratie/DeclaratieNummer"),
      ("claim_start", "Declaratie/DeclaratiePeriode/Begindatum"),
      ("claim_end", "Declaratie/DeclaratiePeriode/Einddatum"),
      (Self.total, "Declaratie/TotaalIngediendBedrag/Bedrag"),
      (Self.totalDirection, "Declaratie/TotaalIngediendBedrag/DebetCredit"),
      ("reference", row + "/ProductReferentie/ReferentieNummer"),
      ("previous_reference", row + "/ProductReferentie/VorigReferentieNummer"),
      ("assignment", row + "/ToewijzingNummer"), ("category", row + "/ProductCategorie"),
      ("product", row + "/ProductCode"), ("start", row + "/ProductPeriode/Begindatum"),
      ("end", row + "/ProductPeriode/Einddatum"), ("volume", row + "/GeleverdVolume"),
      ("unit", row + "/Eenheid"), ("tariff", row + "/ProductTarief"),
      ("amount", row + "/IngediendBedrag/Bedrag"),
      (Self.direction, row + "/IngediendBedrag/DebetCredit"),
    ]
  }
}
