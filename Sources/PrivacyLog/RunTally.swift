import Files
import Foundation
import Tabular

/// How many runs a day has had, by the log, read backwards from its end.
///
/// A run that goes on where a killed one stopped is none of its own, nor is one with a demo key. A
/// resumed run that is killed too is resumed by one that counts: killing runs gives no more of them
/// than twice the limit.
package struct RunTally: Sendable, Equatable {
  /// Runs that began since, without resumed ones and those of demo keys.
  package private(set) var counted = 0
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
      var isLast = true
      while let line = try scan.next() {
        guard let event = Event(line) else { continue }
        switch event.name {
        case .runEnded, .outputReleased: closed.insert(event.run)
        case .keyLoaded: if event.isDemo { demo.insert(event.run) }
        case .runStarted:
          if isLast && !event.resumes && !closed.contains(event.run) { interrupted = event.run }
          isLast = false
          if event.milliseconds < since { return }
          if !event.resumes && !demo.contains(event.run) { counted += 1 }
        default: break
        }
      }
    } catch {
      throw .file(error)
    }
  }

  /// A line that tells of a run.
  private struct Event {
    private static let events: [LogEvent] = [.runStarted, .runEnded, .keyLoaded, .outputReleased]
    // A quote within a text is escaped, so these bytes are the member itself.
    private static let patterns = events.map { Array("\"event\":\"\($0.rawValue)\"".utf8) }

    let name: LogEvent
    let run: String
    let milliseconds: Int64
    let isDemo: Bool
    let resumes: Bool

    init?(_ line: [UInt8]) {
      guard Self.patterns.contains(where: { line.firstRange(of: $0) != nil }),
        let json = try? JSONDecoder().decode(JSONValue.self, from: Data(line)),
        let name = json["event"]?.stringValue.flatMap(LogEvent.init),
        let run = json["run"]?.stringValue, let milliseconds = json["ts"]?.integerValue
      else { return nil }
      self.name = name
      self.run = run
      self.milliseconds = milliseconds
      isDemo = json["key"]?["demo"] == .boolean(true)
      resumes = json["resumes"] != nil
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
