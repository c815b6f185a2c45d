// The officer's report: twelve questions of a privacy officer, answered from the log alone.
//
// `LogReport` gathers, in one pass and in memory that does not grow with the log; `ReportPage` says it
// in a language; `PlainReport` and `HTMLReport` lay it out.

package import Tabular

/// What the lines of a period say, gathered for a report.
package struct LogReport: Sendable {
  /// The first and last day that were asked for, on the Dutch calendar; nil for all there is.
  package let firstDay: CivilDate?
  package let lastDay: CivilDate?

  private(set) var pipeline = ""
  private(set) var isSample = false
  private(set) var lineCount = 0
  private(set) var lastLine: Int?

  private(set) var runs = RunFacts()
  private(set) var calendar = ReportCalendar()
  private(set) var purposes = BoundedCounts()
  private(set) var keys = KeyFacts()
  private(set) var sources: [String: SourceFacts] = [:]
  private(set) var objections = ObjectionFacts()
  private(set) var releases = ReleaseFacts()
  private(set) var blocked = BlockedFacts()
  private(set) var changes = ChangeFacts()
  /// Lines that were torn, and their bytes.
  private(set) var tornCount = 0
  private(set) var tornBytes = 0
  /// Runs that were interrupted before they signed what they wrote, and how many lines that was.
  private(set) var interruptedCount = 0
  private(set) var interruptedLines = 0
  /// Runs that found nothing new.
  private(set) var quietCount = 0
  /// Lines of an earlier time than the one before, and the first of them.
  private(set) var clockBackCount = 0
  private(set) var clockBackLine = 0
  private var lastMilliseconds = Int64.min
  private(set) var probes = 0
  private(set) var subjects = SubjectFacts()
  private(set) var standardisation = ""
  private(set) var filtersDeleted = 0
  private(set) var packagesRead = BoundedCounts()
  private(set) var packagesWritten = BoundedCounts()
  /// Sources of whose records a partner got filters.
  private(set) var filtersLeft = BoundedCounts()
  /// Where runs ended, to be held against what a witness saw.
  private(set) var unwitnessed = 0

  let witnessedSize: Int
  private var period = ""
  private static let mostSources = 48
  /// Between the text of a purpose and its basis, as one name to count by.
  private static let purposeGap: Character = "\u{0}"

  /// Prepares a report of the days from one to another.
  ///
  /// - Parameters:
  ///   - firstDay: nil from the first line on.
  ///   - lastDay: nil up to the last line.
  ///   - witnessedSize: how many lines a witness has seen; 0 without one.
  package init(from firstDay: CivilDate?, through lastDay: CivilDate?, witnessedSize: Int = 0) {
    self.firstDay = firstDay
    self.lastDay = lastDay
    self.witnessedSize = witnessedSize
  }

  /// The purposes that runs gave, most first.
  var statedPurposes: [(text: String, basis: String, runCount: Int)] {
    purposes.sorted.map { told, count in
      let parts = told.split(separator: Self.purposeGap, omittingEmptySubsequences: false)
      return (String(parts[0]), parts.count > 1 ? String(parts[1]) : "", count)
    }
  }

  /// Takes the next line of the log.
  package mutating func take(_ record: LogRecord) {
    let time = DutchTime(milliseconds: record.milliseconds)
    if record.event == .runStarted { period = record["period"]?.stringValue ?? "" }
    let isBackwards = record.milliseconds < lastMilliseconds
    lastMilliseconds = record.milliseconds
    let isBefore = firstDay.map { time.dayNumber < $0.dayNumber } ?? false
    let isAfter = lastDay.map { time.dayNumber > $0.dayNumber } ?? false
    if isBefore { return remember(record) }
    if isAfter { return }
    lineCount += 1
    lastLine = record.number
    if isBackwards {
      if clockBackCount == 0 { clockBackLine = record.number }
      clockBackCount += 1
    }
    changes.take(record, at: time)
    keys.take(record, at: time)
    note(record, at: time)
  }

  /// What was before the period counts only for what changes in it.
  private mutating func remember(_ record: LogRecord) {
    changes.remember(record)
    keys.remember(record)
  }

  private mutating func note(_ record: LogRecord, at time: DutchTime) {
    switch record.event {
    case .runStarted: started(record, at: time)
    case .runEnded: ended(record, at: time)
    case .stageEnded: stage(record, at: time)
    case .optoutApplied: objections.take(record, at: time)
    case .outputReleased: releases.take(record, period: period, at: time)
    case .outputBlocked, .keyRefused: blocked.take(record, at: time)
    case .logRecovered:
      recovered(record["counts"] ?? .null)
    case .probeSuspected: probes += 1
    case .subjectAsked: subjects.take(record, at: time)
    case .filtersDeleted:
      // Our copies of filters that left: that they are gone says nothing of the partner's.
      if record.outcome != "handed-over" { filtersDeleted += 1 }
    case .handoverRead: packagesRead.add(record["source"]?.stringValue ?? "")
    case .handoverWritten:
      let source = record["source"]?.stringValue ?? ""
      if record["key"]?.text("level") == "partner" {
        filtersLeft.add(source)
      } else {
        packagesWritten.add(source)
      }
    case .heartbeat:
      quietCount = quietCount.plus(1)
      calendar.add(.quiet, on: time)
    case .logCreated, .keyNew, .keyLoaded, .keyRotated, .keyDestroyed, .tableDestroyed,
      .policyChanged:
      break
    }
  }

  private mutating func recovered(_ counts: JSONValue) {
    let (bytes, lines) = (counts.count("torn_bytes"), counts.count("unsealed_lines"))
    if bytes > 0 { tornCount = tornCount.plus(1) }
    if lines > 0 { interruptedCount = interruptedCount.plus(1) }
    tornBytes = tornBytes.plus(bytes)
    interruptedLines = interruptedLines.plus(lines)
  }

  private mutating func started(_ record: LogRecord, at time: DutchTime) {
    pipeline = BoundedCounts.shortened(record["pipeline"]?.stringValue ?? pipeline)
    isSample = record["sample"]?.isTrue ?? false
    runs.started(record, at: time)
    calendar.add(.unfinished, on: time)
    let purpose = record["purpose"] ?? .null
    purposes.add("\(purpose.text("text"))\(Self.purposeGap)\(purpose.text("basis"))")
  }

  private mutating func ended(_ record: LogRecord, at time: DutchTime) {
    if record.number > witnessedSize { unwitnessed += 1 }
    let started = runs.current ?? time
    runs.ended(record)
    switch record.outcome {
    case "published": calendar.add(.published, on: started)
    case "failed":
      calendar.add(.failed, on: started)
      blocked.failed(record, at: time)
    default: calendar.add(.stopped, on: started)
    }
  }

  private mutating func stage(_ record: LogRecord, at time: DutchTime) {
    if let standard = record["standardisation"]?.stringValue {
      standardisation = BoundedCounts.shortened(standard)
    }
    if let name = record["source"]?.stringValue {
      change(name) { $0.read(record, at: time) }
    }
    let counts = record["counts"]?.objectValue ?? [:]
    for name in counts.keys.sorted() {
      guard let value = counts[name] else { continue }
      let period = period
      switch record["stage"]?.stringValue {
      case "pseudonymise": change(name) { $0.account(value, period: period, at: time) }
      case "link": change(name) { $0.link(value, period: period) }
      default: break
      }
    }
    if let uniqueness = record["uniqueness"] { releases.uniqueness = uniqueness }
  }

  private mutating func change(_ name: String, _ body: (inout SourceFacts) -> Void) {
    let name = BoundedCounts.shortened(name)
    guard sources[name] != nil || sources.count < Self.mostSources else { return }
    body(&sources[name, default: SourceFacts()])
  }
}
