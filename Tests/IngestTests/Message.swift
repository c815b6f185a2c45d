/// An iWmo 3.2 message as a sender might write it.
struct Message {
  var kind = 301
  var code: String?
  var space: String?
  /// Of the message and of the types; an empty one is the default name space.
  var prefixes = ("wmo301:", "iwmo:")
  var clients = ""
  var claim = ""
  var prologue = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"

  static let codes = [301: "414", 305: "418", 307: "420", 315: "444", 323: "484"]

  /// The text: in `clients`, `m:` and `t:` stand for the two prefixes.
  var text: String {
    let isFromMunicipality = kind % 2 == 1 && kind == 301
    let parties = isFromMunicipality ? ("0384", "98025566") : ("98025566", "0384")
    let body =
      kind == 323
      ? "<m:Declaratie>\(claim)<m:Clienten>\(clients)</m:Clienten></m:Declaratie>" : clients
    let content = """
      <m:Bericht \(declaration(prefixes.0))="\(space ?? "http://www.istandaarden.nl/iwmo/3_2/wmo\(kind)/schema")" \
      \(declaration(prefixes.1))="http://www.istandaarden.nl/iwmo/3_2/basisschema/schema">
      <m:Header>
      <m:BerichtCode>\(code ?? Self.codes[kind] ?? "000")</m:BerichtCode>
      <m:Afzender>\(parties.0)</m:Afzender>
      <m:Ontvanger>\(parties.1)</m:Ontvanger>
      <m:BerichtIdentificatie><t:Identificatie>1d8d</t:Identificatie>\
      <t:Dagtekening>2026-08-20</t:Dagtekening></m:BerichtIdentificatie>
      </m:Header>
      \(body)
      </m:Bericht>

      """
    return prologue
      + content.replacing("<m:", with: "<" + prefixes.0).replacing("</m:", with: "</" + prefixes.0)
      .replacing("<t:", with: "<" + prefixes.1).replacing("</t:", with: "</" + prefixes.1)
  }

  private func declaration(_ prefix: String) -> String {
    prefix.isEmpty ? "xmlns" : "xmlns:" + prefix.dropLast()
  }

  /// The client of a 301, with a neighbour who must never be seen.
  static func client(_ rows: String, extra: String = "", birth: String = "1985-01-06") -> String {
    """
    <m:Client>
    <m:Bsn>123456782</m:Bsn>
    <m:Geboortedatum><t:Datum>\(birth)</t:Datum></m:Geboortedatum>
    <m:Geslacht>1</m:Geslacht>
    <m:Naam><t:Geslachtsnaam><t:Achternaam>Gaastra</t:Achternaam><t:Voorvoegsel>van</t:Voorvoegsel>\
    </t:Geslachtsnaam><t:Voornamen>Jan Piet</t:Voornamen><t:Voorletters>JP</t:Voorletters></m:Naam>
    \(extra)
    \(rows)
    </m:Client>
    """
  }

  static let assignment = """
    <m:ToegewezenProducten><m:ToegewezenProduct>
    <m:ToewijzingNummer>425</m:ToewijzingNummer>
    <m:Product><t:Categorie>07</t:Categorie><t:Code>07A03</t:Code></m:Product>
    <m:Toewijzingsdatum>2026-08-01</m:Toewijzingsdatum>
    <m:Toewijzingstijd>14:23:26</m:Toewijzingstijd>
    <m:Ingangsdatum>2026-08-15</m:Ingangsdatum>
    <m:Einddatum>2026-12-31</m:Einddatum>
    <m:Omvang><t:Volume>6</t:Volume><t:Eenheid>04</t:Eenheid><t:Frequentie>2</t:Frequentie></m:Omvang>
    </m:ToegewezenProduct></m:ToegewezenProducten>
    """

  /// A row of a 305 or 307 with this status.
  static func start(_ status: String, product: String = "01A01") -> String {
    """
    <m:StartProduct><m:ToewijzingNummer>7</m:ToewijzingNummer>
    <m:Product><t:Categorie>01</t:Categorie><t:Code>\(product)</t:Code></m:Product>
    <m:ToewijzingIngangsdatum>2026-07-01</m:ToewijzingIngangsdatum>
    <m:Begindatum>2026-08-02</m:Begindatum>
    <m:StatusAanlevering>\(status)</m:StatusAanlevering></m:StartProduct>
    """
  }

  /// A row of a 323.
  static func service(_ cents: String, _ direction: String = "D") -> String {
    """
    <m:Prestatie><m:ProductReferentie><t:ReferentieNummer>R1</t:ReferentieNummer></m:ProductReferentie>
    <m:ToewijzingNummer>9</m:ToewijzingNummer>
    <m:ProductCategorie>01</m:ProductCategorie><m:ProductCode>01A01</m:ProductCode>
    <m:ProductPeriode><t:Begindatum>2026-07-01</t:Begindatum><t:Einddatum>2026-07-31</t:Einddatum></m:ProductPeriode>
    <m:GeleverdVolume>3</m:GeleverdVolume><m:Eenheid>04</m:Eenheid><m:ProductTarief>500</m:ProductTarief>
    <m:IngediendBedrag><t:Bedrag>\(cents)</t:Bedrag><t:DebetCredit>\(direction)</t:DebetCredit></m:IngediendBedrag>
    </m:Prestatie>
    """
  }

  static func claimant(_ bsn: String, _ services: String...) -> String {
    "<m:Client><m:Bsn>\(bsn)</m:Bsn><m:Prestaties>\(services.joined())</m:Prestaties></m:Client>"
  }

  static func claim(total: String, _ direction: String = "D") -> String {
    """
    <m:DeclaratieNummer>F1</m:DeclaratieNummer>
    <m:DeclaratiePeriode><t:Begindatum>2026-07-01</t:Begindatum><t:Einddatum>2026-07-31</t:Einddatum></m:DeclaratiePeriode>
    <m:TotaalIngediendBedrag><t:Bedrag>\(total)</t:Bedrag><t:DebetCredit>\(direction)</t:DebetCredit></m:TotaalIngediendBedrag>
    """
  }
}
