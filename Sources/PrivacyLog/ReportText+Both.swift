extension ReportText {
  /// The English text, and the Dutch.
  var both: (english: String, dutch: String) {
    switch self {
    case .title: ("Privacy log report", "Verslag van het privacylogboek")
    case .period: ("{1} to {2}", "{1} tot en met {2}")
    case .wholeLog: ("the whole log", "het hele logboek")
    case .madeUpData: ("made-up data", "verzonnen gegevens")

    case .good:
      (
        "The log is as it was written: {1} lines, none changed, removed or added.",
        "Het logboek is zoals het geschreven werd: {1} regels, geen gewijzigd, verwijderd of toegevoegd."
      )
    case .bad:
      (
        "THE LOG IS NOT AS IT WAS WRITTEN. {1}: {2}. This report tells only the lines before.",
        "HET LOGBOEK IS NIET ZOALS HET GESCHREVEN WERD. {1}: {2}. Dit verslag gaat alleen over de regels daarvoor."
      )
    case .badKey:
      (
        "A KEY WAS USED OUT OF ITS TIME. {1}: {2}. The lines are as they were written.",
        "EEN SLEUTEL IS BUITEN ZIJN TIJD GEBRUIKT. {1}: {2}. De regels zijn zoals ze geschreven werden."
      )
    case .faultLine: ("Line {1}", "Regel {1}")
    case .head: ("Head: {1}", "Kop: {1}")
    case .checkpoints:
      (
        "Signed: {1} checkpoints, the last over {2} lines.",
        "Ondertekend: {1} controlepunten, het laatste over {2} regels."
      )
    case .noCheckpoints: ("Signed: no checkpoints.", "Ondertekend: geen controlepunten.")
    case .unsigned:
      (
        "The last {1} lines are not signed yet; the next run signs them.",
        "De laatste {1} regels zijn nog niet ondertekend; de volgende run doet dat."
      )
    case .witnessed:
      (
        "Witness: has seen the log up to line {1} of {2}.",
        "Getuige: heeft het logboek gezien tot en met regel {1} van {2}."
      )
    case .notWitnessed:
      (
        "Witness: none. A cut at the end, or all of it written anew, would not be seen.",
        "Getuige: geen. Een afgeknipt einde, of een geheel herschreven logboek, zou niet opvallen."
      )
    case .glance:
      (
        "{1} runs: {2} published, {3} failed, {4} stopped or unfinished.",
        "{1} runs: {2} gepubliceerd, {3} mislukt, {4} gestopt of onvoltooid."
      )
    case .noRuns: ("No run in these days.", "Geen run in deze dagen.")
    case .countsNote:
      (
        "Counts of persons and rows under 5 show as <5; ≈ marks sums that would give such a count away. All from the lines of the log, never from data. Days and hours are Dutch time.",
        "Aantallen personen en rijen onder 5 staan er als <5; ≈ staat bij sommen die zo'n aantal zouden verraden. Alles komt uit de regels van het logboek, nooit uit gegevens. Dagen en uren zijn Nederlandse tijd."
      )

    case .who: ("Who ran it, for whom, and when?", "Wie draaide het, voor wie en wanneer?")
    case .purpose: ("For which purpose, on which basis?", "Met welk doel, op welke grondslag?")
    case .key: ("Which keys, in which state?", "Welke sleutels, in welke staat?")
    case .deliveries: ("Which deliveries came in?", "Welke leveringen kwamen binnen?")
    case .columns: ("What became of each column?", "Wat werd er van elke kolom?")
    case .rows:
      (
        "How many rows came in, went on, were rejected, and why?",
        "Hoeveel rijen kwamen binnen, gingen door, werden afgekeurd, en waarom?"
      )
    case .objections: ("Were objections applied?", "Zijn bezwaren toegepast?")
    case .published: ("What was published?", "Wat is er gepubliceerd?")
    case .blocked:
      ("What was blocked or failed, and why?", "Wat is tegengehouden of mislukt, en waarom?")
    case .changes:
      (
        "What changed in policy, rules and keys?",
        "Wat veranderde er in beleid, regels en sleutels?"
      )
    case .gaps:
      (
        "Is anything missing: nights, lines, witnesses?",
        "Ontbreekt er iets: nachten, regels, getuigen?"
      )
    case .subjects: ("Did persons ask about themselves?", "Vroegen betrokkenen naar zichzelf?")

    case .runsBy:
      ("{1} (uid {2}{3}) on {4}: {5} runs, {6}", "{1} (uid {2}{3}) op {4}: {5} runs, {6}")
    case .forWhom: ("on behalf of {1}", "in opdracht van {1}")
    case .otherRunners: ("{1} runs by others", "{1} runs door anderen")
    case .began: ("Runs began between {1} and {2}", "Runs begonnen tussen {1} en {2}")
    case .longest: ("the longest took {1}", "de langste duurde {1}")
    case .nightPublished: ("published", "gepubliceerd")
    case .nightStopped: ("stopped as asked", "op verzoek gestopt")
    case .nightFailed: ("failed", "mislukt")
    case .nightUnfinished: ("unfinished", "onvoltooid")
    case .nightQuiet: ("sign of life only", "alleen levensteken")
    case .nightNone: ("no run", "geen run")
    case .markPublished: ("P", "G")
    case .markStopped: ("S", "S")
    case .markFailed: ("F", "M")
    case .markUnfinished: ("U", "O")
    case .markQuiet: ("L", "L")
    case .markNone: ("-", "-")
    case .month: ("month", "maand")
    case .monthPublished: ("published", "gepubliceerd")
    case .monthStopped: ("stopped", "gestopt")
    case .monthFailed: ("failed", "mislukt")
    case .monthUnfinished: ("begun", "begonnen")

    case .purposeLine: ("{1} — basis: {2} ({3} runs)", "{1} — grondslag: {2} ({3} runs)")
    case .noPurpose: ("no purpose stated", "geen doel vermeld")
    case .noBasis: ("none stated", "niet vermeld")
    case .keyName: ("key", "sleutel")
    case .keyLevel: ("level", "niveau")
    case .keyPrint: ("fingerprint", "vingerafdruk")
    case .keyState: ("state", "staat")
    case .keyUse: ("used", "gebruikt")
    case .signingLevel: ("signs the log", "ondertekent het logboek")
    case .regionLevel: ("region", "regio")
    case .sourceLevel: ("source", "bron")
    case .partnerLevel: ("shared with a partner", "gedeeld met een partner")
    case .noKey: ("No key was opened.", "Er is geen sleutel geopend.")
    case .scopeLine:
      (
        "Release of the pseudonyms: {1}. Tokens of two releases cannot be joined.",
        "Uitgifte van de pseudoniemen: {1}. Tokens van twee uitgiften zijn niet te koppelen."
      )
    case .moreKeys: ("and more keys", "en meer sleutels")
    case .oneCustody:
      (
        "Both levels come from one key: one custody.",
        "Beide niveaus komen uit één sleutel: één bewaarder."
      )

    case .source: ("source", "bron")
    case .files: ("files", "bestanden")
    case .size: ("size", "omvang")
    case .corrected: ("corrected", "gecorrigeerd")
    case .late: ("late", "te laat")
    case .stale: ("stale", "verouderd")
    case .lastRead: ("last read", "laatst gelezen")
    case .noDeliveries: ("No delivery was read.", "Er is geen levering gelezen.")
    case .packagesRead:
      ("Hand-over packages read: {1}.", "Gelezen overdrachtspakketten: {1}.")
    case .packagesWritten:
      (
        "Hand-over packages written, rows with tokens of the first level: {1}.",
        "Geschreven overdrachtspakketten, rijen met tokens van het eerste niveau: {1}."
      )
    case .filtersLeft:
      (
        "Filters of records (Bloom) left for a partner: {1}.",
        "Filters van records (Bloom) gingen naar een partner: {1}."
      )
    case .atLeast: ("over {1}", "meer dan {1}")
    case .token: ("token", "token")
    case .encoded: ("encoded", "gecodeerd")
    case .generalised: ("made coarser", "vergroofd")
    case .kept: ("kept", "behouden")
    case .dropped: ("dropped", "weggelaten")
    case .noColumns: ("No column left the stage.", "Geen kolom verliet de stap.")
    case .columnsChanged: ("Changed on {1}.", "Gewijzigd op {1}.")
    case .rulesLine: ("Rules of standardisation: {1}.", "Regels van standaardisatie: {1}.")
    case .reviewedLine:
      (
        "Kept after review, though numbers in it pass the test of a BSN: {1}.",
        "Na beoordeling behouden, hoewel nummers erin de elfproef doorstaan: {1}."
      )
    case .filtersLine:
      (
        "Encodings (Bloom filters) were deleted after linking {1} times.",
        "Coderingen (Bloomfilters) zijn {1} keer na het koppelen gewist."
      )
    case .read: ("read", "gelezen")
    case .accepted: ("accepted", "door")
    case .rejected: ("rejected", "afgekeurd")
    case .skipped: ("skipped", "overgeslagen")
    case .unlinked: ("unlinked", "niet gekoppeld")
    case .why: ("why", "waarom")
    case .none: ("-", "-")
    case .noRows: ("No rows were accounted for.", "Er zijn geen rijen verantwoord.")
    case .worstRun:
      (
        "{1}: most rejects in one run {2}, on {3}.",
        "{1}: meeste afkeuringen in één run {2}, op {3}."
      )
    case .rowsNote:
      (
        "The last run of each period counts; read = accepted + rejected + skipped.",
        "De laatste run van elke periode telt; gelezen = door + afgekeurd + overgeslagen."
      )

    case .noObjections:
      ("No list of objections was applied.", "Er is geen lijst met bezwaren toegepast.")
    case .objectionsLine:
      (
        "In {1} runs, last on {2}; {3} persons on that list, {4} rows skipped.",
        "In {1} runs, voor het laatst op {2}; {3} personen op die lijst, {4} rijen overgeslagen."
      )
    case .unmatchedLine:
      (
        "Rows without the number by which objections are matched, in the last run: {1}; nobody can tell whose they are.",
        "Rijen zonder het nummer waarmee bezwaren worden herkend, in de laatste run: {1}; van wie ze zijn weet niemand."
      )
    case .table: ("table", "tabel")
    case .times: ("times", "keer")
    case .cells: ("cells", "cellen")
    case .hidden: ("with hidden figures", "met verborgen cijfers")
    case .digest: ("SHA-256", "SHA-256")
    case .lastDay: ("last", "laatst")
    case .noRelease: ("Nothing was published.", "Er is niets gepubliceerd.")
    case .releaseLine:
      (
        "{1} releases, for period {2}; cells of fewer than {3} persons are hidden.",
        "{1} publicaties, over periode {2}; cellen van minder dan {3} personen zijn verborgen."
      )
    case .uniquenessLine:
      (
        "Linked set: by what is kept of them {1} persons stand alone; {2} are in groups of 2–4, {3} of 5–9.",
        "Gekoppelde set: met wat van hen behouden is staan {1} personen alleen; {2} zitten in groepen van 2–4, {3} van 5–9."
      )
    case .noBlocked:
      ("Nothing was blocked; no run failed.", "Niets is tegengehouden; geen run is mislukt.")
    case .day: ("day", "dag")
    case .line: ("line", "regel")
    case .reason: ("reason", "reden")
    case .moreBlocked: ("and {1} earlier ones", "en {1} eerdere")
    case .probesLine:
      (
        "{1} reruns differed by 1–9 persons from the run before (probe.suspected): somebody may be testing who is in.",
        "{1} herhaalde runs verschilden 1–9 personen van de run ervoor (probe.suspected): iemand test mogelijk wie erin staat."
      )
    case .becauseIdentifiers:
      (
        "kept columns hold identifiers: {1}",
        "behouden kolommen bevatten identificerende waarden: {1}"
      )
    case .becauseFew: ("too few persons in source {1}", "te weinig personen in bron {1}")
    case .becauseKey: ("key {1} was refused", "sleutel {1} is geweigerd")
    case .becauseFill:
      (
        "filters for a partner of source {1} were too full or too empty",
        "filters voor een partner van bron {1} waren te vol of te leeg"
      )
    case .becauseExit: ("{1} (status {2})", "{1} (status {2})")
    case .noChanges: ("Nothing changed.", "Er is niets veranderd.")
    case .what: ("what", "wat")
    case .fromTo: ("from → to", "van → naar")
    case .moreChanges: ("and {1} earlier ones", "en {1} eerdere")
    case .changePolicy: ("policy (pipeline file)", "beleid (pijplijnbestand)")
    case .changeTool: ("koppel itself", "koppel zelf")
    case .changeRules: ("standardisation", "standaardisatie")
    case .changeKeyMade: ("key made", "sleutel gemaakt")
    case .changeKeyRotated: ("key rotated", "sleutel vervangen")
    case .changeTakenBack: ("rotation taken back", "vervanging teruggedraaid")
    case .changeKeyRetired: ("key retired", "sleutel buiten gebruik")
    case .changeKeyDestroyed: ("key destroyed", "sleutel vernietigd")
    case .changeTable: ("translation table destroyed", "vertaaltabel vernietigd")
    case .changeSigner: ("key that signs the log", "sleutel die het logboek ondertekent")
    case .changeJudged: ("links judged by people, sheet", "koppelingen beoordeeld, blad")
    case .by: ("by {1}", "door {1}")
    case .noGaps: ("Nights: none is missing.", "Nachten: er ontbreekt geen nacht.")
    case .gapLine: ("Nights without a run: {1}.", "Nachten zonder run: {1}.")
    case .foldedLine:
      (
        "Nights: the period is too long to tell them one by one; koppel log verify does.",
        "Nachten: de periode is te lang om ze te noemen; koppel log verify doet dat."
      )
    case .tearLine:
      (
        "Lines: torn by an interrupted run, and set apart: {1} ({2} bytes). None is missing.",
        "Regels: gescheurd door een afgebroken run, en apart gezet: {1} ({2} bytes). Er ontbreekt geen regel."
      )
    case .noTears:
      (
        "Lines: none is missing, none was torn.",
        "Regels: er ontbreekt geen regel en er is er geen gescheurd."
      )
    case .unwitnessedLine:
      ("Witness: {1} of {2} runs not seen.", "Getuige: niet gezien zijn {1} van de {2} runs.")
    case .allWitnessed: ("Witness: all {1} runs seen.", "Getuige: alle {1} runs zijn gezien.")
    case .unfinishedLine:
      ("Runs: {1} began and did not end.", "Runs: {1} begonnen wel en eindigden niet.")
    case .interruptedLine:
      (
        "Lines: left unsigned by an interrupted run, and signed by the next: {1} times ({2} lines).",
        "Regels: door een afgebroken run niet ondertekend, en door de volgende wel: {1} keer ({2} regels)."
      )
    case .clockLine:
      (
        "Times: the clock went back {1} times, first at line {2}; what follows may be dated too early.",
        "Tijden: de klok ging {1} keer terug, voor het eerst bij regel {2}; wat volgt kan te vroeg gedateerd zijn."
      )
    case .quietLine:
      (
        "In {1} runs nothing new had come.",
        "In {1} runs was er niets nieuws binnengekomen."
      )
    case .noSubjects: ("No request was put to the log.", "Er is geen verzoek gedaan.")
    case .subjectsLine:
      (
        "{1} requests answered, last on {2}. Who asked, and the answer, is not in the log.",
        "{1} verzoeken beantwoord, voor het laatst op {2}. Wie vroeg, en het antwoord, staat niet in het logboek."
      )
    case .unanswered:
      ("{1} requests remained without an answer.", "{1} verzoeken bleven zonder antwoord.")
    }
  }
}
