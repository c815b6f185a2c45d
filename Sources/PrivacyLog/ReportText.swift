/// Every sentence of the officer's reports, in both languages side by side.
///
/// `{1}`, `{2}` … stand for what is filled in.
enum ReportText: CaseIterable {
  case title, period, wholeLog, madeUpData
  case good, bad, badKey, faultLine, head, checkpoints, noCheckpoints, unsigned
  case witnessed, notWitnessed, glance, noRuns, countsNote

  case who, purpose, key, deliveries, columns, rows
  case objections, published, blocked, changes, gaps, subjects

  case runsBy, forWhom, otherRunners, began, longest
  case nightPublished, nightStopped, nightFailed, nightUnfinished, nightQuiet, nightNone
  case markPublished, markStopped, markFailed, markUnfinished, markQuiet, markNone
  case month, monthPublished, monthStopped, monthFailed, monthUnfinished

  case purposeLine, noPurpose, noBasis
  case keyName, keyLevel, keyPrint, keyState, keyUse, signingLevel
  case regionLevel, sourceLevel, partnerLevel
  case noKey, scopeLine, moreKeys, oneCustody

  case source, files, size, corrected, late, stale, lastRead, noDeliveries, packagesRead, atLeast
  case token, encoded, generalised, kept, dropped, noColumns, columnsChanged, rulesLine, filtersLine
  case reviewedLine, packagesWritten, filtersLeft
  case read, accepted, rejected, skipped, unlinked, why, none, noRows, worstRun, rowsNote

  case noObjections, objectionsLine, unmatchedLine
  case table, times, cells, hidden, digest, lastDay, noRelease, releaseLine, uniquenessLine
  case noBlocked, day, line, reason, moreBlocked, probesLine
  case becauseIdentifiers, becauseFew, becauseKey, becauseFill, becauseExit
  case noChanges, what, fromTo, moreChanges, changePolicy, changeTool, changeRules, changeKeyMade
  case changeKeyRotated, changeTakenBack, changeKeyRetired, changeKeyDestroyed, changeTable
  case changeSigner, changeJudged, by
  case noGaps, gapLine, foldedLine, tearLine, noTears, unwitnessedLine, allWitnessed, unfinishedLine
  case interruptedLine, clockLine, quietLine
  case noSubjects, subjectsLine, unanswered

  /// What it says in a language, with values in their places.
  ///
  /// A value is put in as it is, also when it holds braces itself.
  func callAsFunction(_ language: ReportLanguage, _ values: String...) -> String {
    language.filled(language == .dutch ? both.dutch : both.english, values)
  }
}
