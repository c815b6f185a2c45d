/// Where the columns of persons stand in Haal Centraal BRP JSON, the older form behind the newer.
///
/// Never read: `ouders`, `partners`, `kinderen`, `adressering`, `volledigeNaam`.
enum BrpPaths {
  /// How a column is made.
  enum Rule {
    /// The first of these that is there.
    case text([String])
    /// The first of these that is there: a typed date, or eight digits.
    case date([String])
    case sex
    case deceased
    /// As `text`, where the person lives at a Dutch address.
    case address([String])
  }

  static let sex = "geslacht.code"
  static let death = "overlijden"
  static let suspension = "opschortingBijhouding.reden.code"
  static let addressType = "verblijfplaats.type"

  /// A person has at least one of these.
  static let signs = [
    "burgerservicenummer", "aNummer", "naam", "geboorte", "geslacht", "verblijfplaats",
  ]

  static let rules: [String: Rule] = [
    "bsn": .text(["burgerservicenummer"]),
    "a_number": .text(["aNummer"]),
    "first_names": .text(["naam.voornamen"]),
    "initials": .text(["naam.voorletters"]),
    "prefix": .text(["naam.voorvoegsel"]),
    "surname": .text(["naam.geslachtsnaam"]),
    "name_use": .text(["naam.aanduidingNaamgebruik.code"]),
    "sex": .sex,
    "birth_date": .date(["geboorte.datum"]),
    "death_date": .date(["overlijden.datum"]),
    "deceased": .deceased,
    "suspended": .text([suspension]),
    "secrecy": .text(["geheimhoudingPersoonsgegevens"]),
    "municipality": .text(["gemeenteVanInschrijving.code"]),
    "address_kind": .text(["verblijfplaats.functieAdres.code"]),
    "address_since": .date(["verblijfplaats.datumVan", "verblijfplaats.datumAanvangAdreshouding"]),
    "postcode": address("postcode"),
    "house_number": address("huisnummer"),
    "house_letter": address("huisletter"),
    "house_suffix": address("huisnummertoevoeging"),
    "address_object": .text(["verblijfplaats.adresseerbaarObjectIdentificatie"]),
  ]

  private static func address(_ key: String) -> Rule {
    .address(["verblijfplaats.verblijfadres." + key, "verblijfplaats." + key])
  }
}
