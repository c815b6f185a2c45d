import Tabular

/// What the header of a column lets expect.
struct SurveyHint {
  /// The one name that such a column has everywhere; nil for none.
  let name: String?
  let type: ColumnType?
  let privacyClass: PrivacyClass?
  /// The values are amounts of money.
  let isMoney: Bool
  /// The values are codes, even if they are digits.
  let isCode: Bool
  /// The values are written by hand, and may name anybody.
  let isFreeText: Bool

  /// Whether the header says anything at all.
  var isKnown: Bool { name != nil || privacyClass != nil || isMoney || isCode || isFreeText }

  init(_ header: String) {
    let key = header.lowercased().filter { $0.isLetter || $0.isNumber }
    let person = Self.persons.first { $0.words.contains(key) }
    name = person?.name
    type = person?.type
    func says(_ words: [String]) -> Bool { words.contains { key.contains($0) } }
    isMoney = says(Self.moneyWords)
    isFreeText = says(Self.freeTextWords)
    isCode = says(["code", "type", "soort", "provider", "agb", "uzovi", "insurer", "verzekeraar"])
    let isIdentifier =
      key == "id" || header.hasSuffix("ID") || header.hasSuffix("Id")
      || header.hasSuffix("_id")
    if let person {
      privacyClass = person.privacyClass
    } else if isFreeText || isIdentifier || says(Self.directWords) {
      privacyClass = .direct
    } else if says(Self.quasiWords) || ["lat", "lon", "zip", "city"].contains(key) {
      privacyClass = .quasi
    } else if says(Self.sensitiveWords) || ["code", "race"].contains(key) {
      privacyClass = .sensitive
    } else {
      privacyClass = nil
    }
  }

  private struct Person {
    let name: String
    let type: ColumnType?
    let privacyClass: PrivacyClass
    let words: Set<String>
  }

  private static let persons = [
    Person(
      name: "bsn",
      type: .bsn,
      privacyClass: .direct,
      words: ["bsn", "burgerservicenummer", "sofinummer", "bsnnummer", "bsnnr", "bsnclient"]
    ),
    Person(
      name: "surname",
      type: .name,
      privacyClass: .direct,
      words: [
        "achternaam", "geslachtsnaam", "familienaam", "surname", "last", "lastname", "maiden",
      ]
    ),
    Person(
      name: "prefix",
      type: .name,
      privacyClass: .direct,
      words: ["voorvoegsel", "voorvoegsels", "tussenvoegsel", "tussenvoegsels", "prefix"]
    ),
    Person(
      name: "partner_surname",
      type: .name,
      privacyClass: .direct,
      words: ["partnernaam", "achternaampartner", "partnersurname", "naampartner"]
    ),
    Person(
      name: "first_names",
      type: .name,
      privacyClass: .direct,
      words: ["voornaam", "voornamen", "roepnaam", "first", "firstname", "firstnames", "givenname"]
    ),
    Person(
      name: "initials",
      type: .name,
      privacyClass: .direct,
      words: ["voorletters", "voorletter", "initialen", "initials"]
    ),
    Person(
      name: "birth_date",
      type: .partialDate,
      privacyClass: .quasi,
      words: [
        "geboortedatum", "gebdatum", "gebdat", "birthdate", "dateofbirth", "dob", "datumgeboorte",
      ]
    ),
    Person(
      name: "death_date",
      type: .partialDate,
      privacyClass: .quasi,
      words: ["overlijdensdatum", "datumoverlijden", "deathdate"]
    ),
    Person(
      name: "sex",
      type: .code,
      privacyClass: .quasi,
      words: ["geslacht", "geslachtsaanduiding", "sex", "gender", "mv"]
    ),
    Person(
      name: "postcode",
      type: .postcode,
      privacyClass: .quasi,
      words: ["postcode", "pc6", "postalcode"]
    ),
    Person(
      name: "house_number",
      type: .integer,
      privacyClass: .quasi,
      words: ["huisnummer", "huisnr", "housenumber"]
    ),
    Person(
      name: "house_letter",
      type: .text,
      privacyClass: .quasi,
      words: ["huisletter", "houseletter"]
    ),
    Person(
      name: "house_suffix",
      type: .text,
      privacyClass: .quasi,
      words: ["huisnummertoevoeging", "toevoeging", "housesuffix", "huistoevoeging"]
    ),
    Person(
      name: "municipality",
      type: nil,
      privacyClass: .plain,
      words: ["gemeente", "gemeentecode", "gemcode", "municipality"]
    ),
    Person(
      name: "district",
      type: nil,
      privacyClass: .plain,
      words: ["wijk", "wijkcode", "district"]
    ),
    Person(
      name: "neighbourhood",
      type: nil,
      privacyClass: .plain,
      words: ["buurt", "buurtcode", "neighbourhood", "neighborhood"]
    ),
    Person(
      name: "deceased",
      type: nil,
      privacyClass: .sensitive,
      words: ["overleden", "deceased"]
    ),
  ]

  private static let moneyWords = [
    "bedrag", "amount", "cost", "kosten", "prijs", "price", "tarief", "vergoeding", "expense",
    "coverage", "payment", "outstanding", "euro", "declared",
  ]
  private static let freeTextWords = [
    "opmerking", "toelichting", "notitie", "vrijetekst", "remark", "note", "comment",
  ]
  private static let directWords = [
    "naam", "telefoon", "phone", "mail", "adres", "address", "straat", "street", "iban",
    "rekening", "ssn", "passport", "paspoort", "driver", "clientnummer", "clientnr", "klantnummer",
    "klantnr", "patient", "anummer", "polis", "verzekerdenummer", "factuur", "declaratienummer",
    "referentie", "reference", "invoice", "sleutel",
  ]
  private static let quasiWords = [
    "geboorteplaats", "geboorteland", "birthplace", "nationalit", "woonplaats", "county",
    "latitude", "longitude",
  ]
  private static let sensitiveWords = [
    "diagnos", "icd", "icpc", "dbc", "snomed", "zorg", "care", "indicatie", "product", "aandoening",
    "condition", "reason", "reden", "medic", "behandel", "procedure", "prestatie", "activit",
    "encounterclass", "ethnic", "etnic", "religi", "burgerlijkestaat", "marital", "inkomen",
    "income", "uitkering", "schuld", "wmo", "jeugd", "wlz", "toewijz", "beschikking",
    "description", "omschrijving", "insurer", "verzekeraar",
  ]
}
