import Diagnostics
import Files
import Ingest
import PipelineFile
import Tabular

/// What lies in the inbox of one source, and whether its first rows fit.
struct SourceCheck: Sendable {
  /// So many files are looked into: the first ones and the newest.
  private static let fileLimit = 4
  /// Messages are small, and each is of a kind of its own.
  private static let messageLimit = 500
  /// So many rejected rows are told one by one.
  private static let toldRejects = 5

  let source: Source
  private let files: [String]
  private let byteCount: Int
  /// The last part of its name, masked.
  private let newest: String
  private var rowCount = 0
  private var rejectedCount = 0
  private var kinds: [String: Int] = [:]
  /// What was told of a header is not told of the next one.
  private var headers: [DriftFinding] = []
  private(set) var findings: [Diagnostic] = []
  private(set) var isMissing = false

  /// - Throws: `FilesError`, when a folder cannot be read.
  init(_ source: Source, lastDay: CivilDate?) throws {
    self.source = source
    let (files, unfinished) = try InboxFile.matching(source.files)
    self.files = files
    var bytes = 0
    var latest: (time: Int, path: String) = (.min, "")
    for path in files {
      guard let file = try? OpenFile(reading: path), let size = try? file.size() else { continue }
      bytes += size
      let time = modificationTime(of: path) ?? .min
      if latest.path.isEmpty || time > latest.time { latest = (time, path) }
    }
    byteCount = bytes
    newest = maskedName(lastPart(of: latest.path))
    if unfinished > 0 {
      findings.append(
        Diagnostic(
          .warning,
          at: source.place,
          "source '\(source.name)': \(counted(unfinished, "file")) still being written, which no "
            + "run reads"
        )
      )
    }
    let absent = try source.otherFiles.filter { other throws(FilesError) in
      try InboxFile.matching(other.files).files.isEmpty
    }
    if !absent.isEmpty { findings.append(source.absence(of: absent.map(\.period))) }
    guard !files.isEmpty else {
      tellMissing()
      return
    }
    let limit = source.format.isOfMessages ? Self.messageLimit : Self.fileLimit
    var looked = Array(files.prefix(limit))
    if !latest.path.isEmpty, !looked.contains(latest.path), !looked.isEmpty {
      looked[looked.count - 1] = latest.path
    }
    var first = FirstRows(source: source)
    for path in looked {
      if let kind = try? documentKind(ofFile: path) { kinds[kind, default: 0] += 1 }
      compareHeader(of: path)
      do {
        try first.read(path, lastDay: lastDay)
      } catch {
        findings += error.diagnostics
        // A hint of the reader is better than a look at the file.
        if error.diagnostics.allSatisfy({ $0.hint?.hasPrefix("declare") != true }) {
          findings += Self.likelyCure(for: path, source)
        }
      }
    }
    judge(first)
  }

  /// The line of the source in the table.
  var row: [String] {
    let kinds = kinds.sorted { $0.key < $1.key }.map { "\($0.value) \($0.key)" }
    return [
      source.name, source.format.word, String(files.count),
      String(byteCount), escapedForTerminal(newest), String(rowCount), String(rejectedCount),
      kinds.joined(separator: ", "),
    ]
  }

  private mutating func tellMissing() {
    isMissing = source.delivery.late == .fail
    let hint =
      switch source.delivery.late {
      case .fail: "has the delivery come, and for this period?"
      case .usePrevious: "an earlier delivery may stand in"
      case .leaveOut: "what needs it would be left out"
      }
    let due = source.delivery.due.map { ", due at \($0)" } ?? ""
    findings.append(
      Diagnostic(
        isMissing ? .error : .warning,
        at: source.place,
        "source '\(source.name)': found no file like \(escapedForTerminal(source.files))\(due)",
        hint: hint
      )
    )
  }

  private mutating func compareHeader(of path: String) {
    guard let names = try? headerNames(ofFile: path, as: source) else { return }
    let drift = headerDrift(names, ofFile: path, columns: source.columns, source.drift)
    for finding in DriftFinding.all(drift, source.drift, tellsAccepted: true) {
      // A missing column that refuses the file is told by the reader.
      if finding.action == .fail && finding.kind != .new { continue }
      guard !headers.contains(finding) else { continue }
      headers.append(finding)
      findings.append(finding.diagnostic(at: Place(file: path, line: 1), source))
    }
  }

  private mutating func judge(_ first: FirstRows) {
    rowCount = first.read
    rejectedCount = first.rejected
    findings += first.refused.prefix(20)
    let retyped = RetypedColumn.all(
      source.columns,
      faulty: first.faulty,
      unknownCodes: first.unknownCodes,
      present: first.present
    )
    for column in retyped where source.drift.retyped != .accept {
      findings.append(
        Diagnostic(
          source.drift.retyped == .fail ? .error : .warning,
          at: column.column.place,
          "source '\(source.name)': \(column.sentence)",
          hint: seenShapes(of: column.column)
        )
      )
    }
    let codes = zip(source.columns, first.unknownCodes).filter { $0.1 > 0 }
    for (column, count) in codes where source.drift.unknownCode != .accept {
      findings.append(
        Diagnostic(
          source.drift.unknownCode == .fail ? .error : .warning,
          at: column.place,
          "source '\(source.name)': \(counted(count, "value")) of '\(column.name)' among the first "
            + "rows are none of its codes",
          hint: seenShapes(of: column)
        )
      )
    }
    judgeRejects(first, besides: Set(retyped.map(\.column.name)))
  }

  private mutating func judgeRejects(_ first: FirstRows, besides retyped: Set<String>) {
    let judged = first.accepted + first.rejected
    guard first.rejected > 0, judged > 0 else {
      if first.read == 0 && findings.allSatisfy({ $0.severity != .error }) {
        findings.append(
          Diagnostic(.warning, at: source.place, "source '\(source.name)': found no rows")
        )
      }
      return
    }
    let share = Double(first.rejected) / Double(judged)
    let reasons = first.reasons.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
      .map { "\(grouped($0.value)) \($0.key)" }.joined(separator: ", ")
    let isTooMuch = source.rejects.failAbove.map { share > $0 } ?? false
    findings.append(
      Diagnostic(
        isTooMuch ? .error : .warning,
        at: source.place,
        "source '\(source.name)': \(grouped(first.rejected)) of the first \(grouped(judged)) rows "
          + "rejected (\(percent(share))): \(reasons)"
      )
    )
    let told = first.rejects.filter { !retyped.contains($0.reject.column) }.prefix(Self.toldRejects)
    for (path, reject) in told {
      let column = reject.column.isEmpty ? "" : "column '\(reject.column)': "
      let found = reject.shape.isEmpty ? "" : "found \(reject.shape), "
      findings.append(
        Diagnostic(
          .note,
          at: Place(file: path, line: reject.line),
          "\(column)\(found)expected \(reject.expectation)"
        )
      )
    }
  }

  /// What the values of a column look like, as a look at the file itself tells.
  private func seenShapes(of column: SourceColumn) -> String? {
    guard let path = files.first, let survey = try? Survey(path: path),
      let seen = survey.likeness(ofColumn: column)
    else { return nil }
    return "they look like \(seen)"
  }

  /// What a refused file seems to be instead.
  private static func likelyCure(for path: String, _ source: Source) -> [Diagnostic] {
    guard let survey = try? Survey(path: path), let differences = survey.differences(from: source)
    else { return [] }
    return [
      Diagnostic(
        .note,
        at: Place(file: path),
        "it seems to be \(differences)",
        hint: "koppel contract proposes how to read it"
      )
    ]
  }
}
