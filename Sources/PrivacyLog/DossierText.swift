/// The sentences of the dossier, in both languages side by side.
enum DossierText: CaseIterable {
  case title, objective, actors, data, identifiers, transformation, secrets, domain, additional
  case risks, retention, rights, evidence
  case aim, accountable, runs, holders, sourceOf, classLine, noColumns, tokenRule
  case filters, denied, keyLine, keyNone, oneCustody, twoCustodies, pinned
  case domainLine, releaseScope, sourceScope, leaves, additionalKey, additionalExtracts
  case additionalLists, riskUnknown, riskFrequency, riskJoin, riskOracle, notAnonymous
  case retentionLine, retentionLog, objectionsYes, objectionsNo, requests, fromLog
  case policyDigest, tokensStay, leavesPackages, leavesFilters

  /// The English text, and the Dutch.
  var both: (english: String, dutch: String) {
    switch self {
    case .title: ("Pseudonymisation dossier", "Pseudonimiseringsdossier")
    case .objective: ("Objective", "Doel")
    case .actors: ("Who does what", "Wie doet wat")
    case .data: ("Data", "Gegevens")
    case .identifiers:
      ("Identifiers and quasi-identifiers", "Identificerende en quasi-identificerende gegevens")
    case .transformation: ("Transformation", "Bewerking")
    case .secrets: ("Keys and their custody", "Sleutels en hun bewaring")
    case .domain: ("Pseudonymisation domain", "Pseudonimiseringsdomein")
    case .additional: ("Additional information", "Aanvullende gegevens")
    case .risks: ("Residual risks", "Restrisico's")
    case .retention: ("Retention", "Bewaartermijnen")
    case .rights: ("Rights of data subjects", "Rechten van betrokkenen")
    case .evidence: ("Evidence", "Bewijs")
    case .aim:
      (
        "{1}. Basis: {2}. Activity: {3}. Pseudonymisation serves that records of one person can be joined for this purpose while nobody in the domain can tell who that is.",
        "{1}. Grondslag: {2}. Activiteit: {3}. De pseudonimisering dient om gegevens van één persoon voor dit doel te koppelen, terwijl niemand in het domein kan zien wie dat is."
      )
    case .accountable: ("Accountable: {1}.", "Verantwoordelijk: {1}.")
    case .runs: ("Run by {1} on {2}: {3} runs.", "Uitgevoerd door {1} op {2}: {3} runs.")
    case .holders: ("Keys are held as: {1}.", "Sleutels worden bewaard als: {1}.")
    case .sourceOf: ("{1} (domain: {2})", "{1} (domein: {2})")
    case .classLine: ("{1}: {2}.", "{1}: {2}.")
    case .noColumns:
      (
        "Classes of columns stand in the pipeline file: give it instead of the log.",
        "De klassen van kolommen staan in het pijplijnbestand: geef dat in plaats van het logboek."
      )
    case .tokenRule:
      (
        "Identifiers are standardised and replaced by HMAC-SHA-256, cut to 128 bits, at two levels (source, region), with keys derived by HKDF from kind, release and rules.",
        "Identificerende waarden worden gestandaardiseerd en vervangen door HMAC-SHA-256, ingekort tot 128 bits, op twee niveaus (bron, regio), met sleutels die via HKDF volgen uit soort, uitgifte en regels."
      )
    case .filters:
      (
        "Names are encoded as Bloom filters for comparison, and deleted when linking ends.",
        "Namen worden als Bloomfilter gecodeerd om te vergelijken, en gewist als het koppelen klaar is."
      )
    case .denied:
      ("Columns that are not named are dropped.", "Kolommen die niet genoemd zijn vallen weg.")
    case .keyLine: ("{1}, fingerprint {2}: {3}.", "{1}, vingerafdruk {2}: {3}.")
    case .keyNone: ("No key was used in these days.", "In deze dagen is geen sleutel gebruikt.")
    case .oneCustody:
      (
        "One custody: both levels come from the region's key. Suppliers hold none.",
        "Eén bewaarder: beide niveaus komen uit de sleutel van de regio. Leveranciers hebben er geen."
      )
    case .twoCustodies:
      (
        "Two custodies: suppliers hold the source key, the region its own.",
        "Twee bewaarders: leveranciers hebben de bronsleutel, de regio de hare."
      )
    case .pinned:
      (
        "A run refuses a key that others can read, that lies beside data, or that is out of its time.",
        "Een run weigert een sleutel die anderen kunnen lezen, die bij de gegevens ligt, of die buiten zijn tijd is."
      )
    case .domainLine:
      (
        "The work folder of pipeline {1}, which its user alone can read; rows stand there in token order.",
        "De werkmap van pijplijn {1}, die alleen de eigen gebruiker kan lezen; rijen staan er op volgorde van token."
      )
    case .releaseScope:
      (
        "Pseudonyms hold for release {1}; those of two releases cannot be joined.",
        "Pseudoniemen gelden voor uitgifte {1}; die van twee uitgiften zijn niet te koppelen."
      )
    case .sourceScope: ("First level: {1}.", "Eerste niveau: {1}.")
    case .leaves:
      (
        "What leaves are tables: {1}. Cells of fewer than {2} persons are hidden.",
        "Naar buiten gaan tabellen: {1}. Cellen van minder dan {2} personen zijn verborgen."
      )
    case .tokensStay: ("Tokens never leave.", "Tokens gaan nooit naar buiten.")
    case .leavesPackages:
      (
        "What leaves are hand-over packages for the region: rows with tokens of the first level.",
        "Naar buiten gaan overdrachtspakketten voor de regio: rijen met tokens van het eerste niveau."
      )
    case .leavesFilters:
      (
        "For a partner Bloom filters of the records of {1} leave: who has the secret that is shared with the partner can look for known persons in them.",
        "Voor een partner gaan Bloomfilters van de records van {1} naar buiten: wie het geheim heeft dat met de partner gedeeld is, kan er bekende personen in zoeken."
      )
    case .additionalKey:
      (
        "The keys above: who has them can recompute the pseudonym of a known person.",
        "De sleutels hierboven: wie ze heeft kan het pseudoniem van een bekende persoon narekenen."
      )
    case .additionalExtracts:
      (
        "The extracts of {1}, at the suppliers and in the inbox, outside the domain.",
        "De leveringen van {1}, bij de leveranciers en in de inbox, buiten het domein."
      )
    case .additionalLists:
      (
        "The list of those who object; it is read into memory alone.",
        "De lijst van wie bezwaar maakt; die wordt alleen in het geheugen gelezen."
      )
    case .riskUnknown:
      (
        "How many persons stand alone by what is kept is not in the log of these days.",
        "Hoeveel personen met wat behouden is alleen staan, is niet in het logboek van deze dagen te vinden."
      )
    case .riskFrequency:
      (
        "Frequent values have frequent tokens: within the domain a common surname can be guessed.",
        "Veelvoorkomende waarden hebben veelvoorkomende tokens: binnen het domein is een gewone achternaam te raden."
      )
    case .riskJoin:
      (
        "A release that spans periods keeps its pseudonyms over them.",
        "Een uitgifte over meer perioden houdt daarin dezelfde pseudoniemen."
      )
    case .riskOracle:
      (
        "A source of fewer than {1} persons is refused; {2} suspected probes in these days.",
        "Een bron van minder dan {1} personen wordt geweigerd; {2} vermoedelijke proeven in deze dagen."
      )
    case .notAnonymous:
      (
        "Pseudonymised data are personal data; koppel does not call its output anonymous.",
        "Gepseudonimiseerde gegevens zijn persoonsgegevens; koppel noemt zijn uitkomsten niet anoniem."
      )
    case .retentionLine:
      (
        "Staged rows stay until a later run replaces them; this pipeline file states no periods.",
        "Klaargezette rijen blijven tot een latere run ze vervangt; dit pijplijnbestand noemt geen termijnen."
      )
    case .retentionLog:
      ("The privacy log is never shortened.", "Het privacylogboek wordt nooit ingekort.")
    case .objectionsYes:
      (
        "Objections: rows of those on the list are skipped before anything is staged. {1}",
        "Bezwaar: rijen van wie op de lijst staat worden overgeslagen voordat er iets wordt klaargezet. {1}"
      )
    case .objectionsNo:
      ("Objections: this pipeline names no list.", "Bezwaar: deze pijplijn noemt geen lijst.")
    case .requests: ("Requests: {1}", "Verzoeken: {1}")
    case .fromLog:
      (
        "All from the policy (the pipeline file) and the privacy log; items of EDPB Guidelines 01/2025, paragraph 131 (text for consultation).",
        "Alles uit het beleid (het pijplijnbestand) en het privacylogboek; onderdelen van EDPB-richtsnoer 01/2025, paragraaf 131 (consultatietekst)."
      )
    case .policyDigest: ("Policy in force: SHA-256 {1}.", "Geldend beleid: SHA-256 {1}.")
    }
  }

  /// What it says in a language, with values in their places.
  func callAsFunction(_ language: ReportLanguage, _ values: String...) -> String {
    language.filled(language == .dutch ? both.dutch : both.english, values)
  }
}
