import Diagnostics
import Tabular

/// What a source says of its deliveries.
extension PipelineReading {
  /// So many periods a late delivery may be stood in for by an earlier one.
  private static let earlierPeriodCount = 12

  mutating func delivery(of entry: CheckedEntry) -> DeliveryPolicy {
    var policy = DeliveryPolicy()
    guard let value = entry.value["delivery"] else { return policy }
    if let due = value["due"], let text = due.text {
      if Self.isTime(text) {
        policy.due = text
      } else {
        faults.report(
          at: due.span,
          "'due' of source '\(entry.name)': found no time of day, expected one as \"02:00\""
        )
      }
    }
    if let word = value["late"]?.text.flatMap(DeliveryPolicy.Late.init) { policy.late = word }
    if let word = value["duplicate"]?.text.flatMap(DeliveryPolicy.Duplicate.init) {
      policy.duplicate = word
    }
    if let word = value["correction"]?.text.flatMap(DeliveryPolicy.Correction.init) {
      policy.correction = word
    }
    if policy.late == .usePrevious, let late = value["late"], let files = entry.value["files"],
      files.variableText != nil, !Self.namesPeriod(files)
    {
      faults.report(
        at: late.span,
        "source '\(entry.name)' may use the previous delivery, but its files are of no period",
        hint: "name {period} in 'files'"
      )
    }
    return policy
  }

  /// Nothing is left when the rows are left out that are the persons, or that are handed over.
  mutating func checkLeftOut() {
    for source in sources where source.source?.delivery.late == .leaveOut {
      let what: String
      if handsOver {
        what = "is all that is handed over"
      } else if hasNoSpine {
        what = "holds persons, for there is no spine"
      } else if source.name == spine?.name {
        what = "holds the persons"
      } else {
        continue
      }
      let value = root["ingest"]?[source.name]?["delivery"]?["late"]
      faults.report(
        at: value?.span ?? source.nameSpan,
        "source '\(source.name)' may be left out when it is late, but \(what)",
        hint: "write late: fail, or late: use-previous"
      )
    }
  }

  /// Whether a pattern names the period: then the files of another period are other files.
  static func namesPeriod(_ files: CheckedValue) -> Bool {
    files.variableText?.names.contains { $0.hasPrefix("period") } ?? false
  }

  /// Where the files of the periods before this one stand, the latest first.
  func earlierFiles(_ files: CheckedValue) -> [PeriodFiles] {
    guard var earlier = period, Self.namesPeriod(files) else { return [] }
    var found: [PeriodFiles] = []
    for _ in 0..<Self.earlierPeriodCount {
      guard
        let before = try? PeriodReading.read(
          "previous",
          unit: earlier.unit,
          today: earlier.firstDay
        )
      else { break }
      earlier = before
      found += [self.files(files, of: before)].compactMap(\.self)
    }
    return found
  }

  /// Where the files of another period stand; nil where a mistake hides it.
  func files(_ files: CheckedValue, of other: Period) -> PeriodFiles? {
    guard let text = files.variableText else { return nil }
    let value = CheckedValue(
      content: .text(text.replacing(period: other)),
      span: files.span,
      place: files.place
    )
    return PeriodFiles(period: other.label, files: path(value, isGlob: true))
  }

  mutating func expectations(of entry: CheckedEntry, _ columns: [ColumnDraft]) -> [Expectation] {
    (entry.value["expect"]?.elements ?? []).compactMap { expectation($0, of: entry, columns) }
  }

  private mutating func expectation(
    _ value: CheckedValue,
    of entry: CheckedEntry,
    _ columns: [ColumnDraft]
  ) -> Expectation? {
    guard !value.isFaulty, value.suspects.isEmpty else { return nil }
    let subject: Expectation.Subject
    let bound: Expectation.Bound?
    switch (value["rows"], value["sum"]) {
    case (let rows?, nil):
      if let stray = value["equals"] ?? value["within"] {
        faults.report(
          at: stray.place,
          "an expectation of source '\(entry.name)' on rows says what they must be twice",
          hint: "write it as rows: 100..2000"
        )
        return nil
      }
      subject = .rows
      bound = self.bound(rows, trailer: "trailer.rows", of: entry)
    case (nil, let sum?):
      guard let name = sum.text else { return nil }
      checkSum(sum, of: name, in: columns, entry)
      subject = .sum(column: name)
      switch (value["equals"], value["within"]) {
      case (let equals?, nil): bound = self.bound(equals, trailer: "trailer.total", of: entry)
      case (nil, let within?): bound = self.within(within)
      default:
        faults.report(
          at: sum.place,
          "an expectation of source '\(entry.name)' on a sum has to say what it must be, once",
          hint: "add equals: trailer.total, or within: 5 % of previous"
        )
        return nil
      }
    default:
      faults.report(
        at: value.span,
        "an expectation of source '\(entry.name)' must name one thing, 'rows' or 'sum'",
        hint: "write it as {rows: within 5 % of previous, else: fail}"
      )
      return nil
    }
    guard let bound else { return nil }
    return Expectation(
      subject: subject,
      bound: bound,
      isGate: value["else"]?.text != "warn",
      place: faults.place(of: value.span)
    )
  }

  private mutating func checkSum(
    _ value: CheckedValue,
    of name: String,
    in columns: [ColumnDraft],
    _ entry: CheckedEntry
  ) {
    guard let column = columns.first(where: { $0.name == name }) else {
      guard !entry.value.isUncertain("columns"), !entry.value.isUncertain("read") else { return }
      let near = nearestName(to: name, among: columns.map(\.name))
      faults.report(
        at: value.span,
        "source '\(entry.name)' has no column '\(name)'",
        hint: near.map { "did you mean '\($0)'?" }
      )
      return
    }
    switch column.type {
    case .integer, .decimal, .money, nil: return
    case .some(let type):
      faults.report(
        at: value.span,
        "column '\(name)' is of type \(type.rawValue), which cannot be added up",
        hint: "name a column of type integer, decimal or money"
      )
    }
  }

  private mutating func bound(
    _ value: CheckedValue,
    trailer: String,
    of entry: CheckedEntry
  ) -> Expectation.Bound? {
    guard let text = value.text else { return nil }
    if text == trailer {
      checkTrailer(value, trailer, of: entry)
      return .trailer
    }
    if text.hasPrefix("within "), let share = Self.nearness(String(text.dropFirst(7))) {
      return .withinPrevious(share)
    }
    if let range = Self.numbers(text) { return .range(range) }
    faults.report(
      at: value.span,
      "found an expectation that is none, expected 'within 5 % of previous', a number, a range as "
        + "100..2000, or \(trailer)"
    )
    return nil
  }

  private mutating func within(_ value: CheckedValue) -> Expectation.Bound? {
    guard let text = value.text else { return nil }
    if let share = Self.nearness(text) { return .withinPrevious(share) }
    faults.report(
      at: value.span,
      "found no nearness to the delivery before, expected it as '5 % of previous'"
    )
    return nil
  }

  /// A trailer of csv is declared; other formats have one or not.
  private mutating func checkTrailer(
    _ value: CheckedValue,
    _ trailer: String,
    of entry: CheckedEntry
  ) {
    guard ["csv", "fixed", "fixed-width", "statline"].contains(entry.value["read"]?.text ?? "")
    else { return }
    guard entry.value["trailer"] == nil, !entry.value.isUncertain("trailer"),
      entry.value["contract"] == nil, entry.value["dialect"]?["trailer"] == nil
    else { return }
    faults.report(
      at: value.span,
      "found '\(trailer)', but source '\(entry.name)' has no 'trailer'",
      hint: "say which line it is, as trailer: {when: \"^T;\", rows: 2, total: 3}"
    )
  }

  /// `5 % of previous` as a share.
  private static func nearness(_ text: String) -> Double? {
    guard text.hasSuffix(" of previous") else { return nil }
    return percentage(String(text.dropLast(12)))
  }

  /// A number, or two with `..` between them.
  private static func numbers(_ text: String) -> ClosedRange<Int64>? {
    if let number = wholeNumber(text) { return number...number }
    let ends = text.split(separator: "..", omittingEmptySubsequences: false)
    guard ends.count == 2, let first = wholeNumber(ends[0]), let last = wholeNumber(ends[1]),
      first <= last
    else { return nil }
    return first...last
  }

  /// `00:00` to `23:59`.
  private static func isTime(_ text: String) -> Bool {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count == 2, parts.allSatisfy({ $0.utf8.count == 2 }),
      parts.allSatisfy({ $0.utf8.allSatisfy { 0x30...0x39 ~= $0 } }),
      let hour = Int(parts[0]), let minute = Int(parts[1])
    else { return false }
    return hour < 24 && minute < 60
  }
}

extension VariableText {
  /// The same pattern of file names for another period.
  fileprivate func replacing(period: Period) -> VariableText {
    let values = [
      "period": period.label, "period.start": period.firstDay.description,
      "period.end": period.lastDay.description,
    ]
    let written = Array(raw.unicodeScalars)
    var changed = String.UnicodeScalarView()
    var last = -1
    for (scalar, origin) in zip(text.unicodeScalars, origins) {
      // All scalars that a variable put in come from the place of its brace.
      let name = origin == last ? nil : Self.name(at: origin, in: written)
      if let name, let value = values[name] {
        changed.append(contentsOf: value.unicodeScalars)
        last = origin
      } else if origin != last {
        changed.append(scalar)
      }
    }
    return VariableText(
      raw: raw,
      text: String(changed),
      origins: Array(repeating: 0, count: changed.count + 1),
      names: names,
      startsWithSetting: startsWithSetting
    )
  }

  private static func name(at position: Int, in scalars: [Unicode.Scalar]) -> String? {
    guard position < scalars.count, scalars[position] == "{",
      let end = scalars[position...].firstIndex(of: "}")
    else { return nil }
    return String(String.UnicodeScalarView(scalars[position + 1..<end]))
  }
}
