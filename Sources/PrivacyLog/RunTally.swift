import Files

/// How many runs a day has had, by the log, read backwards from its end.
///
/// A run that goes on where a killed one stopped is none of its own, nor is one with demo keys alone, nor one
/// that ended before anything was staged, such as a retry while a delivery is late. A resumed run that
/// is killed too is resumed by one that counts: killing runs gives no more of them than twice the limit.
package struct RunTally: Sendable, Equatable {
  /// Runs that began since and staged something, without resumed ones and those of demo keys.
  package private(set) var counted = 0
  /// What the runs that began since say of the persons of their sources.
  package private(set) var sketches: [String] = []
  /// The run that the next one resumes; nil when the last ended, published or resumed another.
  package private(set) var interrupted: String?

  /// Counts the runs of a log.
  ///
  /// - Parameters:
  ///   - path: of the log; none need stand there.
  ///   - since: milliseconds since 1970 in UTC.
  /// - Throws: `file`.
  package init(path: String, since: Int64) throws(PrivacyLogError) {
    guard somethingStands(at: path) else { return }
    do throws(FilesError) {
      var scan = try BackwardScan(OpenFile(reading: path, followingLinks: false))
      var closed: Set<String> = []
      var demo: Set<String> = []
      var real: Set<String> = []
      var staged: Set<String> = []
      // Of a run whose beginning is not read yet: it may have begun before.
      var pending: [String] = []
      var isLast = true
      var reader = LogLineReader()
      while let bytes = try scan.next() {
        let line = bytes.span
        guard case .success(let read) = reader.read(line),
          let run = LogFields.text(line, reader.value(line, "run"))
        else { continue }
        switch read.event {
        case .runEnded, .outputReleased: closed.insert(run)
        case .stageEnded:
          if LogFields.isQuoted(line, reader.value(line, "outcome"), "staged") {
            staged.insert(run)
            if let told = reader.value(line, "sketches") {
              pending += LogFields.elements(line, of: told)
                .compactMap { LogFields.text(line, $0) }
            }
          }
        case .keyLoaded:
          if let key = reader.value(line, "key"),
            let isDemo = LogFields.member(line, of: key, "demo")
          {
            if LogFields.isText(line, isDemo, "true") { demo.insert(run) } else { real.insert(run) }
          }
        case .runStarted:
          let resumed = LogFields.text(line, reader.value(line, "resumes"))
          let resumes = resumed != nil
          // The two are one run: it is counted where it began, whichever of them staged.
          if let resumed {
            if staged.contains(run) { staged.insert(resumed) }
            if demo.contains(run) { demo.insert(resumed) }
            if real.contains(run) { real.insert(resumed) }
          }
          if isLast && !resumes && !closed.contains(run) { interrupted = run }
          isLast = false
          if read.milliseconds < since { return }
          sketches += pending
          pending = []
          let protectsNobody = demo.contains(run) && !real.contains(run)
          if !resumes && staged.contains(run) && !protectsNobody { counted += 1 }
        default: break
        }
      }
    } catch {
      throw .file(error)
    }
  }
}

/// The whole lines of a file, the last first.
private struct BackwardScan: ~Copyable {
  private let file: OpenFile
  /// Where the bytes begin that are not read yet.
  private var unread: Int
  /// What was read and not handed out; it begins at `unread`.
  private var held: [UInt8] = []

  private var isAtTail = true

  init(_ file: consuming OpenFile) throws(FilesError) {
    let size = try file.size()
    self.file = file
    unread = size
  }

  mutating func next() throws(FilesError) -> [UInt8]? {
    if isAtTail { try dropTail() }
    while true {
      if let end = held.lastIndex(of: 0x0A) {
        let line = Array(held[(end + 1)...])
        held.removeSubrange(end...)
        return line
      }
      guard unread > 0, held.count <= LogScanner.longestLine else {
        defer { held = [] }
        return held.isEmpty ? nil : held
      }
      try readMore()
    }
  }

  /// What stands behind the last line end is no line.
  private mutating func dropTail() throws(FilesError) {
    isAtTail = false
    while unread > 0 {
      try readMore()
      if let end = held.lastIndex(of: 0x0A) {
        held.removeSubrange(end...)
        return
      }
      held = []
    }
  }

  private mutating func readMore() throws(FilesError) {
    let start = max(0, unread - 65_536)
    held.insert(contentsOf: try file.bytes(at: start, count: unread - start), at: 0)
    unread = start
  }
}
