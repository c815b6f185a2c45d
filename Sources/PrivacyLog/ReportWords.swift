/// What words of the log mean: reasons, states, exit statuses; a word that is not here is shown as it is.
enum ReportWords {
  /// The word in a language.
  static func text(_ word: String, _ language: ReportLanguage) -> String {
    guard let both = table[word] else { return word }
    return language == .dutch ? both.dutch : both.english
  }

  static let table: [String: (english: String, dutch: String)] = [
    // Why rows are rejected.
    "required": ("value missing", "waarde ontbreekt"),
    "encoding": ("encoding", "tekencodering"),
    "nul": ("NUL byte", "NUL-byte"),
    "control": ("control character", "besturingsteken"),
    "quote": ("stray quote", "los aanhalingsteken"),
    "field-count": ("number of fields", "aantal velden"),
    "line-length": ("line too long", "regel te lang"),
    "number": ("no number", "geen getal"),
    "money": ("no amount", "geen bedrag"),
    "date": ("no date", "geen datum"),
    "date-partial": ("half a date", "halve datum"),
    "future": ("date in the future", "datum in de toekomst"),
    "code": ("unknown code", "onbekende code"),
    "range": ("out of range", "buiten bereik"),
    "name-script": ("other script", "ander schrift"),
    "name-length": ("name too long", "naam te lang"),
    "postcode": ("no postcode", "geen postcode"),
    "bsn-check": ("eleven-test failed", "elfproef mislukt"),
    "unique": ("not unique", "niet uniek"),
    "parent": ("not of its insured", "hoort niet bij verzekerde"),
    "orphan": ("without its record", "zonder hoofdrecord"),
    "structure": ("structure", "opbouw"),
    "limit": ("over a limit", "boven een grens"),
    // Why whole files or messages are.
    "missing-column": ("column missing", "kolom ontbreekt"),
    "truncated": ("file broken off", "bestand afgebroken"),
    "control-total": ("control total", "controletotaal"),
    "sequence": ("gap in numbering", "gat in nummering"),
    "version": ("other version", "andere versie"),
    "test-file": ("test file", "testbestand"),
    "currency": ("other currency", "andere munt"),
    "sender-error": ("error of the sender", "fout van afzender"),
    "malformed": ("malformed", "ongeldige vorm"),
    "doctype": ("DOCTYPE", "DOCTYPE"),
    // Why rows are skipped.
    "duplicate": ("seen before", "eerder gezien"),
    "replaced": ("replaced", "vervangen"),
    "removed": ("taken back", "teruggenomen"),
    "history": ("history", "historie"),
    "return-message": ("return message", "retourbericht"),
    "not-asked": ("not asked for", "niet gevraagd"),
    "other-type": ("other type", "ander soort"),
    "objection": ("objection", "bezwaar"),
    "withdrawn": ("withdrawn", "ingetrokken"),
    "footer": ("footer", "voetregel"),
    // States of keys.
    "pre-active": ("not active yet", "nog niet actief"),
    "active": ("active", "actief"),
    "wrapped": ("rotated, tokens taken over", "vervangen, tokens overgenomen"),
    "retired": ("retired", "buiten gebruik"),
    "destroyed": ("destroyed", "vernietigd"),
    "demo": ("demo key", "demosleutel"),
    "made": ("made", "gemaakt"),
    // Exit statuses.
    "65": ("a data gate failed", "een gegevenscontrole faalde"),
    "66": ("a delivery was missing or late", "een levering ontbrak of was te laat"),
    "70": ("a bug of koppel", "een fout in koppel"),
    "73": ("output could not be made", "uitvoer kon niet gemaakt worden"),
    "74": ("input or output error", "lees- of schrijffout"),
    "75": ("another run held the lock", "een andere run was bezig"),
    "76": ("the log or a file was tampered with", "met het logboek of een bestand is geknoeid"),
    "77": ("a key or privacy rule refused", "een sleutel of privacyregel weigerde"),
    "78": ("the pipeline file was wrong", "het pijplijnbestand was fout"),
    // Privacy classes of columns.
    "direct": ("direct identifiers", "direct identificerend"),
    "quasi": ("quasi-identifiers", "quasi-identificerend"),
    "sensitive": ("sensitive", "gevoelig"),
    // Who runs.
    "administrator": ("administrator", "beheerder"),
    "service": ("service account", "dienstaccount"),
    "person": ("person", "persoon"),
  ]
}
