import Foundation
import TestSupport

/// One run of a script, in a folder of its own.
struct ScriptRun {
  private let folder: TemporaryFolder
  private var environment: [String: String] = [:]
  private var last: CommandRun?
  private var fileByteLimit: Int?
  private var heldLocks: [HeldLock] = []

  /// Writes the files of a script into a new folder.
  init(_ script: Script) throws {
    folder = try TemporaryFolder()
    for file in script.files { try folder.write(file.content.utf8, to: file.name) }
    for name in ["HOME", "TMPDIR"] {
      let path = folder.file(".\(name.lowercased())")
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
      environment[name] = path
    }
  }

  /// Runs all commands of a script up to the first that does not hold.
  mutating func run(_ script: Script) throws {
    for command in script.commands {
      do {
        try run(command)
      } catch let failure as ScriptFailure {
        throw failure
      } catch {
        throw ScriptFailure(line: command.line, sentence: "\(error)")
      }
    }
  }

  private mutating func run(_ command: Script.Command) throws {
    let words = command.words.map(expanded)
    let arguments = Array(words.dropFirst())
    switch (words.first, arguments.count) {
    case ("koppel", _):
      let result = try runKoppel(
        arguments,
        in: folder.path,
        environment: environment,
        fileByteLimit: fileByteLimit
      )
      last = result
      try expect((result.status == 0) != command.isNegated, command, "status \(result.status)")
    case ("exit", 1):
      try expect(last.map { "\($0.status)" } == arguments[0], command, "exit status")
    case ("stdout", 0...1):
      try match(last?.standardOutput ?? "", arguments.first, command)
    case ("stderr", 0...1):
      try match(last?.standardError ?? "", arguments.first, command)
    case ("exists", 1...):
      for path in arguments {
        let exists = FileManager.default.fileExists(atPath: resolved(path))
        try expect(exists != command.isNegated, command, path)
      }
    case ("contains", 2) where isFolder(arguments[0]):
      let found = try files(below: arguments[0], thatHold: arguments[1])
      try expect(found.isEmpty == command.isNegated, command, "found in \(found)")
    case ("contains", 2):
      let text = String(decoding: try folder.bytes(of: arguments[0]), as: UTF8.self)
      try expect(text.contains(arguments[1]) != command.isNegated, command, "found:\n\(text)")
    case ("cmp", 2):
      let same = FileManager.default.contentsEqual(
        atPath: resolved(arguments[0]),
        andPath: resolved(arguments[1])
      )
      try expect(same != command.isNegated, command, "files")
    case ("env", 1) where arguments[0].contains("="):
      let parts = arguments[0].split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      environment[String(parts[0])] = String(parts[1])
    case ("hold", 1):
      try heldLocks.append(HeldLock(folder.file(arguments[0])))
    case ("limit", 1):
      fileByteLimit = Int(arguments[0])
    default:
      try change(words.first ?? "", arguments, command)
    }
  }

  /// Commands that change files.
  private func change(_ name: String, _ words: [String], _ command: Script.Command) throws {
    let manager = FileManager.default
    switch (name, words.count) {
    case ("cp", 2):
      try manager.copyItem(atPath: resolved(words[0]), toPath: resolved(words[1]))
    case ("mv", 2):
      try manager.moveItem(atPath: resolved(words[0]), toPath: resolved(words[1]))
    case ("rm", 1...):
      for path in words { try manager.removeItem(atPath: resolved(path)) }
    case ("mkdir", 1...):
      for path in words {
        try manager.createDirectory(atPath: resolved(path), withIntermediateDirectories: true)
      }
    case ("truncate", 2):
      let path = resolved(words[0])
      let bytes = manager.contents(atPath: path) ?? Data()
      try bytes.prefix(Int(words[1]) ?? 0).write(to: URL(fileURLWithPath: path))
    case ("random", 2):
      var random = SeededGenerator(seed: UInt64(command.line))
      let bytes = (0..<(Int(words[1]) ?? 0)).map { _ in UInt8(truncatingIfNeeded: random.next()) }
      try folder.write(bytes, to: words[0])
    case ("gzip", 1...2):
      let level = words.count == 2 ? words[1] : "6"
      let run = try runCommand("/bin/gzip", ["--no-name", "-\(level)", words[0]], in: folder.path)
      try expect(run.status == 0, command, run.standardError)
    case ("chmod", 2):
      guard let mode = Int(words[0], radix: 8) else {
        throw ScriptFailure(line: command.line, sentence: "found \(words[0]), expected a mode")
      }
      try manager.setAttributes([.posixPermissions: mode], ofItemAtPath: resolved(words[1]))
    default:
      throw ScriptFailure(line: command.line, sentence: "no such command, or not so: \(name)")
    }
  }

  private func match(_ text: String, _ pattern: String?, _ command: Script.Command) throws {
    guard let pattern else {
      return try expect(text.isEmpty == command.isNegated, command, "output")
    }
    let regex = try Regex(pattern).anchorsMatchLineEndings()
    try expect(text.contains(regex) != command.isNegated, command, "pattern \(pattern)")
  }

  private func expect(_ holds: Bool, _ command: Script.Command, _ what: String) throws {
    if holds { return }
    var sentence =
      "\(command.isNegated ? "! " : "")\(command.words.joined(separator: " ")): \(what)"
    if let last {
      sentence += "\nstatus \(last.status)\nstdout:\n\(last.standardOutput)"
      sentence += "\nstderr:\n\(last.standardError)"
    }
    throw ScriptFailure(line: command.line, sentence: sentence)
  }

  private func expanded(_ word: String) -> String {
    word.replacingOccurrences(of: "$WORK", with: folder.path)
      .replacingOccurrences(of: "$ROOT", with: repositoryRoot())
      .replacingOccurrences(of: "$SCRIPTS", with: repositoryRoot() + "/Tests/EndToEndTests/Scripts")
  }

  private func isFolder(_ path: String) -> Bool {
    let attributes = try? FileManager.default.attributesOfItem(atPath: resolved(path))
    return attributes?[.type] as? FileAttributeType == .typeDirectory
  }

  private func files(below path: String, thatHold text: String) throws -> [String] {
    var found: [String] = []
    for name in try FileManager.default.subpathsOfDirectory(atPath: resolved(path)).sorted() {
      let file = path + "/" + name
      guard !isFolder(file) else { continue }
      let bytes = FileManager.default.contents(atPath: resolved(file)) ?? Data()
      if bytes.range(of: Data(text.utf8)) != nil { found.append(file) }
    }
    return found
  }

  private func resolved(_ path: String) -> String {
    let whole = path.hasPrefix("/") ? path : folder.file(path)
    let parts = whole.components(separatedBy: "/*/")
    guard parts.count == 2 else { return whole }
    // A run gives its folder a name that nobody knows.
    let names = try? FileManager.default.contentsOfDirectory(atPath: parts[0])
    guard let name = names?.first, names?.count == 1 else { return whole }
    return "\(parts[0])/\(name)/\(parts[1])"
  }
}
