/// What a line of the privacy log tells of; a closed set, so that a report can know them all.
package enum LogEvent: String, Sendable, CaseIterable {
  case logCreated = "log.created"
  case logRecovered = "log.recovered"
  case keyNew = "key.new"
  case keyLoaded = "key.loaded"
  case keyRefused = "key.refused"
  case keyRotated = "key.rotated"
  case keyDestroyed = "key.destroyed"
  case tableDestroyed = "table.destroyed"
  case runStarted = "run.started"
  case stageEnded = "stage.ended"
  case runEnded = "run.ended"
  case policyChanged = "policy.changed"
  case handoverWritten = "handover.written"
  case handoverRead = "handover.read"
  case optoutApplied = "optout.applied"
  case filtersDeleted = "filters.deleted"
  case outputReleased = "output.released"
  case outputBlocked = "output.blocked"
  case subjectAsked = "subject.asked"
  case probeSuspected = "probe.suspected"
  case heartbeat
}
