import Diagnostics

extension LogFault {
  /// Where it is: `line 17` or a file.
  func place(_ language: ReportLanguage) -> String {
    if let file { return file }
    return ReportText.faultLine(language, language.grouped(line))
  }

  /// How many of the lines that were followed a report may believe.
  func soundLines(followed: Int) -> Int {
    exitStatus == .privacyRefused || line <= 0 ? followed : min(followed, line - 1)
  }

  /// What is wrong, in the language of a report.
  func sentence(_ language: ReportLanguage) -> String {
    language == .dutch ? dutchSentence : sentence
  }

  private var dutchSentence: String {
    switch cause {
    case .notCanonical: "dit is geen canoniek JSON-object, zoals elke regel van het logboek is"
    case .fieldMissing: "een van v, seq, ts, run, event, outcome, prev ontbreekt"
    case .field(let name): "'\(name)' heeft niet de vorm die het hoort te hebben"
    case .tooLong: "de regel is langer dan koppel ze schrijft"
    case .notCreated: "de eerste regel is geen log.created"
    case .createdAgain: "hier staat opnieuw log.created: een logboek begint één keer"
    case .sequence(let found):
      "hier staat de regel met nummer \(found): er zijn regels verwijderd, toegevoegd of verplaatst"
    case .changed: "de regel is gewijzigd nadat hij geschreven was"
    case .cut(let found, let expected):
      "het logboek eindigt na \(found) regels; het waren er \(expected)"
    case .otherOrigin: "de eerste regel is niet die waar de controlepunten over gaan"
    case .notSigned(let last):
      "de regels van hier tot en met \(last) zijn niet de regels die ondertekend werden"
    case .notWitnessed(let last):
      "de regels van hier tot en met \(last) zijn niet de regels die de getuige zag"
    case .unsealed: "wat de run deed is niet ondertekend: geen controlepunt dekt deze regels"
    case .unsignedRun(let first):
      "hier begint een tweede run die niet ondertekend is, na die van regel \(first): elke run "
        + "ondertekent wat hij aantreft voordat hij begint"
    case .begunAgain(let remnants):
      "er is geen logboek, maar van eerdere runs wel \(Self.listed(remnants))"
    case .checkpointForm: "dit is geen controlepunt van dit logboek en deze lengte"
    case .unknownSigner: "dit controlepunt is niet ondertekend met de sleutel die het logboek noemt"
    case .proof: "het bewijs leidt niet naar de regels van het logboek"
    case .cosignature: "een handtekening van de getuige is niet geldig"
    case .otherLog: "de getuige zag een ander logboek van deze pijplijn"
    case .otherSigner: "vanaf hier ondertekent een andere sleutel dan de getuige vastlegde"
    case .otherPipeline: "dit is het logboek van een andere pijplijn"
    case .output(let name): "'\(name)' is niet wat volgens het logboek gepubliceerd is"
    case .unknownOutput: "hier staan tabellen van een run die volgens het logboek niets publiceerde"
    case .keyState(let state, let line):
      "een sleutel is gebruikt die sinds regel \(line) \(ReportWords.text(state, .dutch)) is"
    }
  }
}
