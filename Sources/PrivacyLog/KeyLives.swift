import Files

/// What a log tells of the lives of keys: the second witness of their states, beside their records.
///
/// A record that is lost, or put back as it was before, brings no key back that the log knows to be
/// retired or destroyed.
package struct KeyLives: Sendable, Equatable {
  /// How far a generation is, as far as runs depend on it.
  package enum State: String, Sendable {
    case used
    /// Taken over by the next, and of use in one release alone.
    case wrapped
    case retired
    case destroyed
  }

  /// One generation of a key.
  package struct Life: Sendable, Equatable {
    /// `NAME.GENERATION`.
    package let id: String
    /// Empty when no line tells it.
    package var fingerprint: String
    package var state: State
    /// The line that says so.
    package var line: Int
    /// Of a wrapped key: the release that it is still used for.
    var scope = ""
  }

  /// What a line says of a key.
  struct Words {
    var name: String
    var id: String
    var fingerprint: String?
    var from: String
    var scope: String
  }

  /// A rotation that no run has followed yet: until then the change may have been interrupted.
  private struct Turn: Equatable {
    let from: String
    let scope: String
    let line: Int
  }

  private var lives: [String: [Life]] = [:]
  private var turns: [String: Turn] = [:]
  private var count = 0

  private static let mostLives = 10_000

  /// Knows nothing yet.
  init() {}

  /// Reads the key lines of a log that is not verified here.
  ///
  /// - Parameter path: of the log; none need stand there.
  /// - Throws: `FilesError`.
  package init(ofLog path: String) throws {
    guard somethingStands(at: path) else { return }
    var scanner = LogScanner(try OpenFile(reading: path, followingLinks: false))
    var rules = LogRules(sealedSize: .max)
    var reader = LogLineReader()
    var number = 0
    while case .line(let range) = try scanner.next() {
      number += 1
      let line = scanner.buffer.span.extracting(range)
      guard case .success(let read) = reader.read(line) else { continue }
      rules.take(line, read, reader, at: number)
    }
    self = rules.keyLives
  }

  /// The generations of a key that the log knows to have been in use, in the order of their first line.
  package func lives(of name: String) -> [Life] { lives[name] ?? [] }

  /// The generation with a fingerprint that is retired or destroyed, of whatever name; nil when none is.
  package func ended(fingerprint: String) -> Life? {
    lives.values.joined().first { life in
      life.fingerprint == fingerprint && (life.state == .retired || life.state == .destroyed)
    }
  }

  /// Takes a line about a key.
  ///
  /// - Returns: the state that forbids this use, and the line that says so.
  mutating func take(
    _ event: LogEvent,
    outcome: String,
    _ words: Words,
    at line: Int
  ) -> (state: State, line: Int)? {
    guard !words.name.isEmpty, !words.id.isEmpty, !words.id.hasPrefix("\(KeyFile.demoName).")
    else { return nil }
    let turn = "\(words.name)/\(words.id)"
    switch (event, outcome) {
    case (.keyLoaded, _):
      guard let fingerprint = words.fingerprint else { return nil }
      if let turn = turns.removeValue(forKey: turn),
        let old = lives[words.name]?.first(where: { $0.id == turn.from }), old.state == .used
      {
        set(words.name, turn.from, .wrapped, old.fingerprint, turn.line, scope: turn.scope)
      }
      guard let life = lives[words.name]?.first(where: { $0.id == words.id }) else {
        set(words.name, words.id, .used, fingerprint, line)
        return nil
      }
      return life.state == .wrapped && life.scope != words.scope ? (.wrapped, life.line) : nil
    case (.keyRotated, "rotated"):
      turns[turn] = Turn(from: words.from, scope: words.scope, line: line)
    case (.keyRotated, "rolled-back"):
      turns["\(words.name)/\(words.from)"] = nil
      if let life = lives[words.name]?.first(where: { $0.id == words.id }), life.state == .wrapped {
        set(words.name, words.id, .used, life.fingerprint, line)
      }
    case (.keyRotated, _):
      set(words.name, words.id, .retired, words.fingerprint, line)
    case (.keyDestroyed, _):
      set(words.name, words.id, .destroyed, words.fingerprint, line)
    default: break
    }
    return nil
  }

  private mutating func set(
    _ name: String,
    _ id: String,
    _ state: State,
    _ fingerprint: String?,
    _ line: Int,
    scope: String = ""
  ) {
    let place = lives[name]?.firstIndex { $0.id == id }
    var life = Life(id: id, fingerprint: fingerprint ?? "", state: state, line: line, scope: scope)
    if let place {
      guard let before = lives[name]?[place], before.state != .destroyed else { return }
      if life.fingerprint.isEmpty { life.fingerprint = before.fingerprint }
      lives[name]?[place] = life
    } else if count < Self.mostLives {
      count += 1
      lives[name, default: []].append(life)
    }
  }
}
