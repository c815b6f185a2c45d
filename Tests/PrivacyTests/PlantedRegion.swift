import Foundation
import TestSupport
import Testing

/// A folder in which everything that identifies is planted.
///
/// What is given lies in `given`: pipeline files, and the folders `in`, `codes` and `contracts`.
/// Whatever else is in the folder was written by a command.
protocol PlantedRegion: AnyObject {
  var folder: TemporaryFolder { get }
  var flock: [Canary] { get }
  var search: CanarySearch { get }
}

extension PlantedRegion {
  /// HOME and TMPDIR lie in the folder.
  var environment: [String: String] {
    ["HOME": folder.file(".home"), "TMPDIR": folder.file(".tmp")]
  }

  /// Runs a command in `given` and searches what it printed.
  ///
  /// - Parameters:
  ///   - arguments: after the name of the command.
  ///   - status: how it must end; nil for any way.
  ///   - input: a file of `given` that it reads as standard input; nil for none.
  /// - Returns: the run.
  /// - Throws: what starting it throws.
  @discardableResult
  func run(_ arguments: [String], _ status: Int32? = 0, input: String? = nil) throws -> CommandRun {
    let shell =
      input.map { ["-c", "exec \"$0\" \"$@\" < '\($0)'"] } ?? ["-c", "exec \"$0\" \"$@\""]
    let run = try runCommand(
      "/bin/sh",
      shell + [koppelPath()] + arguments,
      in: folder.file("given"),
      environment: environment
    )
    let what = arguments.prefix(3).joined(separator: " ")
    if let status { #expect(run.status == status, "\(what): \(run.standardError)") }
    expectNone(self, run, what)
    return run
  }

  /// Runs a command in `given`, without a look at what it prints.
  func koppel(_ arguments: [String]) throws -> CommandRun {
    try runKoppel(arguments, in: folder.file("given"), environment: environment)
  }

  /// What was written, other than what was given: by path, in byte order; packed files unpacked too.
  func written() throws -> [(path: String, bytes: [UInt8])] {
    let isGiven = { (name: String) in
      name.hasPrefix("given/") && name.hasSuffix(".yaml") && name.split(separator: "/").count == 2
        || ["in/", "codes/", "contracts/"].contains { name.hasPrefix("given/" + $0) }
    }
    return folder.files().filter { !isGiven($0) }.flatMap { name -> [(String, [UInt8])] in
      guard let bytes = try? folder.bytes(of: name) else { return [] }
      guard name.hasSuffix(".gz") else { return [(name, bytes)] }
      let text =
        (try? runCommand("/bin/gzip", ["-dc", name], in: folder.path))?.standardOutput ?? ""
      return [(name, bytes), (name + " unpacked", Array(text.utf8))]
    }
  }

  /// The names of the files that were given as a steward is told them: without any number of a person.
  var toldNames: [String] {
    let names = folder.files().filter { $0.hasPrefix("given/in/") }
      .map { ($0 as NSString).lastPathComponent }
      .map { name in
        flock.reduce(name) { $0.replacingOccurrences(of: $1.bsn, with: "9{9}") }
      }
    // Names of folders, which are parts of others, tell nobody.
    return names.filter { $0.contains(".") }.sorted { $0.count > $1.count }
  }
}

/// Searches what a command printed.
func expectNone(_ region: some PlantedRegion, _ run: CommandRun, _ what: String) {
  for (stream, text) in [("output", run.standardOutput), ("error", run.standardError)] {
    var text = text
    // The steward is told the name of a file, whoever it was named after, but for numbers.
    if stream == "error" || what.hasSuffix("--data") {
      for name in region.toldNames { text = text.replacingOccurrences(of: name, with: "NAME") }
    }
    let hits = region.search.hits(in: Array(text.utf8))
    #expect(hits.isEmpty, "\(what), standard \(stream): \(hits.prefix(5))")
  }
}

/// Searches every file that was written, which must be so many at least.
func expectNone(in region: some PlantedRegion, atLeast least: Int = 11) {
  let written = (try? region.written()) ?? []
  #expect(written.count >= least)
  for (path, bytes) in written {
    let hits = region.search.hits(in: bytes)
    #expect(hits.isEmpty, "\(path): \(hits.prefix(5))")
    #expect(region.search.hits(in: Array(path.utf8)).isEmpty, "\(path)")
  }
}
