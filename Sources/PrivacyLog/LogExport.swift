package import Tabular

/// Gives the lines of a log in the terms of other standards, a JSON object a line.
///
/// Neither standard knows a log of sets: both ask for one data subject. Koppel names no person in its
/// log, so what stands there is the set of deliveries, by keyed digest: a deviation, stated in each line.
package struct LogExport {
  /// Whose terms.
  package enum Form: String, Sendable, CaseIterable {
    /// NEN 7513, logging of access to patient records.
    case nen7513
    /// Logboek Dataverwerkingen, of the Dutch government.
    case ldv
  }

  private let form: Form
  /// Who runs and why, until the next run begins.
  private var run = ""
  private var actor = JSONValue.null
  private var purpose = JSONValue.null

  package init(_ form: Form) { self.form = form }

  /// What each line says of where it deviates.
  package static let deviation =
    "no data subject is named: the set of deliveries stands there, by keyed digest"

  /// A line in the terms of the form, without line end.
  package mutating func text(of record: LogRecord) -> String {
    if record.run != run {
      run = record.run
      (actor, purpose) = (.null, .null)
    }
    actor = record["actor"] ?? actor
    purpose = record["purpose"] ?? purpose
    let inputs = (record["input"]?.arrayValue ?? []).compactMap { $0["digest"] }
    let line = form == .nen7513 ? healthcare(record, inputs) : government(record, inputs)
    return JSONValue.object(line.compactMapValues { $0 }).canonical
  }

  private func healthcare(_ record: LogRecord, _ inputs: [JSONValue]) -> [String: JSONValue?] {
    [
      "EventID": .string("\(record.run):\(record.sequence)"),
      "EventTypeCode": .string(record.event.rawValue),
      // RFC 3881, 5.1.4: 0 success, 8 serious failure.
      "EventOutcomeIndicator": .string(failed(record) ? "8" : "0"),
      "EventOutcomeDescription": .string(record.outcome),
      "EventDateTime": .string(timestamp(record.milliseconds)),
      "UserID": userID, "RoleIDCode": actor["role"], "PurposeOfUse": purpose["text"],
      "ParticipantObjectID": inputs.isEmpty ? nil : .array(inputs),
      "Deviation": inputs.isEmpty ? nil : .string(Self.deviation),
    ]
  }

  private func government(_ record: LogRecord, _ inputs: [JSONValue]) -> [String: JSONValue?] {
    var attributes: [String: JSONValue] = ["koppel.outcome": .string(record.outcome)]
    attributes["dpl.core.processing_activity_id"] = purpose["text"]
    attributes["koppel.activity"] = purpose["activity"]
    attributes["koppel.user"] = userID
    attributes["koppel.role"] = actor["role"]
    if !inputs.isEmpty {
      attributes["dpl.core.data_subject_id"] = .array(inputs)
      attributes["koppel.deviation"] = .string(Self.deviation)
    }
    let digits = String(record.sequence, radix: 16)
    let span = String(repeating: "0", count: max(0, 16 - digits.count)) + digits
    return [
      "trace_id": .string(record.run), "span_id": .string(span),
      "name": .string(record.event.rawValue),
      "status": .string(failed(record) ? "ERROR" : "OK"),
      "start_time": .string(timestamp(record.milliseconds)),
      "attributes": .object(attributes),
    ]
  }

  private var userID: JSONValue? {
    guard let user = actor["user"]?.stringValue, let uid = actor["uid"]?.integerValue else {
      return nil
    }
    return .string("\(user) (\(uid))")
  }

  private func failed(_ record: LogRecord) -> Bool {
    record.event == .outputBlocked || record.event == .keyRefused || record.outcome == "failed"
  }
}

extension LogExport {
  /// Gives a log in the terms of a form, in one pass.
  ///
  /// - Parameters:
  ///   - path: the log.
  ///   - verdict: what verification found; from the first bad line on nothing is given.
  ///   - form: whose terms.
  ///   - first: the first day, on the Dutch calendar; nil for all there is.
  ///   - last: the last day.
  ///   - print: takes a line without line end.
  /// - Throws: `file`; `tampered` when the log was changed since it was verified.
  package static func write(
    path: String,
    verdict: LogVerdict,
    as form: Form,
    from first: CivilDate?,
    through last: CivilDate?,
    _ print: (String) -> Void
  ) throws(PrivacyLogError) {
    var export = LogExport(form)
    try LogReport.eachLine(of: path, verdict: verdict) { record in
      let text = export.text(of: record)
      let day = DutchTime(milliseconds: record.milliseconds).dayNumber
      if let first, day < first.dayNumber { return }
      if let last, day > last.dayNumber { return }
      print(text)
    }
  }
}
